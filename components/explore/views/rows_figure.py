"""Rows of a view as an interactive chart: one trace per look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from components.explore.views.protocol import Context
from components.explore.views.shapes import Group, ViewRow
from components.figures import (
    band_marker,
    dot_marker,
    figure_layout,
    highlight_shape,
)
from components.theme import BAND_CLASSES, OLDER_CLASS
from data.exploration import Selection

# Pixels of a row; in a narrow one a part of it is for the name above.
_WIDE_ROW, _NARROW_ROW, _LOWERED, _RAISED = 24, 44, 0.2, 0.27
_BANDS = {name: band for band, name in BAND_CLASSES.items()}


def rows_figure(groups: Sequence[Group], selection: Selection, context: Context) -> go.Figure:
    """Return fields as bars and dots as markers; ``customdata`` is code, city, name and words."""
    chart = go.Figure(layout=figure_layout(context.language))
    rows = [row for group in groups for row in group.rows]
    pitch = _NARROW_ROW if context.narrow else _WIDE_ROW
    traces = _traces(rows, selection.cities[0], context)
    # Fields first, so that dots stand on them.
    for (kind, look), trace in sorted(traces.items(), key=lambda item: item[0][0], reverse=True):
        _add(chart, kind, look, trace)
    names = [row.name for row in rows]
    on = [row.indicator.code == selection.highlighted for row in rows]
    if context.narrow:
        chart.add_scatter(
            mode="text",
            x=[0] * len(rows),
            y=[place - _RAISED for place in range(len(rows))],
            text=names,
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    axis = groups[0].axis
    chart.update_xaxes(
        range=[-0.01, 1.01],
        tickvals=[at for at, _ in axis],
        ticktext=[words for _, words in axis],
        side="top",
    )
    chart.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickvals=[] if context.narrow else list(range(len(rows))),
        ticktext=[f"<b>{name}</b>" if bold else name for name, bold in zip(names, on, strict=True)],
        showgrid=False,
        zeroline=False,
    )
    shapes = [highlight_shape(place) for place, bold in enumerate(on) if bold]
    return chart.update_layout(
        shapes=shapes, barmode="overlay", bargap=0, height=64 + pitch * len(rows)
    )


def _traces(
    rows: Sequence[ViewRow], city: str, context: Context
) -> dict[tuple[str, str], dict[str, list[Any]]]:
    """Return places, lengths and words of the shapes by kind and look."""
    lowered = _LOWERED if context.narrow else 0
    pitch = _NARROW_ROW if context.narrow else _WIDE_ROW
    traces: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for place, row in enumerate(rows):
        for shape in row.shapes:
            key = shape.kind, shape.look
            trace = traces.setdefault(key, {"y": [], "x": [], "customdata": []})
            trace["y"].append(place + lowered)
            trace["customdata"].append([row.indicator.code, city, row.name, shape.words])
            if shape.kind == "dot":
                trace["x"].append(shape.start)
            else:
                trace["x"].append(shape.end - shape.start)
                trace.setdefault("base", []).append(shape.start)
                trace.setdefault("width", []).append(shape.height / pitch)
    return traces


def _add(chart: go.Figure, kind: str, look: str, trace: dict[str, list[Any]]) -> None:
    name, _, older = look.partition(" ")
    band, is_older = _BANDS.get(name), older == OLDER_CLASS
    hover: dict[str, Any] = {"hoverinfo": "skip"}
    if any(data[3] for data in trace["customdata"]):
        hover = {"hovertemplate": "%{customdata[2]}<br>%{customdata[3]}<extra></extra>"}
    if kind == "dot":
        marker = dot_marker(band, older=is_older)
        chart.add_scatter(
            mode="markers", cliponaxis=False, marker=marker, showlegend=False, **hover, **trace
        )
    else:
        marker = band_marker(band, older=is_older)
        chart.add_bar(orientation="h", marker=marker, showlegend=False, **hover, **trace)
