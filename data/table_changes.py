"""Differences between two editions of the same tables: columns, ids and rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.models import Edition
from data.records import columns_of, rows_of, tables_of
from data.table_files import TableFiles
from data.tables import OBSERVATIONS, TABLES
from data.versions import Step

Record = Mapping[str, str]
_Numbered = dict[tuple[tuple[str, ...], int], Record]
# The tables whose keys others link to, so that none may vanish without notice.
_TABLES_OF_IDS = ("indicators", "data_points", "sources", "cities")


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that both editions have, with the columns in which they differ."""

    before: Record
    after: Record
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """Differences in one table; rows stand in the order of their file."""

    table: str
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    added: tuple[Record, ...]
    changed: tuple[ChangedRow, ...]
    removed: tuple[Record, ...]

    def __bool__(self) -> bool:
        columns = self.columns_added or self.columns_removed
        return bool(columns or self.added or self.changed or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of rows that were added, changed and removed."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "removed": len(self.removed),
        }


def table_changes(before: Edition, after: Edition) -> tuple[TableChange, ...]:
    """Differences between two editions, by table, in the order of the tables."""
    return tuple(
        _changes(table, *_records(before, table), *_records(after, table)) for table in TABLES
    )


def file_changes(before: TableFiles, after: TableFiles) -> tuple[TableChange, ...]:
    """The same for two folders as read; a table that one of them lacks has no columns there."""
    return tuple(_changes(table, *_rows(before, table), *_rows(after, table)) for table in TABLES)


def step_of(changes: Iterable[TableChange]) -> Step | None:
    """Return the level of the changes, by semantic versioning; None where nothing differs."""
    different = [table_change for table_change in changes if table_change]
    if any(
        table_change.columns_removed or (table_change.removed and _has_ids(table_change))
        for table_change in different
    ):
        return "major"
    if any(table_change.columns_added or table_change.added for table_change in different):
        return "minor"
    return "patch" if different else None


def identity_of(table: str) -> Callable[[Record], tuple[str, ...]]:
    """Return the columns that identify a row of a table across editions."""
    if table == "observations":
        return observation_identity
    return lambda row: tuple(row[column] for column in TABLES[table].identity)


def observation_identity(row: Record) -> tuple[str, ...]:
    """City, code, data point, period and source; for a row of words also the words."""
    return observation_place(row) if row["value"] else (*observation_place(row), row["value_text"])


def observation_place(row: Record) -> tuple[str, ...]:
    """City, code, data point, period and source: what a correction of the rest leaves alone."""
    return tuple(row[column] for column in OBSERVATIONS.identity)


def _has_ids(change: TableChange) -> bool:
    return change.table in _TABLES_OF_IDS


def _records(edition: Edition, table: str) -> tuple[Sequence[str], Sequence[Record]]:
    if table not in tables_of(edition):
        return (), ()
    header = [column.name for column in columns_of(edition, table)]
    rows = rows_of(edition, table)
    return header, [dict(zip(header, cells, strict=True)) for cells in rows]


def _rows(tables: TableFiles, table: str) -> tuple[Sequence[str], Sequence[Record]]:
    content = tables.files.get(table)
    return (content.header, [row.cells for row in tables.rows(table)]) if content else ((), ())


def _changes(
    table: str,
    header_before: Sequence[str],
    before: Sequence[Record],
    header_after: Sequence[str],
    after: Sequence[Record],
) -> TableChange:
    identity = identity_of(table)
    old, new = _numbered(before, identity), _numbered(after, identity)
    if table == "observations":
        old, new = _paired(old, new)
    both = [column for column in header_after if column in header_before]
    changed = (
        ChangedRow(
            old[key], row, tuple(column for column in both if old[key][column] != row[column])
        )
        for key, row in new.items()
        if key in old
    )
    return TableChange(
        table,
        tuple(column for column in header_after if column not in header_before),
        tuple(column for column in header_before if column not in header_after),
        tuple(row for key, row in new.items() if key not in old),
        tuple(changed_row for changed_row in changed if changed_row.columns),
        tuple(row for key, row in old.items() if key not in new),
    )


def _paired(old: _Numbered, new: _Numbered) -> tuple[_Numbered, _Numbered]:
    """The same rows, where corrected words stand under one key before and after.

    Words are all that tells rows without a number apart, so a row whose words were corrected is
    found by its place among those that the other edition does not have.
    """
    return _by_place(old, new), _by_place(new, old)


def _by_place(rows: _Numbered, other_rows: _Numbered) -> _Numbered:
    left = [row for key, row in rows.items() if key not in other_rows]
    # No other identity begins with an empty city, so none of the other rows is overwritten.
    placed = _numbered(left, lambda row: ("", *observation_place(row)))
    return {key: row for key, row in rows.items() if key in other_rows} | placed


def _numbered(rows: Iterable[Record], identity: Callable[[Record], tuple[str, ...]]) -> _Numbered:
    """Rows by identity; several of one identity are told apart by their order."""
    counts: Counter[tuple[str, ...]] = Counter()
    numbered = {}
    for row in rows:
        key = identity(row)
        numbered[key, counts[key]] = row
        counts[key] += 1
    return numbered
