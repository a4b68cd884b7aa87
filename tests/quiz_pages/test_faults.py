"""The store is away, read-only or full: the reader keeps the answer, the dashboard goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from data.models import Edition, Language
from pages.context import context_of
from quiz.faults import StoreFault, StoreFull, StoreReadOnly, StoreUnavailable
from tests.quiz_pages.builders import (
    BROWSER,
    Clock,
    Reader,
    break_store,
    fields_of,
    form_of,
    make_quiz_service,
    words_of,
)

DASHBOARD = ("/ru/", "/en/kpi/", "/ru/kpi/ec-ict-ict-1c/", "/en/economy/", "/sitemap.xml")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep the faults that are meant out of the log of the tests."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_an_answer_that_cannot_be_stored_stays_on_the_page_to_be_sent_again(
    reader: Reader, tmp_path: Path, language: Language
) -> None:
    reader.language = language
    store, option = reader.service.store, reader.item(1).options[2]
    form_fields = reader.fields(1, option)
    break_store(reader.service, tmp_path)
    answer = reader.send(1, form_fields)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    page = document_fromstring(answer.text)
    assert page.getroottree().getroot().get("lang") == language
    notice = {"en": "could not be stored", "ru": "не удалось сохранить"}[language]
    assert notice in words_of(page.get_element_by_id("quiz-notice"))
    (chosen,) = page.xpath("//input[@checked]/@value")
    assert chosen == option
    reader.service.store = store
    again = {**{name: form_of(page).fields[name] for name in ("stamp", "shown")}, "option": chosen}
    assert reader.send(1, again).status_code == 303
    assert [answer.option for answer in reader.run.answers] == [option]


@pytest.mark.parametrize("fault", [StoreFull, StoreReadOnly, StoreUnavailable])
def test_every_fault_of_the_store_is_told_alike(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, fault: type[StoreFault]
) -> None:
    form_fields = reader.fields(1, reader.item(1).right)

    def fail(*_: object) -> None:
        raise fault("the database's own words")

    monkeypatch.setattr(reader.service.store, "answer", fail)
    answer = reader.send(1, form_fields)
    assert answer.status_code == 503
    assert "own words" not in answer.text


def test_an_answer_without_its_question_is_told_in_words(reader: Reader, tmp_path: Path) -> None:
    form_fields = {**reader.fields(1, "a"), "shown": "no-such-question.1.abcd"}
    break_store(reader.service, tmp_path)
    answer = reader.send(1, form_fields)
    assert answer.status_code == 503
    assert document_fromstring(answer.text).xpath("//main//a/@href") == [""]


def test_pages_of_a_run_say_that_the_answers_are_out_of_reach(
    reader: Reader, tmp_path: Path
) -> None:
    break_store(reader.service, tmp_path)
    for address in (reader.address(1), reader.address("result"), "/en/quiz/statistics/"):
        answer = reader.client.get(address)
        assert answer.status_code == 503
        assert "Nothing is lost" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert int(answer.headers["Retry-After"]) > 0
    for ending in ("csv", "json"):
        assert reader.client.get(f"/quiz/statistics.{ending}").status_code == 503


def test_a_start_that_fails_can_be_tried_again(reader: Reader, tmp_path: Path) -> None:
    store = reader.service.store
    break_store(reader.service, tmp_path)
    answer = reader.start()
    assert answer.status_code == 503
    assert "the rest of the site works" in answer.text
    reader.service.store = store
    assert reader.start().status_code == 303


def test_another_ten_that_could_not_be_started_still_follow_the_run_before(
    reader: Reader, tmp_path: Path
) -> None:
    reader.answer_all()
    before, store = reader.run_id, reader.service.store
    fields = fields_of(form_of(reader.see("result")))
    break_store(reader.service, tmp_path)
    refused = reader.client.post("/en/quiz/", data=fields, headers=BROWSER)
    assert refused.status_code == 503
    reader.service.store = store
    again = fields_of(form_of(document_fromstring(refused.text)))
    assert again != fields
    answer = reader.client.post("/en/quiz/", data=again, headers=BROWSER)
    reader.run_id = answer.headers["Location"].split("/")[3]
    assert reader.run.predecessor == before
    assert not reader.run.first


def test_the_dashboard_goes_on_and_readiness_says_what_is_wrong(
    reader: Reader, tmp_path: Path
) -> None:
    assert reader.client.get("/readyz").status_code == 200
    break_store(reader.service, tmp_path)
    for address in (*DASHBOARD, "/en/quiz/", "/healthz"):
        assert reader.client.get(address).status_code == 200, address
    answer = reader.client.get("/readyz")
    assert answer.status_code == 503
    assert "answer store" in answer.text


def test_a_site_that_starts_without_its_store_takes_answers_once_it_is_there(
    dash_app: Dash, client: FlaskClient, edition: Edition, tmp_path: Path
) -> None:
    place = tmp_path / "in-the-way"
    place.write_text("not a folder", "utf-8")
    clock = Clock()
    former = context_of(dash_app.server).quiz
    service = make_quiz_service(edition, tmp_path, clock, database_url=f"sqlite:///{place}/site.db")
    context_of(dash_app.server).quiz = service
    try:
        reader = Reader(client, service, clock)
        assert reader.start().status_code == 503
        place.unlink()
        assert reader.start().status_code == 303
        assert reader.answer(1).status_code == 303
    finally:
        context_of(dash_app.server).quiz = former
        service.store.close()
