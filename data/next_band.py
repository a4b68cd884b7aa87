"""The change of a value that would lift it into the next band: the inverse of the scoring rule."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from data.models import Direction
from data.scoring import BAND_EDGES, TOP_BAND, Band, band_of, share_of_target

YES_NO = "yes/no"
# A printed number may lie beyond the exact one by this part of the change.
_TOLERANCE = Fraction(1, 50)
_MOST_PLACES = 6


class NextBand(NamedTuple):
    """The mildest value that reaches the next band, in the unit of the value.

    ``change`` is the signed way there, ``percent`` the same in percent of the value without a
    sign, None from a value of 0. ``printed`` is a short number that reaches the band, too.
    """

    band: Band
    value: Fraction
    change: Fraction
    percent: Fraction | None
    printed: Decimal


def next_band(
    value: Decimal, target: Decimal, direction: Direction, unit_code: str = ""
) -> NextBand | None:
    """Return the way to the next better band.

    None where there is none: in the highest band, and for a neutral indicator, of which neither
    more nor less is better.
    """
    share = share_of_target(value, target, direction)
    if share is None or band_of(share) == TOP_BAND:
        return None
    lowest = min(edge.lowest for edge in BAND_EDGES if edge.lowest > share)
    needed = _value_of_share(Fraction(lowest), Fraction(target), direction)
    if unit_code == YES_NO:  # There is nothing between no and yes.
        needed = Fraction(target)
    reached = share_of_target(_decimal(needed, direction), target, direction)
    exact = Fraction(value)
    change = needed - exact
    percent = 100 * abs(change) / abs(exact) if exact else None
    return NextBand(
        band_of(reached), needed, change, percent, _printed(value, needed, change, direction)
    )


def _value_of_share(share: Fraction, target: Fraction, direction: Direction) -> Fraction:
    """Return the value that earns exactly ``share`` percent, which is more than 0.

    Where the yardstick is 0 or below, nothing lies between missing and meeting it.
    """
    if target <= 0:
        return target
    return 100 * target / share if direction == "lower_is_better" else target * share / 100


def _decimal(needed: Fraction, direction: Direction) -> Decimal:
    """Return a decimal number that is at least as good, close enough to be in the same band."""
    return _rounded(needed, 12, direction)


def _rounded(needed: Fraction, places: int, direction: Direction) -> Decimal:
    """Round towards the better side, so that the number reaches what it is rounded from."""
    scale = 10**places
    whole, remainder = divmod(needed.numerator * scale, needed.denominator)
    if direction != "lower_is_better" and remainder:
        whole += 1
    return Decimal(whole).scaleb(-places)


def _printed(value: Decimal, needed: Fraction, change: Fraction, direction: Direction) -> Decimal:
    """Return the number with the places of the value, or with more where that goes too far."""
    exponent = value.as_tuple().exponent
    first = max(0, -exponent) if isinstance(exponent, int) else 0
    for places in range(first, max(first, _MOST_PLACES)):
        number = _rounded(needed, places, direction)
        if abs(Fraction(number) - needed) <= abs(change) * _TOLERANCE:
            return number
    return _rounded(needed, max(first, _MOST_PLACES), direction)
