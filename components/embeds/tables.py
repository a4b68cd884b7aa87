"""The numbers of an embed as a table: what a chart shows, for those who cannot see it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dash import html

from components.bands import state_words
from components.formats import period, quantity
from components.indicator_facts import part_name
from components.observation_table import unit_of_label
from components.pictures.sheet_sources import publishers
from components.sentences import share_words
from components.tables import column_heads, full_table, table_box
from components.texts import text
from components.verdicts import target_words, value_words
from data.models import Indicator, Language, Observation, Source
from data.scores import IndicatorScore, Score


def indicators_table(
    scores: Iterable[IndicatorScore], links: Callable[[str], str], language: Language, caption: str
) -> html.Div:
    """A row per indicator: value, year, yardstick, and share or reason.

    ``links`` gives the page of an indicator by its slug.
    """
    columns = ("indicator", "value", "year", "target", "fulfilment")
    rows = []
    for indicator_score in scores:
        indicator = indicator_score.indicator
        shown = [score for score in indicator_score.scores if score.observation]
        link = html.A(indicator.title[language], href=links(indicator.slug))
        rows.append(
            _row(
                link,
                [
                    _lines(
                        _named(score, value_words(score, language), language) for score in shown
                    ),
                    _lines(_year(score, language) for score in shown),
                    _lines(target_words(score, language) for score in shown),
                    _share(indicator_score, language),
                ],
            )
        )
    return _table(columns, rows, caption, language)


def _year(score: Score, language: Language) -> str:
    return period(score.observation.period, language) if score.observation else ""


def _named(score: Score, words: str, language: Language) -> str:
    return f"{part_name(score, language)}: {words}" if score.data_point else words


def _share(indicator_score: IndicatorScore, language: Language) -> str:
    if indicator_score.share is None:
        return state_words(indicator_score, language)
    return share_words(indicator_score, language)


def values_table(
    indicator: Indicator,
    observations: Sequence[Observation],
    sources: Mapping[str, Source],
    language: Language,
    caption: str,
) -> html.Div:
    """A row per published number of one indicator, newest first, with its source."""
    valued = [observation for observation in observations if observation.value is not None]
    several = any(observation.data_point for observation in valued)
    columns = ("period", *(("data_point",) if several else ()), "value", "source")
    rows = []
    for observation in sorted(
        valued, key=lambda observation: observation.period or "0", reverse=True
    ):
        if observation.value is None:
            continue
        point = indicator.data_point(observation.data_point)
        unit = unit_of_label(indicator, observation.data_point)
        cells: list[Any] = [
            quantity(observation.value, unit, language),
            *publishers([(sources[observation.source_id], observation.evidence)], language),
        ]
        if several:
            cells.insert(0, point.title[language] if point else text("part_whole", language))
        rows.append(_row(period(observation.period, language), cells))
    return _table(columns, rows, caption, language)


def _lines(words: Iterable[str]) -> list[Any]:
    lines: list[Any] = []
    for line in words:
        if line:
            lines += [html.Br(), line] if lines else [line]
    return lines or ["–"]


def _row(head: Any, cells: Iterable[Any]) -> html.Tr:
    return html.Tr([html.Th(head, scope="row"), *(html.Td(words) for words in cells)])


def _table(
    columns: Sequence[str], rows: list[html.Tr], caption: str, language: Language
) -> html.Div:
    heads = column_heads([f"column_{name}" for name in columns], language)
    return table_box(full_table(caption, heads, rows), caption)
