"""One value through the editions: by its id, by the row before it had one, and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from data.editions import EDITIONS, load_editions
from data.models import Correction, Edition, Observation, Words
from data.value_history import corrections_of, value_history
from tests.builders import table_rows
from tests.data.builders import CODE, make_edition, make_observation

ID = "here-ec-x-y-1c-2019"


def correction(column: str, old: str = "", **changes: Any) -> Correction:
    fields: dict[str, Any] = {
        "date": "2000-01-01",
        "table": "observations",
        "code": CODE,
        "data_point": "",
        "period": "2019",
        "value_id": ID,
        "column": column,
        "old": old,
        "new": "",
        "reason": Words("Because", "Потому"),
    }
    return Correction(**fields | changes)


def editions(
    before: Observation | None, after: Observation | None, *corrections: Correction
) -> tuple[Edition, Edition]:
    first, second = (make_edition((row,) if row else ()) for row in (before, after))
    more = {"corrections": corrections}
    return replace(first, schema=1), replace(second, schema=2, more=more)


def test_a_value_is_found_by_its_row_where_an_edition_has_no_ids() -> None:
    before, after = make_observation(2019, "1"), make_observation(2019, "2", value_id=ID)
    history = value_history(editions(before, after, correction("value", "1")), ID)
    assert history is not None
    assert [row and row.value for _, row in history.versions] == [Decimal(1), Decimal(2)]
    assert history.observation is after
    assert history.withdrawal is None


@pytest.mark.parametrize(
    ("column", "old", "before"),
    [
        ("period", "2018", make_observation(2018, "1")),
        ("data_point", "part", make_observation(2019, "1", data_point="part")),
    ],
)
def test_a_row_that_was_moved_is_found_where_it_stood(
    column: str, old: str, before: Observation
) -> None:
    after = make_observation(2019, "1", value_id=ID)
    history = value_history(editions(before, after, correction(column, old)), ID)
    assert history is not None
    assert history.versions[0].observation is before


def test_a_value_that_is_new_was_in_no_earlier_edition() -> None:
    other = make_observation(2019, "1", source_id="T")
    history = value_history(editions(other, make_observation(2019, "1", value_id=ID)), ID)
    assert history is not None
    assert history.versions[0].observation is None


def test_a_withdrawn_value_keeps_what_the_earlier_edition_said() -> None:
    before = make_observation(2019, "1")
    other_rows = (make_observation(2019, "2"), make_observation(2019, "1", city="there"))
    first, second = editions(before, None, correction("", "1"))
    first = replace(first, observations=(*other_rows, before))
    history = value_history((first, second), ID)
    assert history is not None
    assert [row for _, row in history.versions] == [before, None]
    assert history.withdrawal is not None
    assert history.withdrawal.old == "1"


def test_an_id_that_no_edition_knows_has_no_history() -> None:
    assert value_history(editions(make_observation(2019, "1"), None), ID) is None


def test_every_row_of_the_earlier_edition_is_followed_or_withdrawn() -> None:
    published = load_editions(EDITIONS)
    ids = {row["value_id"] for row in table_rows("observations")}
    withdrawn = {
        row["value_id"]
        for row in table_rows("corrections")
        if row["table_name"] == "observations" and not row["column_name"]
    }
    assert not ids & withdrawn
    histories = [value_history(published, value_id) for value_id in sorted(ids | withdrawn)]
    earlier = [id(history.versions[0].observation) for history in histories if history]
    assert {id(row) for row in published[0].observations} <= set(earlier)
    assert len(histories) == len(ids | withdrawn) > len(published[0].observations)


def test_the_corrections_of_a_city_are_those_of_its_values_and_of_yardsticks() -> None:
    of_other = correction("value", value_id="there-ec-x-y-1c-2019")
    of_yardstick = correction("target", table="targets", value_id="")
    own = correction("value")
    _, edition = editions(None, None, own, of_other, of_yardstick)
    assert corrections_of(edition, "here", CODE) == (own, of_yardstick)
    assert corrections_of(edition, "here", "EC: X: Y: 2C") == ()
