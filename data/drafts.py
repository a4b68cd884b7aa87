"""The plan of the next edition from a draft: all that the draft's own rows cannot say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from data.changes import CHANGES_FILE
from data.checks import is_date
from data.editions import EDITIONS, Reading, edition_folders, read_edition
from data.faults import BrokenEdition, Fault, UnreadableEdition, quoted
from data.models import ChangeLog
from data.package import PACKAGE_FILE, SCHEMA_NAME
from data.scoring import METHOD
from data.table_changes import TableChange, file_changes, step_of
from data.table_files import TableFiles
from data.tables import OBSERVATIONS, SCHEMA_VERSION, TABLES
from data.versions import Step, next_version

FIRST_NUMBER = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The next edition: its version, date, change log and the rows that differ."""

    version: str
    date: str
    log: ChangeLog
    tables: tuple[TableChange, ...]
    schema: int = SCHEMA_VERSION


class DraftCheck(NamedTuple):
    """A draft as read, what it would become, and every fault that keeps it from that."""

    reading: Reading
    plan: Plan | None
    faults: list[Fault]


def check_draft(folder: Path, date: str, editions: Path = EDITIONS) -> DraftCheck:
    """Return all for which ``publish`` would refuse a draft on a day.

    Raises ``UnreadableEdition`` where ``folder`` or ``editions`` is no folder.
    """
    if not editions.is_dir():
        raise UnreadableEdition(f"{editions} is not a folder that can be read")
    reading = read_edition(folder)
    try:
        return DraftCheck(reading, plan_of(reading, date, editions), [])
    except BrokenEdition as error:
        return DraftCheck(reading, None, list(error.faults))


def plan_of(reading: Reading, date: str, editions: Path) -> Plan:
    """Return what the edition after the newest one in ``editions`` is to be.

    Raises ``BrokenEdition`` with every fault of the draft and of its differences.
    """
    faults = list(reading.faults)
    if not is_date(date):
        remedy = "write YEAR-MONTH-DAY, such as 2026-11-22"
        faults.append(Fault("--date", None, "", f"{date} is not a date", remedy))
    earlier = edition_folders(editions)
    if not earlier:
        if faults:
            raise BrokenEdition(faults)
        log = replace(reading.change_log, kind="first", before="", rows={})
        return Plan(f"{int(date[:4])}.{FIRST_NUMBER}", date, log, ())
    before = read_edition(earlier[-1])
    faults += [replace(fault, file=f"{earlier[-1].name}/{fault.file}") for fault in before.faults]
    if is_date(date) and date < before.package.date:
        problem = f"{date} is before the date of edition {before.package.version}"
        remedy = f"give {before.package.date} or a later day"
        faults.append(Fault("--date", None, "", problem, remedy))
    if before.faults or not reading.sound:
        raise BrokenEdition(faults)  # Their rows cannot be compared.
    tables = file_changes(before.tables, reading.tables)
    step = step_of(tables) or _step_of_description(before, reading)
    faults += _differences(before, reading, tables, step)
    if faults or step is None:
        raise BrokenEdition(faults)
    counts = {table_change.table: table_change.counts for table_change in tables if table_change}
    log = replace(reading.change_log, kind=step, before=before.package.version, rows=counts)
    version = next_version(before.package.version, step, int(date[:4]))
    # A correction keeps the shape of what it corrects.
    schema = before.package.schema if step == "patch" else SCHEMA_VERSION
    return Plan(version, date, log, tables, schema)


def _differences(
    before: Reading, reading: Reading, tables: Iterable[TableChange], step: Step | None
) -> Iterator[Fault]:
    """Yield what is wrong with the differences from the edition before, and with their log."""
    if reading.change_log.changes:  # Else a fault of the file says so.
        yield from _silent(tables, reading.change_log)
    yield from _renamed(before.tables, reading.tables)
    if step is None:
        problem = f"nothing differs from edition {before.package.version}"
        yield Fault(PACKAGE_FILE, None, "", problem, "there is nothing to publish")
    if reading.change_log.changes == before.change_log.changes:
        problem = f"the changes are those of edition {before.package.version}"
        yield Fault(CHANGES_FILE, None, "", problem, "say what this edition changes")


def _renamed(before: TableFiles, after: TableFiles) -> Iterator[Fault]:
    """A published name keeps naming its value; corrections.csv says what else became of it."""
    corrected = after.cells("corrections", "value_id") or frozenset()
    names = {row["value_id"]: row for row in after.rows("observations", "value_id")}
    for row in before.rows("observations", "value_id"):
        name = row["value_id"]
        value = names.get(name)
        if name in corrected:
            continue
        if value is None:
            problem = f"the published value {quoted(name)} is not there"
            remedy = "give it its name back, or add a row to corrections.csv that withdraws it"
            yield Fault(OBSERVATIONS.file, None, "value_id", problem, remedy)
        elif place := [column for column in OBSERVATIONS.identity if value[column] != row[column]]:
            problem = f"{quoted(name)} named a value of another {', '.join(place)}"
            remedy = "give it a new name, or add what was corrected to corrections.csv"
            yield Fault(OBSERVATIONS.file, value.number, "value_id", problem, remedy)


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
