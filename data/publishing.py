"""Makes the next edition from a folder of tables: all checks first, then one renaming."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.changes import CHANGES_FILE, written
from data.checks import is_date
from data.checksums import SUMS_FILE, sums_bytes, sums_of
from data.editions import (
    EDITIONS,
    TEXTS,
    Reading,
    edition_folders,
    edition_of,
    load_edition,
    read_edition,
)
from data.exports.text_files import write_texts
from data.faults import BrokenEdition, Fault, UnreadableEdition
from data.locks import fsync_folder, only_writer
from data.models import ChangeLog, Edition, EditionKind
from data.package import PACKAGE_FILE, SCHEMA_NAME
from data.package import written as described
from data.profiles import has_profile, read_profile, site_title
from data.score_tables import read_scores, score_tables
from data.scoring import METHOD
from data.table_changes import TableChange, file_changes, step_of
from data.tables import SCHEMA_VERSION, TABLES
from data.versions import Step, next_version

FIRST_NUMBER = 1
_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Published:
    """The edition that was made: its folder, version and kind, and the rows that differ."""

    folder: Path
    version: str
    kind: EditionKind
    tables: tuple[TableChange, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    version: str
    date: str
    log: ChangeLog
    tables: tuple[TableChange, ...]
    schema: int = SCHEMA_VERSION


def publish(folder: Path, date: str, editions: Path = EDITIONS) -> Published:
    """Publish the tables in ``folder`` as the edition after the newest one in ``editions``.

    The folder holds the tables, datapackage.json and changes.yml; its own version and date are
    replaced. ``date`` is YEAR-MONTH-DAY. The new edition appears whole or not at all: a crash
    leaves the old one in force.

    Raises:
        BrokenEdition: something is wrong; the message lists every fault, and nothing changed.
        UnreadableEdition: ``folder`` or ``editions`` is no folder that can be read.
    """
    if not editions.is_dir():
        raise UnreadableEdition(f"{editions} is not a folder that can be read")
    reading = read_edition(folder)
    with only_writer(editions):
        _remove_unfinished(editions)
        plan = _plan(reading, date, editions)
        fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=editions))
        try:
            _write(fresh, reading, plan)
            written = _check_again(fresh)
            earlier = edition_folders(editions)
            before = load_edition(earlier[-1]) if earlier else None
            freeze(fresh, edition_of(written, {}), before)
            final = editions / plan.version
            fsync_folder(fresh)
            fresh.rename(final)
            fsync_folder(editions)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    return Published(final, plan.version, plan.log.kind, plan.tables)


def freeze(folder: Path, edition: Edition, before: Edition | None) -> None:
    """Write what is computed from ``edition`` into its folder, and SHA256SUMS of all of it.

    These are the scores of every city, and the text files of each that has a profile. ``before``
    is the edition that this one followed.
    """
    shutil.rmtree(folder / TEXTS, ignore_errors=True)  # What an earlier, killed run left.
    for name, content in score_tables(edition).items():
        _write_surely(folder / name, content)
    # Read back: the texts hold the scores that will be served, and nothing is scored twice.
    edition = replace(edition, scores=read_scores(folder, edition))
    for city in edition.cities.values():
        if has_profile(city):
            title = site_title(read_profile(city))
            texts = folder / TEXTS / city.id
            texts.mkdir(parents=True)
            write_texts(texts, edition, city.id, title, before, _write_surely)
            for part in (texts, *(path for path in texts.iterdir() if path.is_dir()), texts.parent):
                fsync_folder(part)
    _write_surely(folder / SUMS_FILE, sums_bytes(sums_of(folder)))


def _remove_unfinished(editions: Path) -> None:
    """Remove what a killed process left; nobody else writes while the lock is held."""
    for left in editions.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)


def _plan(reading: Reading, date: str, editions: Path) -> _Plan:
    faults = list(reading.faults)
    if not is_date(date):
        remedy = "write YEAR-MONTH-DAY, such as 2026-11-22"
        faults.append(Fault("--date", None, "", f"{date} is not a date", remedy))
    earlier = edition_folders(editions)
    if not earlier:
        if faults:
            raise BrokenEdition(faults)
        log = replace(reading.change_log, kind="first", before="", rows={})
        return _Plan(f"{int(date[:4])}.{FIRST_NUMBER}", date, log, ())
    before = read_edition(earlier[-1])
    faults += [replace(fault, file=f"{earlier[-1].name}/{fault.file}") for fault in before.faults]
    if is_date(date) and date < before.package.date:
        problem = f"{date} is before the date of edition {before.package.version}"
        remedy = f"give {before.package.date} or a later day"
        faults.append(Fault("--date", None, "", problem, remedy))
    if faults:
        raise BrokenEdition(faults)
    return _next(before, reading, date)


def _next(before: Reading, reading: Reading, date: str) -> _Plan:
    tables = file_changes(before.tables, reading.tables)
    step = step_of(tables) or _step_of_description(before, reading)
    faults = list(_silent(tables, reading.change_log))
    if step is None:
        problem = f"nothing differs from edition {before.package.version}"
        faults.append(Fault(PACKAGE_FILE, None, "", problem, "there is nothing to publish"))
    if reading.change_log.changes == before.change_log.changes:
        problem = f"the changes are those of edition {before.package.version}"
        faults.append(Fault(CHANGES_FILE, None, "", problem, "say what this edition changes"))
    if faults or step is None:
        raise BrokenEdition(faults)
    counts = {table_change.table: table_change.counts for table_change in tables if table_change}
    log = replace(reading.change_log, kind=step, before=before.package.version, rows=counts)
    version = next_version(before.package.version, step, int(date[:4]))
    # A correction keeps the shape of what it corrects.
    schema = before.package.schema if step == "patch" else SCHEMA_VERSION
    return _Plan(version, date, log, tables, schema)


def _step_of_description(before: Reading, after: Reading) -> Step | None:
    if before.package.method != METHOD:
        return "minor"
    same = _lasting(before.package.description) == _lasting(after.package.description)
    return None if same else "patch"


def _lasting(description: Any) -> dict[str, Any]:
    """The description without what is replaced in every edition."""
    replaced = ("version", "created", "scoringMethod", SCHEMA_NAME)
    return {name: value for name, value in description.items() if name not in replaced}


def _silent(tables: Iterable[TableChange], log: ChangeLog) -> Iterator[Fault]:
    """A published row may change or go only where the change log speaks of its table."""
    spoken = {change.table for change in log.changes if change.kind != "added"}
    for table in tables:
        if (table.changed or table.removed) and table.table not in spoken:
            counts = f"{len(table.changed)} changed and {len(table.removed)} removed rows"
            problem = f"{CHANGES_FILE} does not speak of {counts}"
            remedy = f"add a change with table: {table.table} that says what was corrected and why"
            yield Fault(TABLES[table.table].file, None, "", problem, remedy)


def _write(fresh: Path, reading: Reading, plan: _Plan) -> None:
    """Write the edition's files, each of them surely on the disk before it gets its name."""
    for name, table in reading.tables.files.items():
        _write_surely(fresh / TABLES[name].file, table.content)
    description = dict(reading.package.description)
    description |= {"version": plan.version, "created": f"{plan.date}T00:00:00Z"}
    description |= {"scoringMethod": METHOD, SCHEMA_NAME: plan.schema}
    _write_surely(fresh / PACKAGE_FILE, described(description))
    log = written(plan.version, plan.date, plan.log)
    _write_surely(fresh / CHANGES_FILE, log.encode())
    fresh.chmod(0o755)


def _write_surely(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _check_again(fresh: Path) -> Reading:
    """Read what was written; what is published passed the checks as it lies there."""
    reading = read_edition(fresh)
    if reading.faults:
        raise BrokenEdition(reading.faults)
    return reading
