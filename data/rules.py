"""The rules that rows keep together; those of observations and targets have their own modules."""

import re
from collections import defaultdict
from collections.abc import Iterator

from data import scoring
from data.faults import Fault, quoted
from data.labels import labels_in
from data.models import EVERY_CITY, slug_of
from data.observation_rules import check_observations
from data.records import NO_LABEL, items_of
from data.table_files import TableFiles
from data.tables import (
    CITIES,
    CORRECTIONS,
    DATA_POINTS,
    INDICATORS,
    OBSERVATIONS,
    POPULATION,
    TABLES,
)
from data.target_rules import check_band_edges, check_targets

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EARLIEST_YEAR = 1900
_CORRECTION = ("date", "table_name", "value_id", "column_name", "new_value")
_YEAR = re.compile(r"[0-9]{4}")
# Of YEAR, and of YEAR-MM/YEAR-MM.
_YEARS = re.compile(r"([0-9]{4})(?:-[0-9]{2}/([0-9]{4})-[0-9]{2})?")


def check_rules(tables: TableFiles) -> list[Fault]:
    """Return every fault that only shows when rows are read together."""
    labels = labels_in(tables)
    return [
        *_slugs(tables),
        *_groups(tables),
        *_data_point_lists(tables),
        *_label_marks(tables),
        *check_observations(tables, labels),
        *check_targets(tables, labels),
        *_cities(tables),
        *_populations(tables),
        *_corrections(tables),
        *check_band_edges(scoring.BAND_EDGES),
    ]


def _slugs(tables: TableFiles) -> Iterator[Fault]:
    """Codes make addresses, so they must stay distinct and clean when written as one."""
    codes: dict[str, tuple[str, int]] = {}
    for row in tables.rows("indicators", "code"):
        code = row["code"]
        slug = slug_of(code)
        if code and not _SLUG.fullmatch(slug):
            problem = f"{quoted(code)} makes no address: {quoted(slug)}"
            remedy = "use letters, digits and hyphens, joined by “: ”"
            yield Fault(INDICATORS.file, row.number, "code", problem, remedy)
        other, number = codes.setdefault(slug, (code, row.number))
        if other != code:
            problem = f"{quoted(code)} makes the same address as {quoted(other)} in row {number}"
            yield Fault(INDICATORS.file, row.number, "code", problem, "rename one of them")


def _groups(tables: TableFiles) -> Iterator[Fault]:
    """A group has one name in each language, or it would fall apart into two."""
    for column in ("sub_dimension", "category"):
        russian = f"{column}_ru"
        first: dict[str, tuple[str, int]] = {}
        for row in tables.rows("indicators", column, russian):
            translation, number = first.setdefault(row[column], (row[russian], row.number))
            if row[russian] and row[russian] != translation:
                problem = f"{quoted(row[column])} is {quoted(row[russian])} here"
                problem += f", {quoted(translation)} in row {number}"
                yield Fault(INDICATORS.file, row.number, russian, problem, "use one translation")


def _data_point_lists(tables: TableFiles) -> Iterator[Fault]:
    points = tables.rows("data_points", "code", "data_point", "standard")
    if not points:
        return
    standard: dict[str, set[str]] = defaultdict(set)
    for point in points:
        if point["standard"] == "yes":
            standard[point["code"]].add(point["data_point"])
    for row in tables.rows("indicators", "code", "data_points"):
        listed = set(items_of(row["data_points"]))
        for label in sorted(listed ^ standard[row["code"]]):
            where = "here, not" if label in listed else "not here, but"
            problem = f"the data point {quoted(label)} is listed {where} in data_points.csv"
            remedy = "list the data points of the standard in both files"
            yield Fault(INDICATORS.file, row.number, "data_points", problem, remedy)


def _label_marks(tables: TableFiles) -> Iterator[Fault]:
    for row in tables.rows("data_points", "data_point"):
        label = row["data_point"]
        if label == NO_LABEL or ";" in label:
            problem = f"{quoted(label)} cannot be told from a list of labels"
            yield Fault(DATA_POINTS.file, row.number, "data_point", problem, "rename it")


def _cities(tables: TableFiles) -> Iterator[Fault]:
    for row in tables.rows("cities", "city"):
        city = row["city"]
        if city == EVERY_CITY or (city and not _SLUG.fullmatch(city)):
            problem = f"{quoted(city)} cannot name a city"
            remedy = f"use small letters, digits and hyphens, and not {EVERY_CITY}"
            yield Fault(CITIES.file, row.number, "city", problem, remedy)


def _populations(tables: TableFiles) -> Iterator[Fault]:
    for row in tables.rows("population", "population_thousand"):
        cell = row["population_thousand"]
        if cell and (cell.startswith("-") or not cell.strip("0.")):
            problem = f"{quoted(cell)} thousand residents cannot be"
            remedy = "correct it: rates divide by it"
            yield Fault(POPULATION.file, row.number, "population_thousand", problem, remedy)


def _corrections(tables: TableFiles) -> Iterator[Fault]:
    """Yield the corrections that say something else than the row of their value."""
    names = tables.cells("observations", "value_id")
    if names is None:
        return
    values = {row["value_id"]: row for row in tables.rows("observations", "value_id")}
    newest = {
        (row["value_id"], row["column_name"]): row
        for row in sorted(tables.rows("corrections", *_CORRECTION), key=lambda row: row["date"])
        if row["table_name"] == "observations"
    }
    for (value_id, column), row in newest.items():
        value = values.get(value_id)
        if not column and value is not None:
            problem = f"{quoted(value_id)} was withdrawn, but observations.csv has it"
            yield Fault(CORRECTIONS.file, row.number, "value_id", problem, "keep one of the two")
        elif column and value_id not in names and (value_id, "") not in newest:
            problem = f"observations.csv has no {quoted(value_id)}"
            remedy = "correct the name, or add a row that withdraws it"
            yield Fault(CORRECTIONS.file, row.number, "value_id", problem, remedy)
        elif value is None or (column in OBSERVATIONS.header and column not in value.cells):
            continue  # The value's row is broken or the column missing: a fault of its own.
        elif value[column] != row["new_value"]:
            problem = f"{column} was corrected to {quoted(row['new_value'])}"
            problem += f", but row {value.number} of observations.csv has {quoted(value[column])}"
            yield Fault(
                CORRECTIONS.file, row.number, "new_value", problem, "write what is there now"
            )


def check_years(tables: TableFiles, edition_date: str) -> Iterator[Fault]:
    """Yield every year or period outside the time that an edition of this day can tell of.

    One such row would turn the whole site into that of a year that has not been. An edition
    without a date says nothing here: that is a fault of its own.
    """
    if not _YEAR.match(edition_date):
        return
    newest = int(edition_date[:4])
    for name, table in TABLES.items():
        for column in (
            column.name
            for column in table.columns
            if column.kind in ("year", "period") and not column.ahead
        ):
            for row in tables.rows(name, column):
                written = _YEARS.fullmatch(row[column])
                years = [int(year) for year in written.groups() if year] if written else []
                if any(not EARLIEST_YEAR <= year <= newest for year in years):
                    problem = f"{quoted(row[column])} is not from {EARLIEST_YEAR} to {newest}"
                    remedy = f"correct it: the edition is of {newest} and tells of no later year"
                    yield Fault(table.file, row.number, column, problem, remedy)
