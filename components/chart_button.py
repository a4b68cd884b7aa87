"""The button that opens an interactive chart and closes it; only there does Plotly load."""

from collections.abc import Callable
from typing import Any

from dash import Output, dcc, html

from components.markup import hyphened
from components.plotly_template import Figure
from components.texts import text
from data.models import Language

Shown = tuple[dcc.Graph | None, str, str]


def chart_place(button: str, place: str, language: Language) -> html.Div:
    """The button and below it the chart's place, by their ids; the picture's twin follows.

    It stands above the picture, so that it keeps its place while the style sheet shows the one
    instead of the other. It needs scripts, so readers without them do not see it.
    """
    opener = html.Button(
        text("chart_open", language),
        id=button,
        type="button",
        n_clicks=0,
        className="button quiet needs-scripts",
        **hyphened(data_wake="", aria_expanded="false"),
    )
    return html.Div([opener, html.Div(id=place)], className="chart-place")


def chart_outputs(button: str, place: str) -> tuple[Output, Output, Output]:
    """Return the effect of a press: the chart, the button's words, and whether it is expanded."""
    return (
        Output(place, "children"),
        Output(button, "children"),
        Output(button, "aria-expanded"),
    )


def toggled(clicks: Any, draw: Callable[[], Figure], language: Language) -> Shown:
    """The values of these outputs after so many presses: odd ones open the chart."""
    if isinstance(clicks, int) and clicks % 2:
        return chart(draw(), language), text("chart_close", language), "true"
    return None, text("chart_open", language), "false"


def chart(figure: Figure, language: Language) -> dcc.Graph:
    """The interactive chart: no logo, no upload to anybody's cloud, words of the language."""
    return dcc.Graph(
        figure=figure,
        # Plotly measures the place before it draws, so the place has its height beforehand.
        style={"height": f"{figure['layout']['height']}px"},
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
