"""A city's own goals: kept, missed, open or unknown, each case and every row of the files."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from data.editions import load_edition
from data.models import Observation
from data.own_goals import OwnGoal, own_goals
from tests.builders import Row, table_rows
from tests.contracts.recount import CITY, year_of
from tests.data.builders import make_edition, make_indicator, make_observation, make_target

YEAR = make_edition().year


def judged(*observations: Observation, **changes: Any) -> OwnGoal:
    goal = {"kind": "own_goal", "scope": "here", "primary": False, "target_year": 1990}
    edition = make_edition(observations, (make_target("80", **goal | changes),))
    (own_goal,) = own_goals(edition, "here")
    return own_goal


@pytest.mark.parametrize(
    ("values", "deadline", "outcome", "decides"),
    [
        ([(1985, "70")], YEAR + 1, "open", 1985),
        ([(1985, "70")], YEAR, "open", 1985),  # The year has not ended.
        ([(YEAR, "70")], YEAR, "open", YEAR),
        ([(1985, "80")], YEAR + 1, "kept", 1985),
        ([(1985, "70")], None, "open", 1985),
        ([], YEAR + 1, "open", None),
        ([(1990, "81")], 1990, "kept", 1990),
        ([(1988, "81")], 1990, "kept", 1988),
        ([(1990, "70"), (1995, "90")], 1990, "missed", 1990),
        ([(1992, "70"), (1988, "60")], 1990, "missed", 1992),
        ([(1988, "70")], 1990, "unknown", 1988),
        ([], 1990, "unknown", None),
    ],
)
def test_a_goal_is_judged_by_its_deadline_and_the_value_nearest_after_it(
    values: list[tuple[int, str]], deadline: int | None, outcome: str, decides: int | None
) -> None:
    own_goal = judged(
        *(make_observation(year, value) for year, value in values), target_year=deadline
    )
    assert own_goal.outcome == outcome
    assert (own_goal.observation.year if own_goal.observation else None) == decides


def test_the_distance_is_what_is_missing_in_the_unit_of_the_goal() -> None:
    assert judged(make_observation(1985, "70.5")).distance == Decimal("9.5")
    assert judged(make_observation(1985, "81")).distance is None
    assert judged().distance is None
    lower = judged(make_observation(1985, "2.2"), direction="lower_is_better", target_year=None)
    assert (lower.outcome, lower.distance) == ("kept", None)


def test_nothing_decides_on_a_doubtful_goal() -> None:
    assert judged(make_observation(1985, "90"), doubtful=True).outcome is None


def test_another_definition_counts_and_a_doubtful_or_undated_figure_does_not() -> None:
    other = make_observation(1991, "70", comparability="proxy", rate=False, reason="not_comparable")
    assert judged(other).outcome == "missed"
    doubtful = make_observation(1991, "70", rate=False, reason="withheld")
    assert judged(doubtful, make_observation(None, "90")).outcome == "unknown"
    assert judged(make_observation(1991, "70", unit_code="km")).outcome == "unknown"


def test_only_the_goals_of_the_city_itself_are_judged() -> None:
    targets = (
        make_target("80"),
        make_target("80", kind="own_goal", scope="there"),
        make_target("80", kind="own_goal", scope="here", code="EC: X: Y: 2C"),
    )
    indicators = (make_indicator(), make_indicator(code="EC: X: Y: 2C"))
    edition = make_edition((), targets, indicators)
    assert [each.goal for each in own_goals(edition, "here")] == [targets[2]]
    assert own_goals(edition, "here", "EC: X: Y: 1C") == ()


def _outcome(goal: Row, values: list[Row], year: int) -> str | None:
    """The rule in words, told again: met, not over, no value since, or missed."""
    if goal["doubtful"] == "yes":
        return None
    deadline = int(goal["target_year"] or 9999)
    since = [row for row in values if deadline < year and year_of(row) >= deadline]
    deciding = min(map(year_of, since)) if since else max(map(year_of, values), default=0)
    wanted, higher = Fraction(goal["target"]), goal["direction"] == "higher_is_better"
    for row in values:
        if year_of(row) == deciding:
            number = Fraction(row["value"])
            if number >= wanted if higher else number <= wanted:
                return "kept"
    if deadline >= year:
        return "open"
    return "missed" if since else "unknown"


def test_the_goals_of_the_city_are_those_of_an_independent_recount() -> None:
    edition = load_edition()
    expected = []
    for goal in table_rows("targets"):
        if goal["kind"] == "own_goal" and goal["scope"] == CITY:
            labels = ["" if name == "-" else name for name in goal["applies_to"].split(";")]
            values = [
                row
                for row in table_rows("observations")
                if (row["city"], row["code"], row["unit"]) == (CITY, goal["code"], goal["unit"])
                and row["data_point"] in labels
                and row["value"]
                and row["period"]
                and row["reason"] != "withheld"
            ]
            outcome = _outcome(goal, values, edition.year)
            expected.append((goal["code"], Fraction(goal["target"]), outcome))
    judged_goals = [
        (each.indicator.code, Fraction(each.goal.value), each.outcome)
        for each in own_goals(edition, CITY)
    ]
    assert judged_goals == expected
    assert {"missed", "open", "unknown"} <= {outcome for *_, outcome in expected}
