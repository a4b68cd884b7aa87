"""The field of a trend, and the words inside it, placed so that they cover nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from components.formats import number
from components.pictures.svg_boxes import label, words_width
from components.trend import TrendSeries
from data.models import Language, Observation

DOT = 5  # The radius of a value.
# Room beside the axes for a reader's font that is wider, as DejaVu Sans on a Linux without Arial.
RESERVE = 1.2


@dataclass(frozen=True, slots=True)
class Plot:
    """The field between the axes, and what its edges stand for."""

    left: float
    right: float
    top: float
    bottom: float
    first: int
    last: int
    lowest: float
    highest: float

    def x(self, year: int) -> float:
        """Return the distance of a year from the left."""
        if self.first == self.last:
            return (self.left + self.right) / 2
        # The first dot keeps off the axis and its words.
        left = self.left + 2 * DOT
        part = (year - self.first) / (self.last - self.first)
        return left + (self.right - left) * part

    def y(self, value: Decimal) -> float:
        """Return the distance of a value from the top."""
        part = (float(value) - self.lowest) / (self.highest - self.lowest)
        return self.bottom - (self.bottom - self.top) * part

    def at(self, observation: Observation) -> tuple[float, float]:
        """Return the position of an observation."""
        return self.x(observation.year or self.first), self.y(observation.value or Decimal(0))


def edge_names(
    plot: Plot, series: TrendSeries, last_words: str, target_words: str, size: float
) -> list[str]:
    """The newest value and the target beside the right edge, moved apart where they touch."""
    x, middle = plot.right + size * 0.8, size * 0.36
    latest = series.observations[-1]
    look = "bold" if latest.rate else "soft"
    heights = [plot.y(latest.value or Decimal(0))]
    if series.target is None:
        return [label(last_words, size * 1.1, x, heights[0] + middle, look=look)]
    heights.append(plot.y(series.target.value))
    needed = size * 1.35
    (upper, lower) = sorted(heights)
    missing = needed - (lower - upper)
    if missing > 0:
        upper, lower = upper - missing / 2, lower + missing / 2
    first, second = (upper, lower) if heights[0] <= heights[1] else (lower, upper)
    return [
        label(last_words, size * 1.1, x, first + middle, look=look),
        label(target_words, size * 0.9, x, second + middle),
    ]


def scored_name(plot: Plot, series: TrendSeries, language: Language, size: float) -> str:
    """The newest value that can be scored, where newer ones that cannot follow it.

    It is left out where it would cover another value: the dot has its title, the table the number.
    """
    rated = [observation for observation in series.observations if observation.rate]
    if not rated or series.observations[-1].rate:
        return ""
    newest = rated[-1]
    words = number(newest.value or Decimal(0), language)
    width, room = words_width(words, size * 1.1, "bold") * RESERVE, size * 1.1
    others = [
        plot.at(observation) for observation in series.observations if observation is not newest
    ]
    for left, foot in _places(plot.at(newest), width, size):
        box = (left - DOT, foot - room - DOT, left + width + DOT, foot + DOT)
        inside = plot.left <= left and left + width <= plot.right + DOT
        if inside and not any(_within(box, place) for place in others):
            return label(words, size * 1.1, left, foot, look="bold t-name")
    return ""


def _places(dot: tuple[float, float], width: float, size: float) -> list[tuple[float, float]]:
    """Return the starts of words of ``width`` around a dot: above, below, left of it."""
    x, y = dot
    above, below = y - size * 0.6, y + size * 1.5
    return [
        (x + size * 0.5, above),
        (x - width / 2, above),
        (x + size * 0.5, below),
        (x - width / 2, below),
        (x - width - size * 0.6, y + size * 0.36),
        (x - width - size * 0.5, above),
    ]


def _within(box: tuple[float, float, float, float], place: tuple[float, float]) -> bool:
    left, top, right, bottom = box
    return left <= place[0] <= right and top <= place[1] <= bottom
