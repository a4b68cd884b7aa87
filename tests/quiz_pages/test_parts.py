"""Parts of pages that are painted once: no reader sees what is another's, or what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from dash import Dash, html

from components.takeover.paint import Painted, Parts, blank
from data.models import Language
from pages.quiz.answer_step import feedback_step
from pages.quiz.question_step import question_step
from pages.quiz.service import QuizService
from pages.quiz.step_page import step_page
from pages.quiz.steps import QuizContext, Step
from pages.serving import paint_page
from pages.site import Site
from quiz.drawing import draw
from quiz.marking import answer_to
from quiz.models import Answer, Item, Run
from quiz.tokens import utc_today
from tests.quiz.builders import right_response, wrong_response


@pytest.fixture
def unpainted(dash_app: Dash, site: Site) -> Iterator[Site]:
    """The site before anything was painted, and as it was afterwards."""
    painted, site.parts = site.parts, Parts()
    with dash_app.server.test_request_context("/en/"):
        yield site
    site.parts = painted


def runs_of(service: QuizService) -> tuple[Run, Run]:
    """Two runs with the same ten items in opposite orders."""
    items = draw(service.bank.questions_for("moscow"), "seed", {})
    first = Run("run-of-one", "en", "moscow", "", items, None, True, utc_today(), None)
    return first, replace(first, id="run-of-two", items=items[::-1])


def painted(step: Step, language: Language) -> str:
    return paint_page(step_page(step), language)


def without_own(page: str, context: QuizContext, run: Run, position: int) -> str:
    """A page without what is its reader's own: run, stamp, position and the row of pieces."""
    own = {
        context.service.tokens.stamp(run.id, position): "STAMP",
        run.id: "RUN",
        f"Question {position} of 10": "QUESTION",
        f"Вопрос {position} из 10": "QUESTION",
        '<i class="done"></i>' * position + '<i class="open"></i>' * (10 - position): "BAR",
        f"/RUN/{position}/": "/RUN/HERE/",
        f"/RUN/{position + 1}/": "/RUN/NEXT/",
    }
    for words, name in own.items():
        page = page.replace(words, name)
    return page


def test_questions_of_two_readers_differ_in_stamp_run_and_position_only(
    unpainted: Site, service: QuizService, language: Language
) -> None:
    context = QuizContext(unpainted, service, language)
    first, two = runs_of(service)
    for position, item in enumerate(first.items, 1):
        pages = set()
        for run, place in ((first, position), (two, 11 - position)):
            page = painted(question_step(context, run.id, place, item), language)
            assert f'action="/{language}/quiz/{run.id}/{place}/"' in page
            assert context.service.tokens.stamp(run.id, place) in page
            pages.add(without_own(page, context, run, place))
        assert len(pages) == 1


def answered_at(run: Run, position: int, response: str) -> tuple[Run, Answer]:
    answer = answer_to(run.items[position - 1], position, response, 20)
    return replace(run, answers=(answer,) * position), answer


def test_answers_of_two_readers_are_each_their_own(
    unpainted: Site, service: QuizService, language: Language
) -> None:
    context = QuizContext(unpainted, service, language)
    first, two = runs_of(service)
    for position in range(2, 10):
        item = first.items[position - 1]
        pages = {}
        for response in (right_response(item), wrong_response(item), right_response(item)):
            for run, place in ((first, position), (two, 11 - position)):
                step = feedback_step(context, *answered_at(run, place, response))
                own = without_own(painted(step, language), context, run, place)
                assert pages.setdefault(response, own) == own
        assert len(set(pages.values())) == 2


def test_the_order_of_options_is_the_one_of_the_run(unpainted: Site, service: QuizService) -> None:
    context = QuizContext(unpainted, service, "en")
    item = next(item for item in runs_of(service)[0].items if item.kind == "choice")
    for ordered in (item, replace(item, options=item.options[::-1])):
        assert positions_of(question_step(context, "a-run", 1, ordered), ordered, service)
        run = replace(runs_of(service)[0], items=(ordered,) * 10)
        step = feedback_step(context, *answered_at(run, 1, item.options[0]))
        assert positions_of(step, ordered, service)


def positions_of(step: Step, item: Item, service: QuizService) -> bool:
    """Whether the options of an item stand on its page in their order."""
    page = painted(step, "en")
    question = service.bank.find(*item.key)
    assert question
    places = [page.index(f">{question.option(id).text.en}<") for id in item.options]
    return places == sorted(places)


def test_a_filled_value_brings_neither_markup_nor_a_blank_of_its_own() -> None:
    part = Parts().paint(html.P, blank("words"))
    assert part.filled(words=f"<b>{blank('words')}") == f"<p>&lt;b&gt;{blank('words')}</p>"
    assert part.filled(words=Painted("<b>x</b>")) == "<p><b>x</b></p>"
