"""Documents name the tests that prove what they say, and each of these is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from pages.settings import ROOT

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
DECISIONS = ROOT / "docs" / "decisions"
# These make promises, hence say where they are proved.
PROVED = (
    "addresses.md",
    "api.md",
    "architecture.md",
    "data.md",
    "deployment.md",
    "design.md",
    "embeds.md",
    "faults.md",
    "quiz.md",
    "security.md",
)
PLACE = re.compile(r"(?<![\w/])tests/[\w/.]*\w")
NAME = re.compile(r"(?<![\w/.])test_\w+\b(?!\.py)")


def places_in(text: str) -> list[Path]:
    return [ROOT / place for place in PLACE.findall(text)]


def names_in(text: str) -> list[str]:
    return [str(name) for name in NAME.findall(text)]


@cache
def known_in(place: Path) -> frozenset[str]:
    """The names of all tests in a file or folder."""
    files = place.rglob("test_*.py") if place.is_dir() else [place]
    lists = (
        re.findall(r"^def (test_\w+)\(", file.read_text("utf-8"), re.MULTILINE) for file in files
    )
    return frozenset(name for names in lists for name in names)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_that_a_document_names_exists(document: Path) -> None:
    written = document.read_text("utf-8")
    for place in places_in(written):
        assert place.exists(), place
        assert known_in(place), f"there is no test in {place}"
    unknown = set(names_in(written)) - known_in(ROOT / "tests")
    assert not unknown


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_row_that_names_tests_and_files_finds_them_there(document: Path) -> None:
    for row in document.read_text("utf-8").splitlines():
        places = places_in(row)
        if row.startswith("|") and places:
            there = frozenset[str]().union(*(known_in(place) for place in places))
            assert set(names_in(row)) <= there, row


@pytest.mark.parametrize("name", PROVED)
def test_a_document_that_promises_names_its_proofs(name: str) -> None:
    written = (ROOT / "docs" / name).read_text("utf-8")
    assert names_in(written) or places_in(written)


def test_no_document_is_left_out() -> None:
    assert {path.name for path in (ROOT / "docs").glob("*.md")} == {*PROVED, "test-runs.md"}


def test_the_index_of_decisions_has_the_title_and_status_of_each() -> None:
    rows = []
    for decision in sorted(DECISIONS.glob("[0-9]*.md")):
        title, _, status, *_ = decision.read_text("utf-8").splitlines()
        number, title = title.removeprefix("# ").split(": ", 1)
        assert decision.name.startswith(number)
        status = status.removeprefix("- Status: ")
        rows.append(f"| [{number}]({decision.name}) | {title} | {status} |")
    index = (DECISIONS / "README.md").read_text("utf-8")
    assert re.findall(r"^\| \[\d.*$", index, re.MULTILINE) == rows


def test_names_are_found_wherever_they_stand() -> None:
    text = "(`test_one`, test_two) `tests/a/test_three.py`, `tests/b`; tests/c. latest_four"
    assert names_in(text) == ["test_one", "test_two"]
    assert places_in(text) == [ROOT / "tests/a/test_three.py", ROOT / "tests/b", ROOT / "tests/c"]
