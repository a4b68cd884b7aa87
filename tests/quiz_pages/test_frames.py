"""Questions in frames on other sites: asked by GET, answered by POST, counted as from an embed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from werkzeug.test import TestResponse

from components.formats import quantity
from components.texts import text
from data.models import Language
from pages.quiz.service import QuizService
from quiz.counters import CounterKey
from quiz.database import open_engine
from quiz.models import KindName, Question
from quiz.tables import runs
from quiz.tokens import Tokens
from tests.builders import nesting_faults
from tests.conftest import BASE_URL
from tests.quiz_pages.builders import BROWSER, KEY, Clock, break_store, fields_of, form_of, words_of
from tests.quiz_pages.test_limits import limit_service

LARGEST = 12_000
COMPRESSED = {"Accept-Encoding": "br"}
# A frame that its host put in a sandbox has no origin.
SANDBOXED = {"Sec-Fetch-Site": "cross-site", "Origin": "null"}
KINDS: dict[KindName, tuple[str, str, str]] = {
    "choice": ("option", "online-services", ""),
    "trend": ("option", "turnout-trend", ""),
    "estimate": ("number", "water-at-home", "137"),
    "draw": ("line", "road-deaths-line", ""),
}


def question_of(service: QuizService, question_id: str) -> Question:
    return next(question for question in service.bank.current if question.id == question_id)


def right_answer(question: Question, kind: KindName) -> str:
    if kind == "draw":
        assert question.scale
        return " ".join([str(question.scale.value)] * question.scale.points)
    return KINDS[kind][2] or question.answer


def fields(client: FlaskClient, clock: Clock, address: str) -> dict[str, str]:
    """What the form in a frame would send after ten seconds."""
    filled = fields_of(form_of(document_fromstring(client.get(address).text)))
    clock.now += 10
    return filled


def send(client: FlaskClient, address: str, filled: dict[str, str]) -> TestResponse:
    return client.post(address, data=filled, headers=SANDBOXED)


def run_ids(service: QuizService) -> list[str]:
    engine = open_engine(service.database_url)
    with engine.connect() as connection:
        ids = list(connection.scalars(select(runs.c.id)))
    engine.dispose()
    return ids


def notice(page: HtmlElement) -> str:
    return words_of(page.get_element_by_id("quiz-notice"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_answered_in_its_frame(
    client: FlaskClient, service: QuizService, clock: Clock, language: Language, kind: KindName
) -> None:
    field, question_id, _ = KINDS[kind]
    question = question_of(service, question_id)
    address = f"/embed/{language}/quiz/{question_id}?theme=dark"
    frame = client.get(address)
    assert (frame.status_code, frame.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in frame.headers
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert question.explanation[language] not in frame.text
    assert not run_ids(service), "to look is not to answer"
    filled = {**fields(client, clock, address), field: right_answer(question, kind)}
    answer = send(client, address, filled)
    assert answer.status_code == 200
    for response in (frame, answer):
        assert "Set-Cookie" not in response.headers
        assert not nesting_faults(response.text)
    again = client.post(address, data=filled, headers={**SANDBOXED, **COMPRESSED})
    assert len(again.data) < LARGEST
    assert len(client.get(address, headers=COMPRESSED).data) < LARGEST
    page = document_fromstring(answer.text)
    assert page.get_element_by_id("quiz-verdict").getparent().get("class").endswith("is-right")
    assert " ".join(question.explanation[language].split()) in words_of(page)
    assert page.find_class("q-others")
    assert page.find_class("q-facts")
    (run_id,) = run_ids(service)
    run = service.store.find_run(run_id)
    assert run
    assert (run.origin, run.series, run.language, len(run.items)) == ("embed", "embed", language, 1)
    assert [(stored.right, stored.seconds) for stored in run.answers] == [(True, 10)]
    counted = service.store.counts()
    assert counted[CounterKey("right", *question.key, "embed", language)] == 1
    assert not any(key.name in ("score", "rest") for key in counted)


def test_the_way_on_avoids_the_question_and_is_from_an_embed_too(
    client: FlaskClient, service: QuizService, clock: Clock
) -> None:
    address = "/embed/en/quiz/online-services"
    answer = send(client, address, {**fields(client, clock, address), "option": "a"})
    (run_id,) = run_ids(service)
    way = str(document_fromstring(answer.text).get_element_by_id("quiz-next").get("href"))
    assert way == f"{BASE_URL}/en/quiz/?origin=embed&after={run_id}"
    way = way.removeprefix(BASE_URL)
    start = fields_of(form_of(document_fromstring(client.get(way).text)))
    # A form that was open for too long is renewed.
    renewed = {"token": service.tokens.renewed(start["token"])}
    for fields_sent in (start, renewed):
        started = client.post("/en/quiz/", data=fields_sent, headers=BROWSER)
        run = service.store.find_run(started.headers["Location"].split("/")[3])
        assert run
        assert (run.origin, run.predecessor) == ("embed", run_id)
        assert "online-services" not in {item.question_id for item in run.items}
    assert client.get("/en/quiz/?origin=room").status_code == 400
    assert client.get("/en/quiz/?after=x").status_code == 400


@pytest.mark.parametrize(
    ("kind", "sent", "key"),
    [
        ("choice", {}, "quiz_choose"),
        ("choice", {"option": "z"}, "quiz_foreign_option"),
        ("estimate", {"number": "much"}, "quiz_not_a_number"),
        ("estimate", {"number": "9999"}, "quiz_out_of_range"),
        ("draw", {"line": "1 2"}, "quiz_wrong_points"),
        ("choice", {"option": "a", "token": "x"}, "quiz_bad_stamp"),
    ],
)
def test_what_cannot_be_taken_is_asked_again_and_stores_nothing(
    client: FlaskClient,
    service: QuizService,
    clock: Clock,
    language: Language,
    kind: KindName,
    sent: dict[str, str],
    key: str,
) -> None:
    address = f"/embed/{language}/quiz/{KINDS[kind][1]}"
    answer = send(client, address, {**fields(client, clock, address), **sent})
    assert answer.status_code == 400
    page = document_fromstring(answer.text)
    scale = question_of(service, KINDS[kind][1]).scale
    unit = question_of(service, KINDS[kind][1]).unit
    ends = (
        {
            "low": quantity(scale.lowest, unit, language),
            "high": quantity(scale.highest, unit, language),
        }
        if scale
        else {}
    )
    assert notice(page) == " ".join(text(key, language, **ends).split())
    assert not run_ids(service)
    # The form that is there now is good.
    again = {
        **fields_of(form_of(page)),
        KINDS[kind][0]: right_answer(question_of(service, KINDS[kind][1]), kind),
    }
    assert send(client, address, again).status_code == 200
    assert len(run_ids(service)) == 1


def test_a_token_is_good_for_its_question_and_its_day(
    client: FlaskClient, service: QuizService, clock: Clock
) -> None:
    form_fields = fields(client, clock, "/embed/en/quiz/turnout-trend")
    answer = send(client, "/embed/en/quiz/online-services", {**form_fields, "option": "a"})
    assert answer.status_code == 400
    assert notice(document_fromstring(answer.text)) == text("quiz_bad_stamp", "en")
    address = "/embed/en/quiz/online-services"
    filled = fields(client, clock, address)
    service.tokens = Tokens(KEY, timedelta(seconds=-1), clock)
    answer = send(client, address, {**filled, "option": "a"})
    assert answer.status_code == 400
    assert notice(document_fromstring(answer.text)) == text("quiz_old_start", "en")
    assert not run_ids(service)


def test_an_answer_counts_once_and_the_first_one_stays(
    client: FlaskClient, service: QuizService, clock: Clock
) -> None:
    address = "/embed/en/quiz/online-services"
    filled = fields(client, clock, address)
    right = question_of(service, "online-services").answer
    wrong = next(name for name in "abc" if name != right)
    first = send(client, address, {**filled, "option": right})
    assert first.status_code == 200
    assert send(client, address, {**filled, "option": right}).text == first.text
    changed = send(client, address, {**filled, "option": wrong})
    assert changed.status_code == 409
    page = document_fromstring(changed.text)
    assert notice(page) == text("quiz_changed", "en")
    assert page.find_class("is-right")
    assert len(run_ids(service)) == 1


def test_an_answer_is_kept_while_the_store_is_away_and_counts_once_it_is_back(
    client: FlaskClient, service: QuizService, clock: Clock, tmp_path: Path
) -> None:
    address = "/embed/ru/quiz/online-services"
    filled = {**fields(client, clock, address), "option": "a"}
    store = service.store
    break_store(service, tmp_path)
    answer = send(client, address, filled)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    form = form_of(document_fromstring(answer.text))
    assert fields_of(form) == filled
    service.store = service.statistics._store = store
    assert send(client, address, fields_of(form)).status_code == 200
    assert len(run_ids(service)) == 1


def test_who_answers_too_fast_or_too_often_counts_nowhere(
    client: FlaskClient, service: QuizService, clock: Clock
) -> None:
    address = "/embed/en/quiz/online-services"
    filled = fields_of(form_of(document_fromstring(client.get(address).text)))
    assert send(client, address, {**filled, "option": "a"}).status_code == 200
    assert {key.name for key in service.store.counts()} == {"exclusion"}
    limit_service(service, starts_per_minute=0, answers_per_minute=1, run_answers_per_minute=0)
    for status in (200, 429):
        sent = {**fields(client, clock, address), "option": "a"}
        answer = send(client, address, sent)
        assert answer.status_code == status
    assert int(answer.headers["Retry-After"]) > 0
    assert fields_of(form_of(document_fromstring(answer.text))) == sent
    assert len(run_ids(service)) == 2


def test_a_question_that_is_not_asked_says_so_in_the_frame(
    client: FlaskClient, service: QuizService, language: Language
) -> None:
    online = question_of(service, "online-services")
    away = replace(online, city="asker")
    for question_id, status in (("nothing", 404), ("initiative-name", 410)):
        answer = client.get(f"/embed/{language}/quiz/{question_id}")
        key = "embed_retired_title" if status == 410 else "embed_no_question_title"
        assert answer.status_code == status
        page = document_fromstring(answer.text)
        assert page.findtext(".//h1") == text(key, language)
        assert page.xpath("//a/@href") == [f"{BASE_URL}/{language}/quiz/?origin=embed"]
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    bank = service.bank
    service.bank = replace(
        bank,
        questions=tuple(away if question is online else question for question in bank.questions),
    )
    assert client.get(f"/embed/{language}/quiz/online-services").status_code == 404
    service.bank = replace(bank, questions=(online,))
    for path in ("", "/online-services"):
        assert client.get(f"/embed/{language}/quiz{path}").status_code == 404


def test_the_start_in_a_frame_is_the_same_for_all_and_leads_to_the_quiz(
    client: FlaskClient, language: Language
) -> None:
    answer = client.get(f"/embed/{language}/quiz")
    assert answer.headers["ETag"]
    page = document_fromstring(answer.text)
    assert page.xpath("//a/@href") == [f"{BASE_URL}/{language}/quiz/?origin=embed"]
    assert page.xpath("//head/link[@type='application/json+oembed']/@href")
    assert client.get(f"/embed/{language}/quiz?theme=pink").status_code == 400


def test_only_frames_without_an_origin_may_send_from_elsewhere(
    client: FlaskClient, service: QuizService, clock: Clock
) -> None:
    address = "/embed/en/quiz/online-services"
    filled = {**fields(client, clock, address), "option": "a"}
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
    assert client.post(address, data=filled, headers=foreign).status_code == 403
    assert client.post("/en/quiz/", data=filled, headers=SANDBOXED).status_code == 403
    assert not run_ids(service)
    assert client.post(address, data=filled, headers=BROWSER).status_code == 200
