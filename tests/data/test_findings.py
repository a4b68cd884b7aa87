"""Findings that stand out: chosen anew from the files by the rule in words, not by our code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from statistics import median
from typing import Any

import pytest

from data.editions import load_editions
from data.findings import MOST, Finding, findings
from data.fulfilment import fulfilment_of
from data.models import Edition
from tests.builders import Row
from tests.contracts.recount import (
    CITY,
    EDITION_YEAR,
    Scored,
    recount,
    share_of,
    table_rows,
    weight,
    year_of,
)

INDICATORS = {row["code"]: row for row in table_rows("indicators")}
CODES = list(INDICATORS)
CLASSES = {row["source_id"]: row["class"] for row in table_rows("sources")}
OTHERS = [row["city"] for row in table_rows("cities") if row["city"] != CITY]
CHOICES: tuple[dict[str, Any], ...] = (
    {},
    {"since": 2023},
    {"as_of": 2018},
    {"as_of": 2012},
    {"view": "goals"},
    {"view": "own_goals"},
    {"as_of": 2021, "view": "without_natural_limits"},
)
Candidate = tuple[tuple[Any, ...], str, str]


def order(code: str, *key: Any) -> tuple[Any, ...]:
    """Core indicators first, then the rule's own order, then the table's."""
    return (INDICATORS[code]["level"] != "core", *key, CODES.index(code))


def values(part: Scored, as_of: int, city: str = CITY) -> list[Row]:
    """The values fit to be rated of a data point, the best one of each year, oldest first."""
    assert part.value is not None
    years: dict[int, list[Row]] = {}
    for row in table_rows("observations"):
        key = (row["city"], row["code"], row["data_point"], row["unit"], row["rate"])
        if key == (city, part.code, part.label, part.value["unit"], "yes") and row["period"]:
            years.setdefault(year_of(row), []).append(row)
    return [min(rows, key=weight) for year, rows in sorted(years.items()) if year <= as_of]


def alike(left: Row, right: Row) -> bool:
    return left["comparability"] == right["comparability"] and (
        CLASSES[left["source_id"]] == CLASSES[right["source_id"]]
    )


def recent(as_of: int, since: int, view: str) -> list[Scored]:
    return [
        part
        for parts in recount(as_of, view, since).values()
        for part in parts
        if part.value
        and part.value["rate"] == "yes"
        and part.value["period"]
        and max(as_of - 5, since) <= year_of(part.value) <= as_of
    ]


def furthest(parts: Iterable[Scored], kinds: str = "goal limit norm own_goal") -> list[Candidate]:
    return [
        (order(part.code, part.share), part.code, part.label)
        for part in parts
        if part.target and part.share is not None and part.share < 95
        if part.target["kind"] in kinds.split()
    ]


def reached(parts: Iterable[Scored], as_of: int) -> list[Candidate]:
    candidates = []
    for part in parts:
        if part.target is None or part.target["kind"] not in ("goal", "own_goal"):
            continue
        rows = values(part, as_of)
        met = [share_of(Fraction(row["value"]), part.target) == 100 for row in rows]
        if part.share != 100 or all(met):
            continue
        first = max(place for place, yes in enumerate(met) if not yes) + 1
        if alike(rows[first - 1], rows[first]) and rows[first]["break"] == "no":
            candidates.append((order(part.code, -year_of(rows[first])), part.code, part.label))
    return candidates


def judged(parts: Iterable[Scored]) -> Iterable[Scored]:
    """Those with a yardstick of which more is plainly better or worse."""
    for part in parts:
        if part.share is not None and INDICATORS[part.code]["debatable"] == "no":
            yield part


def changed(parts: Iterable[Scored], as_of: int) -> list[Candidate]:
    candidates = []
    for part in parts:
        rows = values(part, as_of)
        start = len(rows) - 1
        while start and rows[start]["break"] == "no" and alike(rows[start - 1], rows[start]):
            start -= 1
        first, last = Fraction(rows[start]["value"]), Fraction(rows[-1]["value"])
        if first > 0 and last > 0 and first != last:
            factor = max(first / last, last / first)
            candidates.append((order(part.code, -factor), part.code, part.label))
    return candidates


def beside(parts: Iterable[Scored], as_of: int) -> list[Candidate]:
    candidates = []
    for part in parts:
        assert part.value is not None
        other_values = [
            Fraction(rows[-1]["value"])
            for city in OTHERS
            if (rows := values(part, EDITION_YEAR, city)) and year_of(rows[-1]) <= as_of
        ]
        if not other_values or part.value["unit"] in ("number", "yes/no"):
            continue
        middle, own = median(other_values), Fraction(part.value["value"])
        factor = max(own / middle, middle / own) if middle > 0 and own > 0 else Fraction(1)
        candidates.append((order(part.code, -len(other_values), -factor), part.code, part.label))
    return candidates


def gaps(as_of: int) -> list[Candidate]:
    return [
        (
            order(code, row["type"] != "structural", -len(row["topics"].split(";"))),
            code,
            "",
        )
        for code, row in INDICATORS.items()
        if not recount(as_of)[code]
    ]


def wanted(as_of: int = EDITION_YEAR, view: str = "common", since: int = 0) -> list[str]:
    """The kinds and data points that the rule chooses."""
    parts = recent(as_of, since, view)
    # Of the city's own goals one was missed: 80 years of life by 2023.
    missed = [
        (order(row["code"]), row["code"], "")
        for row in table_rows("targets")
        if (row["code"], row["kind"]) == ("SC: EH: H: 1C", "own_goal") and as_of > 2023
    ]
    every = "goal limit norm own_goal city average natural_limit"
    rules = {
        "furthest": furthest(parts),
        "reached": reached(parts, as_of),
        "missed": missed,
        "changed": changed(judged(parts), as_of),
        "beside": beside(judged(parts), as_of),
        "gap": gaps(as_of),
        **{f"next {place}": furthest(parts, every) for place in range(MOST)},
    }
    used: list[str] = []
    chosen = []
    for kind, candidates in rules.items():
        of_dimension = Counter(INDICATORS[code]["dimension"] for code in used)
        free = [
            candidate
            for candidate in candidates
            if candidate[1] not in used and of_dimension[INDICATORS[candidate[1]]["dimension"]] < 3
        ]
        if free and len(chosen) < MOST:
            _, code, label = min(free)
            used.append(code)
            chosen.append(f"{kind.split()[0]} {code} {label}")
    return chosen


def of(edition: Edition, as_of: int = EDITION_YEAR, **choice: Any) -> tuple[Finding, ...]:
    fulfilment = fulfilment_of(edition, CITY, as_of, choice.get("view", "common"))
    if "since" in choice:
        fulfilment = fulfilment_of(edition, CITY, as_of, since=choice["since"])
    return findings(edition, fulfilment)


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_the_rule_chooses_what_it_says(edition: Edition, choice: dict[str, Any]) -> None:
    chosen = of(edition, **choice)
    assert [
        f"{finding.kind} {finding.score.indicator.code} {finding.score.label}" for finding in chosen
    ] == wanted(**choice)
    assert len(chosen) <= MOST


def test_no_finding_rests_on_an_old_value_or_one_that_may_not_be_rated(edition: Edition) -> None:
    for as_of in (2012, 2018, EDITION_YEAR):
        for finding in of(edition, as_of):
            value = finding.score.observation
            if finding.kind == "gap":
                assert value is None
                continue
            assert value is not None
            assert value.rate
            assert as_of - 5 <= (value.year or 0) <= as_of
            assert finding.history[-1].year == value.year
            assert all(other.rate and other.city != CITY for other in finding.other_values)


def test_a_change_is_of_one_definition_and_one_class_of_source(edition: Edition) -> None:
    for as_of in range(2012, EDITION_YEAR + 1):
        for finding in of(edition, as_of):
            if finding.kind != "changed":
                continue
            assert finding.before is not None
            run = [row for row in finding.history if row.year >= finding.before.year]
            assert len({row.comparability for row in run}) == 1
            assert len({CLASSES[row.source_id] for row in run}) == 1
            assert not any(row.breaks_series for row in run[1:])


def test_an_earlier_edition_and_a_city_without_recent_values_have_fewer_or_none() -> None:
    first, *_, last = load_editions()
    earlier = findings(first, fulfilment_of(first, CITY, first.year))
    assert 0 < len(earlier) <= MOST
    assert findings(last, fulfilment_of(last, "bizerte", last.year)) == ()
