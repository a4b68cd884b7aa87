"""The table of indicators: value, year, target, fulfilment and state, a row for each value."""

from __future__ import annotations

from typing import Any

from dash import html

from components import urls
from components.ages import year_chip
from components.bands import labelled_mark
from components.bars import share_bar
from components.formats import period
from components.markup import hyphened
from components.sentences import share_words
from components.tables import column_heads, table_box
from components.texts import text
from components.verdicts import target_words, value_words
from data.models import Language
from data.scores import IndicatorScore, Score

_COLUMNS = ("indicator", "value", "year", "target", "fulfilment", "state")


def indicator_table(
    scores: tuple[IndicatorScore, ...], language: Language, caption: str, recent_from: int
) -> html.Div:
    """A row per value, so that each has its own year and target; on a phone cards of indicators."""
    rows = [
        row for indicator_score in scores for row in _rows(indicator_score, language, recent_from)
    ]
    head = html.Tr(column_heads([f"column_{name}" for name in _COLUMNS], language))
    parts = [html.Caption(caption), html.Thead(head), html.Tbody(rows)]
    return table_box(html.Table(parts, className="indicators"), caption)


def _rows(indicator_score: IndicatorScore, language: Language, recent_from: int) -> list[html.Tr]:
    """A row per value; name, fulfilment and state of the indicator stand beside all of them."""
    indicator = indicator_score.indicator
    name = [
        html.A(indicator.title[language], href=urls.indicator(language, indicator.slug)),
        html.Span(indicator.code, className="code"),
    ]
    shown = [score for score in indicator_score.scores if score.observation is not None]
    parts = [_part(score, language, recent_from) for score in shown]
    first, *others = parts or [_part(None, language, recent_from)]
    rows = len(shown) if len(shown) > 1 else None
    return [
        html.Tr(
            [
                html.Th(name, scope="row", rowSpan=rows),
                *first,
                _cell(
                    "fulfilment",
                    _fulfilment(indicator_score, language, recent_from),
                    language,
                    rows,
                ),
                _cell(
                    "state", [labelled_mark(indicator_score, language, recent_from)], language, rows
                ),
            ],
            className="several" if others else None,
        ),
        *(
            html.Tr(cells, className="part last" if cells is others[-1] else "part")
            for cells in others
        ),
    ]


def _part(score: Score | None, language: Language, recent_from: int) -> list[html.Td]:
    """Value, year and target of one data point; dashes where nothing is known."""
    columns: dict[str, list[Any]] = {"value": [], "year": [], "target": []}
    if score is not None:
        columns["value"] = [*_name(score, language), value_words(score, language)]
        columns["year"] = _year(score, language, recent_from)
        columns["target"] = [target] if (target := target_words(score, language)) else []
    return [_cell(column, words, language) for column, words in columns.items()]


def _cell(column: str, words: list[Any], language: Language, rows: int | None = None) -> html.Td:
    return html.Td(
        words or "—",
        className=f"c-{column}" if words else f"c-{column} none",
        rowSpan=rows,
        **hyphened(data_column=text(f"column_{column}", language)),
    )


def _name(score: Score, language: Language) -> list[html.Small]:
    """Return the name of a value's data point, where an indicator has several."""
    point = score.data_point
    return [html.Small(f"{point.title[language]}: ")] if point else []


def _year(score: Score, language: Language, recent_from: int) -> list[Any]:
    """The period of a value, as a chip where its year is given."""
    if score.observation is None:
        return []
    words, year = period(score.observation.period, language), score.observation.year
    return [words] if year is None else [year_chip(words, older=year < recent_from)]


def _fulfilment(indicator_score: IndicatorScore, language: Language, recent_from: int) -> list[Any]:
    """The share in words and as a bar; empty where there is none."""
    if indicator_score.share is None:
        return []
    return [
        html.B(share_words(indicator_score, language)),
        share_bar(
            indicator_score.share,
            indicator_score.band,
            older=not indicator_score.is_recent(recent_from),
        ),
    ]
