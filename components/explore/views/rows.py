"""Rows of a view: name, a picture on one axis, words; the same for documents and for files."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from math import inf
from typing import Any

from dash import html

from components.explore.views.protocol import Context, View, fitting
from components.explore.views.rows_figure import rows_figure
from components.explore.views.shapes import ROW, Group, Shape, Sign, ViewRow
from components.markup import Markup
from components.pictures.svg_boxes import EMPTY, Box, beside, block, label, placed, stack
from components.plotly_template import Figure, words_figure
from components.wheel_labels import short
from data.exploration.filters import Selected

_WIDE = 560  # From this width on names stand beside their pictures, in files.
_NAMES, _WORDS = 0.34, 0.28  # Parts of the width, in files.


class RowsView(View):
    """A view that is rows on one axis; it says which rows and signs there are."""

    @abstractmethod
    def groups(self, selected: Selected, context: Context) -> Sequence[Group]:
        """Return the rows under their headings; there is at least one."""

    def notes(self, selected: Selected, context: Context) -> Sequence[str]:  # noqa: ARG002  # For views that have some.
        """Return what the rows leave unsaid, a sentence each."""
        return ()

    @abstractmethod
    def signs(self, context: Context) -> Sequence[Sign]:
        """Return every sign that rows have, and what it means."""

    def paint(self, selected: Selected, context: Context) -> html.Div:
        """Return the rows as lists whose pictures are as wide as their place."""
        if reason := self.reason_empty(selected, context):
            return html.Div(html.P(reason), className="view")
        highlighted = selected.selection.highlighted
        rows = _painted(self.groups(selected, context), highlighted, context)
        notes = [html.P(words, className="note") for words in self.notes(selected, context)]
        return html.Div([key_list(self.signs(context)), *rows, *notes], className="view")

    def drawing(
        self, selected: Selected, context: Context, room: float, size: float, height: float = inf
    ) -> Box:
        """Return the rows for a file, as many as fit."""
        if reason := self.reason_empty(selected, context):
            return block(reason, size, room)
        notes = [
            block(words, size * 0.87, room, look="soft") for words in self.notes(selected, context)
        ]
        below = stack(notes, size * 0.5) if height == inf else EMPTY
        rows = _drawn_rows(self.groups(selected, context), context, room, size, height)
        return stack([rows, below], size)

    def legend(self, selected: Selected, context: Context, room: float, size: float) -> Box:
        """Return the signs for a file; none where there is nothing to draw."""
        if self.reason_empty(selected, context):
            return EMPTY
        return drawn_key(self.signs(context), room, size)

    def figure(self, selected: Selected, context: Context) -> Figure:
        """Return the rows as an interactive chart."""
        if reason := self.reason_empty(selected, context):
            return words_figure(reason, context.language)
        return rows_figure(self.groups(selected, context), selected.selection, context)


def _painted(groups: Iterable[Group], highlighted: str, context: Context) -> list[Any]:
    parts: list[Any] = []
    for group in groups:
        labels = "".join(
            f'<text x="{short(100 * at)}%" y="12" text-anchor="{_anchor(at)}">{words}</text>'
            for at, words in group.axis
        )
        axis = f'<svg class="v-axis" aria-hidden="true">{labels}</svg>'
        parts.append(html.H3(group.heading))
        parts.append(Markup(axis, className="v-top"))
        parts.append(
            html.Ul([_line(row, highlighted, context) for row in group.rows], className="v-rows")
        )
        parts += group.below
    return parts


def _anchor(at: float) -> str:
    """Keep words at the ends of the axis inside it."""
    if at < 0.02:
        return "start"
    return "end" if at > 0.98 else "middle"


def _line(row: ViewRow, highlighted: str, context: Context) -> html.Li:
    drawn = "".join(shape.svg(100, "%", ROW) for shape in row.shapes)
    cells: list[Any] = [
        html.A(row.name, href=context.url(row.indicator), className="v-name"),
        Markup(f'<svg class="v-svg" aria-hidden="true">{drawn}</svg>', className="v-strip"),
        html.Div(row.said, className="v-words"),
    ]
    return html.Li(cells, className="on" if row.indicator.code == highlighted else None)


def key_list(signs: Sequence[Sign]) -> html.Ul:
    """Return the explanation of signs for a document."""
    return html.Ul(
        [
            html.Li([Markup(_sample(shape), inline=True), html.Span(words)])
            for shape, words in signs
        ],
        className="v-key",
    )


def _sample(shape: Shape) -> str:
    return f'<svg class="v-sample" aria-hidden="true">{shape.svg(22, "", ROW)}</svg>'


def drawn_key(signs: Sequence[Sign], room: float, size: float) -> Box:
    """Return the key for a file, in two columns where they fit."""
    column = room if room < _WIDE else room / 2 - size
    boxes = []
    for shape, words in signs:
        named = block(words, size, column - size * 2.3, x=size * 2.3)
        boxes.append(Box(shape.svg(size * 1.7, "", size * 1.3) + named.markup, named.height))
    if room < _WIDE:
        return stack(boxes, size * 0.35)
    half = (len(boxes) + 1) // 2
    columns = (stack(boxes[:half], size * 0.35), stack(boxes[half:], size * 0.35))
    return beside([(0, columns[0]), (room / 2, columns[1])])


def _drawn_rows(
    groups: Sequence[Group], context: Context, room: float, size: float, height: float = inf
) -> Box:
    wide = room >= _WIDE
    worded = any(row.words for group in groups for row in group.rows)
    left = room * (_NAMES if worded else _NAMES + 0.08) if wide else 0.0
    width = room - left - (room * _WORDS if wide and worded else 0)
    boxes = []
    for group in groups:
        heading = block(group.heading, size * 1.1, room, look="bold")
        labels = "".join(
            label(
                words,
                size * 0.85,
                _end(left + at * width, words, size, room),
                size,
                look="soft",
                end=True,
            )
            for at, words in group.axis
        )
        axis = Box(labels, size * 1.2)
        for place, row in enumerate(group.rows):
            line = _drawn_row(row, room, (left, width), size, wide=wide)
            boxes.append(line if place else stack([heading, axis, line], size * 0.35))
    return fitting(boxes, size, height, context.language)


def _end(middle: float, words: str, size: float, room: float) -> float:
    """Return where words end that stand around a place and inside the picture."""
    return min(middle + len(words) * size * 0.24, room)


def _drawn_row(
    row: ViewRow, room: float, column: tuple[float, float], size: float, *, wide: bool
) -> Box:
    height = size * 1.3
    left, width = column
    strip = Box("".join(shape.svg(width, "", height) for shape in row.shapes), height)
    if not wide:
        words = block(row.words, size * 0.87, room, look="soft")
        return stack([block(row.name, size, room), words, strip], 2)
    name = block(row.name, size, left - size)
    gap = left + width + size * 1.2
    words = block(row.words, size * 0.87, room - gap, look="soft")
    markup = name.markup + placed(strip, left, 0) + placed(words, gap, size * 0.1)
    return Box(markup, max(name.height, words.height, height))
