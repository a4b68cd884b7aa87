"""The button that asks for an interactive chart; only there does Plotly load."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from components.markup import hyphened
from components.texts import text
from data.models import Language


def chart_button(id: str, language: Language) -> html.Button:
    """It needs scripts, so readers without them do not see it; the picture says the same."""
    return html.Button(
        text("chart_open", language),
        id=id,
        type="button",
        n_clicks=0,
        className="button quiet needs-scripts",
        **hyphened(data_wake=""),
    )


def chart(figure: go.Figure, language: Language) -> dcc.Graph:
    """The interactive chart: no logo, no upload to anybody's cloud, words of the language."""
    return dcc.Graph(
        figure=figure,
        # The place is kept while Plotly loads, so that nothing below jumps.
        style={"height": f"{figure.layout.height}px"},
        config=chart_config(language),
    )


def chart_config(language: Language) -> Any:
    """The settings of an interactive chart for plotly.js."""
    return {
        "displaylogo": False,
        "showSendToCloud": False,
        "locale": language,
        "responsive": True,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    }
