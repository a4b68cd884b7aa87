"""Fixtures of the data tests: the edition in force, and copies of it to plant faults in."""

from __future__ import annotations

import csv
import io
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from data import fulfilment, groups
from data.builds import build_files
from data.checksums import SUMS_FILE
from data.editions import TEXTS, load_edition, newest_folder, read_edition
from data.exports import indicator_files
from data.faults import Fault
from data.manifests import Manifest
from data.metadata.origin import Origin
from data.models import Edition, Words
from data.publishing import freeze
from data.score_tables import GROUPS_FILE, SCORES_FILE
from tests.once import shared_folder

CITY = "moscow"
# The indicators of a small edition, which is built and published in a tenth of the time.
FEW = ("EC: ICT: ICT: 1C", "EC: P: EM: 1C", "SC: SH: SA: 9C", "EN: EN: AQ: 1C")
CHANGE = {"kind": "corrected", "en": "A correction.", "ru": "Исправление."}
BASE_URL = "https://indicators.example.org"
SITE = Words("City indicators", "Показатели города")
ORIGIN = Origin(SITE, BASE_URL, CITY)


class EditionCopy:
    """A folder with a copy of the edition in force; rows are counted as an editor does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.csv"

    def lines(self, table: str) -> list[list[str]]:
        text = self.path(table).read_bytes().decode()
        return list(csv.reader(io.StringIO(text, newline="")))

    def write(self, table: str, lines: list[list[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(lines)
        self.path(table).write_bytes(text.getvalue().encode())

    def records(self, table: str) -> list[dict[str, str]]:
        header, *rows = self.lines(table)
        return [dict(zip(header, row, strict=True)) for row in rows]

    def find(self, table: str, /, **where: str) -> int:
        """The row number of the first row whose cells match, `!` meaning any but empty."""
        for number, record in enumerate(self.records(table), start=2):
            if all(record[c] if cell == "!" else record[c] == cell for c, cell in where.items()):
                return number
        raise LookupError(f"{table} has no row with {where}")

    def cell(self, table: str, row: int, column: str) -> str:
        return self.records(table)[row - 2][column]

    def change(self, table: str, row: int, /, **cells: str) -> None:
        lines = self.lines(table)
        for column, cell in cells.items():
            lines[row - 1][lines[0].index(column)] = cell
        self.write(table, lines)

    def append(self, table: str, /, like: int, **cells: str) -> int:
        """Add a row like another one but for ``cells``; return its number.

        A value gets a name of its own, as every row must have one.
        """
        lines = self.lines(table)
        self.write(table, [*lines, lines[like - 1]])
        if table == "observations":
            row = self.records(table)[like - 2] | cells
            name = f"{row['city']}-{row['code'].lower().replace(': ', '-')}-row-{len(lines) + 1}"
            cells = {"value_id": name} | cells
        self.change(table, len(lines) + 1, **cells)
        return len(lines) + 1

    def faults(self) -> list[Fault]:
        return read_edition(self.folder)[2]

    def places(self) -> list[tuple[str, int | None, str]]:
        return [(fault.file, fault.row, fault.column) for fault in self.faults()]


class Draft(EditionCopy):
    """A folder of tables that is to become an edition, and what it is to say about itself."""

    def say(self, *changes: dict[str, str]) -> None:
        text = yaml.safe_dump({"changes": list(changes)}, allow_unicode=True)
        (self.folder / "changes.yml").write_text(text, "utf-8")


def copy_as_draft(folder: Path, to: Path) -> Path:
    """Copy an edition as an editor does who begins the next one: without what was published."""
    return Path(
        shutil.copytree(
            folder, to, ignore=shutil.ignore_patterns(SUMS_FILE, TEXTS, SCORES_FILE, GROUPS_FILE)
        )
    )


def changed(folder: Path, to: Path, **change: str) -> Draft:
    """A copy of an edition as a draft that says one change."""
    draft = Draft(copy_as_draft(folder, to))
    draft.say(CHANGE | change)
    return draft


def write_small_edition(editions: Path) -> None:
    """Publish an edition of a few indicators under the name and date of the one in force."""
    whole = newest_folder()
    draft = EditionCopy(copy_as_draft(whole, editions / whole.name))
    for table in ("indicators", "data_points", "observations", "targets"):
        header, *rows = draft.lines(table)
        code = header.index("code")
        draft.write(table, [header, *(row for row in rows if row[code] in FEW)])
    header, *rows = draft.lines("corrections")
    named = {row["value_id"] for row in draft.records("observations")}
    place = header.index("value_id")
    draft.write("corrections", [header, *(row for row in rows if row[place] in named)])
    freeze(draft.folder, load_edition(draft.folder), None)


def change_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every value one percent of its target, and every group two."""
    for module in (fulfilment, indicator_files):
        monkeypatch.setattr(module, "share_of_target", lambda *_: Fraction(1))
        monkeypatch.setattr(module, "points_of", lambda _: 1)
    for module in (fulfilment, groups):
        monkeypatch.setattr(module, "group_share", lambda _: Fraction(2))


@pytest.fixture(scope="session")
def folder() -> Path:
    return newest_folder()


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> EditionCopy:
    """A copy of a small edition with a short log of changes, which is read sooner."""
    return changed(small, tmp_path / small.name)


@pytest.fixture
def whole(folder: Path, tmp_path: Path) -> EditionCopy:
    """The same of the edition in force, for what few indicators do not have."""
    return changed(folder, tmp_path / "whole" / folder.name)


@pytest.fixture
def editions(folder: Path, tmp_path: Path) -> Path:
    """A folder of editions that holds only the one in force."""
    shutil.copytree(folder, tmp_path / "editions" / folder.name)
    return tmp_path / "editions"


@pytest.fixture
def draft(folder: Path, tmp_path: Path) -> Draft:
    """A copy of the edition in force that says it corrects an observation."""
    return changed(folder, tmp_path / "draft", table="observations")


@pytest.fixture(scope="session")
def built(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """Every published file of the edition in force."""
    folder = shared_folder(tmp_path_factory, "builds")
    return build_files(edition, CITY, folder, base_url=BASE_URL, site_title=SITE)


@pytest.fixture(scope="session")
def small_built(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """Every published file of a small edition."""
    folder = tmp_path_factory.mktemp("small")
    return build_files(load_edition(small), CITY, folder, base_url=BASE_URL, site_title=SITE)


@pytest.fixture(scope="session")
def published(built: Manifest, edition: Edition) -> Path:
    """The folder of the edition's files, as it is served."""
    return built.public / "data" / edition.version
