"""Connections to SQLite and PostgreSQL: how they are set up, and what their errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from quiz.faults import StoreFault, StoreFull, StoreReadOnly, StoreUnavailable

BUSY_SECONDS = 5.0
# What one process may have open; quiz/access.py lets fewer threads in at a time.
_KEPT, _MORE = 16, 16
_CACHED_KIB = 256

# A statement ends on the server before its client gives up.
_ROUND_TRIP = 1.0

# How SQLite begins, for the execution option "begin". A transaction that read first and wrote
# later could not wait for its turn; PostgreSQL needs no such hint.
READING, WRITING, NO_TRANSACTION = "BEGIN", "BEGIN IMMEDIATE", ""

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_READ_ONLY_STATES = ("25006", "42501")  # read_only_sql_transaction, insufficient_privilege
_FULL_STATE = "53100"  # disk_full


def open_engine(database_url: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine for a ``sqlite://`` or ``postgresql://`` address; it connects on first use.

    Raises ``StoreUnavailable`` where the address is of no such database.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        # The address may hold a password, hence no word of it.
        raise StoreUnavailable("The address of the database cannot be read") from error
    name = url.get_backend_name()
    if name in ("postgres", "postgresql"):
        return _open_postgresql(url.set(drivername="postgresql+psycopg"), busy_seconds)
    if name == "sqlite":
        return _open_sqlite(url.set(drivername="sqlite+pysqlite"), busy_seconds)
    raise StoreUnavailable(f"{name} is neither SQLite nor PostgreSQL")


def _open_sqlite(url: Any, busy_seconds: float) -> Engine:
    engine = create_engine(
        url,
        pool_size=_KEPT,
        max_overflow=_MORE,
        pool_timeout=busy_seconds,
        hide_parameters=True,  # What readers sent belongs in no log.
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: see below.
        # FULL: what was acknowledged outlives a power cut too, not only a killed process. It
        # costs next to nothing: a prototype stored 610 answers a second, 620 with NORMAL.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Two MiB unless said otherwise, for each thread of each process, filled as the file
        # grows; the system keeps the file in memory anyway, once for all of them.
        connection.execute(f"PRAGMA cache_size = -{_CACHED_KIB}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if statement := connection.get_execution_options().get("begin", READING):
            connection.exec_driver_sql(statement)

    return engine


def _open_postgresql(url: Any, busy_seconds: float) -> Engine:
    engine = create_engine(
        url,
        pool_size=_KEPT,
        max_overflow=_MORE,
        pool_timeout=busy_seconds,
        hide_parameters=True,  # What readers sent belongs in no log.
        pool_pre_ping=True,  # The server may have been restarted meanwhile.
        connect_args={"connect_timeout": max(1, round(busy_seconds))},
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, given: Any, named: Any) -> PatientConnection:
        connection = PatientConnection.connect(*given, **named)
        connection.patience = busy_seconds + _ROUND_TRIP
        return connection

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, false)", [f"{busy_seconds * 1000:.0f}"]
            )
            # A server may be set to acknowledge before it has written: not for answers.
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') = 'off'"
            )
        connection.commit()

    return engine


class PatientConnection(psycopg.Connection[Any]):
    """A connection that gives up on a server that keeps it open and says nothing.

    The server itself ends statements that take too long, but one that is frozen does not.
    """

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Called by psycopg for everything that is asked of the server."""
        try:
            return super().wait(gen, interval, timeout if self.patience is None else self.patience)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001  # It has no other name.
            self.pgconn.finish()  # Whatever comes now would be taken for another answer.
            message = f"no answer within {self.patience} s"
            raise psycopg.OperationalError(message) from error


def insert_into(connection: Connection, table: Table) -> Any:
    """An insert that can be told what to do where the row is there: each database has its own."""
    return _INSERT[connection.dialect.name](table)


@contextmanager
def faults_named() -> Iterator[None]:
    """Raise the errors of the database as ``StoreFault``, by their cause."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _fault_of(error) from error


def _fault_of(error: SQLAlchemyError) -> StoreFault:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    reason = str(cause).strip() or type(cause).__name__
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # The rest is detail.
        if code == sqlite3.SQLITE_FULL:
            return StoreFull(reason)
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return StoreReadOnly(reason)
    state = getattr(cause, "sqlstate", None)
    if state == _FULL_STATE:
        return StoreFull(reason)
    if state in _READ_ONLY_STATES:
        return StoreReadOnly(reason)
    return StoreUnavailable(reason)
