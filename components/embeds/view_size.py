"""Height of the rows and panels of a view of Explore in a frame, from explore_views.css."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import html

from components.embeds.measures import RESERVE, children, classes, line_count, words_of
from components.pictures import lettering

_WIDE = 840  # In a window of 54rem rows are one line; less than that is left of it.
_NAMES, _WORDS, _WIDE_GAP, _GAP = 272, 240, 20, 12
_PANEL, _PANEL_GAP, _TREND = 328, 32, 233
_STRIP, _SIGN, _SAMPLE = 20, 26.3, 30
_SMALL = 12.5
_PILL = "\u00a0" * 8  # As wide as the pill around a year, and as its letters, which are larger.
_ROW_LINE, _SMALL_LINE, _KEY_LINE = 20.25, 19, 20.3


def _key_height(node: Any, room: float, _phone: bool) -> float:
    """Return the height of signs with their words, as many in a line as fit."""
    heights, used = [0.0], 0.0
    for item in children(node):
        wide = _SAMPLE + lettering.width(words_of(item), 14) / RESERVE
        if used and used + wide > room:
            heights.append(0)
            used = 0
        used += wide + 20
        lines = line_count(words_of(item), 14, room - _SAMPLE)
        heights[-1] = max(heights[-1], _SIGN, lines * _KEY_LINE)
    return sum(heights) + 4 * len(heights) + 12


def _rows_height(node: Any, room: float, _phone: bool) -> float:
    return sum(_row_height(row, room) for row in children(node))


def _row_height(row: Any, room: float) -> float:
    name, _, said = children(row)
    if room >= _WIDE:
        high = max(_name_height(name, _NAMES), _said_height(said, _WORDS), _STRIP)
    else:
        column = (room - _GAP) / 2
        high = max(_name_height(name, column), _said_height(said, column)) + _STRIP
    return high + 9


def _name_height(name: Any, room: float) -> float:
    return line_count(words_of(name), 15, room) * _ROW_LINE + 6.4


def _said_height(said: Any, room: float) -> float:
    """Return the height of words in one flow, and of small ones in lines of their own."""
    flow, high, after_year = "", 0.0, False
    for part in children(said):
        if isinstance(part, html.Small) and (after_year or "line" in classes(part)):
            dated = any("year" in classes(child) for child in children(part))
            words = words_of(part) + (_PILL if dated else "")
            high += line_count(words, _SMALL, room) * _SMALL_LINE
        else:
            flow += words_of(part)
        after_year = "year" in classes(part)
    return line_count(flow, 15, room - 21, bold=True) * _ROW_LINE + high


def _panels_height(node: Any, room: float, _phone: bool) -> float:
    columns = max(1, int((room + _PANEL_GAP) // (_PANEL + _PANEL_GAP)))
    column = (room - _PANEL_GAP * (columns - 1)) / columns
    heights = [
        line_count(words_of(children(panel)[0]), 16, column) * 23.2 + _TREND
        for panel in children(node)
    ]
    rows = [max(heights[at : at + columns]) for at in range(0, len(heights), columns)]
    return sum(rows) + 16 * (len(rows) - 1)


RECKONINGS: Mapping[str, Callable[[Any, float, bool], float]] = {
    "v-key": _key_height,
    "v-top": lambda _node, _room, _phone: 16,
    "v-wheel": lambda _node, room, _phone: min(room, 640),
    "v-rows": _rows_height,
    "v-panels": _panels_height,
}
