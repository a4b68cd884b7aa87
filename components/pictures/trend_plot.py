"""The field of a trend between its axes: where a year and a value stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from data.models import Observation

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
        """How far from the left a year stands."""
        if self.first == self.last:
            return (self.left + self.right) / 2
        # The first dot keeps off the axis and its words.
        left = self.left + 2 * DOT
        part = (year - self.first) / (self.last - self.first)
        return left + (self.right - left) * part

    def y(self, value: Decimal) -> float:
        """How far from the top a value stands."""
        part = (float(value) - self.lowest) / (self.highest - self.lowest)
        return self.bottom - (self.bottom - self.top) * part

    def at(self, seen: Observation) -> tuple[float, float]:
        """Where an observation stands."""
        return self.x(seen.year or self.first), self.y(seen.value or Decimal(0))
