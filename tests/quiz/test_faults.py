"""A store that is read-only, full, locked, unreachable or not set up says so and harms nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, select, text

from quiz.bank import Bank
from quiz.database import WRITING, open_engine
from quiz.faults import StoreFault, StoreFull, StoreReadOnly, StoreUnavailable
from quiz.migration import migrate
from quiz.models import Run
from quiz.store import Store
from quiz.tables import runs
from tests.conftest import free_port
from tests.databases import SERVER
from tests.quiz.builders import answer_rightly, make_ticket, start
from tests.quiz.recomputation import raw_answers, recomputed_counts, stored_counts

WRITES: list[Callable[[Store, Bank, Run], object]] = [
    lambda store, bank, _run: store.start_run(make_ticket(), bank, "ru", "moscow"),
    lambda store, _bank, run: store.answer(run.id, 1, run.items[0].right, 5),
    lambda store, _bank, _run: store.count_exclusion("rate_limited"),
]


def read_only(url: str) -> str:
    """The address of the same database, for reading alone."""
    parts = make_url(url)
    if SERVER:
        options = {"options": "-c default_transaction_read_only=on"}
        return parts.update_query_dict(options).render_as_string(hide_password=False)
    return f"sqlite:///file:{parts.database}?mode=ro&uri=true"


@pytest.mark.parametrize("write", WRITES, ids=["start", "answer", "exclusion"])
def test_a_read_only_store_can_be_read_but_not_written(
    store: Store, database_url: str, bank: Bank, write: Callable[[Store, Bank, Run], object]
) -> None:
    run = start(store, bank)
    reader = Store(read_only(database_url))
    with pytest.raises(StoreReadOnly):
        write(reader, bank, run)
    assert reader.find_run(run.id) == run
    assert reader.counts() == {}
    reader.check()
    reader.close()


@pytest.fixture
def full(engine: Engine) -> Iterator[None]:
    """From now on there is no room: SQLite may not grow, PostgreSQL meets a full disk.

    PostgreSQL has no switch for it, so a trigger raises the server's own error.
    """
    if SERVER:
        with engine.begin() as connection:
            for statement in (
                """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = 'disk_full'; END $$""",
                """CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON quiz_counts
                FOR EACH ROW EXECUTE FUNCTION full_disk()""",
            ):
                connection.execute(text(statement))
        yield
        return

    def forbid_growth(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # That is: as many as there are.

    event.listen(Engine, "connect", forbid_growth)
    yield
    event.remove(Engine, "connect", forbid_growth)


@pytest.mark.usefixtures("full")
def test_a_full_store_says_so_and_keeps_what_it_acknowledged(
    database_url: str, engine: Engine, bank: Bank
) -> None:
    store = Store(database_url)
    acknowledged = 0
    with pytest.raises(StoreFull):  # noqa: PT012  # SQLite fills the pages it has first.
        for _ in range(1000):
            run = start(store, bank)
            for position, item in enumerate(run.items, 1):
                assert store.answer(run.id, position, item.right, 12).acknowledged
                acknowledged += 1
    assert len(raw_answers(engine)) == acknowledged
    assert stored_counts(engine) == recomputed_counts(raw_answers(engine))
    assert store.first_day() is not None, "it can still be read"
    store.close()


def test_a_store_that_is_locked_for_too_long_is_unavailable(
    store: Store, database_url: str, engine: Engine, bank: Bank
) -> None:
    run = start(store, bank)
    hasty = Store(database_url, busy_seconds=0.2)
    with engine.execution_options(begin=WRITING).begin() as other:
        other.execute(select(runs).with_for_update())
        with pytest.raises(StoreUnavailable):
            hasty.answer(run.id, 1, run.items[0].right, 5)
        assert hasty.find_run(run.id) == run, "readers need not wait"
    assert hasty.answer(run.id, 1, run.items[0].right, 5).outcome == "stored"
    hasty.close()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/at/all/site.db",
        f"postgresql://reader:secret@127.0.0.1:{free_port()}/site",
        f"postgres://reader:secret@127.0.0.1:{free_port()}/site",
        "mysql://reader:secret@127.0.0.1/site",
        "no address with a secret",
    ],
    ids=["nowhere", "closed postgresql", "closed postgres", "mysql", "no address"],
)
def test_a_store_that_cannot_be_reached_is_unavailable(url: str) -> None:
    store = Store(url, busy_seconds=1)
    for ask in (store.counts, store.check, lambda: store.answer("run", 1, "a", 5)):
        with pytest.raises(StoreUnavailable) as fault:
            ask()
        assert "secret" not in str(fault.value)


def test_the_address_that_hosts_give_for_postgresql_is_understood() -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        engine = open_engine(f"{scheme}://reader:secret@127.0.0.1/site")
        assert engine.url.drivername == "postgresql+psycopg"


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    file = tmp_path / "site.db"
    file.write_text("Once upon a time there was a text. " * 100)
    with pytest.raises(StoreUnavailable):
        Store(f"sqlite:///{file}").counts()
    with pytest.raises(StoreUnavailable):
        migrate(f"sqlite:///{file}")
    assert file.read_text().startswith("Once upon a time")


def test_a_store_without_tables_is_unavailable(empty_url: str, bank: Bank) -> None:
    store = Store(empty_url)
    for ask in (store.check, store.counts, lambda: start(store, bank)):
        with pytest.raises(StoreUnavailable):
            ask()
    store.close()


def test_tables_of_another_form_are_reported(store: Store, engine: Engine) -> None:
    store.check()
    with engine.begin() as connection:
        connection.execute(text("UPDATE quiz_migrations SET version_num = '0000'"))
    with pytest.raises(StoreUnavailable, match="python -m quiz migrate"):
        store.check()


def test_a_store_that_was_lost_and_comes_back_goes_on(
    store: Store, database_url: str, bank: Bank
) -> None:
    run = start(store, bank)
    break_connections(database_url)
    assert [receipt.outcome for receipt in answer_rightly(store, run)] == ["stored"] * 10


def break_connections(database_url: str) -> None:
    """End what the server holds open, as a restart does; a file has nothing of the kind."""
    if SERVER:
        admin = create_engine(make_url(SERVER).set(drivername="postgresql+psycopg"))
        with admin.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :n"),
                {"n": make_url(database_url).database},
            )
        admin.dispose()


def test_every_fault_of_the_store_is_one_kind() -> None:
    for kind in (StoreFull, StoreReadOnly, StoreUnavailable):
        assert issubclass(kind, StoreFault)


def test_answers_are_on_the_disk_before_they_are_acknowledged(database_url: str) -> None:
    if SERVER:
        name = make_url(database_url).database
        careless = open_engine(database_url)
        with careless.begin() as connection:
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        careless.dispose()
    wanted = {"SHOW synchronous_commit": "on"}
    if not SERVER:
        wanted = {"PRAGMA synchronous": "2", "PRAGMA journal_mode": "wal"}  # 2 is FULL.
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert {ask: str(connection.scalar(text(ask))) for ask in wanted} == wanted
    engine.dispose()


def test_a_connection_keeps_little_of_the_file_for_itself(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/answers.db")
    with ExitStack() as opened:
        several = [opened.enter_context(engine.connect()) for _ in range(3)]
        kept = [connection.scalar(text("PRAGMA cache_size")) for connection in several]
    engine.dispose()
    assert kept == [-256] * 3  # Negative means KiB.
