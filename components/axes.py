"""Axes of charts: their ends, and round numbers between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

_WHOLE = Decimal(100)
# Of the highest value, from which spread on an axis begins at zero; and the room at its ends.
_SPREAD, _ROOM = Decimal("0.4"), Decimal("0.12")
_MOST_TICKS = 5
_STEPS = tuple(
    Decimal(factor).scaleb(power) for power in (0, 1, 2) for factor in ("1", "2", "2.5", "5")
)


@dataclass(frozen=True, slots=True)
class Axis:
    """The ends of a vertical axis and at most five round ticks between them."""

    ends: tuple[float, float]
    ticks: tuple[Decimal, ...]


def axis_for(values: Sequence[Decimal], *, is_share: bool) -> Axis:
    """Return an axis for plain values, as ``axis_of`` does for a series."""
    low, high = min(values), max(values)
    span = high - low or abs(high) / 5 or Decimal(1)
    from_zero = low >= 0 and span >= high * _SPREAD
    bottom = Decimal(0) if from_zero else low - span * _ROOM
    if low >= 0:
        bottom = max(bottom, Decimal(0))
    top = high + max(high - bottom, span) * _ROOM
    if is_share and high <= _WHOLE:
        top = min(top, _WHOLE)
    return Axis((float(bottom), float(top)), ticks_between(bottom, top))


def ticks_between(bottom: Decimal, top: Decimal) -> tuple[Decimal, ...]:
    """Return at most five round numbers from ``bottom`` to ``top``."""
    magnitude = Decimal(1).scaleb((top - bottom).adjusted() - 1)
    for step in (magnitude * factor for factor in _STEPS):
        first, last = _ceiling(bottom / step), -_ceiling(-top / step)
        if last - first < _MOST_TICKS:
            return tuple(_plain(step * count) for count in range(first, last + 1))
    raise AssertionError(f"no ticks between {bottom} and {top}")


def _ceiling(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _plain(tick: Decimal) -> Decimal:
    """Return a tick without needless zeros and without an exponent."""
    whole = tick == tick.to_integral_value()
    return tick.quantize(Decimal(1)) if whole else tick.normalize()
