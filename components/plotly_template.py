"""Plotly template of the site, and the marks, lines and words that its figures share.

Figures are plain dictionaries: Plotly's own objects check every property again for each reader,
which takes several times as long as the rest. Tests check them instead.
"""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from components.theme import FIGURE_COLOURS, FIGURE_PATTERNS, FIGURES
from data.models import Language
from data.scoring import Band

# Plotly writes colours into its drawing, where no style sheet can tell them of the theme, so each
# has 3:1 on white paper and on dark paper alike.
SERIES_COLOURS: list[str] = FIGURES["series"]
GREY, GRID = FIGURES["grey"], FIGURES["grid"]
_SEPARATORS: Mapping[Language, str] = {"ru": ",\u00a0", "en": ".,"}
CLEAR = "rgba(0,0,0,0)"
FROM_THE_LEFT: Mapping[str, Any] = {
    "xref": "paper",
    "x": 0,
    "xanchor": "left",
    "yanchor": "bottom",
    "showarrow": False,
}
_AXIS: Mapping[str, Any] = {
    "fixedrange": True,
    "gridcolor": GRID,
    "linecolor": GRID,
    "zerolinecolor": GRID,
    "zerolinewidth": 2,
    "ticks": "",
    "title": {"standoff": 15},
    "automargin": True,
}
# The colour of words is the page's, by its style sheet.
_TEMPLATE: Mapping[str, Any] = {
    "layout": {
        "autotypenumbers": "strict",
        "colorway": SERIES_COLOURS,
        "font": {"family": FIGURES["font"], "size": FIGURES["size"]},
        "margin": {"l": 16, "r": 16, "t": 24, "b": 16},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        # A finger on the chart scrolls the page.
        "dragmode": False,
        "hovermode": "closest",
        # Words on a line's own colour would be too faint.
        "hoverlabel": {
            "align": "left",
            "bgcolor": FIGURES["tip"],
            "bordercolor": GREY,
            "font": {"color": FIGURES["tip_ink"]},
        },
        "modebar": {"bgcolor": CLEAR, "color": GREY, "activecolor": SERIES_COLOURS[0]},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    },
    "data": {
        "bar": [
            {
                "type": "bar",
                "marker": {
                    "line": {"color": FIGURES["outline"], "width": 0.5},
                    "pattern": {"fillmode": "overlay", "size": 10, "solidity": 0.2},
                },
            }
        ]
    },
}
Figure = dict[str, Any]


def figure_of(traces: Sequence[Mapping[str, Any]], language: Language, **layout: Any) -> Figure:
    """Return a chart in the look of the site, as Plotly reads it in a browser."""
    look = {"template": _TEMPLATE, "separators": _SEPARATORS[language]}
    return {"data": list(traces), "layout": {**look, **layout}}


def dot_marker(band: Band | None, *, older: bool) -> dict[str, Any]:
    """Return the look of a dot: full, or hollow for an older value; grey without a band."""
    colour = GREY if band is None else FIGURE_COLOURS[band]
    symbol = "circle-open" if older or band in (None, "none") else "circle"
    return {"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2}}


def band_marker(band: Band | None, *, older: bool) -> dict[str, Any]:
    """Return the look of a bar: full, or an outline for an older value or without a verdict.

    One without a band is part of the axis.
    """
    if band is None:
        return {"color": GREY, "line": {"width": 0}}
    colour, shape = FIGURE_COLOURS[band], FIGURE_PATTERNS[band]
    if band == "none":
        return {"color": CLEAR, "line": {"color": colour, "width": 1.5}}
    if not older:
        return {"color": colour, "pattern": {"shape": shape}}
    return {
        "color": CLEAR,
        "line": {"color": colour, "width": 1.5},
        "pattern": {"shape": shape, "fgcolor": colour},
    }


def dashed(colour: str) -> Figure:
    """Return the look of the line of a yardstick."""
    return {"dash": "dash", "color": colour, "width": 1.5}


def wrapped(name: str, longest: int = 34) -> str:
    """Break a name into lines of at most ``longest`` characters, and longer words nowhere."""
    return "<br>".join(wrap(name, longest, break_long_words=False, break_on_hyphens=False))


def highlight_shape(row: float) -> dict[str, Any]:
    """Return the ground behind one row of an interactive chart."""
    return {
        "type": "rect",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": row - 0.5,
        "y1": row + 0.5,
        "fillcolor": GRID,
        "line": {"width": 0},
    }


def words_figure(words: str, language: Language) -> Figure:
    """Return words where there is nothing to draw: no chart is empty without them."""
    place = {"yref": "paper", "y": 1, "yanchor": "top", "align": "left"}
    return figure_of(
        [],
        language,
        annotations=[{**FROM_THE_LEFT, **place, "text": wrapped(words)}],
        xaxis={"visible": False},
        yaxis={"visible": False},
        height=160,
    )
