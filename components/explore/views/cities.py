"""Cities side by side: values of one definition on one scale, each with its year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dash import html

from components.ages import aged_class
from components.bands import state_name
from components.explore.views.protocol import (
    Context,
    Table,
    dated_value,
    name_of,
    origin_words,
    printed_value,
    rating_words,
    value_words,
    year_words,
)
from components.explore.views.rows import RowsView
from components.explore.views.shapes import DOT, Group, Shape, Sign, ViewRow
from components.formats import number
from components.observation_table import unit_of_label
from components.pictures.trend_panel import trend_plot
from components.strips import scale_end
from components.texts import text
from components.theme import BAND_CLASSES
from components.trend import trend_series
from data.city_values import COUNT, OFF_SCALE
from data.exploration.filters import Selected
from data.scores import RECENT_YEARS

# Values without a verdict that are of the definition of the indicator nevertheless.
_ALIKE = ("", "no_target", "neutral")
_APART = 0.12  # Of the axis: what a number needs beside another.
_MOST_TRENDS = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """One data point of one indicator: a row per city, the site's city first.

    ``reason`` says why fewer than two of them may stand on one scale; empty where they may.
    """

    code: str
    label: str
    rows: tuple[Any, ...]
    reason: str

    @property
    def drawn(self) -> tuple[Any, ...]:
        """The rows that may stand on the scale."""
        return tuple(row for row in self.rows if is_alike(row))

    @property
    def end(self) -> Decimal:
        """The end of the scale, which begins at 0."""
        values = [Decimal(row.value_text) for row in self.drawn]
        percent = self.rows[0].unit_code.startswith("%")
        return scale_end(max(values), self.yardstick or Decimal(0), percent=percent)

    @property
    def yardstick(self) -> Decimal | None:
        """The yardstick of the first city that has one; it is the same for all."""
        texts = {row.target_text for row in self.drawn if row.target_text and row.band != "none"}
        return Decimal(texts.pop()) if len(texts) == 1 else None


def is_alike(row: Any) -> bool:
    """Return whether a value counts what the indicator defines and belongs on a scale from 0."""
    dated = year_words(row.year) and row.value_text and row.value >= 0
    return bool(dated) and row.reason in _ALIKE and row.unit_code not in OFF_SCALE


def scales_of(selected: Selected) -> tuple[Scale, ...]:
    """Return what two or more of the cities publish; what is highlighted first."""
    members: dict[tuple[str, str], list[Any]] = {}
    for row in selected.rows:
        members.setdefault((row.code, row.label), []).append(row)
    order = {city: place for place, city in enumerate(selected.selection.cities)}
    scales = []
    for (code, label), rows in members.items():
        if len({row.city for row in rows}) > 1:
            rows.sort(key=lambda row: order[row.city])
            scales.append(Scale(code, label, tuple(rows), _reason(rows)))
    highlighted = selected.selection.highlighted
    return tuple(sorted(scales, key=lambda scale: scale.code != highlighted))


def _reason(rows: Sequence[Any]) -> str:
    if len({row.city for row in rows if is_alike(row)}) > 1:
        return ""
    if any(row.unit_code == COUNT for row in rows):
        return "count"
    return "yes_no" if any(row.unit_code in OFF_SCALE for row in rows) else "definition"


class Cities(RowsView):
    """A group per data point, a row per city, a dot at its value."""

    keeps_places = False

    def groups(self, selected: Selected, context: Context) -> list[Group]:
        """Return the data points that cities may be compared in."""
        scales = [scale for scale in scales_of(selected) if not scale.reason]
        highlighted = selected.selection.highlighted
        few = len(scales) <= _MOST_TRENDS
        return [
            Group(
                name_of(scale.code, scale.label, context),
                _axis(scale, context),
                [_view_row(row, scale, context) for row in scale.rows],
                _trend(scale, context) if few or scale.code == highlighted else (),
            )
            for scale in scales
        ]

    def signs(self, context: Context) -> list[Sign]:
        """Explain dots, their age and the yardstick."""
        language, look = context.language, BAND_CLASSES["66-95"]
        older = aged_class(look, older=True)
        return [
            (Shape(look, 0.5, 0.5, 2 * DOT, "dot"), text("cities_key_dot", language)),
            (
                Shape(older, 0.5, 0.5, 2 * DOT, "dot"),
                text("heat_key_older", language, n=RECENT_YEARS),
            ),
            (
                Shape(BAND_CLASSES["none"], 0.5, 0.5, 2 * DOT, "dot"),
                state_name(BAND_CLASSES["none"], language),
            ),
            (Shape("yard", 0.45, 0.55, 20), text("cities_key_yardstick", language)),
        ]

    def notes(self, selected: Selected, context: Context) -> list[str]:
        """Say what several cities publish and may not be compared, and why; and what none does."""
        language = context.language
        reasons = Counter(scale.reason for scale in scales_of(selected) if scale.reason)
        said = [text(f"cities_reason_{reason}", language, n=n) for reason, n in reasons.items()]
        lonely = {row.city for row in selected.rows}
        absent = [city for city in selected.selection.cities if city not in lonely]
        if absent:
            names = ", ".join(context.edition.cities[city].name[language] for city in absent)
            said.append(text("cities_absent", language, cities=names))
        return [*said, text("cities_no_ranking", language)]

    def table(self, selected: Selected, context: Context) -> Table:
        """Return every value of what several cities publish, with the reason where not alike."""
        language = context.language
        keys = ("indicator", "city", "value", "year", "state", "comparability", "source")
        rows = [
            [
                name_of(scale.code, scale.label, context),
                context.edition.cities[row.city].name[language],
                value_words(row, context),
                year_words(row.year),
                rating_words(row.band, row.reason, language),
                *origin_words(row, context),
            ]
            for scale in scales_of(selected)
            for row in scale.rows
        ]
        return [text(f"column_{key}", language) for key in keys], rows

    def sentence(self, selected: Selected, context: Context) -> str:
        """Say how much of what several cities publish may stand side by side, and from when."""
        if reason := self.reason_empty(selected, context):
            return reason
        scales = scales_of(selected)
        alike = [scale for scale in scales if not scale.reason]
        years = [int(row.year) for scale in alike for row in scale.drawn]
        return text(
            "cities_finding",
            context.language,
            n=len(alike),
            of=len(scales),
            first=min(years),
            last=max(years),
        )

    def reason_empty(self, selected: Selected, context: Context) -> str:
        """Say that no second city is chosen, or that nothing of theirs may be compared."""
        language, cities = context.language, selected.selection.cities
        if len(cities) < 2:
            return text("cities_one", language)
        if reason := super().reason_empty(selected, context):
            return reason
        if any(not scale.reason for scale in scales_of(selected)):
            return ""
        return " ".join([text("cities_none", language), *self.notes(selected, context)[:-1]])


def _axis(scale: Scale, context: Context) -> list[tuple[float, str]]:
    """Return both ends, and the yardstick where its number has room."""
    language, end = context.language, scale.end
    labels = [(0.0, number(Decimal(0), language)), (1.0, number(end, language))]
    if scale.yardstick is not None:
        at = float(scale.yardstick / end)
        labels = [label for label in labels if abs(label[0] - at) > _APART]
        labels.append((at, number(scale.yardstick, language)))
    return sorted(labels)


def _view_row(row: Any, scale: Scale, context: Context) -> ViewRow:
    language = context.language
    city = context.edition.cities[row.city].name[language]
    shapes = [Shape("way", 0.0, 1.0, 1)]
    if scale.yardstick is not None:
        at = float(scale.yardstick / scale.end)
        shapes.append(Shape("yard", max(0.0, at - 0.002), min(1.0, at + 0.002), 20))
    words = value_words(row, context)
    dated = text("dated_value", language, value=words, period=year_words(row.year) or "–")
    remark = "" if is_alike(row) else rating_words("none", row.reason, language)
    if not remark and row.comparability == "close":
        remark = text("comparability_close", language)
    if is_alike(row):
        value = printed_value(row.value_text, row.value) or Decimal(0)
        at = float(value / scale.end)
        look = aged_class(BAND_CLASSES[row.band], older=row.age == "older")
        shapes.append(Shape(look, at, at, 2 * DOT, "dot", dated))
    else:
        shapes = []
    said = [*dated_value(row, context), html.Small(remark, className="line") if remark else None]
    plain = f"{dated}. {remark}" if remark else dated
    return ViewRow(context.indicators[scale.code], city, shapes, said, plain, row.city)


def _trend(scale: Scale, context: Context) -> list[Any]:
    """Return the series of the first city with the values of the others, where it has one."""
    indicator, language = context.indicators[scale.code], context.language
    own, cities = scale.rows[0].city, {row.city for row in scale.drawn}
    edition = context.edition
    targets = [t for t in edition.targets_by_indicator.get(scale.code, ()) if t.primary]
    others = [
        (edition.cities[value.city].name, value)
        for value in edition.by_indicator.get(scale.code, ())
        if value.city in cities - {own}
    ]
    drawn: list[Any] = []
    for series in trend_series(
        indicator, edition.of_city(own, scale.code), targets, edition.year, others
    ):
        if series.name == scale.label and series.segments():
            city = edition.cities[own].name[language]
            words = text("cities_trend", language, city=city)
            unit = unit_of_label(indicator, series.name)
            plot = trend_plot(series, language, unit, words, readings=False)
            drawn += [html.P(words, className="note"), plot]
    return drawn
