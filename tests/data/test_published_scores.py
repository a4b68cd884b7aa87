"""Facts about the scores of the edition in force; the contracts recount each of them."""

from __future__ import annotations

from collections import Counter

from data.fulfilment import fulfilment_of, years_with_data
from data.groups import group_score
from data.models import Edition

CITY = "moscow"


def test_moscow_has_a_number_for_68_of_91_indicators(edition: Edition) -> None:
    newest = fulfilment_of(edition, CITY, years_with_data(edition, CITY)[-1])
    assert len(newest.indicators) == 91
    assert sum(indicator.has_value for indicator in newest.indicators) == 68


def test_moscow_is_scored_on_35_indicators_and_38_data_points(edition: Edition) -> None:
    newest = fulfilment_of(edition, CITY, years_with_data(edition, CITY)[-1])
    total = group_score(newest.indicators)
    assert (total.scored_indicators, total.scored_data_points) == (35, 38)
    bands = Counter(score.band for indicator in newest.indicators for score in indicator.scored)
    assert bands == {"95-100": 20, "66-95": 10, "33-66": 4, "0-33": 4}


def test_moscow_was_scored_on_30_indicators_as_of_2018(edition: Edition) -> None:
    assert group_score(fulfilment_of(edition, CITY, 2018).indicators).scored_indicators == 30


def test_every_data_point_is_either_scored_or_says_why_not(edition: Edition) -> None:
    for city in edition.cities:
        for indicator_score in fulfilment_of(edition, city, 2026).indicators:
            assert (indicator_score.band == "none") == (indicator_score.reason is not None)
            for score in indicator_score.scores:
                assert (score.band == "none") == (score.reason is not None)
                assert (score.points is None) == (score.reason is not None)


def test_other_cities_are_never_held_against_targets_of_moscow(edition: Edition) -> None:
    other_cities = [city for city in edition.cities if city != CITY]
    scopes = {
        score.target.scope
        for city in other_cities
        for indicator_score in fulfilment_of(edition, city, 2026).indicators
        for score in indicator_score.scores
        if score.target is not None
    }
    assert scopes == {"all"}


def test_a_target_made_of_one_city_s_number_is_held_against_no_other(edition: Edition) -> None:
    reasons = {}
    for city in ("moscow", "bizerte", "asker"):
        scores = fulfilment_of(edition, city, 2026).indicators
        (score,) = (score for score in scores if score.indicator.code == "SC: SH: SA: 9C")
        reasons[city] = score.scores[0].reason
    assert reasons == {"moscow": None, "bizerte": "no_target", "asker": "no_target"}


def test_the_groups_come_in_table_order_and_hold_every_indicator_once(edition: Edition) -> None:
    fulfilment = fulfilment_of(edition, CITY, 2026)
    assert fulfilment.dimensions() == ("economy", "environment", "society_culture")
    assert [len(fulfilment.of_dimension(name)) for name in fulfilment.dimensions()] == [45, 17, 29]
    categories = fulfilment.categories()
    assert (len(categories), len({group.name for group in categories})) == (27, 22)
    assert len({(group.dimension, group.sub_dimension) for group in categories}) == 7
    members = [indicator.indicator.code for group in categories for indicator in group.indicators]
    assert sorted(members) == sorted(indicator.code for indicator in edition.indicators)
    assert fulfilment.categories("economy") == categories[: len(fulfilment.categories("economy"))]
