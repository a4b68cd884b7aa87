"""Few threads use the database at a time, one while it hangs, and one writes to SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import event, text

from quiz.database import READING, WRITING, Database
from quiz.faults import StoreFault, StoreReadOnly, StoreUnavailable

PATIENCE = 0.2


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Two connections to an empty file; writers wait three times as long as is patient."""
    database = Database(f"sqlite:///{tmp_path / 'site.db'}", 3 * PATIENCE, 2, PATIENCE)
    yield database
    database.engine.dispose()


@contextmanager
def held(database: Database, number: int = 1, begin: str = READING) -> Iterator[None]:
    """Let so many threads be in a transaction while the block runs."""
    done, inside = Event(), [Event() for _ in range(number)]

    def hold(entered: Event) -> None:
        with database.transaction(begin):
            entered.set()
            assert done.wait(30)

    with ThreadPoolExecutor(number) as pool:
        jobs = [pool.submit(hold, entered) for entered in inside]
        assert all(entered.wait(30) for entered in inside)
        try:
            yield
        finally:
            done.set()
        for job in jobs:
            job.result(30)


def use(database: Database, begin: str = READING) -> None:
    with database.transaction(begin) as connection:
        connection.execute(text("SELECT 1"))


def fail(database: Database, fault: StoreFault) -> None:
    with suppress(type(fault)), database.transaction(READING):
        raise fault


def test_as_many_as_the_pool_holds_use_the_store_and_the_next_waits_for_one(
    database: Database,
) -> None:
    with held(database):
        use(database)
    with ThreadPoolExecutor(1) as thread:
        with held(database, 2):
            waiting = thread.submit(use, database)
            assert not waiting.done()
        waiting.result(30)


def test_who_waits_too_long_is_refused_and_the_next_ones_at_once(database: Database) -> None:
    with held(database, 2):
        with pytest.raises(StoreUnavailable, match="QueuePool"):
            use(database)
        with pytest.raises(StoreUnavailable, match="is probing it"):
            use(database)
    use(database)


def test_while_the_store_hangs_one_asks_and_the_others_are_refused_at_once(
    tmp_path: Path, database: Database
) -> None:
    other = Database(f"sqlite:///{tmp_path / 'site.db'}")
    with held(other, begin=WRITING), pytest.raises(StoreUnavailable, match="locked"):
        use(database, WRITING)
    other.engine.dispose()
    with held(database), pytest.raises(StoreUnavailable, match="is probing it"):
        use(database)
    with held(database):
        use(database)  # The one who asked found it well again.


@pytest.mark.parametrize("fault", [StoreUnavailable("at once"), StoreReadOnly("at once")])
def test_a_fault_that_comes_at_once_holds_nobody_back(
    database: Database, fault: StoreFault
) -> None:
    fail(database, fault)
    with held(database):
        use(database)


def test_connections_that_were_opened_read_only_are_closed_when_nobody_uses_them(
    database: Database,
) -> None:
    closed: list[object] = []
    event.listen(database.engine, "engine_disposed", closed.append)
    with held(database):
        fail(database, StoreReadOnly("for now"))
        with pytest.raises(StoreUnavailable, match="still in use"):
            use(database)
        assert not closed
    assert len(closed) == 1
    use(database)
    assert len(closed) == 1


def test_only_one_thread_writes_to_sqlite_at_a_time(database: Database) -> None:
    inside: list[int] = []
    most: list[int] = []

    def write(number: int) -> None:
        with database.transaction(WRITING):
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(2) as writers:
        list(writers.map(write, range(48)))
    assert most == [1] * 48


def test_a_turn_to_write_that_does_not_come_is_a_fault_of_the_store(database: Database) -> None:
    with held(database, begin=WRITING), pytest.raises(StoreUnavailable, match="did not end"):
        use(database, WRITING)
    use(database, WRITING)


def test_a_fault_of_ours_gives_connection_and_turn_back(database: Database) -> None:
    for _ in range(5):
        with pytest.raises(KeyError), database.transaction(WRITING):
            raise KeyError("a fault of ours")
    use(database, WRITING)


def test_who_waits_for_a_writer_of_another_process_comes_next(
    tmp_path: Path, database: Database
) -> None:
    other = Database(f"sqlite:///{tmp_path / 'site.db'}")
    patient = Database(f"sqlite:///{tmp_path / 'site.db'}", busy_seconds=30)
    with ThreadPoolExecutor(1) as thread:
        with held(other, begin=WRITING):
            waiting = thread.submit(use, patient, WRITING)
            with pytest.raises(StoreUnavailable, match="locked"):
                use(database, WRITING)
            assert not waiting.done()
        waiting.result(30)
    for used in (other, patient):
        used.engine.dispose()
