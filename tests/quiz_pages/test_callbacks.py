"""The same steps through Dash: what a page sends is taken, what only pretends to be one is not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from quiz.faults import StoreFull
from tests.quiz_pages.builders import Reader, explanation_of

UPDATE = "/_dash/_dash-update-component"
STEP, SAID, SHOWN = "quiz-step", "quiz-said", "explore-address"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep refusals and faults that are meant out of the log of the tests."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def send(reader: Reader, sent: Any) -> TestResponse:
    """Ask for a step as assets/quiz.js does."""
    outputs = [
        {"id": STEP, "property": "children"},
        {"id": SAID, "property": "children"},
        {"id": SHOWN, "property": "data"},
    ]
    name = "..{}..".format("...".join(f"{one['id']}.{one['property']}" for one in outputs))
    return reader.client.post(
        UPDATE,
        json={
            "output": name,
            "outputs": outputs,
            "inputs": [{"id": "quiz-sent", "property": "data", "value": sent}],
            "state": [],
            "changedPropIds": ["quiz-sent.data"],
        },
    )


def answer(reader: Reader, position: int, option: str, **changes: str) -> TestResponse:
    fields = {"address": reader.address(position), **reader.fields(position), "option": option}
    return send(reader, {**fields, **changes})


def shown(response: TestResponse) -> Any:
    assert response.status_code == 200
    assert response.json
    return response.json["response"]


def test_an_answer_is_stored_and_explained(reader: Reader) -> None:
    found = shown(answer(reader, 1, reader.item(1).right))
    assert reader.run.answers[0].right
    assert found[SAID]["children"] == "That’s right."
    assert found[SHOWN]["data"]["address"] == reader.address(1)
    assert found[SHOWN]["data"]["focus"] == "quiz-verdict"
    assert "quiz-next" in str(found[STEP])
    assert "input_value" not in str(found[STEP])


def test_the_way_on_leads_through_all_questions_to_the_result(reader: Reader) -> None:
    for position in range(1, 11):
        answer(reader, position, reader.item(position).right)
        place: object = position + 1 if position < 10 else "result"
        found = shown(send(reader, {"address": reader.address(place)}))
        assert found[SHOWN]["data"]["address"] == reader.address(place)
    assert found[SHOWN]["data"]["title"].startswith("10 of 10 right – ")


def test_a_question_is_sent_without_its_answer(reader: Reader) -> None:
    answer(reader, 1, reader.item(1).right)
    found = str(shown(send(reader, {"address": reader.address(2)})))
    question = reader.service.bank.find(*reader.item(2).key)
    assert question
    assert explanation_of(question) not in found
    assert question.source.url not in found


def test_form_and_dash_share_one_answer(reader: Reader) -> None:
    option = reader.item(1).options[0]
    fields = {**reader.fields(1), "option": option}
    assert reader.send(1, fields).status_code == 303
    shown(send(reader, {"address": reader.address(1), **fields}))
    assert [one.option for one in reader.run.answers] == [option]


@pytest.mark.parametrize(
    ("option", "changes", "words"),
    [
        ("", {}, "Please choose one"),
        ("z", {}, "no such answer"),
        ("a", {"stamp": "tampered"}, "could not recognise"),
    ],
)
def test_what_a_form_is_told_is_told_without_a_page_load_too(
    reader: Reader, option: str, changes: dict[str, str], words: str
) -> None:
    found = shown(answer(reader, 1, option, **changes))
    assert words in found[SAID]["children"]
    assert found[SHOWN]["data"]["focus"] == "quiz-notice"
    assert not reader.run.answers


def test_a_fault_of_the_store_keeps_the_choice(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    option = reader.item(1).options[1]
    fields = reader.fields(1)

    def fail(*_: object) -> None:
        raise StoreFull

    monkeypatch.setattr(reader.service.store, "answer", fail)
    found = shown(send(reader, {"address": reader.address(1), **fields, "option": option}))
    assert "could not be stored" in found[SAID]["children"]
    assert f"'value': '{option}'" in str(found[STEP])


def test_what_cannot_be_done_so_is_left_to_the_plain_form(reader: Reader) -> None:
    stamp = reader.service.tokens.stamp(reader.run_id, 3)
    ahead = {"address": reader.address(3), "stamp": stamp}
    right = reader.item(3).right
    assert send(reader, {**ahead, "option": right}).status_code == 409
    assert send(reader, ahead).status_code in (400, 409)
    assert send(reader, {"address": reader.address("result")}).status_code == 409
    assert send(reader, {"address": reader.address(11)}).status_code == 404
    assert send(reader, {"address": "/en/quiz/aaaaaaaaaaaaaaaa/1/"}).status_code == 404
    assert not reader.run.answers


@pytest.mark.parametrize(
    "address",
    ["", "/", "/en/", "/en/quiz/", "/en/kpi/", "//[", "/xx/quiz/a/1/", "\x00", "x" * 2000],
)
def test_an_address_that_is_no_step_is_refused(reader: Reader, address: str) -> None:
    assert send(reader, {"address": address}).status_code == 400


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["address", "option", "stamp", "shown", None]), json_values)
def test_whatever_is_sent_is_answered_and_stores_nothing(
    reader: Reader, name: str | None, value: Any
) -> None:
    true = {"address": reader.address(1), "option": "z", "stamp": "x", "shown": "x"}
    response = send(reader, value if name is None else {**true, name: value})
    assert response.status_code in (200, 400, 404, 409)
    assert b"Traceback" not in response.data
    assert not reader.run.answers
