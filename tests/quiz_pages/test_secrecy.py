"""The right answer is in nothing that is sent before the reader answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dash import Dash

from data.models import Language
from pages.quiz.question_step import question_step
from pages.quiz.step_page import step_page
from pages.quiz.steps import QuizContext
from pages.serving import paint_page
from pages.site import Site
from tests.quiz_pages.builders import Reader, explanation_of


def test_a_question_looks_the_same_whichever_option_is_right(
    dash_app: Dash, site: Site, reader: Reader, language: Language
) -> None:
    context = QuizContext(site, reader.service, language)
    with dash_app.server.test_request_context(f"/{language}/"):
        for position, item in enumerate(reader.run.items, 1):
            painted = {
                paint_page(
                    step_page(question_step(context, "run", position, replace(item, right=right))),
                    language,
                )
                for right in item.options
            }
            assert len(painted) == 1


def test_a_question_looks_the_same_whichever_answer_the_bank_holds(
    dash_app: Dash,
    site: Site,
    reader: Reader,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = QuizContext(site, reader.service, language)
    item = reader.run.items[0]
    question = context.question(item.key)
    assert question
    painted = set()
    with dash_app.server.test_request_context(f"/{language}/"):
        for option in question.options:
            other = replace(question, answer=option.id)
            monkeypatch.setattr(QuizContext, "question", lambda _room, _key, other=other: other)
            painted.add(paint_page(step_page(question_step(context, "run", 1, item)), language))
    assert len(painted) == 1


def test_neither_explanation_nor_source_is_sent_before_the_answer(reader: Reader) -> None:
    for position in range(1, 11):
        question = reader.service.bank.find(*reader.item(position).key)
        assert question
        address = reader.address(position)
        sent = reader.client.get(address).text
        urls = [source.url for source in question.sources if source.url]
        assert explanation_of(question) not in sent
        assert question.aha.en not in sent
        assert not [url for url in urls if url in sent]
        reader.answer(position)
        page = reader.client.get(address).text.replace("&amp;", "&")
        assert all(url in page for url in urls)


def test_what_the_form_carries_does_not_depend_on_the_right_option(reader: Reader) -> None:
    fields = reader.fields(1)
    item = reader.item(1)
    assert fields["shown"] == f"{item.question_id}.{item.version}.{'-'.join(item.options)}"
    assert set(fields) == {"stamp", "shown"}
    assert reader.service.tokens.seconds_shown(fields["stamp"], reader.run_id, 1) == pytest.approx(
        10
    )
