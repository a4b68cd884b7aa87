"""Tables from nothing, once, however many ask for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from quiz.bank import Bank
from quiz.database import open_engine
from quiz.drawing import draw
from quiz.drawn_items import drawn_of
from quiz.faults import StoreUnavailable
from quiz.migration import VERSION_TABLE, migrate, newest_revision
from quiz.store import Store
from quiz.tables import metadata
from tests.quiz.builders import answer_rightly, start

pytestmark = pytest.mark.timing

ROOT = Path(__file__).parents[2]


def test_an_empty_database_gets_exactly_the_tables_of_the_code(empty_url: str) -> None:
    migrate(empty_url)
    engine = open_engine(empty_url)
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        assert names == {*metadata.tables, VERSION_TABLE}
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert context.get_current_revision() == newest_revision()
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrating_again_changes_nothing(store: Store, database_url: str, bank: Bank) -> None:
    answer_rightly(store, start(store, bank))
    before = store.counts()
    migrate(database_url)
    assert store.counts() == before


@pytest.mark.slow
def test_several_processes_may_migrate_at_once(empty_url: str) -> None:
    command = [sys.executable, "-m", "quiz", "migrate", empty_url]
    started = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(6)
    ]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 6, errors
    store = Store(empty_url)
    store.check()
    store.close()


def test_the_folder_of_a_file_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'folder with %' / 'site.db'}"
    migrate(url)
    store = Store(url)
    store.check()
    store.close()


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        migrate(f"sqlite:///{tmp_path / 'file' / 'site.db'}")


def test_earlier_code_goes_on_with_the_tables_of_later_code(
    store: Store, database_url: str, bank: Bank
) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE quiz_migrations SET version_num = '9999'"))
    migrate(database_url)
    store.check()
    answer_rightly(store, start(store, bank))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM quiz_migrations")) == "9999"
    engine.dispose()


def test_runs_from_before_origins_go_on(empty_url: str, bank: Bank) -> None:
    engine = open_engine(empty_url)
    migrate(empty_url, to="0002")
    before = (
        "INSERT INTO quiz_runs (id, language, city, seed, drawn, first, started_on) "
        "VALUES ('old', 'ru', 'moscow', 'seed', :drawn, :first, '2026-11-01')"
    )
    drawn = json.dumps([drawn_of(item) for item in draw(bank.questions_for("moscow"), "seed")])
    with engine.begin() as connection:
        connection.execute(text(before), {"drawn": drawn, "first": True})
        connection.execute(
            text("INSERT INTO quiz_answers VALUES ('old', 1, 'q', 1, 'a', :right, 5, NULL)"),
            {"right": True},
        )
    migrate(empty_url)
    store = Store(empty_url)
    run = store.find_run("old")
    assert run
    assert (run.origin, run.room, run.series, len(run.answers)) == ("site", None, "first", 1)
    assert {receipt.outcome for receipt in answer_rightly(store, run, 9)} == {"stored"}
    with engine.begin() as connection:
        # Code of before goes on beside it.
        connection.execute(text(before.replace("'old'", "'new'")), {"drawn": drawn, "first": False})
    run = store.find_run("new")
    assert run
    assert run.series == "again"
    store.close()
    engine.dispose()


def test_later_code_does_not_go_on_with_earlier_tables(store: Store, database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE quiz_migrations SET version_num = '0000'"))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="0000"):
        store.check()
