"""Height of an embed's frame, estimated from its components and from embed.css."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.embeds import view_size
from components.embeds.measures import children, classes, line_count, words_of
from components.pictures import lettering

WIDTH = 640  # Of a frame where nobody asks for another.
NARROWEST = 280
_PADDING = 12
PHONE = 544  # Up to this width embed.css lays everything out for phones.
_LARGEST_PICTURE, _LARGEST_SPREAD = 704, 416
_COLUMN, _COLUMN_GAP = 384, 32
_LEGEND_COLUMN = 240
_LEADING = 1.45
_SPARE = 4
_HIGHEST_VIEW = 1300  # What is higher scrolls: a view of Explore may have ninety rows.
_BESIDE = 42  # A gap, and a mark before words or a pill around years.
# Heights in pixels of pictures that have the same at any width.
_FIXED = {"bar-box": 12, "strip-box": 24, "trend-box": 262}
_NOTE = re.compile(r'id="quiz-number-note">([^<]*)<')
_VIEW_BOX = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


@dataclass(frozen=True, slots=True)
class _Look:
    """Font size and weight, line height, and the margins around; all in pixels."""

    size: float
    leading: float
    margin: float
    bold: bool = False


_LOOKS = {
    "H1": _Look(20.8, 1.2, 6.4, bold=True),
    "H2": _Look(16.8, 1.25, 21, bold=True),
    "H2.small": _Look(15, 1.25, 13, bold=True),
    "H3": _Look(16, _LEADING, 23.4, bold=True),
    "P": _Look(16, _LEADING, 5.6),
    "P.note": _Look(14, _LEADING, 5.6),
    "P.eyebrow": _Look(14, 1.3, 3, bold=True),
    "P.big": _Look(36, 1.15, 5.6, bold=True),
    "P.lacks": _Look(20, 1.3, 5.6),
    "P.superseded": _Look(14, _LEADING, 32),
    "Footer": _Look(16, _LEADING, 22, bold=True),
    "Details": _Look(16, _LEADING, 16),
}


def frame_height(body: Iterable[Component], width: int) -> int:
    """The height in pixels at which an embed of ``width`` shows without scrolling.

    What stands behind a disclosure is taken as closed.
    """
    room = width - 2 * _PADDING
    high = sum(_height(node, room, width <= PHONE) for node in body)
    return ceil(high + 2 * _PADDING + _SPARE)


def _height(node: Any, room: float, phone: bool) -> float:
    names = [*reversed(classes(node)), type(node).__name__]
    reckon = next((_RECKONINGS[name] for name in names if name in _RECKONINGS), _stack_height)
    return reckon(node, room, phone)


def _stack_height(node: Any, room: float, phone: bool) -> float:
    return sum(_height(child, room, phone) for child in children(node))


def _picture_height(node: Any, room: float, phone: bool) -> float:
    """Of a bar, of the wheel, or of a trend, which is equally high at any width."""
    named = classes(node)
    if "q-estimate" in named:
        return _line_height(node, room)
    if fixed := [_FIXED[name] for name in named if name in _FIXED]:
        return fixed[0]
    boxes = [(float(wide), float(high)) for wide, high in _VIEW_BOX.findall(str(node.html))]
    if "sprite" in named or not boxes:
        return 0
    wide, high = boxes[0]
    if "wheel-box" in named and phone:
        return room  # It is cut to its rings, which leaves a square.
    largest = _LARGEST_SPREAD if "q-spread-box" in named else _LARGEST_PICTURE
    return min(room, largest) * high / wide + 8


def _words_height(node: Any, room: float, _phone: bool) -> float:
    kind, names = type(node).__name__, classes(node)
    if "unseen" in names:
        return 0
    named = next((f"{kind}.{name}" for name in names if f"{kind}.{name}" in _LOOKS), kind)
    look = _LOOKS[named]
    lines = line_count(words_of(node), look.size, room, bold=look.bold)
    return lines * look.size * look.leading + look.margin


def _closed_height(node: Any, room: float, _phone: bool) -> float:
    """Of a disclosure that shows its summary."""
    look = _LOOKS["Details"]
    lines = line_count(words_of(children(node)[0]), look.size, room - 20, bold=True)
    return lines * look.size * look.leading + look.margin


def _foot_height(node: Any, room: float, phone: bool) -> float:
    look = _LOOKS["Footer"]
    (link,) = (child for child in children(node) if isinstance(child, html.A))
    notes = [child for child in children(node) if child is not link]
    lines = line_count(words_of(link), look.size, room, bold=look.bold)
    # The margins of notes are not shared with the link's line.
    notes_height = sum(_height(note, room, phone) + _LOOKS["P.note"].margin for note in notes)
    return lines * look.size * look.leading + look.margin + notes_height


def _legend_height(node: Any, room: float, _phone: bool) -> float:
    columns = max(1, int((room + 16) // (_LEGEND_COLUMN + 16)))
    column = (room + 16) / columns - 16
    heights = []
    for row in children(node):
        lines = line_count(words_of(row), 15, column - 30)
        heights.append(lines * 15 * _LEADING)
    rows = [max(heights[at : at + columns]) for at in range(0, len(heights), columns)]
    return 16 + sum(rows) + 2.4 * (len(rows) - 1)


def _figures_height(node: Any, room: float, _phone: bool) -> float:
    """Numbers above what they count, in as many columns as fit."""
    columns = max(1, int((room + 16) // (_LEGEND_COLUMN + 16)))
    column = (room + 16) / columns - 16
    heights = [
        line_count(words_of(number), 20.8, column, bold=True) * 20.8 * 1.2
        + line_count(words_of(counted), 15, column) * 15 * _LEADING
        + 6.4
        for number, counted in map(children, children(node))
    ]
    return 16 + sum(max(heights[at : at + columns]) for at in range(0, len(heights), columns))


def _columns_height(node: Any, room: float, phone: bool) -> float:
    """Groups of bars in as many columns as fit, row by row."""
    columns = max(1, int((room + _COLUMN_GAP) // (_COLUMN + _COLUMN_GAP)))
    column = (room - _COLUMN_GAP * (columns - 1)) / columns
    heights = [_height(group, column, phone) for group in children(node)]
    return sum(max(heights[at : at + columns]) for at in range(0, len(heights), columns))


def _row_height(node: Any, room: float, phone: bool) -> float:
    """Name and share of one bar side by side, on phones below each other, and the bar."""
    name, words, *bar = children(node)
    left = room if phone else room * 0.6
    named = sum(line_count(words_of(part), 15, left) for part in _parts(name))
    share_lines = line_count(words_of(words), 15, room if phone else room - left - 36)
    lines = named + share_lines if phone else max(named, share_lines)
    return max(24, lines * 15 * _LEADING) + 10 + (12 if bar else 0)


def _group_height(node: Any, room: float, _phone: bool) -> float:
    """Name and share of a category side by side at any width, and the bar."""
    name, words, *bar = children(node)
    left = room - lettering.width(words_of(words), 15) - _BESIDE
    return line_count(words_of(name), 15, left) * 15 * _LEADING + (18.5 if bar else 4.5)


def _parts(name: Any) -> list[Any]:
    """A name, and below it what more is told of it."""
    within = children(name)
    more = [child for child in within if "more" in classes(child)]
    return [*(child for child in within if child not in more), *more]


def _options_height(node: Any, room: float, _phone: bool) -> float:
    """Of the options of a question, each in a box of its own."""
    lines = [line_count(option["label"], 16, room - 66) for option in node.options]
    return 10 + sum(max(44, line * 21.6 + 18) + 6.4 for line in lines)


def _line_height(node: Any, room: float) -> float:
    """Of a number line to answer on: a field, a slider, its ends, and a note in small print."""
    (words,) = _NOTE.findall(str(node.html))
    note = _LOOKS["P.note"]
    return 16 + 48 + 56 + 24 + line_count(words, note.size, room) * note.size * note.leading + 5.6


def _drawing_height(node: Any, room: float, phone: bool) -> float:
    """Of the chart to draw on with its line above and button below, or of the options."""
    _, fallback = children(node)
    chart = 12 + 26 + min(room, 448) * 200 / 360 + 56
    return max(chart, _height(fallback, room, phone))


_RECKONINGS: Mapping[str, Callable[[Any, float, bool], float]] = {
    **view_size.RECKONINGS,
    "view": lambda node, room, phone: min(_stack_height(node, room, phone), _HIGHEST_VIEW),
    **dict.fromkeys(("H1", "H2", "H3", "P"), _words_height),
    "Markup": _picture_height,
    "Details": _closed_height,
    "Footer": _foot_height,
    "legend": _legend_height,
    "figures": _figures_height,
    "bars": _columns_height,
    "group-row": _group_height,
    "bar-row": _row_height,
    "RadioItems": _options_height,
    "q-either": _drawing_height,
    "q-act": lambda _node, _room, _phone: 66,
}
