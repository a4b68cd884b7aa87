"""Everything that a database holds, to be compared."""

from __future__ import annotations

from sqlalchemy import inspect, text

from quiz.connections import open_engine


def contents_of(database_url: str) -> dict[str, list[str]]:
    """The rows of every table, in one order."""
    engine = open_engine(database_url)
    with engine.connect() as connection:
        found = {
            table: sorted(map(repr, connection.execute(text(f"SELECT * FROM {table}"))))  # noqa: S608
            for table in inspect(connection).get_table_names()
        }
    engine.dispose()
    return found
