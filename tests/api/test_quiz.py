"""The statistics of the quiz reach programs as they reach readers, or are said to be away."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from pages.api.routes import add_api
from pages.documents import Documents
from pages.operation.concurrency_limit import ConcurrencyLimit
from pages.operation.rate_limit import open_rate_limits
from pages.quiz.service import QuizService, open_quiz_service, read_banks
from pages.site import Site
from quiz.exports import document
from tests.api.answers import ROOT, ask, problem
from tests.conftest import settings_of
from tests.databases import new_database, new_tables
from tests.quiz.builders import simulate_readers

ADDRESS = "quiz/statistics"


def desk_of(site: Site, database_url: str) -> QuizService:
    """Return the quiz of the site with answers of its own."""
    settings = settings_of(DATABASE_URL=database_url)
    limits = open_rate_limits(Flask("quiz"), settings)
    return open_quiz_service(settings, read_banks(site.edition), limits)


def client_of(site: Site, service: QuizService) -> FlaskClient:
    """Asks a server that has nothing but a quiz and the interface."""
    server = Flask("interface")
    add_api(server, site, Documents(ConcurrencyLimit(6)), service)
    return server.test_client()


def test_programs_read_the_same_figures_as_everybody(
    site: Site, many_answers: str, tmp_path: Path
) -> None:
    service = desk_of(site, new_database(tmp_path, many_answers))
    item = ask(client_of(site, service), ADDRESS)["item"]
    published = document(service.statistics.read())
    assert json.dumps(item, default=float) == json.dumps(published)
    assert item["participants"] >= 50
    assert item["first"]["questions"]


def test_new_answers_change_the_answer(site: Site, tmp_path: Path) -> None:
    service = desk_of(site, new_tables(tmp_path))
    client = client_of(site, service)
    before = client.get(ROOT + ADDRESS)
    simulate_readers(service.store, service.bank, 40)
    service.statistics._read_at = float("-inf")  # As if a minute had passed.
    after = client.get(ROOT + ADDRESS, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json["item"]["participants"] != before.json["item"]["participants"]


def test_a_store_that_is_away_is_told_as_a_problem(site: Site, tmp_path: Path) -> None:
    client = client_of(site, desk_of(site, f"sqlite:///{tmp_path}"))  # A folder is no database.
    details = problem(client, ROOT + ADDRESS, 503)
    assert details["type"].endswith("#/components/responses/unavailable")
    assert client.get(ROOT + ADDRESS).headers["Retry-After"] == "60"
    assert client.get(f"{ROOT}cities").status_code == 200


def test_a_site_without_a_quiz_does_not_describe_one(site: Site) -> None:
    server = Flask("interface")
    add_api(server, site, Documents(ConcurrencyLimit(6)))
    client = server.test_client()
    assert ROOT + ADDRESS not in client.get(f"{ROOT}openapi.json").json["paths"]
    problem(client, ROOT + ADDRESS, 404)
