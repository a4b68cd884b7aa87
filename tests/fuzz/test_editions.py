"""Damaged tables are told of by file, row, column and remedy; nothing else ever comes of them."""

from __future__ import annotations

import csv
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from data.__main__ import main
from data.editions import BrokenEdition, load_edition, newest_folder, read_edition
from data.faults import Fault
from data.models import Edition
from data.publishing import publish
from tests.fuzz.damages import (
    DESCRIPTIONS,
    FILES,
    Damage,
    in_bytes,
    in_cells,
    in_descriptions,
)
from tests.fuzz.figures import WAIT_SECONDS, attempt, part

CASES = {"cells": 25, "bytes": 15, "descriptions": 40}
PUBLISHED = 12
DATE = "2099-01-01"
LONGEST_FAULT = 2000


class Draft:
    """A copy of the edition in force that is damaged, checked and made whole again."""

    def __init__(self, folder: Path) -> None:
        self.whole = newest_folder()
        self.folder = Path(shutil.copytree(self.whole, folder / "draft"))

    def damage(self, damages: list[Damage]) -> None:
        """Damage files one after the other; a damage to cells that are none any more is none."""
        for file, damage in damages:
            path = self.folder / file
            try:
                path.write_bytes(damage(path.read_bytes()))
            except (UnicodeDecodeError, csv.Error, IndexError, ZeroDivisionError):
                continue

    def mend(self, damages: list[Damage]) -> None:
        """Bring back the files that were damaged."""
        for file, _ in damages:
            shutil.copy(self.whole / file, self.folder / file)


def hold(fault: Fault) -> None:
    """A fault says on one line where it is and what to do about it."""
    assert fault.file in (*FILES, *DESCRIPTIONS), fault
    assert fault.row is None or fault.row >= 1, fault
    assert fault.problem, fault
    assert fault.remedy, fault
    line = str(fault)
    assert line.startswith(fault.file)
    assert line.isprintable(), repr(line)
    assert len(line) < LONGEST_FAULT, (len(line), line[:300])


def check(draft: Draft, damages: list[Damage]) -> list[Fault]:
    """The faults of a draft; where there are none the edition can be loaded."""
    faults = read_edition(draft.folder).faults
    for fault in faults:
        hold(fault)
    if not faults:
        assert isinstance(load_edition(draft.folder), Edition), damages
    return faults


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft(tmp_path)


def test_damaged_tables_are_told_of_and_nothing_fails(draft: Draft) -> None:
    tried = part("edition tables")
    noticed = []

    def each(damages: list[Damage]) -> None:
        draft.damage(damages)
        # Its own time, since other tests may share the machine; a check asks nobody else.
        begun = time.process_time()
        try:
            noticed.append(bool(check(draft, damages)))
        finally:
            draft.mend(damages)
        seconds = time.process_time() - begun
        tried.count(seconds)
        assert seconds < WAIT_SECONDS

    for name, cases in {
        "cells": in_cells(),
        "bytes": in_bytes(FILES),
        "descriptions": in_descriptions(),
    }.items():
        attempt(cases, each, CASES[name], name)
    assert sum(noticed) > len(noticed) / 2
    assert not check(draft, [])


def test_damaged_tables_are_never_published(
    draft: Draft, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = part("publishing")
    editions = tmp_path / "editions"
    shutil.copytree(draft.whole, editions / draft.whole.name)

    def each(damages: list[Damage]) -> None:
        draft.damage(damages)
        begun = time.monotonic()
        try:
            faulty = bool(check(draft, damages))
            refused = main(["check", str(draft.folder), "--editions", str(editions)])
            assert capsys.readouterr().out
            is_published = published(draft, editions)
            assert not (is_published and faulty), damages
            # The command also asks the quiz, so it may refuse more, and never less.
            assert refused in (0, 1)
            assert is_published or refused, damages
        finally:
            draft.mend(damages)
        tried.count(time.monotonic() - begun)

    damages = st.one_of(in_cells(), in_bytes(FILES), in_descriptions(), in_descriptions())
    attempt(damages, each, PUBLISHED, "publishing")


def published(draft: Draft, editions: Path) -> bool:
    """Whether a draft was published, and then it can be loaded; it is taken away again."""
    try:
        publication = publish(draft.folder, DATE, editions)
    except BrokenEdition as refused:
        faults = refused.faults
    else:
        assert isinstance(load_edition(publication.folder), Edition)
        shutil.rmtree(publication.folder)
        return True
    for fault in faults:
        hold(fault)
    assert faults
    assert [folder.name for folder in editions.iterdir()] == [draft.whole.name]
    return False
