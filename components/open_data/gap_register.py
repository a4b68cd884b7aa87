"""The register of gaps: for each missing value or target why, since when, and what would help."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import addresses
from components.formats import DASH, integer
from components.markup import hyphened
from components.texts import text
from data.fulfilment import Reason
from data.gaps import REMEDIES, Gap
from data.models import Language

_COLUMNS = ("indicator", "newest", "detail")


def reasons_of(gaps: Sequence[Gap]) -> dict[Reason, int]:
    """How many gaps have each reason, the most frequent first."""
    counts: dict[Reason, int] = {}
    for gap in gaps:
        counts[gap.reason] = counts.get(gap.reason, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: -one[1]))


def reason_list(gaps: Sequence[Gap], language: Language) -> html.Ul:
    """Each reason with its count, as a link into the register."""
    return html.Ul(
        [
            html.Li(
                [
                    html.A(
                        text(f"reason_{reason}", language),
                        href=f"{addresses.data_table(language, 'gaps')}#{reason}",
                    ),
                    f"{DASH[language]}{integer(count, language)}",
                ]
            )
            for reason, count in reasons_of(gaps).items()
        ]
    )


def gap_register(gaps: Sequence[Gap], language: Language) -> html.Div:
    """A table for each reason, with what would close these gaps."""
    return html.Div(
        [
            _group(reason, [gap for gap in gaps if gap.reason == reason], language)
            for reason in reasons_of(gaps)
        ]
    )


def _group(reason: Reason, gaps: Sequence[Gap], language: Language) -> html.Section:
    name = text(f"reason_{reason}", language)
    title = f"gaps-{reason}"
    told = [text("gap_remedy", language, remedy=REMEDIES[reason][language])]
    bare = not any(gap.newest_year or gap.detail[language] for gap in gaps)
    if bare:
        told.append(text("gap_never_any", language))
    listed = _names(gaps, language) if bare else _table(gaps, title, language)
    heading = html.H3(text("gap_group", language, reason=name, n=len(gaps)), id=title)
    return html.Section([heading, html.P(" ".join(told)), listed], id=reason)


def _names(gaps: Sequence[Gap], language: Language) -> html.Ul:
    """Gaps of which nothing more is known than that they are there."""
    return html.Ul([html.Li(_name(gap, language)) for gap in gaps], className="gap-names")


def _table(gaps: Sequence[Gap], title: str, language: Language) -> html.Table:
    # Where no row says more, the third column would be empty.
    columns = [
        one for one in _COLUMNS if one != "detail" or any(gap.detail[language] for gap in gaps)
    ]
    heads = [html.Th(text(f"gap_{one}", language), scope="col") for one in columns]
    rows = [_row(gap, "detail" in columns, language) for gap in gaps]
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(rows)],
        className="values gaps",
        **hyphened(aria_labelledby=title),
    )


def _row(gap: Gap, detailed: bool, language: Language) -> html.Tr:
    newest = str(gap.newest_year) if gap.newest_year else text("gap_never", language)
    cells = [("newest", newest), *([("detail", gap.detail[language])] if detailed else [])]
    return html.Tr(
        [
            html.Th(_name(gap, language), scope="row"),
            *(
                html.Td(words, **hyphened(data_column=text(f"gap_{one}", language)))
                for one, words in cells
            ),
        ]
    )


def _name(gap: Gap, language: Language) -> list[Component | None]:
    point = gap.indicator.data_point(gap.label)
    link = html.A(
        gap.indicator.name[language], href=addresses.indicator(language, gap.indicator.slug)
    )
    return [link, html.Span(point.name[language], className="code") if point else None]
