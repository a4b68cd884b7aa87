"""The application with a store of its own for each test; nothing reaches the developer's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from data.models import Edition
from pages.context import context_of
from pages.quiz.service import QuizService
from tests.databases import copy_database, drop_database
from tests.quiz_pages.builders import Clock, Reader, choices_of, make_quiz_service


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(
    dash_app: Dash, edition: Edition, tmp_path: Path, clock: Clock
) -> Iterator[QuizService]:
    """The service that the application works with during a test."""
    former = context_of(dash_app.server).quiz
    service = make_quiz_service(edition, tmp_path, clock)
    context_of(dash_app.server).quiz = service
    yield service
    context_of(dash_app.server).quiz = former
    service.store.close()
    drop_database(service.database_url)


@pytest.fixture
def reader(client: FlaskClient, service: QuizService, clock: Clock) -> Reader:
    """A reader who has started an English run of choices; test_kinds.py has the other kinds."""
    service.bank = choices_of(service.bank)
    reader = Reader(client, service, clock)
    assert reader.start().status_code == 303
    return reader


@pytest.fixture
def answered(service: QuizService, many_answers: str) -> QuizService:
    """The service of a test, with the answers of many readers in its store."""
    fill(service, many_answers)
    return service


def fill(service: QuizService, many_answers: str) -> None:
    """Give a service a copy of the many answers in the place of its own."""
    service.store.close()
    copy_database(many_answers, service.database_url)
