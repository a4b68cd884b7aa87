"""Steps of time, and the median of a histogram."""

from __future__ import annotations

from collections import Counter
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.times import STEPS, median_step, step_of


@pytest.mark.parametrize(
    ("seconds", "step"),
    [(-5, 0), (0, 0), (0.999, 0), (1, 1), (29.9, 29), (31.9, 30), (119, 115), (299, 270),
     (599.9, 300), (600, 600), (10**9, 600)],
)  # fmt: skip
def test_times_are_rounded_down_to_a_step(seconds: float, step: int) -> None:
    assert step_of(seconds) == step


def test_steps_grow() -> None:
    assert list(STEPS) == sorted(set(STEPS))


@given(st.lists(st.sampled_from(STEPS), min_size=1))
def test_the_median_of_a_histogram_is_that_of_its_answers(steps: list[int]) -> None:
    assert median_step(Counter(steps)) == median_low(steps)


def test_without_answers_there_is_no_median() -> None:
    assert median_step({}) is None
    assert median_step({5: 0}) is None
