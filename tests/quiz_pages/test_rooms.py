"""Rooms by plain forms: opened, joined, led, taken at one's own pace, and refused in words."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from werkzeug.test import TestResponse

from components.texts import text
from data.models import LANGUAGES, Language
from pages.application import create_app
from pages.context import context_of
from pages.quiz.service import QuizService
from quiz.room_steps import LAST_STEP
from quiz.rooms import LIFETIME_SECONDS, Rooms, RoomState
from tests.conftest import altered, settings_of
from tests.quiz_pages.builders import (
    BROWSER,
    KEY,
    Clock,
    Reader,
    break_store,
    choices_of,
    fields_of,
    words_of,
)


class Presenter:
    """Opens a room and presses the button of its page."""

    def __init__(self, client: FlaskClient, service: QuizService, language: Language) -> None:
        service.bank = choices_of(service.bank)
        self.client, self.service, self.language = client, service, language
        self.address = ""

    def open(self, pace: str, **changes: str) -> TestResponse:
        page = document_fromstring(self.client.get(f"/{self.language}/quiz/").text)
        form = page.xpath("//section[@id='together']//form")[0]
        fields = {**fields_of(form), "pace": pace, **changes}
        response = self.client.post(form.get("action"), data=fields, headers=BROWSER)
        self.address = response.headers.get("Location", "")
        return response

    @property
    def secret(self) -> str:
        return self.address.split("/")[4]

    @property
    def code(self) -> str:
        room = self.service.rooms.presented(self.secret)
        assert room
        return room.code

    def see(self) -> HtmlElement:
        response = self.client.get(self.address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert 'name="robots" content="noindex"' in response.text
        return document_fromstring(response.text)

    def press(self, step: str | None = None) -> TestResponse:
        if step is None:
            (step,) = self.see().xpath("//main//form//input[@name='step']/@value")
        return self.client.post(self.address, data={"step": step}, headers=BROWSER)

    def watched(self) -> dict[str, Any]:
        (address,) = self.see().xpath("//@data-watch")
        state: dict[str, Any] = json.loads(self.client.get(address).data)
        return state


@pytest.fixture(params=LANGUAGES)
def presenter(
    client: FlaskClient, service: QuizService, request: pytest.FixtureRequest
) -> Presenter:
    return Presenter(client, service, request.param)


@pytest.fixture
def english(client: FlaskClient, service: QuizService) -> Presenter:
    return Presenter(client, service, "en")


def join(presenter: Presenter, clock: Clock) -> Reader:
    """Press the button of the page that the picture leads to."""
    reader = Reader(presenter.client, presenter.service, clock, presenter.language)
    address = f"/{presenter.language}/quiz/join/{presenter.code}/"
    page = document_fromstring(presenter.client.get(address).text)
    (form,) = page.xpath("//main//form")
    response = presenter.client.post(address, data=fields_of(form), headers=BROWSER)
    assert response.status_code == 303
    reader.run_id = response.headers["Location"].split("/")[3]
    return reader


def heading_of(reader: Reader, place: object) -> str:
    return words_of(reader.see(place).xpath("//main//h1")[0])


def test_a_led_room_from_its_door_to_its_scores(presenter: Presenter, clock: Clock) -> None:
    language = presenter.language
    assert presenter.open("led").status_code == 303
    first, second = join(presenter, clock), join(presenter, clock)
    assert heading_of(first, 1) == text("room_soon_title", language, n=1)
    assert presenter.press().status_code == 303
    assert first.answer(1).status_code == 303
    waiting = first.see(1)
    assert words_of(waiting.xpath("//main//h1")[0]) == text("room_answered_title", language)
    assert waiting.xpath("//noscript/meta[@http-equiv='refresh']")
    assert not waiting.xpath("//*[@id='quiz-verdict']"), "what is right comes with the closing"
    assert [words_of(part) for part in presenter.see().xpath("//*[@data-count]")] == ["2", "1"]
    presenter.press()
    assert first.see(1).xpath("//*[@id='quiz-verdict']")
    assert words_of(second.see(1).xpath("//*[@id='quiz-notice']")[0]) == text(
        "room_missed", language
    )
    closed = presenter.see()
    assert "100" in words_of(closed.xpath("//li[@class='is-right']")[0]), "also under ten"
    late = join(presenter, clock)
    presenter.press()
    for reader, rightly in ((first, True), (second, False), (late, True)):
        assert reader.answer(2, rightly).status_code == 303
    for _ in range(3, LAST_STEP):
        assert presenter.press().status_code == 303
    scores = text("room_scores", language, n=3, count="3", mean="{}", total=10).split("{}")[0]
    assert scores in words_of(presenter.see().xpath("//main")[0])
    result = words_of(late.see("result").xpath("//main")[0])
    assert text("room_missed_of", language, n=9) in result
    assert text("quiz_result_title", language, score=1, total=10) in result
    counted = {key.series for key in presenter.service.store.counts() if key.name == "right"}
    assert counted == {"room"}


def test_at_ones_own_pace_a_room_is_the_usual_run(english: Presenter, clock: Clock) -> None:
    english.open("own")
    first, second = join(english, clock), join(english, clock)
    assert first.run.items == second.run.items
    first.answer_all(right=7)
    assert first.see(3).xpath("//*[@id='quiz-verdict']"), "what is right comes at once"
    second.answer(1)
    state = english.watched()
    assert (state["members"], state["answered"], state["finished"]) == (2, 2, 1)
    fields = second.fields(2, second.item(2).right)
    english.press()
    english.press()
    assert english.see().xpath("//*[@class='q-distribution']/li")
    refused = second.send(2, fields)
    assert refused.status_code == 409
    assert text("room_closed", "en") in words_of(document_fromstring(refused.text))
    assert second.answer(3).status_code == 303


def test_an_answer_to_what_is_not_open_or_was_given_is_refused(
    english: Presenter, clock: Clock
) -> None:
    english.open("led")
    reader = join(english, clock)
    stamp = english.service.tokens.stamp(reader.run_id, 1)
    item = reader.item(1)
    early = reader.send(1, {"option": item.right, "stamp": stamp})
    assert (early.status_code, len(reader.run.answers)) == (409, 0)
    assert text("room_not_open", "en") in words_of(document_fromstring(early.text))
    english.press()
    reader.answer(1)
    other = next(option for option in item.options if option != item.right)
    changed = reader.send(1, {"option": other, "stamp": stamp})
    assert changed.status_code == 409
    assert 'id="quiz-verdict"' not in changed.text, "the wait goes on"


def test_a_button_pressed_twice_takes_one_step_and_a_stale_one_none(english: Presenter) -> None:
    english.open("led")
    assert [english.press("0").status_code for _ in range(2)] == [303, 303]
    assert english.watched()["step"] == 1
    english.press("1")
    stale = english.press("0")
    assert stale.status_code == 409
    assert text("room_stale", "en") in words_of(document_fromstring(stale.text))
    assert [english.press(step).status_code for step in ("", "x", "-1", "٣", "1e3")] == [400] * 5


def test_the_same_form_opens_one_room(english: Presenter) -> None:
    page = document_fromstring(english.client.get("/en/quiz/").text)
    form = page.xpath("//section[@id='together']//form")[0]
    fields = {**fields_of(form), "pace": "own"}
    sent = [english.client.post("/en/quiz/rooms/", data=fields, headers=BROWSER) for _ in range(2)]
    assert len({response.headers["Location"] for response in sent}) == 1
    assert english.open("both").status_code == 400
    forged = "forged"
    assert english.open("own", token=forged).status_code == 400


@pytest.mark.parametrize(
    ("typed", "status"),
    [("", 200), ("kx4m 72ph", 303), ("nonsense", 400), ("\N{PILE OF POO}", 400)],
)
def test_a_typed_code_leads_to_its_page(client: FlaskClient, typed: str, status: int) -> None:
    response = client.get("/en/quiz/join/", query_string={"code": typed})
    assert response.status_code == status
    if status == 303:
        assert response.headers["Location"] == "/en/quiz/join/KX4M72PH/"


@pytest.mark.parametrize(
    "address",
    ["/en/quiz/join/KX4M72PH/", "/en/quiz/join/nonsense/", "/en/quiz/present/wrong/"],
)
def test_what_is_no_room_or_no_secret_says_so(
    client: FlaskClient, service: QuizService, address: str
) -> None:
    for response in (client.get(address), client.post(address, data={"step": "0"})):
        assert response.status_code == 404
        assert text("room_gone_title", "en") in response.text
    assert service.store.counts() == {}


def test_a_room_that_is_over_is_as_unknown_as_any_other(english: Presenter, clock: Clock) -> None:
    english.open("led")
    reader, join_address = join(english, clock), f"/en/quiz/join/{english.code}/"
    (watched,) = english.see().xpath("//@data-watch")
    now = english.service.store.clock()
    english.service.store.clock = lambda: now + LIFETIME_SECONDS
    for address in (join_address, english.address):
        response = english.client.get(address)
        assert response.status_code == 404
        assert text("room_gone_title", "en") in response.text
    assert english.client.get(watched).get_json()["step"] == -1
    assert reader.see("result").xpath("//*[@id='quiz-result']")


def test_codes_tried_one_after_the_other_are_refused(tmp_path: Path) -> None:
    settings = altered(
        settings_of(),
        database_url=f"sqlite:///{tmp_path / 'site.db'}",
        redis_url="",
        secret_key=KEY,
        room_tries_per_day=2,
        rooms_per_day=2,
    )
    client = create_app(settings).server.test_client()
    service = context_of(client.application).quiz
    presenter = Presenter(client, service, "en")
    assert [presenter.open("own").status_code for _ in range(2)] == [303, 303]
    code, refused = presenter.code, Presenter(client, service, "en").open("own")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 3600
    assert "Please try again in 24 hours" in refused.text

    def tried(code: str, key: str = "") -> int:
        return client.get(f"/en/quiz/join/{code}/", query_string={"key": key}).status_code

    assert [tried(code) for _ in range(3)] == [200] * 3, "the codes of rooms are no tries"
    assert [tried("KX4M72PH") for _ in range(3)] == [404] * 3, "the same code is one try"
    assert [tried("KX4M72PX") for _ in range(2)] == [404, 429]
    assert tried(code) == tried(code, "forged") == 429, "or a code that is right would show"
    # Whoever scans the picture gets in, whatever somebody else behind the address has typed.
    key = service.tokens.room_key(code)
    page = client.get(f"/en/quiz/join/{code}/", query_string={"key": key})
    fields = fields_of(document_fromstring(page.text).xpath("//main//form")[0])
    joined = client.post(f"/en/quiz/join/{code}/", data=fields, headers=BROWSER)
    assert joined.status_code == 303
    service.store.close()


def test_a_presenter_ends_a_room_early(presenter: Presenter, clock: Clock) -> None:
    language = presenter.language
    presenter.open("led")
    answered, waiting = join(presenter, clock), join(presenter, clock)
    presenter.press()
    assert answered.answer(1).status_code == 303
    page, code = presenter.see(), presenter.code
    (form,) = page.xpath("//details[contains(@class, 'q-end')]//form")
    assert form.get("action") == presenter.address

    def end() -> TestResponse:
        return presenter.client.post(presenter.address, data=fields_of(form), headers=BROWSER)

    ended = end()
    assert (ended.status_code, end().status_code) == (200, 404), "a second press finds no room"
    assert text("room_ended_words", language) in ended.text
    assert presenter.client.get(f"/{language}/quiz/join/{code}/").status_code == 404
    assert answered.see("result").xpath("//*[@id='quiz-result']")
    left = waiting.see(1)
    assert text("room_over", language) in words_of(left)
    assert left.xpath("//*[@id='quiz-next']/@href") == [waiting.address("result")]
    assert len(answered.run.answers) == 1


def test_the_address_of_the_form_leads_to_where_rooms_are_opened(presenter: Presenter) -> None:
    response = presenter.client.get(f"/{presenter.language}/quiz/rooms/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/{presenter.language}/quiz/#together"


def test_a_full_room_says_so(
    english: Presenter, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.room_steps.MOST_MEMBERS", 1)
    english.open("own")
    join(english, clock)
    address = f"/en/quiz/join/{english.code}/"
    token = english.service.tokens.start()
    full = english.client.post(address, data={"token": token}, headers=BROWSER)
    assert full.status_code == 409
    assert text("room_full", "en") in full.text
    assert english.watched()["members"] == 1


def test_rooms_say_when_the_store_is_away(english: Presenter, clock: Clock, tmp_path: Path) -> None:
    english.open("led")
    join(english, clock)
    code = english.code
    (watched,) = english.see().xpath("//@data-watch")
    break_store(english.service, tmp_path)
    client = english.client
    assert english.press("0").status_code == 503
    assert client.get(english.address).status_code == 503
    assert client.get(f"/en/quiz/join/{code}/").status_code == 503
    assert client.get(watched).status_code == 503
    assert client.get("/quiz/rooms/forged.json").get_json()["step"] == -1


def test_a_room_is_read_once_a_second_however_often_it_is_asked_for(
    english: Presenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    english.open("led")
    (watched,) = english.see().xpath("//@data-watch")
    read, reads = Rooms.state, []

    def counted(rooms: Rooms, code: str) -> RoomState:
        reads.append(code)
        return read(rooms, code)

    monkeypatch.setattr(Rooms, "state", counted)
    begun = time.monotonic()
    answers = [english.client.get(watched) for _ in range(50)]
    assert 1 <= len(reads) <= 1 + (time.monotonic() - begun)
    assert {answer.get_json()["step"] for answer in answers} == {0}
    headers = answers[0].headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
