"""Whole runs of the quiz in a browser: by keyboard with scripts, by form without."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from components.texts import text
from data.models import Language
from pages.quiz.service import QuizService
from quiz.models import Item, Run
from tests.browser.conftest import Visit, Visiting, mainly

PHONE = {"width": 360, "height": 780}
# What assets/quiz.js notes when it runs.
READY = "() => Boolean(history.state && history.state.title)"
FOCUSED = "(id) => document.activeElement && document.activeElement.id === id"


def begin(visit: Visit, service: QuizService, language: str) -> Run:
    """Press the button of the start page."""
    page = visit.go(f"/{language}/quiz/")
    page.click("main form button")
    page.wait_for_url("**/1/")
    return stored(service, page)


def stored(service: QuizService, page: Page) -> Run:
    """The run of the page that is open, as it is stored."""
    run = service.store.find_run(urlsplit(page.url).path.split("/")[3])
    assert run
    return run


def choose(page: Page, option: str) -> None:
    """Choose by touching the words of an option."""
    page.click(f"input[value={option}] + label")


def answer_by_keyboard(
    page: Page, service: QuizService, language: Language, position: int, item: Item, rightly: bool
) -> None:
    """Tab to the options, choose with the arrows, send with Enter; check what is then there."""
    progress = text("quiz_progress", language, n=position, total=10)
    expect(page.locator(".q-progress p")).to_have_text(progress)
    page.wait_for_function("told => document.title.startsWith(told)", arg=f"{progress}: ")
    while page.evaluate("document.activeElement.name") != "option":
        page.keyboard.press("Tab")
    page.wait_for_function(READY)
    page.keyboard.press("Space")
    wanted = (
        item.right if rightly else next(option for option in item.options if option != item.right)
    )
    while page.evaluate("document.activeElement.value") != wanted:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function(FOCUSED, arg="quiz-verdict")
    verdict = text("quiz_right" if rightly else "quiz_wrong", language)
    expect(page.get_by_role("heading", name=verdict, exact=True)).to_be_focused()
    answer = stored(service, page).answer_at(position)
    assert answer
    assert (answer.option, answer.right) == (wanted, rightly)


def go_on_by_keyboard(page: Page, focus: str) -> None:
    """Tab to the way on and take it; ``focus`` is where it leads."""
    while page.evaluate("document.activeElement.id") != "quiz-next":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(FOCUSED, arg=focus)


@mainly("en")
def test_a_run_by_keyboard_with_scripts_loads_no_further_page(
    visiting: Visiting, service: QuizService, language: Language
) -> None:
    visit = visiting(viewport=PHONE)
    page = visit.go(f"/{language}/quiz/")
    page.focus("main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/1/")
    run = stored(service, page)
    loaded = page.evaluate("performance.timeOrigin")
    for position, item in enumerate(run.items, 1):
        answer_by_keyboard(page, service, language, position, item, rightly=position % 2 == 0)
        go_on_by_keyboard(page, "quiz-question" if position < 10 else "quiz-result")
        expected = f"/{language}/quiz/{run.id}/{position + 1 if position < 10 else 'result'}/"
        expect(page).to_have_url(re.compile(f"{re.escape(expected)}$"))
    score = text("quiz_result_title", language, score=5, total=10)
    expect(page.locator("h1")).to_have_text(score)
    assert page.evaluate("performance.timeOrigin") == loaded
    page.reload()
    assert page.inner_text("h1") == score


@mainly("ru")
def test_a_run_by_forms_without_scripts(
    visiting: Visiting, service: QuizService, language: Language
) -> None:
    visit = visiting(java_script_enabled=False)
    run = begin(visit, service, language)
    page = visit.page
    for position, item in enumerate(run.items, 1):
        progress = text("quiz_progress", language, n=position, total=10)
        assert page.inner_text(".q-progress p") == progress
        choose(page, item.right)
        page.click("#quiz-form button")
        assert page.inner_text("#quiz-verdict") == text("quiz_right", language)
        page.click("#quiz-next")
    assert page.inner_text("h1") == text("quiz_result_title", language, score=10, total=10)
    link = str(page.get_attribute(".q-link", "href"))
    assert urlsplit(link).path + "?" + urlsplit(link).query == f"/{language}/quiz/?score=10"
    visit.go(f"/{language}/quiz/?score=10")
    shared = text("quiz_shared_lead", language, score=10, total=10)
    assert shared in page.inner_text("main")
    page.go_back()
    page.click(".q-more button")
    page.wait_for_url("**/1/")
    assert stored(service, page).predecessor == run.id


def test_who_comes_back_in_another_browser_goes_on(
    visiting: Visiting, service: QuizService
) -> None:
    first = visiting()
    run = begin(first, service, "en")
    choose(first.page, run.items[0].right)
    first.page.click("#quiz-form button")
    first.page.wait_for_selector("#quiz-verdict")
    page = visiting().go(f"/en/quiz/{run.id}/1/")
    assert page.inner_text("#quiz-verdict") == "That’s right"
    page.click("#quiz-next")
    page.wait_for_selector("input[name=option]")
    assert urlsplit(page.url).path == f"/en/quiz/{run.id}/2/"
