"""The heat map as an interactive chart: bars of one trace per look."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from components.explore.views.heat_cells import (
    heat_rows,
    labelled_years,
    stretch_words,
    years_of,
)
from components.explore.views.protocol import Context, reason_empty
from components.figures import band_marker, figure_layout, highlight_shape, words_figure
from data.exploration import Selected
from data.scoring import BANDS, Band

# Pixels of a row; in a narrow one a part of it is for the name above.
_WIDE_ROW, _NARROW_ROW, _LOWERED = 24, 44, 0.2
_MEASURED, _CARRIED = 16, 6
_GAP = 0.12  # Between years, of the width of one.


def figure(selected: Selected, context: Context) -> go.Figure:
    """Return bars: one trace per look, a row per indicator, years across."""
    if reason := reason_empty(selected, context):
        return words_figure(reason, context.language)
    chart = go.Figure(layout=figure_layout(context.language))
    rows = heat_rows(selected, context)
    language = context.language
    traces: dict[tuple[Band, bool], dict[str, list[Any]]] = {}
    for place, row in enumerate(rows):
        for cells, measured in row.stretches():
            trace = traces.setdefault(
                (cells[0].band, cells[0].older),
                {"base": [], "x": [], "y": [], "width": [], "customdata": []},
            )
            trace["base"].append(cells[0].as_of - 0.5 + _GAP / 2)
            trace["x"].append(len(cells) - _GAP)
            trace["y"].append(place + (_LOWERED if context.narrow else 0))
            height = _MEASURED if measured else _CARRIED
            trace["width"].append(height / (_NARROW_ROW if context.narrow else _WIDE_ROW))
            trace["customdata"].append(
                [
                    row.indicator.code,
                    selected.selection.cities[0],
                    row.indicator.title[language],
                    stretch_words(cells, context),
                ]
            )
    for (band, older), trace in sorted(
        traces.items(), key=lambda item: (BANDS.index(item[0][0]), item[0][1])
    ):
        chart.add_bar(
            orientation="h",
            marker=band_marker(band, older=older),
            hovertemplate="%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
            showlegend=False,
            **trace,
        )
    years = years_of(rows)
    names = [row.indicator.title[language] for row in rows]
    pitch = _NARROW_ROW if context.narrow else _WIDE_ROW
    if context.narrow and years:
        chart.add_scatter(
            mode="text",
            x=[years[0] - 0.5] * len(rows),
            y=[place - 0.27 for place in range(len(rows))],
            text=names,
            textposition="middle right",
            hoverinfo="skip",
            showlegend=False,
        )
    on = [row.indicator.code == selected.selection.highlighted for row in rows]
    chart.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickvals=[] if context.narrow else list(range(len(rows))),
        ticktext=[f"<b>{name}</b>" if bold else name for name, bold in zip(names, on, strict=True)],
        showgrid=False,
        zeroline=False,
    )
    if years:
        chart.update_xaxes(
            range=[years[0] - 0.5, years[-1] + 0.5], tickvals=labelled_years(years), side="top"
        )
    chart.update_layout(shapes=[highlight_shape(place) for place, bold in enumerate(on) if bold])
    chart.update_layout(barmode="overlay", height=64 + pitch * max(len(rows), 1), bargap=0)
    return chart
