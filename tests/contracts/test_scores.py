"""Scores under every view, as of every year and of recent values only, against the recount."""

from __future__ import annotations

import pytest

from data.editions import load_edition
from data.fulfilment import fulfilment_of
from data.records import number_text
from data.scores import Fulfilment
from data.yardsticks import VIEWS, View, first_yardstick, fitting_yardsticks
from tests.contracts import recount

EDITION = load_edition()
YEARS = (2009, 2015, 2018, 2021, EDITION.year)
Bands = dict[str, dict[str, tuple[str, str, str]]]


def worked_out(as_of: int, view: View, since: int = 0) -> Bands:
    """Band, value and target of every data point with a number, from the files alone."""
    return {
        code: {
            part.label: (
                part.band,
                part.value["value"] if part.value else "",
                part.target["target"] if part.target and part.share is not None else "",
            )
            for part in scored
        }
        for code, scored in recount.recount(as_of, view, since).items()
    }


def computed(fulfilment: Fulfilment) -> Bands:
    return {
        indicator_score.indicator.code: {
            score.label: (
                score.band,
                number_text(score.observation.value),
                number_text(score.target.value if score.target and score.points else None),
            )
            for score in indicator_score.scores
            if score.observation is not None
        }
        for indicator_score in fulfilment.indicators
    }


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("as_of", YEARS)
def test_every_score_is_that_of_the_recount(view: View, as_of: int) -> None:
    fulfilment = fulfilment_of(EDITION, recount.CITY, as_of, view)
    assert computed(fulfilment) == worked_out(as_of, view)


@pytest.mark.parametrize("view", VIEWS)
def test_recent_values_alone_are_scored_where_a_reader_wants_that(view: View) -> None:
    since = EDITION.year - 5
    fulfilment = fulfilment_of(EDITION, recount.CITY, EDITION.year, view, since)
    assert computed(fulfilment) == worked_out(EDITION.year, view, since)
    years = [year for score in fulfilment.indicators for year in score.years]
    assert years
    assert min(years) >= since


@pytest.mark.parametrize("as_of", YEARS)
def test_an_indicator_is_recent_where_all_its_scored_values_are(as_of: int) -> None:
    fulfilment = fulfilment_of(EDITION, recount.CITY, as_of)
    recent = {
        score.indicator.code
        for score in fulfilment.indicators
        if score.is_recent(fulfilment.recent_from)
    }
    scored = recount.recount(as_of)
    assert recent == {code for code, parts in scored.items() if recount.is_recent(parts, as_of)}


def test_the_primary_yardstick_is_the_first_in_the_order_of_bases() -> None:
    for indicator in EDITION.indicators:
        for label in ("", *(point.label for point in indicator.data_points)):
            fitting = fitting_yardsticks(EDITION, recount.CITY, indicator, label)
            common = [target for target in fitting if target.yardstick_kind != "own_goal"]
            first = first_yardstick(common, EDITION.sources)
            assert [target for target in fitting if target.primary] == ([first] if first else [])
