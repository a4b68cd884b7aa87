"""What differs between editions is found row by row, and decides the version."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from data.editions import load_edition, read_edition
from data.models import Edition
from data.table_changes import TableChange, file_changes, step_of, table_changes
from data.versions import next_version, parts_of
from tests.data.conftest import EditionCopy


@pytest.fixture(scope="module")
def edition(small: Path) -> Edition:
    """The edition that copies differ from."""
    return load_edition(small)


def changes_of(edition: Edition, copy: EditionCopy) -> dict[str, TableChange]:
    changes = table_changes(edition, load_edition(copy.folder))
    return {change.table: change for change in changes if change}


def test_an_edition_does_not_differ_from_itself(edition: Edition, copy: EditionCopy) -> None:
    assert changes_of(edition, copy) == {}
    assert step_of(table_changes(edition, edition)) is None


def test_a_corrected_value_is_a_changed_row(edition: Edition, copy: EditionCopy) -> None:
    copy.change("observations", 2, value="91", note="Corrected.", note_ru="Исправлено.")
    (row,) = changes_of(edition, copy)["observations"].changed
    assert row.columns == ("value", "note", "note_ru")
    assert (row.before["value"], row.after["value"]) == ("90", "91")
    assert step_of(changes_of(edition, copy).values()) == "patch"


def test_a_corrected_target_is_a_changed_row(edition: Edition, copy: EditionCopy) -> None:
    copy.change("targets", 2, target="99")
    (row,) = changes_of(edition, copy)["targets"].changed
    assert row.columns == ("target",)


def test_a_new_value_is_an_added_row(edition: Edition, copy: EditionCopy) -> None:
    copy.append("observations", like=2, period="2024", value="95")
    change = changes_of(edition, copy)["observations"]
    assert change.counts == {"added": 1, "changed": 0, "removed": 0}
    assert change.added[0]["value"] == "95"
    assert step_of([change]) == "minor"


def test_a_removed_observation_is_a_correction_and_a_removed_id_is_major(
    edition: Edition, copy: EditionCopy
) -> None:
    lines = copy.lines("observations")
    copy.write("observations", [lines[0], *lines[2:]])
    change = changes_of(edition, copy)["observations"]
    assert change.counts == {"added": 0, "changed": 0, "removed": 1}
    assert step_of([change]) == "patch"
    gone = TableChange("sources", (), (), (), (), ({"source_id": "X"},))
    assert step_of([change, gone]) == "major"


def test_columns_count_too() -> None:
    assert step_of([TableChange("targets", ("new",), (), (), (), ())]) == "minor"
    assert step_of([TableChange("targets", ("new",), ("old",), (), (), ())]) == "major"
    assert step_of([]) is None


def test_corrected_words_of_a_row_without_a_number_are_a_changed_row(
    edition: Edition, copy: EditionCopy
) -> None:
    row = copy.find("observations", value="", value_text="!")
    place = {
        name: copy.cell("observations", row, name)
        for name in ("city", "code", "data_point", "period", "source_id")
    }
    copy.change("observations", row, value_text="Other words.")
    copy.append("observations", like=row, value_text="More words.")
    change = changes_of(edition, copy)["observations"]
    (changed,) = change.changed
    assert changed.columns == ("value_text",)
    assert changed.after["value_text"] == "Other words."
    assert {name: changed.before[name] for name in place} == place
    assert change.counts == {"added": 1, "changed": 1, "removed": 0}


def test_rows_in_another_order_are_no_change(edition: Edition, copy: EditionCopy) -> None:
    lines = copy.lines("observations")
    copy.write("observations", [lines[0], *reversed(lines[1:])])
    assert "observations" not in changes_of(edition, copy)


def test_files_and_records_give_the_same_answer(edition: Edition, copy: EditionCopy) -> None:
    before = read_edition(copy.folder).tables
    copy.change("observations", 2, value="91")
    copy.append("population", like=2, year="1999")
    after = read_edition(copy.folder).tables
    from_files = {change.table: change.counts for change in file_changes(before, after) if change}
    assert from_files == {name: change.counts for name, change in changes_of(edition, copy).items()}


def test_a_new_column_of_a_file_is_found(copy: EditionCopy) -> None:
    tables = read_edition(copy.folder).tables
    header = tables.files["cities"].header
    wider = replace(tables.files["cities"], header=(*header, "mayor"))
    after = replace(tables, files={**tables.files, "cities": wider})
    (grown,) = (table for table in file_changes(tables, after) if table)
    assert grown.columns_added == ("mayor",)
    (shrunk,) = (change for change in file_changes(after, tables) if change)
    assert (shrunk.columns_removed, step_of([shrunk])) == (("mayor",), "major")


@pytest.mark.parametrize(
    ("version", "step", "year", "expected"),
    [
        ("2026.1", "patch", 2026, "2026.1.1"),
        ("2026.1.1", "patch", 2027, "2026.1.2"),
        ("2026.1.2", "minor", 2027, "2026.2"),
        ("2026.9", "minor", 2026, "2026.10"),
        ("2026.3", "major", 2026, "2027.1"),
        ("2026.3.1", "major", 2029, "2029.1"),
    ],
)
def test_versions_count_up(version: str, step: str, year: int, expected: str) -> None:
    following = next_version(version, step, year)
    assert following == expected
    assert parts_of(following) > parts_of(version)


def test_values_are_compared_as_they_are_printed(edition: Edition) -> None:
    first = edition.observations[0]
    assert first.value == Decimal(90)
    same = replace(first, value=Decimal("90.0"))
    after = replace(edition, observations=(same, *edition.observations[1:]))
    assert step_of(table_changes(edition, after)) == "patch"
