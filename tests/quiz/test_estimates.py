"""Intervals, correlations, odds ratios and groups of extremes, against known values."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt
from statistics import correlation, median_low

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.estimates import (
    Stratum,
    correlation_interval,
    extreme_scores,
    mantel_haenszel,
    median_step,
    point_biserial,
    wilson,
)
from quiz.marking import TIME_STEPS
from tests.quiz.recomputation import interval_by_search

PAIRS = st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=2, max_size=60)


# Newcombe (1998), Statistics in Medicine 17, table I, method 3.
@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals_are_met(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 5000), st.data())
def test_the_interval_holds_the_shares_that_a_score_test_would_not_reject(
    total: int, data: st.DataObject
) -> None:
    right = data.draw(st.integers(0, total))
    assert wilson(right, total) == pytest.approx(interval_by_search(right, total), abs=1e-9)


@given(st.integers(1, 10**6), st.data())
def test_the_interval_is_within_bounds_and_holds_the_share(total: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, total))
    low, high = wilson(right, total)
    assert 0 <= low <= right / total <= high <= 1


@pytest.mark.parametrize(("right", "total"), [(0, 0), (-1, 5), (6, 5)])
def test_no_share_has_no_interval(right: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(right, total)


@given(PAIRS)
def test_point_biserial_is_pearson_with_a_variable_of_two_values(
    pairs: list[tuple[bool, int]],
) -> None:
    items, rests = [int(right) for right, _ in pairs], [rest_score for _, rest_score in pairs]
    assume(len(set(items)) > 1)
    assume(len(set(rests)) > 1)
    assert point_biserial(Counter(pairs)) == pytest.approx(correlation(items, rests))


@pytest.mark.parametrize(
    "pairs",
    [
        {},
        {(True, 5): 1},
        {(True, 5): 9, (True, 6): 9},
        {(False, 5): 9, (False, 6): 9},
        {(True, 5): 9, (False, 5): 9},
    ],
)
def test_without_differences_there_is_no_correlation(pairs: dict[tuple[bool, int], int]) -> None:
    assert point_biserial(pairs) is None


def test_the_ends_of_the_scale() -> None:
    assert point_biserial({(True, 9): 40, (False, 0): 60}) == pytest.approx(1)
    assert point_biserial({(True, 0): 40, (False, 9): 60}) == pytest.approx(-1)


@given(st.lists(st.sampled_from(TIME_STEPS), min_size=1))
def test_the_median_of_a_histogram_is_that_of_its_answers(steps: list[int]) -> None:
    assert median_step(Counter(steps)) == median_low(steps)


def test_without_answers_there_is_no_median() -> None:
    assert median_step({}) is None
    assert median_step({5: 0}) is None


def test_the_common_odds_ratio_of_one_stratum_is_its_own_with_woolfs_error() -> None:
    stratum = Stratum(60, 40, 45, 55)
    delta, error = mantel_haenszel([stratum]) or (0, 0)
    assert delta == pytest.approx(-2.35 * log(60 * 55 / (40 * 45)))
    assert error == pytest.approx(2.35 * sqrt(sum(1 / cell for cell in stratum)))
    twice = mantel_haenszel([stratum, stratum, Stratum(0, 0, 0, 0)])
    assert twice == pytest.approx((delta, error / sqrt(2)))
    assert mantel_haenszel([Stratum(5, 0, 5, 0)]) is None


def test_groups_of_extremes_hold_their_share_and_whole_scores() -> None:
    assert extreme_scores({0: 10, 1: 20, 5: 40, 8: 20, 9: 10}, 0.27) == (1, 8)
    assert extreme_scores({4: 1, 5: 98, 6: 1}, 0.27) is None
    assert extreme_scores({}, 0.27) is None


def test_a_correlation_has_the_interval_of_fisher() -> None:
    assert correlation_interval(0.5, 28) == pytest.approx((0.1560, 0.7358), abs=0.0001)
