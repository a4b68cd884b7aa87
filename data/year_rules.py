"""Years that cannot be: after that of the edition, or before anybody counted what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.faults import Fault, quoted
from data.table_files import TableFiles
from data.tables import TABLES

EARLIEST_YEAR = 1900
_YEAR = re.compile(r"[0-9]{4}")
# Of YEAR, and of YEAR-MM/YEAR-MM.
_YEARS = re.compile(r"([0-9]{4})(?:-[0-9]{2}/([0-9]{4})-[0-9]{2})?")


def check_years(tables: TableFiles, edition_date: str) -> Iterator[Fault]:
    """Yield every year or period outside the time that an edition of this day can tell of.

    One such row would turn the whole site into that of a year that has not been. An edition
    without a date says nothing here: that is a fault of its own.
    """
    if not _YEAR.match(edition_date):
        return
    newest = int(edition_date[:4])
    for name, table in TABLES.items():
        for column in (one.name for one in table.columns if one.kind in ("year", "period")):
            for row in tables.rows(name, column):
                written = _YEARS.fullmatch(row[column])
                years = [int(year) for year in written.groups() if year] if written else []
                if any(not EARLIEST_YEAR <= year <= newest for year in years):
                    problem = f"{quoted(row[column])} is not from {EARLIEST_YEAR} to {newest}"
                    remedy = f"correct it: the edition is of {newest} and tells of no later year"
                    yield Fault(table.file, row.number, column, problem, remedy)
