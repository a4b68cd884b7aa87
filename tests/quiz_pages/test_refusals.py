"""What is no answer of ours is refused with the right status, in words, with a way on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from lxml.html import document_fromstring

from quiz.tokens import Tokens
from tests.quiz_pages.builders import BROWSER, FORM, KEY, Reader, form_of, words_of


def post(reader: Reader, **options: Any) -> Any:
    return reader.client.post(reader.address(1), **{"headers": BROWSER, **options})


def test_no_choice_shows_the_question_again_with_a_message(reader: Reader) -> None:
    answer = reader.send(1, reader.fields(1))
    page = document_fromstring(answer.text)
    assert answer.status_code == 400
    assert words_of(page.get_element_by_id("quiz-notice")) == "Please choose one of the answers."
    assert page.find(".//fieldset").get("aria-describedby") == "quiz-notice"
    assert not reader.run.answers


def test_a_foreign_option_is_refused_and_counted(reader: Reader) -> None:
    answer = reader.send(1, reader.fields(1, "z"))
    assert answer.status_code == 400
    assert "no such answer" in answer.text
    assert document_fromstring(answer.text).xpath("//main//form")
    excluded = [t for t in reader.service.store.counts() if t.bucket == "foreign_option"]
    assert len(excluded) == 1


@pytest.mark.parametrize(
    "stamp",
    ["", "nonsense", Tokens(KEY).stamp("another-run", 1), Tokens("other").stamp("x", 1)],
    ids=["empty", "nonsense", "another run", "another key"],
)
def test_a_tampered_stamp_is_refused_with_the_choice_kept(reader: Reader, stamp: str) -> None:
    option = reader.item(1).options[0]
    answer = reader.send(1, {**reader.fields(1, option), "stamp": stamp})
    assert answer.status_code == 400
    page = document_fromstring(answer.text)
    (chosen,) = page.xpath("//input[@checked]/@value")
    assert chosen == option
    assert not reader.run.answers
    fresh = page.xpath("//input[@name='stamp']/@value")[0]
    assert reader.send(1, {"option": option, "stamp": fresh}).status_code == 303


def test_an_expired_or_tampered_start_is_refused_with_a_fresh_one(reader: Reader) -> None:
    expired = Tokens(KEY, lifetime=timedelta(seconds=-1))
    for token, tokens in ((expired.start(), expired), ("nonsense", reader.service.tokens)):
        reader.service.tokens = tokens
        answer = reader.client.post("/ru/quiz/", data={"token": token}, headers=BROWSER)
        assert answer.status_code == 400
        page = document_fromstring(answer.text)
        assert "Нажмите, пожалуйста" in page.text_content()
        assert form_of(page).fields["token"] not in ("", token)


@pytest.mark.parametrize("run", ["x", "a" * 22, "a" * 300, "%00" * 22, "ё" * 22])
@pytest.mark.parametrize("place", ["1", "result"])
def test_an_unknown_run_is_not_found(reader: Reader, run: str, place: str) -> None:
    answer = reader.client.get(f"/ru/quiz/{run}/{place}/")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.text


@pytest.mark.parametrize("position", [0, 11, 10**30])
def test_a_position_beyond_the_run_is_not_found(reader: Reader, position: int) -> None:
    assert reader.client.get(reader.address(position)).status_code == 404
    form_fields = {"option": "a", "stamp": reader.service.tokens.stamp(reader.run_id, position)}
    assert reader.send(position, form_fields).status_code == 404


def test_an_answer_to_an_unknown_run_is_not_found(reader: Reader) -> None:
    reader.run_id = "a" * 22
    form_fields = {"option": "a", "stamp": reader.service.tokens.stamp(reader.run_id, 1)}
    assert reader.send(1, form_fields).status_code == 404


@pytest.mark.parametrize("size", [17_000, 60_000, 1_000_000])
def test_a_large_body_is_refused(reader: Reader, size: int) -> None:
    assert post(reader, data=b"option=" + b"a" * size, content_type=FORM).status_code == 413
    assert not reader.run.answers


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_another_content_type_is_refused(reader: Reader, kind: str) -> None:
    assert post(reader, data=b"option=a", content_type=kind).status_code == 415


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(reader: Reader, method: str) -> None:
    answer = getattr(reader.client, method)(reader.address(1))
    assert answer.status_code == 405
    assert {"GET", "HEAD", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://indicators.example.org"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "https://localhost.elsewhere.example"},
        {"Origin": "http://localhost"},
        {"Origin": "null"},
    ],
)
def test_what_another_site_sends_is_refused(reader: Reader, headers: dict[str, str]) -> None:
    fields = reader.fields(1, reader.item(1).right)
    answer = reader.client.post(reader.address(1), data=fields, headers=headers)
    assert answer.status_code == 403
    assert not reader.run.answers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://indicators.example.org"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_what_our_own_pages_send_is_taken(reader: Reader, headers: dict[str, str]) -> None:
    fields = reader.fields(1, reader.item(1).right)
    answer = reader.client.post(reader.address(1), data=fields, headers=headers)
    assert answer.status_code == 303


def test_a_shared_score_is_from_none_to_all_of_ten(reader: Reader) -> None:
    for score in range(11):
        page = document_fromstring(reader.client.get(f"/en/quiz/?score={score}").text)
        (title,) = page.xpath("//meta[@property='og:title']/@content")
        assert title == f"{score} of 10 in the city quiz. And you?"
    for nonsense in ("11", "-1", "07", "x", "٧", "7.0"):
        assert reader.client.get("/en/quiz/", query_string={"score": nonsense}).status_code == 400
