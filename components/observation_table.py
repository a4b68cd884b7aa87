"""Tables of published values: one city's over the years, and other cities' side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.corrections import correction_lines
from components.formats import period, quantity
from components.markup import hyphened
from components.references import References, Sources
from components.tables import column_heads, table_box
from components.texts import text
from components.verdicts import setter_words
from data.models import (
    City,
    Correction,
    Indicator,
    Language,
    Observation,
    Target,
    Words,
)


def unit_of_label(indicator: Indicator, label: str) -> Words:
    """The unit readers see for one data point of an indicator."""
    point = indicator.data_point(label)
    return point.unit if point else indicator.unit


def observation_table(
    indicator: Indicator,
    observations: Sequence[Observation],
    sources: Sources,
    language: Language,
    caption: str,
    corrections: Iterable[Correction] = (),
) -> html.Div:
    """Every value of one city, newest first, undated ones last, with source and corrections."""
    corrected: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        corrected[correction.value_id].append(correction)
    several = any(observation.data_point for observation in observations)
    columns = ["period", *(["data_point"] if several else []), "value", "comparability", "source"]
    paged = several and all(observation.value_id for observation in observations)
    references = References(sources, language, "value-source", paged)
    dated = sorted(observations, key=lambda observation: observation.period or "0", reverse=True)
    rows = []
    for observation in dated:
        cells = [
            *_value_cells(indicator, observation, language, several=several),
            ("comparability", standing(observation, language)),
            (
                "source",
                [
                    *origin(observation, references),
                    *_corrected(corrected.get(observation.value_id), indicator, language),
                ],
            ),
        ]
        rows.append(table_row(period(observation.period, language), cells, language))
    noted = html.P(text("remarks_on_pages", language), className="note") if paged else None
    return html.Div([_table(columns, rows, caption, language, references), noted])


def _value_cells(
    indicator: Indicator, observation: Observation, language: Language, *, several: bool
) -> list[tuple[str, Any]]:
    """Return the value, and before it its data point where a table has several."""
    point = [("data_point", point_name(indicator, observation, language))] if several else []
    return [*point, ("value", linked_value(indicator, observation, language))]


def city_table(
    indicator: Indicator,
    observations: Sequence[Observation],
    cities: Mapping[str, City],
    sources: Sources,
    language: Language,
    caption: str,
) -> html.Div:
    """Other cities' values as published, each with its own period and source."""
    several = any(observation.data_point for observation in observations)
    columns = ["city", *(["data_point"] if several else []), "value", "period", "source"]
    references = References(sources, language, "city-source")
    rows = []
    for observation in observations:
        city = cities[observation.city]
        cells = [
            *_value_cells(indicator, observation, language, several=several),
            ("period", period(observation.period, language)),
            ("source", origin(observation, references)),
        ]
        rows.append(table_row(f"{city.name[language]}, {city.country[language]}", cells, language))
    return _table(columns, rows, caption, language, references)


def target_table(
    indicator: Indicator,
    targets: Sequence[Target],
    sources: Sources,
    language: Language,
    caption: str,
) -> html.Div:
    """Further published targets, which readers may compare but the colour does not use."""
    references = References(sources, language, "target-source")
    rows = []
    for target in targets:
        unit = unit_of_label(indicator, target.data_point)
        kind = text(f"kind_{target.yardstick_kind}", language)
        setter = setter_words(target, language) or text(f"basis_{target.basis}", language)
        origin = (
            references.cite(target.source_id, target.page, target.note) if target.source_id else ""
        )
        value = quantity(target.value, unit, language)
        point = indicator.data_point(target.data_point)
        name = f"{point.title[language]}: {value}" if point else value
        rows.append(table_row(name, [("basis", f"{setter}; {kind}"), ("source", origin)], language))
    return _table(["target", "basis", "source"], rows, caption, language, references)


def point_name(indicator: Indicator, observation: Observation, language: Language) -> str:
    """Return the name of a value's data point; words for the indicator as a whole."""
    point = indicator.data_point(observation.data_point)
    return point.title[language] if point else text("part_whole", language)


def shown_value(indicator: Indicator, observation: Observation, language: Language) -> Any:
    """A value with its unit; words where the source prints no number."""
    if observation.value is None:
        return html.Span(text("words_only", language), className="muted")
    return quantity(observation.value, unit_of_label(indicator, observation.data_point), language)


def linked_value(indicator: Indicator, observation: Observation, language: Language) -> Any:
    """The same as a link to the page of the value, where its edition names it."""
    value = shown_value(indicator, observation, language)
    if not observation.value_id:
        return value
    return html.A(value, href=urls.value(language, observation.value_id))


def _corrected(
    corrections: Iterable[Correction] | None, indicator: Indicator, language: Language
) -> list[html.Span]:
    lines = correction_lines(corrections or (), indicator, language)
    return [html.Span(line, className="line note") for line in lines]


def evidence_words(observation: Observation, language: Language) -> str:
    """On what a value rests; empty in an edition that does not say."""
    return text(f"evidence_{observation.evidence}", language) if observation.evidence else ""


def standing(observation: Observation, language: Language) -> list[Any]:
    """Return comparability, derivation, reason for no score and break of a value, a line each."""
    lines: list[Any] = [text(f"comparability_{observation.comparability}", language)]
    if observation.derived:
        lines.append(html.Span(text("derived", language), className="line muted"))
    if not observation.rate and observation.rate_reason:
        lines.append(html.Span(observation.rate_reason[language], className="line muted"))
    if observation.breaks_series:
        lines.append(html.Span(text("series_break", language), className="line muted"))
    return lines


def origin(observation: Observation, references: References) -> list[Any]:
    """The cited source of a value, its evidence and its wording there."""
    language = references.language
    lines = references.cite(
        observation.source_id,
        observation.page,
        observation.note,
        evidence_words(observation, language),
        period(observation.period, language),
    )
    if observation.value_text and not observation.value_text.startswith("["):
        quoted = html.Q(
            observation.value_text, lang=references.sources[observation.source_id].title_language
        )
        lines.append(html.Span(quoted, className="line quote"))
    return lines


def table_row(
    head: str, cells: list[tuple[str, Any]], language: Language, marked: str = ""
) -> html.Tr:
    """A row under its heading; each cell knows its column, whose name a phone shows before it."""
    return html.Tr(
        [
            html.Th(head, scope="row"),
            *(
                html.Td(
                    words,
                    className=f"c-{column}",
                    **hyphened(data_column=text(f"column_{column}", language)),
                )
                for column, words in cells
            ),
        ],
        className=marked or None,
    )


def table_head(caption: str, columns: Sequence[str], language: Language) -> list[Component]:
    """Caption, columns and their names; classes give each a width, whatever its cells hold.

    The columns come before their names, so that half a row of names has its widths, too.
    """
    heads = column_heads([f"column_{column}" for column in columns], language)
    return [
        html.Caption(caption),
        html.Colgroup([html.Col(className=f"h-{column}") for column in columns]),
        html.Thead(html.Tr(heads)),
    ]


def _table(
    columns: Sequence[str],
    rows: list[html.Tr],
    caption: str,
    language: Language,
    references: References,
) -> html.Div:
    table = html.Table(
        [*table_head(caption, columns, language), html.Tbody(rows)], className="values"
    )
    return html.Div([table_box(table, caption), references.listed()])
