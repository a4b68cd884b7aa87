"""Plotly figures of what the page shows as a picture: made only when a reader asks.

They are plain dictionaries: Plotly's own objects check every property again for each reader, which
takes several times as long as the rest. Tests check them instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from components.ages import years_words
from components.bands import band_words, state_words
from components.formats import percent, quantity, unit_words
from components.observation_table import unit_of_label
from components.sentences import share_words
from components.texts import text
from components.theme import FIGURE_COLOURS, FIGURE_PATTERNS, FIGURES
from components.trend import TrendSeries, axis_of
from components.verdicts import line_words
from data.models import Indicator, Language, Observation, Words
from data.scores import Fulfilment, IndicatorScore
from data.scoring import BAND_EDGES, BANDS, Band

# Plotly writes colours into its drawing, where no style sheet can tell them of the theme, so each
# has 3:1 on white paper and on dark paper alike.
_SERIES_COLOURS: list[str] = FIGURES["series"]
_GREY, _GRID = FIGURES["grey"], FIGURES["grid"]
_SEPARATORS: Mapping[Language, str] = {"ru": ",\u00a0", "en": ".,"}
_CLEAR = "rgba(0,0,0,0)"
# A bar and a line of its name above it, in pixels, and the lines that a row has room for at least.
_BAR, _LINE, _FEWEST_LINES = 14, 18, 2
_FROM_THE_LEFT: Mapping[str, Any] = {
    "xref": "paper",
    "x": 0,
    "xanchor": "left",
    "yanchor": "bottom",
    "showarrow": False,
}
# The line of a yardstick across the plot, and its words above its end.
_ACROSS: Mapping[str, Any] = {"type": "line", "xref": "x domain", "yref": "y", "x0": 0, "x1": 1}
_AT_THE_END: Mapping[str, Any] = {
    "xref": "x domain",
    "yref": "y",
    "x": 1,
    "xanchor": "right",
    "yanchor": "bottom",
    "align": "right",
    "showarrow": False,
}
_MANY_YEARS = 12  # Beyond, not every year has its number.
_AXIS: Mapping[str, Any] = {
    "fixedrange": True,
    "gridcolor": _GRID,
    "linecolor": _GRID,
    "zerolinecolor": _GRID,
    "zerolinewidth": 2,
    "ticks": "",
    "title": {"standoff": 15},
    "automargin": True,
}
# The colour of words is the page's, by its style sheet.
_TEMPLATE: Mapping[str, Any] = {
    "layout": {
        "autotypenumbers": "strict",
        "colorway": _SERIES_COLOURS,
        "font": {"family": FIGURES["font"], "size": FIGURES["size"]},
        "margin": {"l": 16, "r": 16, "t": 24, "b": 16},
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        # A finger on the chart scrolls the page.
        "dragmode": False,
        "hovermode": "closest",
        # Words on a line's own colour would be too faint.
        "hoverlabel": {
            "align": "left",
            "bgcolor": FIGURES["tip"],
            "bordercolor": _GREY,
            "font": {"color": FIGURES["tip_ink"]},
        },
        "modebar": {"bgcolor": _CLEAR, "color": _GREY, "activecolor": _SERIES_COLOURS[0]},
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


def fulfilment_figure(fulfilment: Fulfilment, dimension: str, language: Language) -> Figure:
    """Horizontal bars of the scored indicators of one dimension, longest label first read."""
    scored = [
        indicator_score
        for indicator_score in fulfilment.of_dimension(dimension)
        if indicator_score.share is not None
    ]
    traces = []
    for band, older in product(BANDS, (False, True)):
        members = [
            indicator_score
            for indicator_score in scored
            if indicator_score.band == band
            and indicator_score.is_recent(fulfilment.recent_from) != older
        ]
        if members:
            words = band_words(band, language)
            trace = {
                "type": "bar",
                "orientation": "h",
                "x": [float(indicator_score.share or 0) for indicator_score in members],
                "y": [_name_above(member, language) for member in members],
                "name": text("figure_older", language, words=words) if older else words,
                "marker": band_marker(band, older=older),
                "customdata": [_share_and_years(member, language) for member in members],
                "hovertemplate": "%{y}: %{customdata}<extra></extra>",
            }
            traces.append(trace)
    names = [_name_above(indicator_score, language) for indicator_score in reversed(scored)]
    edges = sorted(edge.lowest for edge in BAND_EDGES)
    shares = [percent(edge, language) for edge in edges]
    lines = max((name.count("<br>") + 1 for name in names), default=0)
    row = _LINE * (max(lines, _FEWEST_LINES) + 1)
    return figure_of(
        traces,
        language,
        xaxis={"range": [0, 100], "tickvals": edges, "ticktext": shares},
        # Names stand above their bars: beside them they would take two thirds of a phone.
        yaxis={"categoryarray": names, "showticklabels": False, "showgrid": False},
        annotations=[
            {**_FROM_THE_LEFT, "text": name, "align": "left", "y": name, "yshift": _BAR / 2}
            for name in names
        ],
        bargap=1 - _BAR / row,
        height=120 + row * len(scored),
        legend={"orientation": "h", "y": -0.08},
    )


def _name_above(indicator_score: IndicatorScore, language: Language) -> str:
    """Return a name in two lines at most, as wide as a phone is."""
    return _wrapped(indicator_score.indicator.title[language], 41)


def dot_marker(band: Band | None, *, older: bool) -> dict[str, Any]:
    """Return the look of a dot: full, or hollow for an older value; grey without a band."""
    colour = _GREY if band is None else FIGURE_COLOURS[band]
    symbol = "circle-open" if older or band in (None, "none") else "circle"
    return {"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2}}


def band_marker(band: Band | None, *, older: bool) -> dict[str, Any]:
    """Return the look of a bar: full, or an outline for an older value or without a verdict.

    One without a band is part of the axis.
    """
    if band is None:
        return {"color": _GREY, "line": {"width": 0}}
    colour, shape = FIGURE_COLOURS[band], FIGURE_PATTERNS[band]
    if band == "none":
        return {"color": _CLEAR, "line": {"color": colour, "width": 1.5}}
    if not older:
        return {"color": colour, "pattern": {"shape": shape}}
    return {
        "color": _CLEAR,
        "line": {"color": colour, "width": 1.5},
        "pattern": {"shape": shape, "fgcolor": colour},
    }


def _share_and_years(indicator_score: IndicatorScore, language: Language) -> str:
    words = share_words(indicator_score, language)
    years = years_words(indicator_score.years)
    return text("sector_dated", language, words=words, years=years) if years else words


def wheel_figure(fulfilment: Fulfilment, title: str, language: Language) -> Figure:
    """Dimensions, categories and indicators as rings that open where a reader clicks."""
    rings = [_Ring("", "", title, _GRID)]
    for key in fulfilment.dimensions():
        rings.append(_Ring(key, "", text(f"dimension_{key}", language), _GRID))
        for group in fulfilment.categories(key):
            id = f"{key}/{group.sub_dimension['en']}/{group.name['en']}"
            rings.append(_Ring(id, key, group.title[language], _GRID))
            rings += [_leaf(indicator_score, id, language) for indicator_score in group.indicators]
    trace = {
        "type": "sunburst",
        "ids": [ring.id or "all" for ring in rings],
        "parents": ["", *(ring.parent or "all" for ring in rings[1:])],
        "labels": [_wrapped(ring.label) for ring in rings],
        # Names of indicators would be too small to read; they show where a reader points.
        "text": ["" if ring.words else _wrapped(ring.label, 18) for ring in rings],
        "textinfo": "text",
        "customdata": [ring.words for ring in rings],
        "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
        "leaf": {"opacity": 1},
        "marker": {
            "colors": [ring.colour for ring in rings],
            "pattern": {"shape": [ring.pattern for ring in rings]},
            "line": {"width": 1, "color": _GREY},
        },
        "insidetextorientation": "radial",
        "sort": False,
    }
    return figure_of([trace], language, height=640)


@dataclass(frozen=True, slots=True)
class _Ring:
    """One field of the wheel's rings."""

    id: str
    parent: str
    label: str
    colour: str
    pattern: str = ""
    words: str = ""


def _leaf(indicator_score: IndicatorScore, parent: str, language: Language) -> _Ring:
    indicator = indicator_score.indicator
    words = ": ".join(
        part
        for part in (
            _share_and_years(indicator_score, language),
            state_words(indicator_score, language),
        )
        if part
    )
    colour, pattern = FIGURE_COLOURS[indicator_score.band], FIGURE_PATTERNS[indicator_score.band]
    if indicator_score.band == "none":  # An outline, or hatched where there is no value.
        colour, pattern = (_CLEAR, "") if indicator_score.has_value else (colour, "/")
    return _Ring(indicator.slug, parent, indicator.title[language], colour, pattern, words)


def trend_figure(indicator: Indicator, series: Sequence[TrendSeries], language: Language) -> Figure:
    """One line per data point; lines join only what the picture joins, too.

    The unit stands beside the axis where all lines share it, the target's number at its line.
    """
    traces: list[Figure] = []
    shapes: list[Figure] = []
    notes: list[Figure] = []
    units = {unit_words(unit_of_label(indicator, member.name), language) for member in series}
    for member, colour in zip(series, _SERIES_COLOURS * len(series), strict=False):
        point = indicator.data_point(member.name)
        name = point.title[language] if point else indicator.title[language]
        unit = unit_of_label(indicator, member.name)
        traces.append({**trend_trace(member, unit, colour, language), "name": name})
        if member.target is not None:
            words = quantity(member.target.value, unit, language)
            named = line_words(member.target, words, language)
            # Several lines have a target each, and the text cannot have their colours.
            note = named if len(series) == 1 else f"{_wrapped(name)}<br>{named}"
            height = float(member.target.value)
            shapes.append({**_ACROSS, "y0": height, "y1": height, "line": dashed(colour)})
            notes.append({**_AT_THE_END, "y": height, "text": note})
    title = "" if len(units) > 1 else _wrapped(units.pop())
    return figure_of(
        traces,
        language,
        xaxis={"tickformat": "d"} | ({"dtick": 1} if _span(series) <= _MANY_YEARS else {}),
        yaxis={"title": {"text": title}}
        | ({"range": axis_of(series[0]).ends} if len(series) == 1 else {}),
        shapes=shapes,
        annotations=notes,
        height=420,
        legend={"orientation": "h", "y": -0.15},
    )


def trend_trace(series: TrendSeries, unit: Words, colour: str, language: Language) -> Figure:
    """Return a line through the values that it joins, hollow where they are not rated."""
    drawn = with_gaps(series)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [observation.year if observation else None for observation in drawn],
        "y": [
            float(observation.value) if observation and observation.value is not None else None
            for observation in drawn
        ],
        "connectgaps": False,
        "line": {"color": colour},
        "marker": {
            "size": 9,
            "symbol": [
                "diamond-open" if observation and not observation.rate else "circle"
                for observation in drawn
            ],
        },
        "customdata": [
            quantity(observation.value, unit, language)
            if observation and observation.value is not None
            else ""
            for observation in drawn
        ],
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }


def dashed(colour: str) -> Figure:
    """Return the look of the line of a yardstick."""
    return {"dash": "dash", "color": colour, "width": 1.5}


def with_gaps(series: TrendSeries) -> list[Observation | None]:
    """Return the joined stretches one after another, an empty place between any two of them."""
    follows = {id(left): right for left, right in series.segments()}
    joined = {id(right) for _, right in series.segments()}
    drawn: list[Observation | None] = []
    for first in series.observations:
        if id(first) in joined:
            continue
        observation: Observation | None = first
        while observation is not None:
            drawn.append(observation)
            observation = follows.get(id(observation))
        drawn.append(None)
    return drawn[:-1]


def _span(series: Sequence[TrendSeries]) -> int:
    years = [
        observation.year
        for member in series
        for observation in member.observations
        if observation.year is not None
    ]
    return max(years) - min(years)


def _wrapped(name: str, longest: int = 34) -> str:
    lines: list[str] = []
    for word in name.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "<br>".join(lines)


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
        "fillcolor": _GRID,
        "line": {"width": 0},
    }


def words_figure(words: str, language: Language) -> Figure:
    """Return words where there is nothing to draw: no chart is empty without them."""
    place = {"yref": "paper", "y": 1, "yanchor": "top", "align": "left"}
    return figure_of(
        [],
        language,
        annotations=[{**_FROM_THE_LEFT, **place, "text": _wrapped(words)}],
        xaxis={"visible": False},
        yaxis={"visible": False},
        height=160,
    )
