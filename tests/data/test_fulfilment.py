"""What is scored as of a year, what is not and why."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from data.fulfilment import fulfilment_of, years_with_data
from data.groups import group_score
from data.models import Edition
from data.scores import IndicatorScore, Score
from tests.data.builders import (
    make_data_point,
    make_edition,
    make_indicator,
    make_observation,
    make_target,
)


def only_indicator(edition: Edition, as_of: int = 2020) -> IndicatorScore:
    (indicator,) = fulfilment_of(edition, "here", as_of).indicators
    return indicator


def only_score(edition: Edition, as_of: int = 2020) -> Score:
    (score,) = only_indicator(edition, as_of).scores
    return score


def value_scored(*observations: Any, as_of: int = 2020) -> str:
    score = only_score(make_edition(observations, (make_target(),)), as_of)
    assert score.observation is not None
    return str(score.observation.value)


@pytest.mark.parametrize(
    ("as_of", "value"), [(2009, None), (2010, "10"), (2014, "10"), (2015, "50"), (2030, "50")]
)
def test_the_newest_value_not_later_than_the_year_counts(as_of: int, value: str | None) -> None:
    edition = make_edition(
        (make_observation(2015, "50"), make_observation(2010, "10")), (make_target(),)
    )
    score = only_score(edition, as_of)
    assert (None if score.observation is None else str(score.observation.value)) == value
    assert score.reason == (None if value else "no_value")
    assert score.share == (Fraction(value) if value else None)


@pytest.mark.parametrize(("as_of", "counts"), [(2009, False), (2019, False), (2020, True)])
def test_a_value_without_a_year_is_known_as_of_the_year_of_the_edition_only(
    as_of: int, counts: bool
) -> None:
    dated = make_observation(2015, "50", data_point="a")
    undated = make_observation(None, "7", data_point="b", reason="no_year")
    indicator = make_indicator(make_data_point("a"), make_data_point("b"))
    edition = make_edition((dated, undated), indicators=(indicator,))
    _, score = only_indicator(edition, as_of).scores
    assert (score.observation is undated) is counts


def test_within_a_year_a_reported_value_goes_before_exact_before_close() -> None:
    close = make_observation(2018, "1", comparability="close")
    exact = make_observation(2018, "2", comparability="exact")
    reported = make_observation(2018, "3", comparability="reported")
    assert value_scored(close, exact, reported) == "3"
    assert value_scored(close, exact) == "2"
    assert value_scored(exact, close) == "2"


def test_a_newer_value_goes_before_a_better_comparable_one() -> None:
    reported = make_observation(2017, "1", comparability="reported")
    assert value_scored(reported, make_observation(2018, "2", comparability="close")) == "2"


def test_of_two_equal_values_the_earlier_row_counts() -> None:
    assert value_scored(make_observation(2018, "1"), make_observation(2018, "2")) == "1"


def test_a_value_that_may_be_scored_goes_before_a_newer_one_that_may_not() -> None:
    withheld = make_observation(2019, "99", reason="not_comparable")
    assert value_scored(make_observation(2010, "7"), withheld) == "7"


@pytest.mark.parametrize("reason", ["not_comparable", "no_year", "withheld"])
def test_a_value_that_may_not_be_scored_is_shown_with_its_reason(reason: str) -> None:
    year = None if reason == "no_year" else 2018
    edition = make_edition((make_observation(year, "5", reason=reason),), (make_target(),))
    score = only_score(edition)
    assert (score.band, score.reason, score.points, score.share) == ("none", reason, None, None)
    assert score.observation is not None
    assert only_indicator(edition).has_value


def test_words_without_a_number_are_no_value() -> None:
    edition = make_edition((make_observation(2018, None, reason="no_value"),), (make_target(),))
    assert only_score(edition).reason == "no_value"
    assert not only_indicator(edition).has_value


def test_a_value_without_target_says_so() -> None:
    assert only_score(make_edition((make_observation(2018, "5"),))).reason == "no_target"


def test_a_neutral_indicator_says_so() -> None:
    indicators = (make_indicator(direction="neutral"),)
    edition = make_edition((make_observation(2018, "5"),), (), indicators)
    assert only_score(edition).reason == "neutral"
    held = make_edition(
        (make_observation(2018, "5"),), (make_target(direction="neutral"),), indicators
    )
    assert (only_score(held).band, only_score(held).reason) == ("none", "neutral")


@pytest.mark.parametrize(
    "changes", [{"primary": False}, {"scope": "there"}, {"applies_to": ("other",)}]
)
def test_a_target_that_is_not_meant_for_the_value_is_not_used(changes: dict[str, Any]) -> None:
    edition = make_edition((make_observation(2018, "5"),), (make_target(**changes),))
    assert only_score(edition).reason == "no_target"


def test_a_target_for_this_city_is_used() -> None:
    edition = make_edition((make_observation(2018, "5"),), (make_target("10", scope="here"),))
    assert only_score(edition).share == 50


def test_values_of_other_cities_are_not_used() -> None:
    edition = make_edition((make_observation(2018, "5", city="there"),), (make_target(),))
    assert only_score(edition).reason == "no_value"


def test_an_unknown_city_is_refused() -> None:
    with pytest.raises(KeyError):
        fulfilment_of(make_edition(), "nowhere", 2020)


def test_one_value_keeps_its_exact_share_and_several_make_one_by_points() -> None:
    alone = make_edition((make_observation(2018, "97"),), (make_target(),))
    assert only_indicator(alone).share == 97
    parts = make_indicator(make_data_point("a"), make_data_point("b"), make_data_point("c"))
    edition = make_edition(
        (
            make_observation(2018, "97", data_point="a"),
            make_observation(2018, "40", data_point="b"),
        ),
        (make_target(applies_to=("a", "b", "c")),),
        (parts,),
    )
    indicator = only_indicator(edition)
    assert [score.points for score in indicator.scores] == [4, 2, None]
    assert (indicator.share, indicator.band) == (75, "66-95")
    assert len(indicator.scored) == 2


def test_parts_that_only_sources_have_appear_only_with_a_value() -> None:
    parts = make_indicator(make_data_point("a"), make_data_point("own", standard=False))
    without = make_edition((), (), (parts,))
    assert [score.label for score in only_indicator(without).scores] == ["a"]
    edition = make_edition((make_observation(2018, "1", data_point="own"),), (), (parts,))
    assert [score.label for score in only_indicator(edition).scores] == ["a", "own"]
    whole = make_edition((make_observation(2018, "1"),), (), (parts,))
    assert [score.label for score in only_indicator(whole).scores] == ["", "a"]


def test_the_reason_nearest_to_a_score_speaks_for_the_indicator() -> None:
    parts = make_indicator(make_data_point("a"), make_data_point("b"))
    edition = make_edition((make_observation(2018, "1", data_point="b"),), (), (parts,))
    assert [score.reason for score in only_indicator(edition).scores] == ["no_value", "no_target"]
    assert only_indicator(edition).reason == "no_target"


def test_years_with_data_are_those_with_a_dated_number() -> None:
    edition = make_edition(
        (
            make_observation(2018, "1"),
            make_observation(2016, "1"),
            make_observation(None, "1", reason="no_year"),
            make_observation(2017, None, reason="no_value"),
            make_observation(2015, "1", city="there"),
        )
    )
    assert years_with_data(edition, "here") == (2016, 2018)


def test_an_empty_group_has_no_share() -> None:
    empty = group_score([])
    assert (empty.share, empty.band, empty.points, empty.indicators) == (None, "none", 0, 0)
