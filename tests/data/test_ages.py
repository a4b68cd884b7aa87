"""Ages of scored values, and why colours differ between two years."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.ages import ages_of
from data.fulfilment import fulfilment_of
from data.models import Edition
from data.scores import Fulfilment, IndicatorScore, Score
from data.scoring import Band, points_of
from data.year_changes import year_changes
from tests.contracts.recount import CITY, is_recent, recount, year_of
from tests.data.builders import make_data_point, make_indicator, make_observation, make_target


def indicator_score(band: Band = "66-95", **years: int) -> IndicatorScore:
    """An indicator whose parts, by label, have values of these years."""
    indicator = make_indicator(*(make_data_point(label) for label in years))
    share = Fraction(70)
    scores = tuple(
        Score(
            indicator,
            label,
            make_observation(year, "70", data_point=label),
            make_target("100", applies_to=(label,)),
            share,
            band,
            points_of(band),
            None,
        )
        for label, year in years.items()
    )
    return IndicatorScore(indicator, scores, share, band, None)


def at(year: int, score: IndicatorScore) -> Fulfilment:
    return Fulfilment(CITY, year, (score,))


def unrated() -> IndicatorScore:
    return IndicatorScore(make_indicator(), (), None, "none", "no_value")


def test_an_indicator_is_older_where_one_of_its_parts_is() -> None:
    ages = ages_of(
        [indicator_score(a=2021), indicator_score(a=2024, b=2020), unrated()], recent_from=2021
    )
    assert (ages.scored, ages.recent, dict(ages.older)) == (2, 1, {"66-95": 1})
    assert ages.years == (2020, 2021, 2024)


@pytest.mark.parametrize(
    ("years", "median"),
    [([2018], 2018), ([2016, 2018, 2024, 2025], 2018), ([2016, 2020, 2025], 2020)],
)
def test_half_of_the_values_are_not_newer_than_the_median(years: list[int], median: int) -> None:
    assert ages_of([indicator_score(a=year) for year in years], 2021).median == median


def test_a_city_without_scores_has_no_ages() -> None:
    ages = ages_of([unrated()], 2021)
    assert (ages.scored, ages.recent, ages.years, ages.median) == (0, 0, (), None)


@pytest.mark.parametrize("as_of", [2012, 2018, 2021, 2026])
def test_the_edition_is_counted_as_in_the_recount(edition: Edition, as_of: int) -> None:
    fulfilment = fulfilment_of(edition, CITY, as_of)
    ages = ages_of(fulfilment.indicators, fulfilment.recent_from)
    parts = recount(as_of)
    assert ages.recent == sum(is_recent(scored, as_of) for scored in parts.values())
    assert list(ages.years) == sorted(
        year_of(part.value)
        for scored in parts.values()
        for part in scored
        if part.value and part.share is not None
    )


@pytest.mark.parametrize(
    ("before", "after", "causes"),
    [
        (indicator_score("66-95", a=2018), indicator_score("33-66", a=2019), ["city"]),
        (unrated(), indicator_score("33-66", a=2019), ["known"]),
        (indicator_score("66-95", a=2018), unrated(), ["gone"]),
        (indicator_score("66-95", a=2018), indicator_score("33-66", a=2019, b=2019), ["known"]),
        (indicator_score("66-95", a=2018), indicator_score("66-95", a=2019), []),
    ],
)
def test_a_colour_changes_because_the_city_did_or_because_a_value_became_known(
    before: IndicatorScore, after: IndicatorScore, causes: list[str]
) -> None:
    changes = year_changes(at(2018, before), at(2019, after))
    assert [change.cause for change in changes] == causes


def test_changes_of_the_edition_are_those_of_the_recount(edition: Edition) -> None:
    before, after = recount(2017), recount(2018)
    causes = {
        change.after.indicator.code: change.cause
        for change in year_changes(
            fulfilment_of(edition, CITY, 2017), fulfilment_of(edition, CITY, 2018)
        )
    }
    assert set(causes.values()) >= {"known"}
    for code, cause in causes.items():
        old, new = (
            {part.label for part in scored[code] if part.share is not None}
            for scored in (before, after)
        )
        assert cause == ("known" if new - old else "gone" if old - new else "city"), code
