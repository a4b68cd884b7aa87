"""The table of indicators: value, year, target, fulfilment and state, one row each."""

from __future__ import annotations

from typing import Any

from dash import html

from components import addresses
from components.bands import labelled_mark
from components.bars import share_bar
from components.formats import period
from components.markup import hyphened
from components.sentences import share_words, target_words, value_words
from components.texts import text
from data.fulfilment import Category, IndicatorScore, Score
from data.models import Language

_COLUMNS = ("indicator", "value", "year", "target", "fulfilment", "state")


def indicator_table(
    scores: tuple[IndicatorScore, ...], language: Language, caption: str
) -> html.Div:
    """A row per indicator; on a phone each row becomes a card with its column names."""
    return _table([html.Tbody([_row(one, language) for one in scores])], caption, language)


def category_table(groups: tuple[Category, ...], language: Language, caption: str) -> html.Div:
    """The same with a heading row before the indicators of each category."""
    bodies = []
    for group in groups:
        name = html.Th(group.name[language], colSpan=len(_COLUMNS), scope="rowgroup")
        rows = [_row(one, language) for one in group.indicators]
        bodies.append(html.Tbody([html.Tr(name, className="group"), *rows]))
    return _table(bodies, caption, language)


def _table(bodies: list[html.Tbody], caption: str, language: Language) -> html.Div:
    head = html.Tr([html.Th(text(f"column_{name}", language), scope="col") for name in _COLUMNS])
    return html.Div(
        html.Table([html.Caption(caption), html.Thead(head), *bodies], className="indicators"),
        className="table-box",
        tabIndex="0",
        role="region",
        **hyphened(aria_label=caption),
    )


def _row(one: IndicatorScore, language: Language) -> html.Tr:
    known = one.indicator
    name = [
        html.A(known.name[language], href=addresses.indicator(language, known.slug)),
        html.Span(known.code, className="code"),
    ]
    shown = [score for score in one.scores if score.observation is not None]
    cells = {
        "value": [_line(score, value_words(score, language), language) for score in shown],
        "year": [_line(score, _year(score, language), language, named=False) for score in shown],
        "target": _targets(shown, language),
    }
    return html.Tr(
        [
            html.Th(name, scope="row"),
            *(_cell(column, lines, language) for column, lines in cells.items()),
            _cell("fulfilment", _fulfilment(one, language), language),
            _cell("state", [labelled_mark(one, language)], language),
        ]
    )


def _cell(column: str, lines: list[Any], language: Language) -> html.Td:
    return html.Td(
        lines or html.Span("—", className="muted"),
        className=f"c-{column}",
        **hyphened(data_column=text(f"column_{column}", language)),
    )


def _line(score: Score, words: str, language: Language, *, named: bool = True) -> html.Span:
    """One data point's words on a line of its own, named where there are several."""
    point = score.data_point
    if point is None or not named:
        return html.Span(words, className="line")
    label = html.Small(f"{point.name[language]}: ")
    return html.Span([label, words], className="line")


def _year(score: Score, language: Language) -> str:
    return period(score.observation.period, language) if score.observation else ""


def _targets(shown: list[Score], language: Language) -> list[Any]:
    """A line per value, so that each target stands beside its own; nothing if there is none."""
    if not any(score.target for score in shown):
        return []
    return [
        _line(score, target_words(score, language) or "—", language, named=False) for score in shown
    ]


def _fulfilment(one: IndicatorScore, language: Language) -> list[Any]:
    """The share in words and as a bar; empty where there is none."""
    if one.share is None:
        return []
    return [html.B(share_words(one, language)), share_bar(one.share, one.band)]
