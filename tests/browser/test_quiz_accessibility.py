"""Pages of the quiz: axe-core finds nothing, none is wider than its window, Tab walks through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash
from playwright.sync_api import Page

from data.models import Edition, Language
from pages.context import context_of
from pages.quiz.service import QuizService
from quiz.models import Run
from tests.browser.conftest import ERROR_STATUS, Visit, Visiting, mainly
from tests.browser.tabbing import tab_through
from tests.browser.test_accessibility import DESK, LOOKS, PHONE, violations_at
from tests.browser.test_quiz_run import READY
from tests.quiz.builders import right_response, start, wrong_response
from tests.quiz_pages.builders import Clock, choices_of, make_quiz_service
from tests.quiz_pages.conftest import fill

NARROW = (320, 360, 1440)


@pytest.fixture(scope="module")
def service(
    dash_app: Dash, edition: Edition, many_answers: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[QuizService]:
    """A service with enough answers for every table of the statistics."""
    usual_service = context_of(dash_app.server).quiz
    service = make_quiz_service(edition, Path(tmp_path_factory.mktemp("store")), Clock())
    service.bank = choices_of(service.bank)
    fill(service, many_answers)
    context_of(dash_app.server).quiz = service
    yield service
    context_of(dash_app.server).quiz = usual_service
    service.store.close()


def taken_run(service: QuizService, language: Language, answers: int) -> Run:
    """A run with its first answers given, every second one right."""
    run = start(service.store, service.bank, language)
    for position, item in enumerate(run.items[:answers], 1):
        response = right_response(item) if position % 2 else wrong_response(item)
        service.store.answer(run.id, position, response, 9.0)
    return run


def addresses_of(service: QuizService, language: Language) -> dict[str, str]:
    """One page of each kind, by a name for it."""
    begun, done = taken_run(service, language, 2), taken_run(service, language, 10)
    return {
        "start": "quiz/",
        "shared": "quiz/?score=3",
        "question": f"quiz/{begun.id}/3/",
        "right": f"quiz/{begun.id}/1/",
        "wrong": f"quiz/{begun.id}/2/",
        "result": f"quiz/{done.id}/result/",
        "statistics": "quiz/statistics/",
    }


def faults(page: Page) -> list[str]:
    """Violations on a phone, and those of the looks on a dark screen."""
    page.evaluate(
        "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
    )
    return violations_at(page, PHONE, "light") + violations_at(page, DESK, "dark", LOOKS)


def visited(visit: Visit, address: str) -> list[str]:
    visit.allowed = (ERROR_STATUS,)
    page = visit.go(address)
    messages = faults(page)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            messages.append(f"wider than {width}")
    return messages


@mainly("ru")
def test_no_page_of_the_quiz_has_a_violation(
    visiting: Visiting, service: QuizService, language: Language
) -> None:
    visit, addresses = visiting(viewport=PHONE), addresses_of(service, language)
    by_kind = {kind: visited(visit, f"/{language}/{path}") for kind, path in addresses.items()}
    assert not {kind: messages for kind, messages in by_kind.items() if messages}


@mainly("en")
def test_no_step_that_took_the_place_of_another_has_a_violation(
    visiting: Visiting, service: QuizService, language: Language
) -> None:
    visit = visiting(viewport=PHONE)
    run = taken_run(service, language, 9)
    page = visit.go(f"/{language}/quiz/{run.id}/10/")
    page.wait_for_function(READY)
    by_step = {"question": faults(page)}
    page.click(f"input[value={run.items[9].right}] + label")
    page.click("#quiz-form button")
    page.wait_for_selector("#quiz-verdict")
    by_step["answer"] = faults(page)
    page.click("#quiz-next")
    page.wait_for_selector("#quiz-result")
    by_step["result"] = faults(page)
    assert not {kind: messages for kind, messages in by_step.items() if messages}


@mainly("en")
def test_a_message_has_no_violation(
    visiting: Visiting, service: QuizService, language: Language
) -> None:
    visit = visiting(viewport=PHONE, java_script_enabled=True, allowed=(ERROR_STATUS,))
    run = taken_run(service, language, 0)
    page = visit.go(f"/{language}/quiz/{run.id}/1/")
    page.evaluate("document.getElementById('quiz-form').submit()")
    page.wait_for_selector("#quiz-notice")
    assert not faults(page)


@pytest.mark.long
@pytest.mark.parametrize(("language", "viewport"), [("ru", PHONE), ("en", DESK)])
def test_tab_walks_through_every_page_of_the_quiz(
    visiting: Visiting, service: QuizService, language: Language, viewport: object
) -> None:
    visit = visiting(viewport=viewport, allowed=(ERROR_STATUS,))
    by_kind = {
        kind: tab_through(visit.go(f"/{language}/{path}")).faults
        for kind, path in addresses_of(service, language).items()
    }
    assert not {kind: messages for kind, messages in by_kind.items() if messages}
