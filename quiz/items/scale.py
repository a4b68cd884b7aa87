"""Number lines: reading numbers that readers send, and the bands in which they are marked."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, get_args

from quiz.items.kind import BadResponse
from quiz.models import Item, Question, Scale

Bin = Literal["far_below", "close_below", "exact", "close_above", "far_above"]
BINS: tuple[Bin, ...] = get_args(Bin)
RIGHT_BINS: frozenset[Bin] = frozenset({"close_below", "exact", "close_above"})
# Signs, digits with spaces between them, one comma or point; no exponent, no words such as NaN.
_NUMBER = re.compile(r"[+\-\u2212]?\d{1,9}(?:[.,]\d{1,6})?")
_SPACES = re.compile(r"\s+")


def scale_in(about: Question | Item) -> Scale:
    """Return the number line of an estimate or a drawing, which always has one."""
    assert about.scale, f"{about.key} has no number line"  # noqa: S101  # For the type checker.
    return about.scale


def read_number(text: str, scale: Scale) -> Decimal:
    """Return a number of the line that a reader typed or set; a comma may stand for the point.

    Raises ``BadResponse`` for what is no number, or lies outside the line.
    """
    plain = _SPACES.sub("", text)
    if not (plain.isascii() or "\u2212" in plain) or not _NUMBER.fullmatch(plain):
        raise BadResponse("not_a_number")
    number = Decimal(plain.replace(",", ".").replace("\u2212", "-"))
    if not scale.lowest <= number <= scale.highest:
        raise BadResponse("out_of_range")
    return number


def plain_digits(number: Decimal) -> str:
    """Return a number without needless zeros and exponent, as it is stored."""
    return f"{number.normalize():f}"


def bin_of(number: Decimal, scale: Scale) -> Bin:
    """Return the band of an answer; of a drawing, one in the wrong direction is far."""
    error = number - scale.value
    if abs(error) <= scale.exact:
        return "exact"
    below = error < 0
    if abs(error) <= scale.close and _is_directed(number, scale):
        return "close_below" if below else "close_above"
    return "far_below" if below else "far_above"


def bounds_of(scale: Scale) -> dict[str, tuple[Decimal, Decimal]]:
    """Return the lowest and highest number of each band that the line has room for.

    Where two bands meet, the number belongs to the one nearer to the value; but the ``start`` of
    a drawing, where a close band ends, is far.
    """
    value, start = scale.value, scale.start
    close_low, close_high = value - scale.close, value + scale.close
    if start is not None and start < value:
        close_low = max(close_low, start)
    elif start is not None:
        close_high = min(close_high, start)
    edges = (scale.lowest, close_low, value - scale.exact, value + scale.exact, close_high)
    ends = [min(max(edge, scale.lowest), scale.highest) for edge in (*edges, scale.highest)]
    return {
        name: (low, high)
        for name, low, high in zip(BINS, ends[:-1], ends[1:], strict=True)
        if low < high or name == "exact"
    }


def _is_directed(number: Decimal, scale: Scale) -> bool:
    """Return whether a drawing goes up or down from its start as the right one does."""
    return scale.start is None or (number - scale.start) * (scale.value - scale.start) > 0


@lru_cache(1000)
def chance_of_line(scale: Scale) -> Fraction:
    """Return the share of the steps of a line that are right."""
    steps = int((scale.highest - scale.lowest) / scale.step)
    right = sum(
        bin_of(scale.lowest + index * scale.step, scale) in RIGHT_BINS for index in range(steps + 1)
    )
    return Fraction(right, steps + 1)
