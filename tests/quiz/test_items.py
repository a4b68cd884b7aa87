"""Every kind of items: what it reads, how it marks, what chance gives, which bins it counts in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.items import KINDS
from quiz.items.kind import BadResponse
from quiz.items.scale import BINS, bin_of, chance_of_line, plain_digits
from quiz.models import Item, Scale
from tests.quiz.builders import LINE, drawn_line

RISING = Scale(*map(Decimal, ("0", "100", "1", "2", "10", "50")), start=Decimal(45), points=3)
ESTIMATE = Item("estimate", 1, (), "50", "estimate", LINE)
DRAWING = Item("line", 1, ("b", "a", "c"), "c", "draw", RISING)


@pytest.mark.parametrize(
    ("number", "band"),
    [
        ("39.9", "far_below"), ("40", "close_below"), ("47.9", "close_below"), ("48", "exact"),
        ("50", "exact"), ("52", "exact"), ("52.1", "close_above"), ("60", "close_above"),
        ("60.1", "far_above"), ("0", "far_below"), ("100", "far_above"),
    ],
)  # fmt: skip
def test_an_estimate_falls_into_the_band_that_the_item_states(number: str, band: str) -> None:
    assert bin_of(Decimal(number), LINE) == band
    mark = KINDS["estimate"].mark(ESTIMATE, number)
    assert mark.right == (band in ("close_below", "exact", "close_above"))
    assert KINDS["estimate"].counters(ESTIMATE, mark.response) == band


@pytest.mark.parametrize(
    ("last", "right"), [("50", True), ("60", True), ("46", True), ("45", False), ("44", False),
                        ("41", False), ("61", False)],
)  # fmt: skip
def test_a_drawing_is_right_near_the_value_and_in_its_direction(last: str, right: bool) -> None:
    mark = KINDS["draw"].mark(DRAWING, drawn_line(DRAWING, last))
    assert (mark.question_id, mark.right) == ("line", right)
    assert mark.response == " ".join([last] * 3)


def test_the_fallback_of_a_drawing_has_statistics_of_its_own() -> None:
    assert KINDS["draw"].mark(DRAWING, "c") == ("line-choice", "c", True)
    assert KINDS["draw"].mark(DRAWING, "a") == ("line-choice", "a", False)
    assert KINDS["draw"].counters(DRAWING, "a") == "a"


@pytest.mark.parametrize(
    ("item", "response", "reason"),
    [
        (ESTIMATE, "", "not_a_number"),
        (ESTIMATE, "fifty", "not_a_number"),
        (ESTIMATE, "NaN", "not_a_number"),
        (ESTIMATE, "1e1", "not_a_number"),
        (ESTIMATE, "½", "not_a_number"),
        (ESTIMATE, "-1", "out_of_range"),
        (ESTIMATE, "100.5", "out_of_range"),
        (DRAWING, "z", "foreign_option"),
        (DRAWING, "", "wrong_points"),
        (DRAWING, "50 50", "wrong_points"),
        (DRAWING, "50 50 50 50", "wrong_points"),
        (DRAWING, "50 50 NaN", "not_a_number"),
        (DRAWING, "50 50 101", "out_of_range"),
        (Item("trend", 1, ("rose", "same", "fell"), "same", "trend"), "up", "foreign_option"),
    ],
)
def test_what_cannot_be_marked_has_a_reason(item: Item, response: str, reason: str) -> None:
    with pytest.raises(BadResponse) as refused:
        KINDS[item.kind].mark(item, response)
    assert refused.value.reason == reason


@given(st.decimals(0, 100, places=3), st.sampled_from([".", ","]))
def test_a_number_is_stored_in_one_form(number: Decimal, mark: str) -> None:
    response = KINDS["estimate"].mark(ESTIMATE, f"{number:f}".replace(".", mark)).response
    assert response == plain_digits(number)
    assert Decimal(response) == number
    assert KINDS["estimate"].mark(ESTIMATE, response).response == response


@given(st.integers(1, 60), st.integers(1, 40), st.integers(1, 30), st.sampled_from([1, 2, 5]))
def test_chance_is_the_share_of_the_steps_that_are_right(
    value: int, exact: int, wider: int, step: int
) -> None:
    scale = Scale(*map(Decimal, (0, 100, step, exact, exact + wider, value)))
    steps = range(0, 101, step)
    right = sum(abs(place - value) <= exact + wider for place in steps)
    assert chance_of_line(scale) == Fraction(right, len(steps))
    assert KINDS["estimate"].chance(Item("e", 1, (), "", "estimate", scale)) == Fraction(
        right, len(steps)
    )


def test_a_blind_drawing_has_the_chance_of_its_direction() -> None:
    assert chance_of_line(RISING) == Fraction(15, 101), "from 46 to 60"


def test_bins_are_published_from_low_to_high_with_what_is_right() -> None:
    assert list(BINS) == ["far_below", "close_below", "exact", "close_above", "far_above"]
