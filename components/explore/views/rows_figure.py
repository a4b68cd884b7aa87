"""Rows of a view as an interactive chart: one trace per look."""

from collections.abc import Sequence
from typing import Any

from components.explore.views.protocol import Context
from components.explore.views.shapes import Group, ViewRow
from components.plotly_template import (
    Figure,
    band_marker,
    dot_marker,
    figure_of,
    highlight_shape,
    wrapped,
)
from components.theme import BAND_CLASSES, OLDER_CLASS
from data.exploration.selection import Selection

# Pixels of a row; in a narrow one a part of it is for the name above.
_WIDE_ROW, _NARROW_ROW, _LOWERED, _RAISED = 24, 44, 0.2, 0.27
_NARROW_NAME = 42  # Characters of a line beside which a phone has no room.
_BANDS = {name: band for band, name in BAND_CLASSES.items()}


def rows_figure(groups: Sequence[Group], selection: Selection, context: Context) -> Figure:
    """Return fields as bars and dots as markers; ``customdata`` is code, city, name and words."""
    lines = _lines(groups)
    labelled = len({tuple(group.axis) for group in groups}) > 1
    pitch = _NARROW_ROW if context.narrow else _WIDE_ROW
    placed = [(place, line) for place, line in enumerate(lines) if isinstance(line, ViewRow)]
    traces = _traces(placed, selection.cities[0], pitch, lowered=context.narrow)
    # Fields first, so that dots stand on them.
    drawn = [
        _looking(kind, look, trace)
        for (kind, look), trace in sorted(traces.items(), key=lambda item: item[0][0], reverse=True)
    ]
    names = [_name(line, valued=labelled) for line in lines]
    on = [place for place, row in placed if row.indicator.code == selection.highlighted]
    if context.narrow:
        names = [wrapped(name, _NARROW_NAME) for name in names]
    for place in on:
        names[place] = f"<b>{names[place]}</b>"
    if context.narrow:
        drawn.append(_names_above(names))
    # Scales of their own have numbers beside the names instead of an axis.
    axis = [] if labelled else groups[0].axis
    return figure_of(
        drawn,
        context.language,
        xaxis={
            "range": [-0.01, 1.01],
            "tickvals": [at for at, _ in axis],
            "ticktext": [words for _, words in axis],
            "showgrid": not labelled,
            "side": "top",
        },
        yaxis={
            "range": [len(lines) - 0.4, -0.6],
            "tickvals": [] if context.narrow else list(range(len(lines))),
            "ticktext": names,
            "showgrid": False,
            "zeroline": False,
        },
        shapes=[highlight_shape(place) for place in on],
        meta={"ground": highlight_shape(0)},  # With it assets/explore.js marks other rows.
        barmode="overlay",
        bargap=0,
        height=64 + pitch * len(lines),
    )


def _lines(groups: Sequence[Group]) -> list[str | ViewRow]:
    """Return rows, and before those of each of several groups its heading."""
    lines: list[str | ViewRow] = []
    for group in groups:
        lines += [group.heading] if len(groups) > 1 else []
        lines += group.rows
    return lines


def _name(line: str | ViewRow, *, valued: bool) -> str:
    """Return a heading in bold, or the name of a row, with its value where that is asked for."""
    if isinstance(line, str):
        return f"<b>{line}</b>"
    return f"{line.name}: {line.words}" if valued else line.name


def _traces(
    placed: Sequence[tuple[int, ViewRow]], city: str, pitch: float, *, lowered: bool
) -> dict[tuple[str, str], dict[str, list[Any]]]:
    """Return places, lengths and words of the shapes by kind and look."""
    traces: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for place, row in placed:
        for shape in row.shapes:
            key = shape.kind, shape.look
            trace = traces.setdefault(key, {"y": [], "x": [], "customdata": []})
            trace["y"].append(place + (_LOWERED if lowered else 0))
            data = [row.indicator.code, row.city or city, row.name, shape.words]
            trace["customdata"].append(data)
            if shape.kind == "dot":
                trace["x"].append(shape.start)
            else:
                trace["x"].append(shape.end - shape.start)
                trace.setdefault("base", []).append(shape.start)
                trace.setdefault("width", []).append(shape.height / pitch)
    return traces


def _names_above(names: Sequence[str]) -> Figure:
    """Return names as words in the plot, where a phone has no room beside it."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0] * len(names),
        "y": [place - _RAISED for place in range(len(names))],
        "text": names,
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _looking(kind: str, look: str, trace: dict[str, list[Any]]) -> Figure:
    name, _, older = look.partition(" ")
    band, is_older = _BANDS.get(name), older == OLDER_CLASS
    hover: dict[str, Any] = {"hoverinfo": "skip"}
    if any(data[3] for data in trace["customdata"]):
        hover = {"hovertemplate": "%{customdata[2]}<br>%{customdata[3]}<extra></extra>"}
    if kind == "dot":
        kept = {"type": "scatter", "mode": "markers", "cliponaxis": False}
        marker = dot_marker(band, older=is_older)
    else:
        kept = {"type": "bar", "orientation": "h"}
        marker = band_marker(band, older=is_older)
    return {**kept, "marker": marker, "showlegend": False, **hover, **trace}
