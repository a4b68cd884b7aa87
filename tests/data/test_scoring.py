"""The rule from value and target to share, band and points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.scoring import (
    BAND_EDGES,
    BANDS,
    HIGHEST_POINTS,
    band_of,
    group_share,
    points_of,
    share_of_target,
)

values = st.decimals(min_value=-1000, max_value=10**9, allow_nan=False, places=4)
not_negative = st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=4)
targets = st.decimals(min_value=Decimal("0.0001"), max_value=10**9, allow_nan=False, places=4)
directions = st.sampled_from(["higher_is_better", "lower_is_better"])


@pytest.mark.parametrize(
    ("share", "band", "points"),
    [
        (Fraction(100), "95-100", 4),
        (Fraction(95), "95-100", 4),
        (Fraction(95) - Fraction(1, 10**30), "66-95", 3),
        (Fraction(66), "66-95", 3),
        (Fraction(66) - Fraction(1, 10**30), "33-66", 2),
        (Fraction(33), "33-66", 2),
        (Fraction(33) - Fraction(1, 10**30), "0-33", 1),
        (Fraction(0), "0-33", 1),
        (None, "none", None),
    ],
)
def test_each_band_contains_its_lower_edge_and_earns_its_points(
    share: Fraction | None, band: str, points: int | None
) -> None:
    assert band_of(share) == band
    assert points_of(band_of(share)) == points


@pytest.mark.parametrize("edge", BAND_EDGES)
def test_a_value_exactly_on_an_edge_is_in_the_upper_band(edge: tuple[str, int, int]) -> None:
    band, lowest, _points = edge
    assert band_of(share_of_target(lowest, 100, "higher_is_better")) == band


def test_a_share_that_would_round_up_to_an_edge_stays_below_it() -> None:
    share = share_of_target(Decimal("94.9999"), 100, "higher_is_better")
    assert share is not None
    assert f"{float(share):.2f}" == "95.00"
    assert band_of(share) == "66-95"


def test_two_thirds_are_not_sixty_six_percent_by_rounding() -> None:
    assert share_of_target(3, 2, "lower_is_better") == Fraction(200, 3)
    assert share_of_target(Decimal("0.1"), Decimal("0.3"), "higher_is_better") == Fraction(100, 3)


@given(values, values, not_negative, directions)
def test_a_better_value_never_has_a_lower_share(
    value: Decimal, other: Decimal, target: Decimal, direction: str
) -> None:
    low, high = sorted((value, other))
    worse, better = (low, high) if direction == "higher_is_better" else (high, low)
    assert share_of_target(worse, target, direction) <= share_of_target(better, target, direction)


@given(values, not_negative, directions)
def test_a_share_lies_between_0_and_100_and_has_a_band(
    value: Decimal, target: Decimal, direction: str
) -> None:
    share = share_of_target(value, target, direction)
    assert share is not None
    assert 0 <= share <= 100
    assert band_of(share) in BANDS[:-1]


@given(targets, directions)
def test_the_target_itself_is_100_percent(target: Decimal, direction: str) -> None:
    assert share_of_target(target, target, direction) == 100


@given(targets, st.decimals(min_value=1, max_value=1000, places=3))
def test_more_than_the_target_is_capped_at_100(target: Decimal, times: Decimal) -> None:
    assert share_of_target(target * times, target, "higher_is_better") == 100
    assert share_of_target(target / times, target, "lower_is_better") == 100


@given(targets, st.integers(min_value=1, max_value=1000))
def test_the_two_directions_mirror_each_other(target: Decimal, times: int) -> None:
    expected = Fraction(100, times)
    assert share_of_target(Fraction(target) / times, target, "higher_is_better") == expected
    assert share_of_target(Fraction(target) * times, target, "lower_is_better") == expected


def test_a_target_of_0_where_lower_is_better_is_met_by_0_only() -> None:
    assert share_of_target(0, 0, "lower_is_better") == 100
    assert share_of_target(Decimal("0.0001"), 0, "lower_is_better") == 0


def test_a_target_of_0_where_higher_is_better_is_met_by_every_value_that_is_not_negative() -> None:
    assert share_of_target(0, 0, "higher_is_better") == 100
    assert share_of_target(Decimal("-0.0001"), 0, "higher_is_better") == 0


@given(values, values)
def test_a_neutral_indicator_has_no_share(value: Decimal, target: Decimal) -> None:
    assert share_of_target(value, target, "neutral") is None


@pytest.mark.parametrize(
    ("points", "share", "band"),
    [((1, 3, 4, 1), Fraction("56.25"), "33-66"), ((3, 4, 2), Fraction(75), "66-95")],
)
def test_the_examples_that_u4ssc_prints_come_out(
    points: tuple[int, ...], share: Fraction, band: str
) -> None:
    assert group_share(points) == share
    assert band_of(group_share(points)) == band


def test_what_is_not_scored_counts_nowhere() -> None:
    assert group_share([1, None, 3, 4, None, 1]) == group_share([1, 3, 4, 1])
    assert group_share([None, None]) is None
    assert group_share([]) is None


@given(st.lists(st.sampled_from([edge.points for edge in BAND_EDGES]), min_size=1))
def test_a_group_lies_between_its_worst_and_its_best_member(points: list[int]) -> None:
    share = group_share(points)
    assert share is not None
    assert Fraction(100 * min(points), HIGHEST_POINTS) <= share
    assert share <= Fraction(100 * max(points), HIGHEST_POINTS)
