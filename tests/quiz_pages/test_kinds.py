"""Estimates and drawings as pages: their forms, what they refuse, what is shown after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import select

from data.models import Language
from pages.quiz.question_step import question_step
from pages.quiz.service import QuizService
from pages.quiz.step_page import step_page
from pages.quiz.steps import QuizContext
from pages.serving import paint_page
from pages.site import Site
from quiz.bank import Bank
from quiz.database import open_engine
from quiz.models import Item, KindName
from quiz.tables import runs
from tests.quiz.builders import drawn_line, right_response, start, wrong_response
from tests.quiz_pages.builders import Clock, Reader, words_of


def start_with(reader: Reader, kind: KindName) -> int:
    """Start a run that asks every question of a kind, and return the position of the first."""
    bank = reader.service.bank
    wanted = [
        question for question in bank.current if question.kind == kind and question.group == "city"
    ]
    choices = [question for question in bank.current if question.kind == "choice"]
    reader.service.bank = Bank(tuple((wanted + choices)[:10]))
    assert reader.start().status_code == 303
    reader.service.bank = bank
    return next(n for n, item in enumerate(reader.run.items, 1) if item.kind == kind)


def come_to(reader: Reader, position: int) -> Item:
    """Answer what comes before a position."""
    for earlier in range(1, position):
        assert reader.answer(earlier).status_code == 303
    return reader.item(position)


@pytest.fixture
def reader(client: FlaskClient, service: QuizService, clock: Clock) -> Iterator[Reader]:
    """A reader who has not begun."""
    return Reader(client, service, clock)


def test_a_run_of_all_kinds_comes_to_its_result(reader: Reader) -> None:
    assert reader.start().status_code == 303
    assert {item.kind for item in reader.run.items} == {"choice", "trend", "estimate", "draw"}
    reader.answer_all(6)
    page = reader.see("result")
    assert words_of(page.find(".//h1")) == "6 of 10 right"
    assert len(page.find_class("q-review")[0].findall("li")) == 10


def test_a_typed_number_is_read_with_a_comma(reader: Reader) -> None:
    position = start_with(reader, "estimate")
    item = come_to(reader, position)
    assert item.scale
    number = f"{item.scale.value.to_integral_value():f}"
    fields = {**reader.fields(position), "number": f" {number},0 ", "slider": "1"}
    assert reader.send(position, fields).status_code == 303
    answer = reader.run.answers[-1]
    assert (answer.question_id, answer.option) == (item.question_id, number)


def test_without_a_typed_number_the_slider_counts(reader: Reader) -> None:
    position = start_with(reader, "estimate")
    item = come_to(reader, position)
    fields = reader.fields(position)
    assert fields["number"] == ""
    assert reader.send(position, fields).status_code == 303
    assert Decimal(reader.run.answers[-1].option) == Decimal(fields["slider"])
    assert item.kind == "estimate"


BAD_NUMBERS = {
    "could not be read as a number": ("abc", "NaN", "inf", "1e2", "1,2,3", "\u0663", "9" * 300),
    "lies outside the line": ("-9999", "999999999", "\u2212999"),
}


def test_what_is_no_number_of_the_line_is_said_and_not_stored(reader: Reader) -> None:
    position = start_with(reader, "estimate")
    come_to(reader, position)
    before, fields = reader.service.store.counts(), reader.fields(position)
    for notice, numbers in BAD_NUMBERS.items():
        for number in numbers:
            response = reader.send(position, {**fields, "number": number})
            assert response.status_code == 400
            assert notice in response.text, number
    assert len(reader.run.answers) == position - 1
    assert reader.service.store.counts() == before


def test_a_drawing_is_marked_by_its_last_point(reader: Reader, language: Language) -> None:
    reader.language = language
    position = start_with(reader, "draw")
    item = come_to(reader, position)
    assert item.scale
    line = drawn_line(item, item.scale.value)
    assert reader.send(position, {**reader.fields(position), "line": line}).status_code == 303
    answer = reader.run.answers[-1]
    assert (answer.question_id, answer.right) == (item.question_id, True)
    page = reader.see(position)
    assert len(page.xpath("//svg[@role='img']//path[@class='q-guess']")) == 1
    assert page.xpath("//dl[@class='q-facts']//a/@href")


def test_the_choice_beside_a_drawing_is_counted_apart(reader: Reader) -> None:
    position = start_with(reader, "draw")
    item = come_to(reader, position)
    assert reader.answer(position).status_code == 303
    answer = reader.run.answers[-1]
    assert (answer.question_id, answer.right) == (f"{item.question_id}-choice", True)
    counted = {key.question_id for key in reader.service.store.counts()}
    assert answer.question_id in counted
    assert item.question_id not in counted
    assert reader.see(position).find_class("q-option is-right")


def test_a_drawing_that_cannot_be_marked_is_refused(reader: Reader) -> None:
    position = start_with(reader, "draw")
    item = come_to(reader, position)
    assert item.scale
    points = drawn_line(item, item.scale.value).split()
    before, fields = reader.service.store.counts(), reader.fields(position)
    for line, notice in (
        (points[:-1], "does not go on to the last year"),
        (points * 2, "does not go on to the last year"),
        (points * 500, "does not go on to the last year"),
        (["NaN", *points[1:]], "could not be read"),
        ([*points[:-1], "1e9"], "could not be read"),
        ([*points[:-1], "99999999"], "outside the line"),
    ):
        response = reader.send(position, {**fields, "line": " ".join(line)})
        assert response.status_code == 400
        assert notice in response.text
    assert len(reader.run.answers) == position - 1
    assert reader.service.store.counts() == before


@pytest.mark.parametrize("kind", ["estimate", "draw"])
def test_a_page_looks_the_same_whatever_the_value(
    dash_app: Dash, site: Site, service: QuizService, kind: KindName, language: Language
) -> None:
    context = QuizContext(site, service, language)
    with dash_app.server.test_request_context(f"/{language}/"):
        for question in service.bank.current:
            if question.kind != kind or question.scale is None:
                continue
            painted = set()
            for value in (question.scale.value, question.scale.lowest, question.scale.highest):
                scale = replace(question.scale, value=value)
                options = tuple(option.id for option in question.options)
                item = Item(*question.key, options, "?", kind, scale)
                step = question_step(context, "run", 1, item)
                painted.add(paint_page(step_page(step), language))
            assert len(painted) == 1
            for row in question.hidden:
                assert f"{row.period}: " not in painted.pop() if painted else True


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_shows_chart_sentence_source_and_indicator(reader: Reader, right: bool) -> None:
    assert reader.start().status_code == 303
    for position, item in enumerate(reader.run.items, 1):
        response = right_response(item) if right else wrong_response(item)
        assert reader.send(position, reader.fields(position, response)).status_code == 303
        page = reader.see(position)
        question = reader.service.bank.find(*reader.run.answers[-1].key)
        assert question
        words = words_of(page.find_class("q-feedback")[0])
        assert " ".join(question.aha.en.split()) in words
        assert bool(page.find_class("is-right")) == (right or bool(question.options))
        links = page.xpath("//dl[@class='q-facts']//a/@href")
        assert len(links) >= len(question.sources)
        if question.indicator:
            assert any("/kpi/" in link for link in links)


def test_a_run_of_retired_questions_goes_on_to_its_result(reader: Reader) -> None:
    """Runs of before the kinds keep four parts an item, and questions that are drawn no more."""
    bank, store = reader.service.bank, reader.service.store
    retired = [
        question for question in bank.questions if question.retired and question.kind == "choice"
    ]
    awake = Bank(tuple(replace(question, retired=False) for question in retired))
    run = start(store, awake, "en")
    store.close()
    engine = open_engine(reader.service.database_url)
    with engine.connect() as connection:
        (drawn,) = connection.scalars(select(runs.c.drawn).where(runs.c.id == run.id))
    engine.dispose()
    assert {len(parts) for parts in drawn} == {4}
    reader.run_id = run.id
    reader.answer_all(5)
    page = reader.see("result")
    assert words_of(page.find(".//h1")) == "5 of 10 right"
    assert not page.find_class("q-sides"), "they name no value, so nothing has a side"
    totals = [
        int(words_of(total).split(" of ")[1])
        for total in page.xpath("//ul[@class='q-subjects']//b")
    ]
    assert sum(totals) == 10
