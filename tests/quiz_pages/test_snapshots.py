"""Snapshots of the statistics are made by who notices that a month is over, and stay."""

from __future__ import annotations

import csv
import io
import warnings
from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from rdflib import Graph

from data.models import LANGUAGES
from pages.quiz import service as service_module
from pages.quiz.service import QuizService
from quiz.faults import StoreUnavailable
from quiz.snapshots import find_snapshot
from quiz.tokens import utc_today
from tests.conftest import BASE_URL
from tests.data.dcat import DCAT, RULES, faults
from tests.quiz.builders import simulate_readers


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@pytest.fixture
def later(answered: QuizService, monkeypatch: pytest.MonkeyPatch) -> QuizService:
    """The service on the first day after the month of the answers."""
    first = next_month(utc_today())
    monkeypatch.setattr(service_module, "utc_today", lambda: first)
    return answered


def test_the_first_reader_of_a_month_keeps_the_one_before(
    client: FlaskClient, later: QuizService
) -> None:
    month = f"{utc_today():%Y-%m}"
    address = f"/quiz/statistics/{month}"
    assert client.get(f"{address}.json").status_code == 404
    paths = [
        f"/{language}/{path}" for language in LANGUAGES for path in ("quiz/statistics/", "data/")
    ]
    for page in [client.get(path).text for path in paths]:
        links = document_fromstring(page).xpath("//main//a/@href")
        assert {f"{address}.csv", f"{address}.json"} <= set(links)
    kept = client.get(f"{address}.json")
    assert kept.json
    assert kept.json["month"] == month
    live = client.get("/quiz/statistics.json").json
    assert live
    assert kept.json["first"] == live["first"]
    table = client.get(f"{address}.csv")
    snapshot = find_snapshot(later.store, month)
    assert snapshot
    assert list(csv.DictReader(io.StringIO(table.text))) == snapshot.table
    simulate_readers(later.store, later.bank, 3, seed=2)
    later.statistics._read_at = float("-inf")  # As if a minute had passed.
    assert client.get("/en/quiz/statistics/").status_code == 200
    for answer in (kept, table):
        again = client.get(answer.request.path)
        assert again.data == answer.data
        assert again.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_the_catalogue_of_the_quiz_has_each_month_once_it_is_there(
    client: FlaskClient, answered: QuizService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def months_of(name: str, notation: str) -> set[str]:
        answer = client.get(f"/quiz/catalog.{name}")
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        # rdflib's reader of JSON-LD uses a class of its own that it gave up.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            graph = Graph().parse(data=answer.text, format=notation)
        assert not [fault for rule in RULES for fault in faults(graph, rule)]
        return {str(address) for address in graph.objects(None, DCAT.downloadURL)}

    month = f"{utc_today():%Y-%m}"
    files = {f"{BASE_URL}/quiz/statistics/{month}.{form}" for form in ("csv", "json")}
    before = months_of("ttl", "turtle")
    assert before
    assert not files & before
    first = next_month(utc_today())
    monkeypatch.setattr(service_module, "utc_today", lambda: first)
    answered.statistics._read_at = float("-inf")  # As if a minute had passed.
    assert months_of("jsonld", "json-ld") == before | files
    assert months_of("ttl", "turtle") == before | files, "the cache has noticed"
    for file in files:
        assert client.get(file.removeprefix(BASE_URL)).status_code == 200


@pytest.mark.parametrize("month", ["1999-01", "2026-13", "2026-1", "x", "2026-11%00"])
def test_a_month_without_a_snapshot_is_not_found(
    client: FlaskClient, service: QuizService, month: str
) -> None:
    assert not service.statistics.snapshots
    for form in ("csv", "json"):
        assert client.get(f"/quiz/statistics/{month}.{form}").status_code == 404


def test_statistics_are_read_although_no_snapshot_can_be_made(
    later: QuizService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_about: object) -> None:
        raise StoreUnavailable("read-only")

    with monkeypatch.context() as patch:
        patch.setattr(service_module, "make_snapshots", fail)
        assert later.statistics.read().participants
    assert "snapshots of the statistics cannot be made: read-only" in caplog.text
    later.statistics._read_at = float("-inf")  # As if a minute had passed.
    later.statistics.read()
    assert list(later.statistics.snapshots) == [f"{utc_today():%Y-%m}"]
