"""The application with a store of its own for each test; nothing reaches the developer's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from data.models import Edition
from pages.quiz.desk import Desk
from tests.databases import copy_database, drop_database
from tests.quiz.builders import simulate_readers
from tests.quiz_pages.builders import Clock, Reader, make_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(dash_app: Dash, edition: Edition, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The desk that the application works with during a test."""
    known = dash_app.server.extensions["city-quiz"]
    desk = make_desk(edition, tmp_path, clock)
    dash_app.server.extensions["city-quiz"] = desk
    yield desk
    dash_app.server.extensions["city-quiz"] = known
    desk.store.close()
    drop_database(desk.database_url)


@pytest.fixture
def reader(client: FlaskClient, desk: Desk, clock: Clock) -> Reader:
    """A reader who has started an English run."""
    reader = Reader(client, desk, clock)
    assert reader.start().status_code == 303
    return reader


@pytest.fixture(scope="session")
def many_answers(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the answers of many readers, to be copied and never changed."""
    desk = make_desk(edition, tmp_path_factory.mktemp("answers"), Clock())
    simulate_readers(desk.store, desk.bank, 450)
    desk.store.close()
    return desk.database_url


@pytest.fixture
def answered(desk: Desk, many_answers: str) -> Desk:
    """The desk of a test, with the answers of many readers in its store."""
    fill(desk, many_answers)
    return desk


def fill(desk: Desk, many_answers: str) -> None:
    """Give a desk a copy of the many answers in the place of its own."""
    desk.store.close()
    copy_database(many_answers, desk.database_url)
