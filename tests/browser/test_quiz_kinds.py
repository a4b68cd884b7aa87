"""Estimates and drawings in a browser: by keyboard, by mouse, without scripts; axe is content."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from data.models import LANGUAGES, Edition, Language
from pages.quiz.service import QuizService
from quiz.bank import Bank, read_bank
from quiz.models import KindName, Run
from tests.browser.conftest import ERROR_STATUS, Visiting
from tests.browser.test_accessibility import DESK, LOOKS, PHONE, seen
from tests.browser.test_quiz_run import READY, stored
from tests.quiz.builders import start

FIRST = {"estimate": "water-at-home", "draw": "road-deaths-line"}


def begun(service: QuizService, edition: Edition, kind: KindName, language: Language) -> Run:
    """A run whose next question is one of a kind."""
    bank = read_bank(edition)
    service.bank = bank
    first = next(question for question in bank.current if question.id == FIRST[kind])
    others = [question for question in bank.current if question.kind == "choice"][:9]
    run = start(service.store, Bank((first, *others)), language)
    position = next(n for n, item in enumerate(run.items, 1) if item.kind == kind)
    for place, item in enumerate(run.items[: position - 1], 1):
        service.store.answer(run.id, place, item.right, 9.0)
    return run


def path_of(run: Run, kind: KindName) -> str:
    position = next(n for n, item in enumerate(run.items, 1) if item.kind == kind)
    return f"/{run.language}/quiz/{run.id}/{position}/"


def send(page: Page) -> None:
    page.click("#quiz-form button[type=submit]")
    page.wait_for_selector("#quiz-verdict")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_estimate_by_keyboard(
    visiting: Visiting, service: QuizService, edition: Edition, language: Language
) -> None:
    run = begun(service, edition, "estimate", language)
    page = visiting(viewport=PHONE).go(path_of(run, "estimate"))
    page.wait_for_function(READY)
    page.focus("#quiz-number")
    page.keyboard.type("137,5" if language == "ru" else "137.5")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "quiz-slider"
    page.keyboard.press("ArrowRight")
    assert page.input_value("#quiz-number") == page.input_value("#quiz-slider") == "139"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#quiz-verdict")
    answer = stored(service, page).answers[-1]
    assert (answer.option, answer.right) == ("139", True)


def test_a_drawing_by_mouse(visiting: Visiting, service: QuizService, edition: Edition) -> None:
    run = begun(service, edition, "draw", "en")
    page = visiting(viewport=PHONE).go(path_of(run, "draw"))
    page.wait_for_function(READY)
    assert not page.is_visible("#quiz-options")
    chart = page.locator("svg[data-years]")
    box = chart.bounding_box()
    assert box
    scale = box["width"] / 360
    places = [float(x) for x in str(chart.get_attribute("data-x")).split()]
    page.mouse.move(box["x"] + places[0] * scale, box["y"] + 100 * scale)
    page.mouse.down()
    for place in places:
        page.mouse.move(box["x"] + place * scale, box["y"] + 120 * scale)
    page.mouse.up()
    assert len(page.input_value("#quiz-line").split()) == len(places)
    send(page)
    answer = stored(service, page).answers[-1]
    assert answer.question_id == FIRST["draw"]
    assert len(answer.option.split()) == len(places)
    assert page.locator(".q-chart path.q-guess").count() == 1


def test_the_choice_beside_a_drawing_by_keyboard(
    visiting: Visiting, service: QuizService, edition: Edition
) -> None:
    run = begun(service, edition, "draw", "ru")
    page = visiting(viewport=PHONE).go(path_of(run, "draw"))
    page.wait_for_function(READY)
    page.focus("#quiz-choose")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "option"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("#quiz-verdict")
    assert stored(service, page).answers[-1].question_id == f"{FIRST['draw']}-choice"


@pytest.mark.parametrize("kind", ["estimate", "draw"])
def test_each_kind_without_scripts(
    visiting: Visiting, service: QuizService, edition: Edition, kind: KindName
) -> None:
    run = begun(service, edition, kind, "en")
    page = visiting(java_script_enabled=False, allowed=(ERROR_STATUS,)).go(path_of(run, kind))
    if kind == "estimate":
        page.fill("#quiz-number", "9999")
        page.click("#quiz-form button[type=submit]")
        assert "outside the line" in page.inner_text(".q-notice")
        assert page.input_value("#quiz-number") == "9999"
        page.fill("#quiz-number", "137")
    else:
        assert not page.is_visible("svg[data-years]")
        page.locator(".form-check-label").first.click()
    send(page)
    assert len(stored(service, page).answers) >= 1


@pytest.mark.parametrize("kind", ["estimate", "draw"])
def test_no_kind_has_a_violation(
    visiting: Visiting, service: QuizService, edition: Edition, kind: KindName
) -> None:
    run = begun(service, edition, kind, "en")
    page = visiting(viewport=PHONE).go(path_of(run, kind))
    page.wait_for_function(READY)
    found = [*seen(page, PHONE, "light"), *seen(page, DESK, "dark", LOOKS)]
    if kind == "draw":
        page.click("#quiz-choose")
        found += seen(page, PHONE, "light")
        page.locator(".form-check-label").first.click()
    else:
        page.fill("#quiz-number", "150")
    send(page)
    found += [*seen(page, PHONE, "light"), *seen(page, DESK, "dark", LOOKS)]
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not found
