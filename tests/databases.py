"""Where tests keep answers: files of SQLite, or databases of a PostgreSQL server of their own.

TEST_DATABASE_URL names the server and TEST_REDIS_URL a Redis; then the site of the tests uses
both, as several machines would (``make test-many`` starts them).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, create_engine, make_url, text

from quiz.migration import migrate


def _own_part(redis: str) -> str:
    """The database of a Redis server that is this process's own among those that run tests."""
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return redis and urlsplit(redis)._replace(path=f"/{number}").geturl()


SERVER = os.environ.get("TEST_DATABASE_URL", "")
REDIS = _own_part(os.environ.get("TEST_REDIS_URL", ""))
_MADE: set[str] = set()


def redis_at(port: int) -> str:
    """The address of this process's own part of the Redis server, by a port that leads there."""
    return f"redis://127.0.0.1:{port}{urlsplit(REDIS).path}"


_FOLDER = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


def new_database(folder: Path, template: str = "") -> str:
    """The address of a database without any tables: in ``folder``, or on the server.

    With a ``template``, the address of a database that nobody uses, it has what that has.
    """
    if not SERVER:
        database = folder / "site.db"
        if template:
            shutil.copy(make_url(template).database or "", database)
        return f"sqlite:///{database}"
    url = make_url(SERVER).set(drivername="postgresql+psycopg", database=f"site_{uuid.uuid4().hex}")
    address = url.render_as_string(hide_password=False)
    name = make_url(template).database if template else "template1"
    with _as_owner() as connection:
        connection.execute(text(f"CREATE DATABASE {url.database} TEMPLATE {name}"))
    _MADE.add(address)
    return address


def new_tables(folder: Path) -> str:
    """The address of a database with empty tables: copied, since making them takes longer."""
    return new_database(folder, _tables())


@cache
def _tables() -> str:
    address = new_database(Path(_FOLDER.name))
    migrate(address)
    return address


def copy_database(source: str, target: str) -> None:
    """Let ``target`` hold what ``source`` holds; nobody may use either meanwhile."""
    source_name, target_name = make_url(source).database, make_url(target).database
    assert source_name
    assert target_name
    if not SERVER:
        for journal in Path(target_name).parent.glob(f"{Path(target_name).name}-*"):
            journal.unlink()
        shutil.copy(source_name, target_name)
        return
    with _as_owner() as connection:
        connection.execute(text(f"DROP DATABASE {target_name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {target_name} TEMPLATE {source_name}"))


def drop_database(address: str) -> None:
    """Throw a database away; a file of SQLite is left to its folder."""
    if SERVER and address in _MADE:
        _MADE.remove(address)
        with _as_owner() as connection:
            connection.execute(text(f"DROP DATABASE {make_url(address).database} WITH (FORCE)"))


def drop_all_databases() -> None:
    """Throw away what is left."""
    for address in tuple(_MADE):
        drop_database(address)


@contextmanager
def _as_owner() -> Iterator[Connection]:
    server = make_url(SERVER).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
