"""The change log is readable by people and programs, and faults in it are reported."""

from __future__ import annotations

import pytest
import yaml

from data.changes import CHANGES_FILE, read_changes, written
from data.editions import edition_folders, load_edition
from data.models import Change, ChangeLog, Words
from tests.data.conftest import EditionCopy

LOG = ChangeLog(
    "patch",
    "2026.1",
    (
        Change("corrected", Words("Fixed: 1.", "Исправлено: 1."), "observations", "EC: X: Y: 1C"),
        Change("method", Words("Edges moved.", "Границы сдвинуты.")),
    ),
    {"observations": {"added": 0, "changed": 1, "removed": 0}},
)


def write(copy: EditionCopy, text: str) -> list[str]:
    (copy.folder / CHANGES_FILE).write_text(text, "utf-8")
    faults = read_changes(copy.folder)[1]
    assert {fault.file for fault in faults} <= {CHANGES_FILE}
    assert all(fault.remedy for fault in faults)
    return [fault.problem for fault in faults]


def test_what_is_written_is_read_back(copy: EditionCopy) -> None:
    assert write(copy, written("2026.1.1", "2026-12-01", LOG)) == []
    assert read_changes(copy.folder)[0] == LOG


def test_programs_read_version_date_and_kind() -> None:
    content = yaml.safe_load(written("2026.1.1", "2026-12-01", LOG))
    assert {name: content[name] for name in ("version", "date", "kind", "before")} == {
        "version": "2026.1.1",
        "date": "2026-12-01",
        "kind": "patch",
        "before": "2026.1",
    }
    assert load_edition(edition_folders()[0]).change_log.kind == "first"


def test_each_published_change_is_in_both_languages(copy: EditionCopy) -> None:
    log, faults = read_changes(copy.folder)
    assert faults == []
    assert log.changes
    assert all(change.words.en and change.words.ru for change in log.changes)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- a\n", "has no list of changes"),
        ("changes: many\n", "has no list of changes"),
        ("changes: []\n", "the list of changes is empty"),
        ("changes: [word]\n", "change 1 is not a mapping"),
        ("changes: [{kind: added, en: x}]\n", "change 1 has no words in ru"),
        ("changes: [{kind: added, en: ' ', ru: я}]\n", "change 1 has no words in en"),
        ("changes: [{kind: grown, en: x, ru: я}]\n", "the kind of change 1 is “grown”"),
        ("changes: [{kind: added, en: x, ru: я, table: t}]\n", "names the table “t”"),
        ("kind: huge\nchanges: [{kind: added, en: x, ru: я}]\n", "the kind of edition is unknown"),
        ("rows: 3\nchanges: [{kind: added, en: x, ru: я}]\n", "rows does not count rows"),
        ("a: [\n", "the file is not YAML"),
        ("date: 2026-13-45\n", "a value cannot be read"),
        ("a: !!int x\n", "a value cannot be read"),
        ("a: " + "[" * 3000, "a value cannot be read"),
        (
            'changes: [{kind: added, en: "\\ud800", ru: я}]\n',
            "a character (U+D800) that is no text stands in change 1",
        ),
    ],
)
def test_a_log_that_cannot_be_used_is_reported(copy: EditionCopy, text: str, problem: str) -> None:
    (fault,) = write(copy, text)
    assert problem in fault


def test_a_missing_or_unreadable_log_is_a_fault(copy: EditionCopy) -> None:
    path = copy.folder / CHANGES_FILE
    path.write_bytes("changes: Москва".encode("cp1251"))
    assert "not UTF-8" in copy.faults()[0].problem
    path.unlink()
    assert "missing" in copy.faults()[0].problem
    path.mkdir()
    assert "cannot be read" in copy.faults()[0].problem


def test_yaml_that_would_run_code_does_not(copy: EditionCopy) -> None:
    (problem,) = write(copy, "changes: !!python/object/apply:os.system ['true']\n")
    assert problem == "the file is not YAML"
