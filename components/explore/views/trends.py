"""Small multiples: the values of each indicator over the years with their yardstick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import Any

from dash import html

from components.explore.views.protocol import (
    Context,
    Table,
    View,
    name_of,
    once,
    own_rows,
)
from components.formats import NO_BREAK, period, quantity, unit_words
from components.observation_table import evidence_words, unit_of_label
from components.pictures.svg_boxes import EMPTY, Box, beside, block, stack
from components.pictures.trend_panel import key_words, trend_panel, trend_plot
from components.plotly_template import Figure, dashed, figure_of, words_figure
from components.texts import text
from components.theme import FIGURES
from components.trend import TrendSeries, axis_of, trend_series
from components.trend_figure import trend_trace
from data.exploration.filters import Selected
from data.models import Indicator, Observation
from data.yardsticks import yardstick_of

MOST, FIRST = 12, 6  # Panels of a picture, and of a document, which names the others.
_WIDE, _PANEL = 560, 210  # In files: from which width on two columns, and how high a panel is.
# In an interactive chart: parts of its width and pixels between panels, and the words above one.
_FIGURE_COLUMNS, _FIGURE_ROW, _BESIDE, _BELOW = 3, 240, 0.06, 70
_YEARS: Mapping[str, Any] = {"tickformat": "d", "nticks": 5}
_ABOVE: Mapping[str, Any] = {
    "xref": "paper",
    "xanchor": "center",
    "yref": "paper",
    "yanchor": "bottom",
    "showarrow": False,
    "font": {"size": 16},
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One series with at least two dated values."""

    indicator: Indicator
    series: TrendSeries

    def better(self) -> bool | None:
        """Return whether the newest run of one definition ends on a better value than it began.

        None where it does not, or where neither more nor less is better.
        """
        runs, target = self.series.runs(), self.series.target
        direction = target.direction if target else self.indicator.direction
        if not runs or direction == "neutral":
            return None
        first, last = runs[-1][0].value, runs[-1][-1].value
        if first is None or last is None or first == last:
            return None
        return (last > first) == (direction == "higher_is_better")


@once
def panels_of(selected: Selected, context: Context) -> tuple[Panel, ...]:
    """Return the series of what is selected, highlighted ones first, then the longest."""
    selection, edition = selected.selection, context.edition
    city = selection.cities[0]
    panels = []
    for row in own_rows(selected):
        if not row.decisive and row.code != selection.highlighted:
            continue
        indicator = context.indicators[row.code]
        target = yardstick_of(edition, city, indicator, row.label, selection.yardsticks)
        values = [value for value in edition.of_city(city, row.code) if _passes(value, selected)]
        targets = [target] if target else []
        panels += [
            Panel(indicator, series)
            for series in trend_series(indicator, values, targets, selection.last_year)
            if series.name == row.label and len(series.observations) > 1
        ]
    return tuple(
        sorted(
            panels,
            key=lambda panel: (
                panel.indicator.code != selection.highlighted,
                -len(panel.series.segments()),
                -len(panel.series.observations),
            ),
        )
    )


def _passes(observation: Observation, selected: Selected) -> bool:
    selection = selected.selection
    year = observation.year
    return (
        year is not None
        and selection.first_year <= year <= selection.last_year
        and (not selection.evidence or observation.evidence in selection.evidence)
        and (not selection.comparability or observation.comparability in selection.comparability)
    )


class Trends(View):
    """A panel per indicator; lines join values of one source and definition only."""

    keeps_places = False

    def paint(self, selected: Selected, context: Context) -> html.Div:
        """Return the panels, and links to the indicators that have no room."""
        if reason := self.reason_empty(selected, context):
            return html.Div(html.P(reason), className="view")
        language, panels = context.language, panels_of(selected, context)
        shown, more = panels[:FIRST], panels[FIRST:]
        key = key_words((panel.series for panel in shown), language, "picture_trend_key")
        parts: list[Any] = [
            html.P(key, className="note"),
            html.Div([_figure(panel, selected, context) for panel in shown], className="v-panels"),
        ]
        if more:
            links: list[Any] = [text("trends_more", language, n=len(more)), " "]
            for panel in more:
                name = panel.indicator.title[language]
                links += [html.A(name, href=context.url(panel.indicator)), f"{NO_BREAK}· "]
            parts.append(html.P(links[:-1], className="note"))
        return html.Div(parts, className="view")

    def legend(self, selected: Selected, context: Context, room: float, size: float) -> Box:
        """Return the signs in words for a file."""
        if self.reason_empty(selected, context):
            return EMPTY
        shown = [panel.series for panel in panels_of(selected, context)[:MOST]]
        words = key_words(shown, context.language, "picture_trend_key")
        return block(words, size, room, look="soft")

    def drawing(
        self, selected: Selected, context: Context, room: float, size: float, height: float = inf
    ) -> Box:
        """Return the panels for a file, in two columns where they fit."""
        if reason := self.reason_empty(selected, context):
            return block(reason, size, room)
        columns = 2 if room >= _WIDE else 1
        width = (room - size * 2 * (columns - 1)) / columns
        most, tall = (MOST, _PANEL) if height == inf else (2 * columns, height / 2 - 2.5 * size)
        boxes = [
            _drawn(panel, (width, tall), size, context)
            for panel in panels_of(selected, context)[:most]
        ]
        lines = [
            beside([(place * (width + size * 2), box) for place, box in enumerate(line)])
            for line in (boxes[at : at + columns] for at in range(0, len(boxes), columns))
        ]
        return stack(lines, size)

    def figure(self, selected: Selected, context: Context) -> Figure:
        """Return the panels as axes of one interactive chart."""
        if reason := self.reason_empty(selected, context):
            return words_figure(reason, context.language)
        panels = panels_of(selected, context)[:MOST]
        columns = 1 if context.narrow else min(_FIGURE_COLUMNS, len(panels))
        rows = ceil(len(panels) / columns)
        height = 40 + _FIGURE_ROW * rows
        traces: list[Figure] = []
        axes: dict[str, Any] = {}
        titles = []
        for place, panel in enumerate(panels):
            number = str(place + 1) if place else ""
            across = _domain(place % columns, columns, _BESIDE)
            below, above = _domain(rows - 1 - place // columns, rows, _BELOW / height)
            axes[f"xaxis{number}"] = {**_YEARS, "domain": across, "anchor": f"y{number}"}
            axes[f"yaxis{number}"] = {
                "domain": [below, above],
                "anchor": f"x{number}",
                "range": axis_of(panel.series).ends,
            }
            middle = {"x": sum(across) / 2, "y": above}
            titles.append({**_ABOVE, **middle, "text": _title(panel, context)})
            on = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
            traces += [{**trace, **on} for trace in _traces(panel, selected, context)]
        # With these colours assets/explore.js marks another panel.
        meta = {"lines": FIGURES["series"][:2]}
        return figure_of(
            traces,
            context.language,
            **axes,
            annotations=titles,
            height=height,
            showlegend=False,
            meta=meta,
        )

    def table(self, selected: Selected, context: Context) -> Table:
        """Return every value of every panel with its year, comparability, breaks and source."""
        language = context.language
        keys = ("indicator", "year", "value", "comparability", "source")
        rows = [
            [
                name_of(panel.indicator.code, panel.series.name, context),
                period(observation.period, language),
                _value(observation, panel, context),
                _standing(observation, context),
                context.publisher(observation.source_id),
            ]
            for panel in panels_of(selected, context)
            for observation in panel.series.observations
        ]
        return [text(f"column_{key}", language) for key in keys], rows

    def sentence(self, selected: Selected, context: Context) -> str:
        """Say how many series there are, and how many of them lead to the better side."""
        if reason := self.reason_empty(selected, context):
            return reason
        moves = [panel.better() for panel in panels_of(selected, context)]
        return text(
            "trends_finding",
            context.language,
            n=len(moves),
            better=moves.count(True),
            worse=moves.count(False),
        )

    def reason_empty(self, selected: Selected, context: Context) -> str:
        """Say that nothing is left, or that nothing has two values of these years."""
        if reason := super().reason_empty(selected, context):
            return reason
        if panels_of(selected, context):
            return ""
        selection = selected.selection
        return text(
            "trends_none", context.language, first=selection.first_year, last=selection.last_year
        )


def _figure(panel: Panel, selected: Selected, context: Context) -> html.Figure:
    language, indicator = context.language, panel.indicator
    unit = unit_of_label(indicator, panel.series.name)
    on = indicator.code == selected.selection.highlighted
    name = name_of(indicator.code, panel.series.name, context)
    first, last = (
        text("dated_value", language, value=_value(end, panel, context), period=end.period)
        for end in (panel.series.observations[0], panel.series.observations[-1])
    )
    said = f"{name}: {first}, {last}"
    return html.Figure(
        [
            html.Figcaption(html.A(name, href=context.url(indicator), className="v-name")),
            trend_plot(panel.series, language, unit, said, readings=False),
        ],
        className="on" if on else None,
    )


def _drawn(panel: Panel, room: tuple[float, float], size: float, context: Context) -> Box:
    name = name_of(panel.indicator.code, panel.series.name, context)
    unit = unit_of_label(panel.indicator, panel.series.name)
    small = size * 0.87
    plot = trend_panel(panel.series, context.language, unit, room, small)
    return stack([block(name, size, room[0], look="bold", most=1), plot], size * 0.3)


def _title(panel: Panel, context: Context) -> str:
    name = name_of(panel.indicator.code, panel.series.name, context)
    unit = unit_words(unit_of_label(panel.indicator, panel.series.name), context.language)
    return f"<b>{name}</b><br>{unit}"


def _domain(place: int, places: int, gap: float) -> list[float]:
    """Return from where to where an axis goes beside others, between 0 and 1."""
    long = (1 - gap * (places - 1)) / places
    return [place * (long + gap), place * (long + gap) + long]


def _traces(panel: Panel, selected: Selected, context: Context) -> list[Figure]:
    series, traces = panel.series, []
    if series.target is not None:
        years = [value.year for value in series.observations if value.year is not None]
        yardstick = {
            "type": "scatter",
            "mode": "lines",
            "x": [min(years), max(*years, selected.selection.last_year)],
            "y": [float(series.target.value)] * 2,
            "line": dashed(FIGURES["grey"]),
            "hoverinfo": "skip",
        }
        traces.append(yardstick)
    on = panel.indicator.code == selected.selection.highlighted
    unit = unit_of_label(panel.indicator, series.name)
    values = trend_trace(series, unit, FIGURES["series"][1 if on else 0], context.language)
    pressed = [panel.indicator.code, selected.selection.cities[0]]
    told = {
        "marker": {**values["marker"], "size": 7},
        "customdata": [[*pressed, words] for words in values["customdata"]],
        "hovertemplate": "%{x}: %{customdata[2]}<extra></extra>",
    }
    return [*traces, {**values, **told}]


def _value(observation: Observation, panel: Panel, context: Context) -> str:
    if observation.value is None:
        return ""
    unit = unit_of_label(panel.indicator, panel.series.name)
    return quantity(observation.value, unit, context.language)


def _standing(observation: Observation, context: Context) -> str:
    """Return comparability, evidence and a break of the series before a value."""
    language = context.language
    parts: Sequence[str] = (
        text(f"comparability_{observation.comparability}", language),
        evidence_words(observation, language),
        text("series_break", language) if observation.breaks_series else "",
    )
    return "; ".join(part for part in parts if part)
