"""Published tables: their columns with types, and their cells as text.

The published tables are those of the whole edition; ``fulfilment`` and ``gaps`` are computed,
for one city as of the edition’s year.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.fulfilment import fulfilment_of
from data.gaps import Gap, gaps_of
from data.models import Edition
from data.records import Cells, columns_of, number_text, rows_of, tables_of
from data.score_steps import percent_text
from data.scores import Score
from data.tables import COMPUTED, ONE_JSON_SCHEMA, TABLES, ColumnType, Member

FULFILMENT, GAPS = COMPUTED
FULFILMENT_HEADER = COMPUTED[FULFILMENT].header
GAPS_HEADER = COMPUTED[GAPS].header
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
    return (*tables_of(edition), *COMPUTED)


def export_of(edition: Edition, city: str, table: str) -> Export:
    """Return one table of ``exports_of(edition)``: as it was published, or from the tables.

    A computed table has no rows where the edition does not have the city. Raises ``KeyError``
    for a table that the edition does not have.
    """
    if texts := edition.files.get(city):
        return written_export(texts, table)
    rows: Iterable[Cells] = ()
    if table not in COMPUTED:
        rows = rows_of(edition, table)
    elif city in edition.cities and table == FULFILMENT:
        rows = _fulfilment_rows(edition, city)
    elif city in edition.cities:
        year = edition.year
        rows = (_gap_cells(gap, year) for gap in gaps_of(edition, city, year))
    declared = COMPUTED.get(table) or TABLES[table]
    members = declared.members if edition.schema >= ONE_JSON_SCHEMA else ()
    return Export(table, column_types(edition, table), tuple(rows), members)


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
    return Export(table, {one["name"]: _written_type(one["datatype"]) for one in columns}, rows)


def _written_type(datatype: str | Mapping[str, str]) -> ColumnType:
    name = datatype if isinstance(datatype, str) else datatype["base"]
    return _WRITTEN_TYPES.get(name, "text")


def column_types(edition: Edition, table: str) -> dict[str, ColumnType]:
    """The types of the columns of one table of ``exports_of(edition)``, in order."""
    columns = COMPUTED[table].columns if table in COMPUTED else columns_of(edition, table)
    return {column.name: column.type for column in columns}


def _fulfilment_rows(edition: Edition, city: str) -> Iterable[Cells]:
    fulfilment = fulfilment_of(edition, city, edition.year)
    for indicator_score in fulfilment.indicators:
        for score in indicator_score.scores:
            yield _fulfilment_cells(score, fulfilment.as_of)


def _fulfilment_cells(score: Score, as_of: int) -> Cells:
    observation, target, point = score.observation, score.target, score.data_point
    unit = point.unit_code if point else score.indicator.unit_code
    return (
        score.indicator.code,
        score.label,
        str(as_of),
        observation.period if observation else "",
        number_text(observation.value if observation else None),
        observation.unit_code if observation else unit,
        target.direction if target else score.indicator.direction,
        number_text(target.value if target else None),
        target.basis if target else "",
        percent_text(score.share),
        score.band,
        "" if score.points is None else str(score.points),
        score.reason or "",
        observation.comparability if observation else "",
        observation.source_id if observation else "",
    )


def _gap_cells(gap: Gap, as_of: int) -> Cells:
    return (
        gap.indicator.code,
        gap.label,
        str(as_of),
        gap.reason,
        "" if gap.newest_year is None else str(gap.newest_year),
        gap.detail.en,
        gap.detail.ru,
        gap.remedy.en,
        gap.remedy.ru,
    )
