"""The register of gaps: for each missing value or target why, since when, and what would help."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import DASH, integer
from components.markup import hyphened
from components.tables import body_row, column_heads
from components.texts import text
from data.gaps import REMEDIES, Gap
from data.models import Language
from data.scores import Reason

_COLUMNS = ("indicator", "newest", "detail")
# Details that say no more than the reason that stands above them.
REPEATED = ("other definition than the U4SSC one", "no reference year")


def reasons_of(gaps: Sequence[Gap]) -> dict[Reason, int]:
    """Count the gaps by reason, the most frequent first."""
    counts: dict[Reason, int] = {}
    for gap in gaps:
        counts[gap.reason] = counts.get(gap.reason, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def reason_list(gaps: Sequence[Gap], language: Language) -> html.Ul:
    """Each reason with its count, as a link into the register."""
    return html.Ul(
        [
            html.Li(
                [
                    html.A(
                        text(f"reason_{reason}", language),
                        href=f"{urls.data_table(language, 'gaps')}#{reason}",
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
    sentences = [text("gap_remedy", language, remedy=_remedy(reason, language))]
    bare = not any(gap.newest_year or _detail(gap, language) for gap in gaps)
    if bare:
        sentences.append(text("gap_never_any", language))
    listed = _names(gaps, language) if bare else _table(gaps, title, language)
    heading = html.H3(text("gap_group", language, reason=name, n=len(gaps)), id=title)
    return html.Section([heading, html.P(" ".join(sentences)), listed], id=reason)


def _names(gaps: Sequence[Gap], language: Language) -> html.Ul:
    """Gaps of which nothing more is known than that they are there."""
    return html.Ul(
        [html.Li(_name(alike, language)) for alike in _alike(gaps, language)],
        className="gap-names",
    )


def _table(gaps: Sequence[Gap], title: str, language: Language) -> html.Table:
    # Where no row says more, the third column would be empty.
    detailed = any(_detail(gap, language) for gap in gaps)
    columns = [column for column in _COLUMNS if column != "detail" or detailed]
    heads = column_heads([f"gap_{column}" for column in columns], language)
    rows = [_row(alike, detailed, language) for alike in _alike(gaps, language)]
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(rows)],
        className="values gaps",
        **hyphened(aria_labelledby=title),
    )


def _row(gaps: Sequence[Gap], detailed: bool, language: Language) -> html.Tr:
    year, detail = gaps[0].newest_year, _detail(gaps[0], language)
    newest = text("gap_year", language, year=year) if year else text("gap_never", language)
    cells = [("gap_newest", newest), *([("gap_detail", detail)] if detailed else [])]
    return body_row(_name(gaps, language), cells, language)


def _alike(gaps: Sequence[Gap], language: Language) -> list[list[Gap]]:
    """The gaps of one indicator of which the same is said, together, in the given order."""
    groups: dict[tuple[str, int | None, str], list[Gap]] = {}
    for gap in gaps:
        key = (gap.indicator.code, gap.newest_year, _detail(gap, language))
        groups.setdefault(key, []).append(gap)
    return list(groups.values())


def _detail(gap: Gap, language: Language) -> str:
    """Return the detail beside the reason; empty where it only repeats it."""
    return "" if gap.detail.en in REPEATED else gap.detail[language]


def _name(gaps: Sequence[Gap], language: Language) -> list[Component | None]:
    indicator = gaps[0].indicator
    points = [point for gap in gaps if (point := indicator.data_point(gap.label))]
    link = html.A(indicator.title[language], href=urls.indicator(language, indicator.slug))
    parts = ", ".join(point.title[language] for point in points)
    return [link, html.Span(parts, className="code") if parts else None]


def _remedy(reason: Reason, language: Language) -> str:
    """Return what would close a gap; two of the words in published files were bettered since."""
    if reason in ("no_target", "neutral"):
        return text(f"gap_remedy_{reason}", language)
    return REMEDIES[reason][language]
