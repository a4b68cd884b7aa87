"""How often each file was downloaded: rows of month, file and edition, and nothing of readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from quiz.connections import insert_into
from quiz.tables import downloads


class Download(NamedTuple):
    """What is counted.

    ``month`` is one of UTC, such as 2026-11, ``file`` an address without its leading slash, and
    ``edition`` the version whose file stood there.
    """

    month: str
    file: str
    edition: str


DownloadCounts = Mapping[Download, int]
_KEY = Download._fields


def add_downloads(connection: Connection, counted: DownloadCounts) -> None:
    """Raise the counts, in the order of their keys so that two writers never wait in a circle."""
    insert = insert_into(connection, downloads)
    grow = insert.on_conflict_do_update(
        index_elements=_KEY, set_={"total": downloads.c.total + insert.excluded.total}
    )
    rows = [{**one._asdict(), "total": total} for one, total in sorted(counted.items())]
    if rows:
        connection.execute(grow, rows)


def read_downloads(connection: Connection) -> dict[Download, int]:
    """All counts, oldest month first, then by file and edition."""
    columns = [downloads.c[name] for name in _KEY]
    rows = connection.execute(select(*columns, downloads.c.total)).all()
    return dict(sorted((Download(*key), total) for *key, total in rows))
