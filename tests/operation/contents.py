"""Everything that a database holds, to be compared."""

from __future__ import annotations

from sqlalchemy import MetaData, select

from quiz.database import open_engine


def contents_of(database_url: str) -> dict[str, list[str]]:
    """The rows of every table, in one order."""
    engine = open_engine(database_url)
    with engine.connect() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        contents = {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return contents
