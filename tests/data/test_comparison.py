"""An indicator that changed colour between editions says because of what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.comparison import Cause, ColourChange, compare
from data.exports.text_files import change_record
from data.fulfilment import fulfilment_of
from data.models import Edition, Observation, Target
from data.scores import ScoreStep
from data.yardsticks import COMMON
from tests.data.builders import (
    CODE,
    make_data_point,
    make_edition,
    make_indicator,
    make_observation,
    make_target,
)
from tests.data.conftest import CITY

GREEN, RED = make_observation(2018, "99"), make_observation(2018, "10")
NEWER = make_observation(2020, "10", source_id="T")
TARGET = make_target("100")


def colours(
    before: tuple[Observation, ...],
    after: tuple[Observation, ...],
    targets: tuple[tuple[Target, ...], tuple[Target, ...]] = ((TARGET,), (TARGET,)),
    **changes: Any,
) -> tuple[ColourChange, ...]:
    old = make_edition(before, targets[0])
    new = replace(make_edition(after, targets[1]), **changes)
    return compare(old, new, "here").colours


def only_causes(changes: tuple[ColourChange, ...]) -> tuple[Cause, ...]:
    (change,) = changes
    assert change.causes == change.scores[0].causes
    return change.causes


def test_nothing_changed_between_an_edition_and_itself(edition: Edition) -> None:
    comparison = compare(edition, edition, CITY)
    assert comparison.colours == ()
    assert not any(comparison.tables)
    assert comparison.as_of == (2026, 2026)


def test_a_newer_value_changes_the_colour() -> None:
    changes = colours((GREEN,), (GREEN, NEWER))
    assert only_causes(changes) == ("value",)
    assert (changes[0].before, changes[0].after) == ("95-100", "0-33")
    assert changes[0].indicator.code == CODE


def test_a_first_value_changes_the_colour() -> None:
    changes = colours((), (GREEN,))
    assert only_causes(changes) == ("value",)
    assert (changes[0].before, changes[0].after) == ("none", "95-100")


def test_a_corrected_value_changes_the_colour() -> None:
    assert only_causes(colours((GREEN,), (RED,))) == ("correction",)


def test_a_withdrawn_value_is_a_correction() -> None:
    assert only_causes(colours((GREEN,), ())) == ("correction",)
    assert only_causes(colours((GREEN, NEWER), (GREEN,))) == ("correction",)


def test_a_value_that_is_no_longer_rated_is_a_correction() -> None:
    doubted = make_observation(2018, "99", reason="withheld")
    assert only_causes(colours((GREEN,), (doubted,))) == ("correction",)
    assert only_causes(colours((doubted,), (GREEN,))) == ("correction",)


def test_another_target_changes_the_colour() -> None:
    assert only_causes(colours((GREEN,), (GREEN,), ((TARGET,), (make_target("400"),)))) == (
        "target",
    )
    assert only_causes(colours((GREEN,), (GREEN,), ((), (TARGET,)))) == ("target",)


def test_another_direction_is_a_change_of_the_method() -> None:
    turned = make_indicator(direction="lower_is_better")
    lower = make_target("10", direction="lower_is_better")
    changes = colours((GREEN,), (GREEN,), ((TARGET,), (lower,)), indicators=(turned,))
    assert only_causes(changes) == ("target", "method")


def test_another_rule_is_named_where_it_changes_what_was_published() -> None:
    assert only_causes(colours((GREEN,), (GREEN, NEWER), method=2)) == ("value",)
    # The first rule took the earlier row of a year, the second one takes the better proven.
    press = replace(GREEN, evidence="press")
    rows = (press, make_observation(2018, "10", source_id="O", evidence="statistics"))
    scores = {
        score.indicator.code: score
        for score in fulfilment_of(make_edition((press,), (TARGET,)), "here", 2018).indicators
    }
    stored = {("here", COMMON): (ScoreStep(None, scores, {}),)}
    old = replace(make_edition(rows, (TARGET,)), scores=stored)
    for after, causes in ((rows, ("method",)), ((*rows, NEWER), ("value", "method"))):
        new = replace(make_edition(after, (TARGET,)), method=2)
        assert only_causes(compare(old, new, "here").colours) == causes


def test_more_data_points_of_the_standard_are_a_change_of_the_method() -> None:
    parts = make_indicator(make_data_point("A"))
    row = make_observation(2018, "99", data_point="A")
    target = make_target(applies_to=("", "A"))
    old = make_edition((), (target,), (make_indicator(),))
    new = make_edition((), (target,), (parts,))
    assert compare(old, new, "here").colours == ()
    (change,) = compare(old, make_edition((row,), (target,), (parts,)), "here").colours
    assert set(change.causes) == {"method", "value"}


def test_a_note_alone_changes_no_colour_but_is_listed_as_a_row(edition: Edition) -> None:
    first = edition.observations[0]
    words = replace(first.note, en="Another note.")
    noted = replace(
        edition, observations=(replace(first, note=words), *edition.observations[1:]), scores={}
    )
    comparison = compare(edition, noted, CITY)
    assert comparison.colours == ()
    assert [table.table for table in comparison.tables if table] == ["observations"]


def test_an_indicator_that_only_one_edition_has_is_compared_with_nothing() -> None:
    other = make_indicator(code="EC: X: Y: 2C")
    old = make_edition((GREEN,), (TARGET,))
    new = make_edition((GREEN,), (TARGET,), (make_indicator(), other))
    (added,) = compare(old, new, "here").colours
    assert (added.before, added.after, added.indicator) == (None, "none", other)
    (removed,) = compare(new, old, "here").colours
    assert (removed.before, removed.after) == ("none", None)


def test_a_real_correction_is_found_where_it_is(edition: Edition) -> None:
    scored = max(
        (row for row in edition.of_city(CITY, "EC: ICT: ICT: 1C") if row.rate),
        key=lambda row: row.year or 0,
    )
    rows = list(edition.observations)
    rows[rows.index(scored)] = replace(scored, value=scored.value and scored.value / 10)
    comparison = compare(edition, replace(edition, observations=tuple(rows), scores={}), CITY)
    (change,) = comparison.colours
    assert (change.indicator.code, change.causes) == ("EC: ICT: ICT: 1C", ("correction",))
    assert (change.before, change.after) == ("66-95", "0-33")


def test_programs_are_told_which_colours_changed_and_why(edition: Edition) -> None:
    rows = [
        replace(row, value=row.value and row.value / 10)
        if (row.city, row.code) == (CITY, "EC: ICT: ICT: 1C")
        else row
        for row in edition.observations
    ]
    log = replace(edition.change_log, kind="patch", before=edition.version)
    later = replace(edition, observations=tuple(rows), scores={}, change_log=log)
    record = change_record(later, edition, CITY)
    assert record["city"] == CITY
    assert record["colours"] == [
        {
            "code": "EC: ICT: ICT: 1C",
            "before": "66-95",
            "after": "0-33",
            "causes": ["correction"],
        }
    ]
    first = replace(edition, change_log=replace(log, kind="first", before=""))
    assert change_record(first, None, CITY)["colours"] == []
    assert change_record(later, None, CITY)["colours"] is None


def test_an_unknown_city_cannot_be_compared(edition: Edition) -> None:
    with pytest.raises(KeyError):
        compare(edition, edition, "atlantis")
