"""Distance to the next band: how much each value would have to change, in its own unit."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from dash import html

from components.ages import aged_class, year_chip
from components.bands import band_words, mark
from components.explore.views.protocol import (
    Context,
    Table,
    name_of,
    origin_words,
    own_rows,
    printed_value,
    value_words,
    yardstick_words,
    year_words,
)
from components.explore.views.rows import RowsView
from components.explore.views.shapes import DOT, Group, Shape, Sign, ViewRow
from components.formats import MINUS, NO_BREAK, brief_quantity, listing, number, percent, quantity
from components.observation_table import unit_of_label
from components.texts import text
from components.theme import BAND_CLASSES
from data.exploration.filters import Selected
from data.exploration.score_rows import Row
from data.next_band import YES_NO, NextBand, next_band
from data.scores import RECENT_YEARS
from data.scoring import TOP_BAND

# Percent of a value: a change that this view counts as small, and the end of its axis.
SMALL, END = 10, 100
# A change of more than this many times the value is told as a factor.
_FACTOR = 3


@dataclass(frozen=True, slots=True)
class Way:
    """A row of the selection and its way to the next band."""

    row: Row
    next: NextBand

    @property
    def part(self) -> float:
        """The change as a part of the axis; 1 for the longest, and from a value of 0."""
        if self.next.percent is None:
            return 1.0
        return min(1.0, float(self.next.percent) / END)

    @property
    def is_small(self) -> bool:
        """Return whether ten percent more or less of the value would be enough."""
        return self.next.percent is not None and self.next.percent <= SMALL


def ways_of(selected: Selected) -> tuple[Way, ...]:
    """Return the data points that have a way to a better band, the shortest first."""
    ways = []
    for row in own_rows(selected):
        value = printed_value(row.value_text, row.value)
        if row.band == "none" or value is None or not row.target_text:
            continue
        way = next_band(value, Decimal(row.target_text), row.direction, row.unit_code)
        if way is not None:
            ways.append(Way(row, way))
    return tuple(sorted(ways, key=lambda way: (way.next.percent is None, way.next.percent or 0)))


class Distance(RowsView):
    """A row per data point, a dot at the change that it needs in percent of its value."""

    def groups(self, selected: Selected, context: Context) -> list[Group]:
        """Return what ten percent would change, then the rest."""
        axis = [(at / END, percent(at, context.language)) for at in (SMALL, 50)]
        axis.append(
            (1.0, text("distance_end", context.language, end=percent(END, context.language)))
        )
        groups = []
        for small, members in groupby(ways_of(selected), key=lambda way: way.is_small):
            ways = list(members)
            key = "distance_small" if small else "distance_large"
            heading = text(key, context.language, n=len(ways), small=SMALL)
            groups.append(Group(heading, axis, [_view_row(way, context) for way in ways]))
        return groups

    def signs(self, context: Context) -> list[Sign]:
        """Explain dots, their colour and their place."""
        language = context.language
        dot = Shape(BAND_CLASSES["33-66"], 0.5, 0.5, 2 * DOT, "dot")
        older = Shape(aged_class(BAND_CLASSES["33-66"], older=True), 0.5, 0.5, 2 * DOT, "dot")
        return [
            (dot, text("distance_key_dot", language)),
            (older, text("heat_key_older", language, n=RECENT_YEARS)),
        ]

    def table(self, selected: Selected, context: Context) -> Table:
        """Return value, value of the next band, change and yardstick of each."""
        language = context.language
        keys = ("indicator", "value", "year", "target", "comparability", "source")
        header = [text(f"column_{key}", language) for key in keys]
        header[3:3] = [
            text(f"distance_column_{key}", language) for key in ("band", "needed", "change")
        ]
        rows = []
        for way in ways_of(selected):
            row = way.row
            rows.append(
                [
                    name_of(row.code, row.label, context),
                    value_words(row, context),
                    year_words(row.year),
                    band_words(way.next.band, language),
                    _needed(way, context),
                    _change(way, context),
                    yardstick_words(row, context),
                    *origin_words(row, context),
                ]
            )
        return header, rows

    def sentence(self, selected: Selected, context: Context) -> str:
        """Say of how many a small change would give a better colour, and what has no distance."""
        if reason := self.reason_empty(selected, context):
            return reason
        language, ways = context.language, ways_of(selected)
        small = [way for way in ways if way.is_small]
        key = "distance_finding" if small else "distance_finding_none"
        said = [text(key, language, n=len(small), of=len(ways), small=SMALL)]
        if small:
            names = [name_of(way.row.code, way.row.label, context) for way in small[:5]]
            said.append(text("distance_which", language, names=listing(names, language)))
        return " ".join(said)

    def notes(self, selected: Selected, context: Context) -> list[str]:
        """Say what has no distance, and why; and how indicators of several parts change colour."""
        parted = any(way.row.label for way in ways_of(selected))
        parts = [text("distance_parts", context.language)] if parted else []
        return [*_without(selected, context), *parts]

    def reason_empty(self, selected: Selected, context: Context) -> str:
        """Say that nothing is left, or why none of what is left has a distance."""
        if reason := super().reason_empty(selected, context):
            return reason
        if ways_of(selected):
            return ""
        return " ".join([text("distance_none", context.language), *_without(selected, context)])


def _view_row(way: Way, context: Context) -> ViewRow:
    row, language = way.row, context.language
    needed, change = _needed(way, context), _change(way, context)
    look = aged_class(BAND_CLASSES[row.band], older=row.age == "older")
    now = _now(way, context)
    words = text("distance_words", language, value=now, needed=needed, change=change).strip()
    dated = text("dated_value", language, value=words, period=year_words(row.year))
    shapes = [
        Shape("grid", 0.0, 0.0 + 0.002, 20),
        Shape("grid", SMALL / END, SMALL / END + 0.002, 20),
        Shape("way", 0.0, way.part, 2),
        Shape(look, way.part, way.part, 2 * DOT, "dot", dated),
    ]
    said = [
        mark(look),
        html.B(needed),
        html.Small(
            [
                text("distance_now", language, value=now, change=change),
                " ",
                year_chip(year_words(row.year), older=row.age == "older"),
            ],
            className="line",
        ),
    ]
    return ViewRow(
        context.indicators[row.code], name_of(row.code, row.label, context), shapes, said, dated
    )


def _now(way: Way, context: Context) -> str:
    """Return the value of today beside one that has its unit in full."""
    row = way.row
    unit = unit_of_label(context.indicators[row.code], row.label)
    value = printed_value(row.value_text, row.value) or Decimal(0)
    return brief_quantity(value, unit, context.language)


def _needed(way: Way, context: Context) -> str:
    """Return the value that reaches the next band, with its unit."""
    unit = unit_of_label(context.indicators[way.row.code], way.row.label)
    return quantity(way.next.printed, unit, context.language)


def _change(way: Way, context: Context) -> str:
    """Return the change in the unit of the value and in percent of it, or as a factor."""
    language, row = context.language, way.row
    if row.unit_code == YES_NO:
        return ""
    value = printed_value(row.value_text, row.value) or Decimal(0)
    difference = way.next.printed - value
    sign = "+" if difference > 0 else MINUS
    written = f"{sign}{number(abs(difference), language)}"
    if way.next.percent is None:
        return f"({written})"
    comma = ";" if language == "ru" else ","  # A Russian number has a comma of its own.
    if difference > 0 and way.next.percent > 100 * _FACTOR:
        factor = round(Fraction(way.next.printed) / Fraction(value), 1)
        times = number(Decimal(str(float(factor))), language)
        return f"({written}{comma} {text('distance_factor', language, factor=times)})"
    places = 1 if way.next.percent < SMALL else 0
    return f"({written}{comma}{NO_BREAK}{percent(way.next.percent, language, places)})"


def _without(selected: Selected, context: Context) -> list[str]:
    """Say how many data points have no next band, and why."""
    rows = own_rows(selected)
    language = context.language
    said = []
    if top := sum(row.band == TOP_BAND for row in rows):
        said.append(text("distance_top", language, n=top))
    reasons = Counter(row.reason or "no_target" for row in rows if row.band == "none")
    if reasons:
        counted = [
            text("distance_reason", language, reason=text(f"reason_{reason}", language), n=n)
            for reason, n in reasons.most_common()
        ]
        said.append(
            text("distance_unrated", language, n=reasons.total(), reasons="; ".join(counted))
        )
    return said
