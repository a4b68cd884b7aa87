"""Statements that every answer needs: SQLAlchemy writes their SQL, the driver runs them.

SQLAlchemy keeps connections and transactions, too; to run a statement it takes several times as
long as the driver.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ClauseElement, Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

Parameters = Mapping[str, str | int | bool | None]


class _Written(NamedTuple):
    """SQL for one database, the order of its parameters, and what reads the columns of a row.

    Where parameters have names there is no order.
    """

    sql: str
    order: Sequence[str] | None
    readers: tuple[Callable[[Any], Any] | None, ...]


class Statement:
    """One statement, written once for each database."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def rows(self, connection: Connection, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return the rows that a query reads."""
        written, cursor = self._on(connection), connection.connection.cursor()
        try:
            cursor.execute(written.sql, _given(written, parameters))
            rows = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError(written.sql, None, error) from error
        finally:
            cursor.close()
        return [
            tuple(
                reader(value) if reader else value
                for reader, value in zip(written.readers, row, strict=True)
            )
            for row in rows
        ]

    def run(self, connection: Connection, rows: Sequence[Parameters] = ({},)) -> None:
        """Do what the statement says once for each of the parameters."""
        written, cursor = self._on(connection), connection.connection.cursor()
        try:
            for row in rows:
                cursor.execute(written.sql, _given(written, row))
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError(written.sql, None, error) from error
        finally:
            cursor.close()

    def _on(self, connection: Connection) -> _Written:
        dialect = connection.dialect
        if dialect.name not in self._written:
            self._written[dialect.name] = _write(self._statement, dialect)
        return self._written[dialect.name]


def _write(statement: ClauseElement, dialect: Dialect) -> _Written:
    compiled: Any = statement.compile(dialect=dialect)
    columns = statement.selected_columns if isinstance(statement, Select) else ()
    readers = tuple(
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
    )
    return _Written(str(compiled), compiled.positiontup, readers)


def _given(written: _Written, parameters: Parameters) -> Any:
    if written.order is None:
        return parameters
    return [parameters[name] for name in written.order]
