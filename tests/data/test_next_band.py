"""Values that reach the next band, proved by the scoring rule itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.models import Direction
from data.next_band import next_band
from data.scoring import BAND_EDGES, TOP_BAND, band_of, points_of, share_of_target

NUMBERS = st.decimals(-1000, 100_000, places=3, allow_nan=False)
DIRECTIONS = st.sampled_from(("higher_is_better", "lower_is_better"))


@given(NUMBERS, NUMBERS, DIRECTIONS)
def test_the_way_leads_into_the_next_band_and_no_shorter_one_does(
    value: Decimal, target: Decimal, direction: Direction
) -> None:
    now = band_of(share_of_target(value, target, direction))
    way = next_band(value, target, direction)
    if now == TOP_BAND:
        assert way is None
        return
    assert way is not None
    assert (points_of(way.band) or 0) > (points_of(now) or 0)
    printed = band_of(share_of_target(way.printed, target, direction))
    assert (points_of(printed) or 0) >= (points_of(way.band) or 0)
    assert way.change == way.value - Fraction(value)
    # The exact value earns an edge; a millionth of the way less leaves the band as it is.
    share = _exact_share(way.value, Fraction(target), direction)
    assert share == 100 or share in {edge.lowest for edge in BAND_EDGES}
    shorter = way.value - way.change / 1_000_000
    assert band_of(_exact_share(shorter, Fraction(target), direction)) == now


def _exact_share(value: Fraction, target: Fraction, direction: Direction) -> Fraction:
    """Write the published rule once more for fractions, which have no decimal form."""
    better = value >= target if direction == "higher_is_better" else value <= target
    if better:
        return Fraction(100)
    if target <= 0:
        return Fraction(0)
    if direction == "lower_is_better":
        return 100 * target / value
    return max(Fraction(0), 100 * value / target)


@pytest.mark.parametrize(
    ("value", "target", "direction", "unit", "expected"),
    [
        ("85", "100", "higher_is_better", "%", ("95-100", "95", "200/17")),
        ("67.7", "1000", "higher_is_better", "", ("33-66", "330.0", "262300/677")),
        ("36.8", "10", "lower_is_better", "", ("33-66", "30.3", "214400/12144")),
        ("0", "100", "higher_is_better", "%", ("33-66", "33", None)),
        ("0", "1", "higher_is_better", "yes/no", ("95-100", "1", None)),
        ("3", "0", "lower_is_better", "", ("95-100", "0", "100")),
    ],
)
def test_examples_worked_by_hand(
    value: str, target: str, direction: Direction, unit: str, expected: tuple[str, str, str | None]
) -> None:
    way = next_band(Decimal(value), Decimal(target), direction, unit)
    assert way is not None
    assert (way.band, str(way.printed)) == expected[:2]
    assert way.percent == (expected[2] and Fraction(expected[2]))


def test_where_nothing_is_better_there_is_no_way() -> None:
    assert next_band(Decimal(5), Decimal(10), "neutral") is None
    assert next_band(Decimal(95), Decimal(100), "higher_is_better") is None
