"""Adds to the counters of the answer store and reads them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from quiz.statements import Statement

INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def grow(connection: Connection, table: Table, added: Mapping[Any, int]) -> None:
    """Add to counters, in the order of their keys so that no two writers wait for each other."""
    key = [column.name for column in table.primary_key]
    rows = [
        dict(zip(key, values, strict=True), total=total) for values, total in sorted(added.items())
    ]
    if rows:
        _growth(connection.dialect.name, table).run(connection, rows)


@cache
def _growth(dialect: str, table: Table) -> Statement:
    """Return the statement that adds to counters, which takes longer to build than to run."""
    insert = INSERT[dialect](table)
    return Statement(
        insert.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={"total": table.c.total + insert.excluded.total},
        )
    )


def totals_of(connection: Connection, table: Table) -> Any:
    """Return the counters of a table as rows: their keys, then their totals."""
    return connection.execute(select(*table.primary_key, table.c.total)).all()
