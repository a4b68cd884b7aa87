"""Published tables: their columns with types, and their cells as text.

The published tables are those of the edition and computed ones: ``values`` and ``scores`` of
every city, ``fulfilment`` and ``gaps`` of one city as of the edition’s year.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.exports.computed import FULFILMENT, GAPS, SCORES, fulfilment_rows, gap_rows, score_rows
from data.models import Edition
from data.records import Cells, columns_of, rows_of, tables_of
from data.tables import COMPUTED, ONE_JSON_SCHEMA, TABLES, ColumnType, Member, Table

VALUES = "values"
# Every declared table; an edition may lack those that a later schema version brought.
EXPORTS: tuple[str, ...] = (*TABLES, *COMPUTED)
TABLE_FORMS = ("csv", "json", "xlsx", "parquet", "ru-excel.csv")
# By the datatypes of CSVW; every other one is text.
_WRITTEN_TYPES: Mapping[str, ColumnType] = {
    "decimal": "number",
    "integer": "integer",
    "boolean": "yes_no",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Export:
    """One table ready to be written: the types of its columns in order, and text cells.

    An empty cell means unknown. Numbers keep the digits they were printed with. ``members`` are
    the values of its objects in JSON; without them each column is one.
    """

    name: str
    types: Mapping[str, ColumnType]
    rows: Sequence[Cells]
    members: tuple[Member, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(self.types)


def exports_of(edition: Edition) -> tuple[str, ...]:
    """Return the names of the tables that are published of an edition, in order."""
    computed = (name for name, table in COMPUTED.items() if table.since <= edition.schema)
    return (*tables_of(edition), *computed)


def export_of(edition: Edition, city: str, table: str) -> Export:
    """Return one table of ``exports_of(edition)``: as it was published, or from the tables.

    What is computed for one city has no rows where the edition does not have the city. Raises
    ``KeyError`` for a table that the edition does not have.
    """
    if table not in exports_of(edition):
        raise KeyError(table)
    declared = COMPUTED.get(table) or TABLES[table]
    texts = edition.files.get(city)
    if texts is None and declared.computed and declared.every_city:
        texts = next(iter(edition.files.values()), None)
    if texts is not None:
        return written_export(texts, table)
    types = column_types(edition, table)
    rows = rows_of(edition, table) if table in TABLES else _computed(edition, city, declared)
    members = declared.members if edition.schema >= ONE_JSON_SCHEMA else ()
    # Columns of a later schema version stand behind the others.
    return Export(table, types, tuple(row[: len(types)] for row in rows), members)


def _computed(edition: Edition, city: str, table: Table) -> Iterable[Cells]:
    if table.name == VALUES:
        # Imported here so that who reads written files never loads pandas.
        from data.exports.values import value_rows  # noqa: PLC0415  # See above.

        return value_rows(edition)
    if table.name == SCORES:
        return score_rows(edition)
    if city not in edition.cities:
        return ()
    return {FULFILMENT: fulfilment_rows, GAPS: gap_rows}[table.name](edition, city)


@lru_cache(maxsize=64)
def written_export(texts: Path, table: str) -> Export:
    """Return one table from the folder with the text files of an edition.

    Raises ``KeyError`` where the edition has no such table.
    """
    try:
        metadata = json.loads((texts / f"{table}.csv-metadata.json").read_bytes())
    except FileNotFoundError:
        raise KeyError(table) from None
    columns: list[dict[str, Any]] = metadata["tableSchema"]["columns"]
    with (texts / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = map(tuple, csv.reader(file))
    return Export(
        table, {column["name"]: _written_type(column["datatype"]) for column in columns}, rows
    )


def _written_type(datatype: str | Mapping[str, str]) -> ColumnType:
    name = datatype if isinstance(datatype, str) else datatype["base"]
    return _WRITTEN_TYPES.get(name, "text")


def column_types(edition: Edition, table: str) -> dict[str, ColumnType]:
    """The types of the columns of one table of ``exports_of(edition)``, in order."""
    computed = COMPUTED.get(table)
    columns = computed.columns_of(edition.schema) if computed else columns_of(edition, table)
    return {column.name: column.type for column in columns}
