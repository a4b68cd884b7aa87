"""Answers in PostgreSQL come back by following docs/deployment.md."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from data.models import Edition
from quiz.bank import read_bank
from quiz.migration import migrate
from quiz.store import Store
from tests.operation.contents import contents_of
from tests.operation.following import follow
from tests.operation.test_deployment import STOPS_AND_STARTS
from tests.quiz.builders import simulate_readers


def test_answers_in_postgresql_come_back_by_following_the_document(
    database: str, edition: Edition, tmp_path: Path
) -> None:
    migrate(database)
    store = Store(database)
    simulate_readers(store, read_bank(edition), 20)
    store.close()
    before = contents_of(database)
    assert len(before["quiz_answers"]) > 100
    plain = make_url(database).set(drivername="postgresql")
    environment = {
        "DATABASE_URL": plain.render_as_string(hide_password=False),
        "BACKUP": str(tmp_path),
    }
    assert follow("backup-postgresql", tmp_path, **environment) == []
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM quiz_answers"))
    engine.dispose()
    assert contents_of(database) != before
    assert follow("restore-postgresql", tmp_path, **environment) == STOPS_AND_STARTS
    assert contents_of(database) == before
