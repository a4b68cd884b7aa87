"""Plotly figure of trends: one line per data point."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.formats import quantity, unit_words
from components.observation_table import unit_of_label
from components.plotly_template import SERIES_COLOURS, Figure, dashed, figure_of, wrapped
from components.trend import TrendSeries, axis_of
from components.verdicts import line_words
from data.models import Indicator, Language, Observation, Words

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


def trend_figure(indicator: Indicator, series: Sequence[TrendSeries], language: Language) -> Figure:
    """One line per data point; lines join only what the picture joins, too.

    The unit stands beside the axis where all lines share it, the target's number at its line.
    """
    traces: list[Figure] = []
    shapes: list[Figure] = []
    notes: list[Figure] = []
    units = {unit_words(unit_of_label(indicator, member.name), language) for member in series}
    for member, colour in zip(series, SERIES_COLOURS * len(series), strict=False):
        point = indicator.data_point(member.name)
        name = point.title[language] if point else indicator.title[language]
        unit = unit_of_label(indicator, member.name)
        traces.append({**trend_trace(member, unit, colour, language), "name": name})
        if member.target is not None:
            words = quantity(member.target.value, unit, language)
            named = line_words(member.target, words, language)
            # Several lines have a target each, and the text cannot have their colours.
            note = named if len(series) == 1 else f"{wrapped(name)}<br>{named}"
            height = float(member.target.value)
            shapes.append({**_ACROSS, "y0": height, "y1": height, "line": dashed(colour)})
            notes.append({**_AT_THE_END, "y": height, "text": note})
    title = "" if len(units) > 1 else wrapped(units.pop())
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
