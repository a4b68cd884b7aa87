"""Facts about the edition in force, recomputed from its files without the code under test."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from data.fulfilment import fulfilment_of, years_with_data
from data.groups import group_score
from data.models import Edition

CITY = "moscow"
Scored = dict[tuple[str, str], int]


def read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points_of_share(share: Fraction) -> int:
    return 4 if share >= 95 else 3 if share >= 66 else 2 if share >= 33 else 1


def band_name(share: Fraction) -> str:
    return {4: "95-100", 3: "66-95", 2: "33-66", 1: "0-33"}[points_of_share(share)]


def points_by_hand(folder: Path, as_of: int) -> Scored:
    """Points per code and label, from nothing but the files and the rule in words."""
    newest: dict[tuple[str, str], tuple[int, int, Fraction]] = {}
    ranks = {"reported": 3, "exact": 2, "close": 1}
    for row in read(folder, "observations"):
        if row["city"] == CITY and row["rate"] == "yes" and int(row["period"][:4]) <= as_of:
            key = (row["code"], row["data_point"])
            found = (int(row["period"][:4]), ranks[row["comparability"]], Fraction(row["value"]))
            if key not in newest or found[:2] > newest[key][:2]:
                newest[key] = found
    scored: Scored = {}
    for target in read(folder, "targets"):
        if target["primary"] == "no" or target["scope"] not in {"all", CITY}:
            continue
        wanted = Fraction(target["target"])
        for label in target["applies_to"].replace("-", "").split(";"):
            if (key := (target["code"], label)) in newest:
                value = newest[key][2]
                if target["direction"] == "higher_is_better":
                    share = min(Fraction(100), 100 * value / wanted)
                else:
                    share = Fraction(100) if value <= wanted else 100 * wanted / value
                scored[key] = points_of_share(share)
    return scored


@pytest.fixture(params=["newest", 2018, 2012])
def as_of(request: pytest.FixtureRequest, edition: Edition) -> int:
    newest = years_with_data(edition, CITY)[-1]
    return newest if request.param == "newest" else int(request.param)


def test_every_data_point_earns_the_points_computed_by_hand(
    edition: Edition, folder: Path, as_of: int
) -> None:
    found = {
        (one.indicator.code, score.label): score.points
        for one in fulfilment_of(edition, CITY, as_of).indicators
        for score in one.scored
    }
    assert found == points_by_hand(folder, as_of)


@pytest.mark.parametrize(
    "columns", [(), ("dimension",), ("dimension", "sub_dimension"), ("dimension", "category")]
)
def test_every_group_scores_as_computed_by_hand(
    edition: Edition, folder: Path, as_of: int, columns: tuple[str, ...]
) -> None:
    by_hand: dict[tuple[str, ...], list[int]] = {}
    groups = {row["code"]: tuple(row[c] for c in columns) for row in read(folder, "indicators")}
    for (code, _label), points in points_by_hand(folder, as_of).items():
        by_hand.setdefault(groups[code], []).append(points)
    fulfilment = fulfilment_of(edition, CITY, as_of)
    for group in set(groups.values()):
        members = [one for one in fulfilment.indicators if groups[one.indicator.code] == group]
        found = group_score(members)
        points = by_hand.get(group, [])
        share = Fraction(100 * sum(points), 4 * len(points)) if points else None
        assert (found.share, found.scored_data_points) == (share, len(points))
        assert found.band == (band_name(share) if share is not None else "none")
        assert found.indicators == list(groups.values()).count(group)
        assert sum(found.bands.values()) == found.indicators


def test_moscow_has_a_number_for_68_of_91_indicators(edition: Edition) -> None:
    newest = fulfilment_of(edition, CITY, years_with_data(edition, CITY)[-1])
    assert len(newest.indicators) == 91
    assert sum(one.has_value for one in newest.indicators) == 68


def test_moscow_is_scored_on_35_indicators_and_38_data_points(edition: Edition) -> None:
    newest = fulfilment_of(edition, CITY, years_with_data(edition, CITY)[-1])
    total = group_score(newest.indicators)
    assert (total.scored_indicators, total.scored_data_points) == (35, 38)
    bands = Counter(score.band for one in newest.indicators for score in one.scored)
    assert bands == {"95-100": 20, "66-95": 10, "33-66": 4, "0-33": 4}


def test_moscow_was_scored_on_30_indicators_as_of_2018(edition: Edition) -> None:
    assert group_score(fulfilment_of(edition, CITY, 2018).indicators).scored_indicators == 30


def test_every_data_point_is_either_scored_or_says_why_not(edition: Edition) -> None:
    for city in edition.cities:
        for one in fulfilment_of(edition, city, 2026).indicators:
            assert (one.band == "none") == (one.reason is not None)
            for score in one.scores:
                assert (score.band == "none") == (score.reason is not None)
                assert (score.points is None) == (score.reason is not None)


def test_other_cities_are_never_held_against_targets_of_moscow(edition: Edition) -> None:
    others = [city for city in edition.cities if city != CITY]
    scopes = {
        score.target.scope
        for city in others
        for one in fulfilment_of(edition, city, 2026).indicators
        for score in one.scores
        if score.target is not None
    }
    assert scopes == {"all"}


def test_a_target_made_of_one_city_s_number_is_held_against_no_other(edition: Edition) -> None:
    reasons = {}
    for city in ("moscow", "bizerte", "asker"):
        scores = fulfilment_of(edition, city, 2026).indicators
        (one,) = (one for one in scores if one.indicator.code == "SC: SH: SA: 9C")
        reasons[city] = one.scores[0].reason
    assert reasons == {"moscow": None, "bizerte": "no_target", "asker": "no_target"}


def test_the_groups_come_in_table_order_and_hold_every_indicator_once(edition: Edition) -> None:
    fulfilment = fulfilment_of(edition, CITY, 2026)
    assert fulfilment.dimensions() == ("economy", "environment", "society_culture")
    assert [len(fulfilment.of_dimension(name)) for name in fulfilment.dimensions()] == [45, 17, 29]
    categories = fulfilment.categories()
    assert (len(categories), len({group.name for group in categories})) == (27, 22)
    assert len({(group.dimension, group.sub_dimension) for group in categories}) == 7
    members = [one.indicator.code for group in categories for one in group.indicators]
    assert sorted(members) == sorted(one.code for one in edition.indicators)
    assert fulfilment.categories("economy") == categories[: len(fulfilment.categories("economy"))]
