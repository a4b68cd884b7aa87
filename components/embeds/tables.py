"""The numbers of an embed as a table: what a chart shows, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import html

from components import urls
from components.bands import state_words
from components.formats import period, quantity, shown_share
from components.markup import hyphened
from components.observation_table import unit_of_label
from components.pictures.indicator_chart import part_name
from components.sentences import target_words, value_words
from components.texts import text
from data.fulfilment import IndicatorScore, Score
from data.models import Indicator, Language, Observation, Source


def indicators_table(
    scores: Iterable[IndicatorScore], language: Language, caption: str
) -> html.Div:
    """A row per indicator: value, year, target, and share or reason."""
    columns = ("indicator", "value", "year", "target", "fulfilment")
    rows = []
    for one in scores:
        known = one.indicator
        shown = [score for score in one.scores if score.observation]
        link = html.A(known.name[language], href=urls.indicator(language, known.slug))
        rows.append(
            _row(
                link,
                [
                    _lines(
                        _named(score, value_words(score, language), language) for score in shown
                    ),
                    _lines(_year(score, language) for score in shown),
                    _lines(target_words(score, language) for score in shown),
                    _share(one, language),
                ],
            )
        )
    return _table(columns, rows, caption, language)


def _year(score: Score, language: Language) -> str:
    return period(score.observation.period, language) if score.observation else ""


def _named(score: Score, words: str, language: Language) -> str:
    return f"{part_name(score, language)}: {words}" if score.data_point else words


def _share(one: IndicatorScore, language: Language) -> str:
    if one.share is None:
        return state_words(one, language)
    written = shown_share(one.share, language)
    return text("share_by_points", language, share=written) if len(one.scored) > 1 else written


def values_table(
    indicator: Indicator,
    observations: Sequence[Observation],
    sources: Mapping[str, Source],
    language: Language,
    caption: str,
) -> html.Div:
    """A row per published number of one indicator, newest first, with its source."""
    valued = [seen for seen in observations if seen.value is not None]
    several = any(seen.data_point for seen in valued)
    columns = ("period", *(("data_point",) if several else ()), "value", "source")
    rows = []
    for seen in sorted(valued, key=lambda one: one.period or "0", reverse=True):
        if seen.value is None:
            continue
        point = indicator.data_point(seen.data_point)
        unit = unit_of_label(indicator, seen.data_point)
        cells: list[Any] = [quantity(seen.value, unit, language), _source(seen, sources, language)]
        if several:
            cells.insert(0, point.name[language] if point else text("part_whole", language))
        rows.append(_row(period(seen.period, language), cells))
    return _table(columns, rows, caption, language)


def _source(seen: Observation, sources: Mapping[str, Source], language: Language) -> str:
    source = sources[seen.source_id]
    name = source.publisher[language]
    return f"{name}, {source.year}" if source.year else name


def _lines(words: Iterable[str]) -> list[Any]:
    lines: list[Any] = []
    for one in words:
        if one:
            lines += [html.Br(), one] if lines else [one]
    return lines or ["–"]


def _row(head: Any, cells: Iterable[Any]) -> html.Tr:
    return html.Tr([html.Th(head, scope="row"), *(html.Td(words) for words in cells)])


def _table(
    columns: Sequence[str], rows: list[html.Tr], caption: str, language: Language
) -> html.Div:
    head = html.Tr([html.Th(text(f"column_{name}", language), scope="col") for name in columns])
    table = html.Table([html.Caption(caption), html.Thead(head), html.Tbody(rows)])
    return html.Div(
        table, className="table-box", tabIndex="0", role="region", **hyphened(aria_label=caption)
    )
