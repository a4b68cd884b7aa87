"""The value of a row on its scale, as its drawing says where dot, yardstick and good side are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from lxml.html import fragment_fromstring

from components.strips import scale_end, strip
from components.takeover.paint import paint
from components.value_scales import value_scale
from data.models import Direction, Words
from data.scores import Score
from data.scoring import band_of, share_of_target
from tests.data.builders import make_indicator, make_observation, make_target


def score_of(
    value: str, target: str, direction: Direction = "higher_is_better", **changes: str
) -> Score:
    observation = make_observation(2020, value)
    yardstick = make_target(target, direction=direction, **changes)
    share = share_of_target(Decimal(value), Decimal(target), direction)
    return Score(make_indicator(), "", observation, yardstick, share, band_of(share), None, None)


@pytest.mark.parametrize(
    ("direction", "good"),
    [("higher_is_better", ("80%", "20%")), ("lower_is_better", ("0%", "80%"))],
)
def test_dot_yardstick_and_good_side_stand_where_the_numbers_say(
    direction: Direction, good: tuple[str, str]
) -> None:
    drawn = fragment_fromstring(paint(strip(score_of("60", "80", direction), 2018)))
    assert [line.get("x1") for line in drawn.iter("line")] == ["80%"]
    (dot,) = drawn.iter("circle")
    assert dot.get("cx") == "60%"
    assert [(box.get("x"), box.get("width")) for box in drawn.find_class("good")] == [good]


@pytest.mark.parametrize(("recent_from", "hollow"), [(2020, False), (2021, True)])
def test_the_dot_of_an_older_value_is_hollow(recent_from: int, hollow: bool) -> None:
    drawn = fragment_fromstring(paint(strip(score_of("60", "80"), recent_from)))
    (dot,) = drawn.iter("circle")
    assert ("o" in str(dot.get("class")).split()) is hollow


def test_nothing_is_drawn_where_nothing_can_be_compared() -> None:
    unrated = Score(
        make_indicator(), "", make_observation(2020, "1"), None, None, "none", None, "no_target"
    )
    assert strip(unrated, 2018) is None
    assert strip(score_of("1", "1", unit_code="yes/no"), 2018) is None
    assert strip(score_of("-1", "1", "lower_is_better"), 2018) is None


def test_a_value_without_a_past_stands_beside_yardstick_and_comparable_cities() -> None:
    other_cities = [
        (Words("Asker", "Аскер"), make_observation(2020, "90", city="asker")),
        (Words("No", "Нет"), replace(make_observation(2020, "10", city="bergen"), rate=False)),
    ]
    drawn = fragment_fromstring(paint(value_scale(score_of("60", "80"), other_cities, 2018, "en")))
    assert [dot.get("cx") for dot in drawn.iter("circle")] == ["90%", "60%"]
    labels = [(label.get("x"), label.text_content()) for label in drawn.iter("text")]
    assert labels == [("90%", "Asker 90"), ("0%", "0"), ("80%", "80"), ("100%", "100")]
    # The end of the scale has no room beside the number of the yardstick.
    near = fragment_fromstring(paint(value_scale(score_of("60", "95"), [], 2018, "en")))
    assert [label.get("x") for label in near.iter("text")] == ["0%", "95%"]
    assert "Grey" not in near.text_content()


def test_other_cities_lie_on_no_dot_and_their_names_on_no_name() -> None:
    values = ("60", "60", "61", "59", "5")
    other_cities = [
        (Words(f"City {n}", ""), make_observation(2020, v)) for n, v in enumerate(values)
    ]
    drawn = fragment_fromstring(paint(value_scale(score_of("60", "80"), other_cities, 2018, "en")))
    places = [
        (float(dot.get("cx").removesuffix("%")) * 2.9, float(dot.get("cy")))
        for dot in drawn.iter("circle")
    ]
    for (x, y), (left, top) in combinations(places, 2):
        assert abs(x - left) >= 9 or abs(y - top) >= 9
    rows = [[word.text for word in row.iter("text")] for row in drawn.iter("svg")]
    assert rows[:4] == [["City 2 61"], ["City 1 60"], ["City 0 60"], ["City 4 5", "City 3 59"]]
    assert max(len(row) for row in rows[4:-1]) == 0


def test_a_value_that_may_not_be_compared_has_no_scale() -> None:
    score = score_of("60", "80")
    doubtful = replace(make_observation(2020, "60"), rate=False)
    assert value_scale(replace(score, observation=doubtful), [], 2018, "en") is None
    unrated = replace(score, target=None, share=None, band="none", reason="no_target")
    assert value_scale(unrated, [], 2018, "en") is None


@pytest.mark.parametrize(
    ("value", "target", "percent", "end"),
    [
        ("70", "100", True, "100"),
        ("2.15", "3", True, "4"),
        ("67.7", "1000", False, "2000"),
        ("1.87", "1.5", False, "3"),
        ("0", "0", False, "1"),
    ],
)
def test_a_scale_ends_at_a_round_number_beyond_both(
    value: str, target: str, *, percent: bool, end: str
) -> None:
    assert scale_end(Decimal(value), Decimal(target), percent=percent) == Decimal(end)


def test_a_share_of_nothing_stands_at_zero() -> None:
    drawn = paint(strip(score_of("0", "0", "lower_is_better"), 2018))
    assert 'cx="0%"' in drawn
    assert Fraction(100) == score_of("0", "0", "lower_is_better").share
