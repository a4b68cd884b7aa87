"""What is published as tables: their columns with types, and their cells as text.

The published tables are those of the whole edition; ``fulfilment`` and ``gaps`` are computed,
for one city as of its newest year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.fulfilment import Score, fulfilment_of, newest_year
from data.gaps import Gap, gaps_of
from data.models import Edition
from data.rows import Cells, number_text, rows_of
from data.score_steps import percent_text
from data.tables import TABLES, Column

# Integers are years and points; ``yes_no`` is yes or no in text, true or false elsewhere.
ColumnType = Literal["text", "number", "integer", "yes_no", "date"]

FULFILMENT = "fulfilment"
GAPS = "gaps"
_FULFILMENT_TYPES: Mapping[str, ColumnType] = {
    "code": "text",
    "data_point": "text",
    "as_of": "integer",
    "period": "text",
    "value": "number",
    "unit": "text",
    "direction": "text",
    "target": "number",
    "target_basis": "text",
    "share_percent": "number",
    "band": "text",
    "points": "integer",
    "reason": "text",
    "comparability": "text",
    "source_id": "text",
}
_GAPS_TYPES: Mapping[str, ColumnType] = {
    "code": "text",
    "data_point": "text",
    "as_of": "integer",
    "reason": "text",
    "newest_year": "integer",
    "detail_en": "text",
    "detail_ru": "text",
    "remedy_en": "text",
    "remedy_ru": "text",
}
FULFILMENT_HEADER = tuple(_FULFILMENT_TYPES)
GAPS_HEADER = tuple(_GAPS_TYPES)
COMPUTED: tuple[str, ...] = (FULFILMENT, GAPS)
EXPORTS: tuple[str, ...] = (*TABLES, *COMPUTED)


@dataclass(frozen=True, slots=True)
class Export:
    """One table ready to be written: the types of its columns in order, and text cells.

    An empty cell means unknown. Numbers keep the digits they were printed with.
    """

    name: str
    types: Mapping[str, ColumnType]
    rows: Sequence[Cells]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(self.types)


def export_of(edition: Edition, city: str, table: str) -> Export:
    """Return one table of ``EXPORTS``.

    Raises ``KeyError`` for a table or a city that the edition does not have.
    """
    if table == FULFILMENT:
        return Export(table, _FULFILMENT_TYPES, tuple(_fulfilment_rows(edition, city)))
    if table == GAPS:
        year = newest_year(edition, city)
        rows = tuple(_gap_cells(gap, year) for gap in gaps_of(edition, city, year))
        return Export(table, _GAPS_TYPES, rows)
    return Export(table, column_types(table), rows_of(edition, table))


def column_types(table: str) -> dict[str, ColumnType]:
    """The types of the columns of one table of ``EXPORTS``, in order."""
    if table in COMPUTED:
        return dict(_FULFILMENT_TYPES if table == FULFILMENT else _GAPS_TYPES)
    return {column.name: _type_of(column) for column in TABLES[table].columns}


def _type_of(column: Column) -> ColumnType:
    if column.vocabulary == ("yes", "no"):
        return "yes_no"
    kinds: Mapping[str, ColumnType] = {"number": "number", "date": "date", "year": "integer"}
    return kinds.get(column.kind, "text")


def _fulfilment_rows(edition: Edition, city: str) -> Iterable[Cells]:
    fulfilment = fulfilment_of(edition, city, newest_year(edition, city))
    for one in fulfilment.indicators:
        for score in one.scores:
            yield _fulfilment_cells(score, fulfilment.as_of)


def _fulfilment_cells(score: Score, as_of: int) -> Cells:
    seen, target, point = score.observation, score.target, score.data_point
    unit = point.unit_code if point else score.indicator.unit_code
    return (
        score.indicator.code,
        score.label,
        str(as_of),
        seen.period if seen else "",
        number_text(seen.value if seen else None),
        seen.unit_code if seen else unit,
        target.direction if target else score.indicator.direction,
        number_text(target.value if target else None),
        target.basis if target else "",
        percent_text(score.share),
        score.band,
        "" if score.points is None else str(score.points),
        score.reason or "",
        seen.comparability if seen else "",
        seen.source_id if seen else "",
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
