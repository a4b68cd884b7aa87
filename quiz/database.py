"""Engines for SQLite and PostgreSQL, transactions on them, and what their errors mean."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Lock
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from quiz.faults import StoreFault, StoreFull, StoreReadOnly, StoreUnavailable
from quiz.statements import Statement

BUSY_SECONDS = 5.0
# An operation that waits longer for a connection is refused, and the store is taken to hang.
PATIENCE_SECONDS = 2.0
POOL_SIZE = 4

_CACHE_KIB = 256
# A try costs some 20 µs, and of each process one thread at a time tries.
_RETRY_SECONDS = 0.001

# How SQLite begins, for the execution option "begin". A transaction that read first and wrote
# later could not wait for its turn; PostgreSQL needs no such hint.
READING, WRITING, NO_TRANSACTION = "BEGIN", "BEGIN IMMEDIATE", ""
_BEGIN = {name: Statement(text(name)) for name in (READING, WRITING)}

_READ_ONLY_STATES = ("25006", "42501")  # read_only_sql_transaction, insufficient_privilege
_FULL_STATE = "53100"  # disk_full


class Database:
    """One process's connections to the answer store: ``pool_size`` of them at most.

    A store that hangs holds as many threads, and once that shows, no other thread waits for it:
    one at a time probes it, the rest are refused at once. After a write to a read-only store,
    all connections are closed before the next one opens: SQLite shares that state between the
    connections of a process.
    """

    def __init__(
        self,
        url: str,
        busy_seconds: float = BUSY_SECONDS,
        pool_size: int = POOL_SIZE,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.engine = open_engine(url, busy_seconds, pool_size, patience)
        self._busy_seconds = busy_seconds
        self._patience = patience
        self._write_lock = Lock()
        self._state = Condition()
        self._active = 0
        self._hangs = False
        self._read_only = False

    @contextmanager
    def transaction(self, begin: str = WRITING) -> Iterator[Connection]:
        """Run the block in one transaction: committed at its end, or nothing is done.

        Raises ``StoreFault`` where the database cannot do it.
        """
        with (
            self._admitted(),
            named_faults(),
            self.engine.connect().execution_options(begin=begin) as connection,
            self._turn_to_write(begin),
            connection.begin(),
        ):
            yield connection

    def check_admission(self) -> None:
        """Raise ``StoreUnavailable`` where the store hangs and another thread is probing it."""
        if self._hangs and self._active:
            raise StoreUnavailable("The store hangs, and another thread is probing it")

    @contextmanager
    def noticing_hang(self) -> Iterator[None]:
        """Take the store to hang where the block waits for it longer than patience, in vain."""
        begun = time.monotonic()
        try:
            yield
        except StoreUnavailable:
            self._hangs = self._hangs or time.monotonic() - begun >= self._patience
            raise

    @contextmanager
    def _admitted(self) -> Iterator[None]:
        with self._state:
            self.check_admission()
            if not self._state.wait_for(lambda: not self._read_only, self._patience):
                raise StoreUnavailable("Connections to the read-only store are still in use")
            self._active += 1
        try:
            with self.noticing_hang():
                yield
        except StoreReadOnly:
            self._read_only = True
            raise
        else:
            self._hangs = False
        finally:
            with self._state:
                self._active -= 1
                if self._read_only and not self._active:
                    self.engine.dispose()
                    self._read_only = False
                self._state.notify_all()

    @contextmanager
    def _turn_to_write(self, begin: str) -> Iterator[None]:
        """Let one thread write to SQLite at a time.

        Writers that meet at SQLite's own lock sleep and try again, longer each time, and the
        unlucky wait ten times as long as the others.
        """
        if begin != WRITING or self.engine.dialect.name != "sqlite":
            yield
            return
        if not self._write_lock.acquire(timeout=self._busy_seconds):
            raise StoreUnavailable("Other writers of this process did not end in time")
        try:
            yield
        finally:
            self._write_lock.release()


def open_engine(
    database_url: str,
    busy_seconds: float = BUSY_SECONDS,
    pool_size: int = POOL_SIZE,
    pool_timeout: float = PATIENCE_SECONDS,
) -> Engine:
    """Return an engine for a ``sqlite://`` or ``postgresql://`` URL; it connects on first use.

    Raises ``StoreUnavailable`` where the URL names no such database.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        # It may hold a password, hence no word of it.
        raise StoreUnavailable("The address of the database cannot be read") from error
    pool: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": 0,
        "pool_timeout": pool_timeout,
        "hide_parameters": True,  # What readers sent belongs in no log.
    }
    name = url.get_backend_name()
    if name in ("postgres", "postgresql"):
        # Its driver is loaded by sites that use it only.
        from quiz.postgresql import open_postgresql  # noqa: PLC0415  # See above.

        return open_postgresql(url.set(drivername="postgresql+psycopg"), busy_seconds, pool)
    if name == "sqlite":
        return _open_sqlite(url.set(drivername="sqlite+pysqlite"), busy_seconds, pool)
    raise StoreUnavailable(f"{name} is neither SQLite nor PostgreSQL")


def _open_sqlite(url: URL, busy_seconds: float, pool: dict[str, Any]) -> Engine:
    connect_args = {"timeout": busy_seconds, "check_same_thread": False}
    engine = create_engine(url, connect_args=connect_args, **pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: see below.
        # FULL: what was acknowledged outlives a power cut too, not only a killed process. It
        # costs next to nothing: a prototype stored 610 answers a second, 620 with NORMAL.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Two MiB unless said otherwise, for each thread of each process, filled as the file
        # grows; the system keeps the file in memory anyway, once for all of them.
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("begin", READING)
        if statement == WRITING:
            _begin_writing(connection, busy_seconds)
        elif statement:
            _BEGIN[statement].run(connection)

    return engine


def _begin_writing(connection: Connection, seconds: float) -> None:
    """Begin as soon as no other process writes, or raise after so many seconds.

    SQLite's own way of waiting sleeps longer each time, up to 100 ms, while another process
    writes again and again: the unlucky wait for a second.
    """
    driver: Any = connection.connection.driver_connection
    until = time.monotonic() + seconds
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                return _BEGIN[WRITING].run(connection)
            except DBAPIError as error:
                if not _is_locked(error) or time.monotonic() >= until:
                    raise
            time.sleep(_RETRY_SECONDS)
    finally:
        driver.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")


def _is_locked(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


@contextmanager
def named_faults() -> Iterator[None]:
    """Raise the errors of the database as ``StoreFault``, by their cause."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _fault_of(error) from error


def _fault_of(error: SQLAlchemyError) -> StoreFault:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    reason = str(cause).strip() or type(cause).__name__
    state = getattr(cause, "sqlstate", None)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # The rest is detail.
    if code == sqlite3.SQLITE_FULL or state == _FULL_STATE:
        return StoreFull(reason)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM) or state in _READ_ONLY_STATES:
        return StoreReadOnly(reason)
    return StoreUnavailable(reason)
