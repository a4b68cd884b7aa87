"""Steps of the quiz without page loads: nothing moves, nothing is lost, nothing counts twice."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from components.formats import NO_BREAK
from components.texts import text
from pages.quiz.service import QuizService
from quiz.models import Run
from tests.browser.conftest import ABORTED, ERROR_STATUS, Visit, Visiting
from tests.browser.test_quiz_run import FOCUSED, PHONE, READY, begin, choose, stored
from tests.quiz_pages.builders import explanation_of

pytestmark = pytest.mark.timing

PLACES = """() => [...document.querySelectorAll('h1, .form-check, .q-option')].map(element => {
    const box = element.getBoundingClientRect();
    return [Math.round(box.top + scrollY), Math.round(box.height)];
})"""
OFFLINE = text("quiz_offline", "en")


def begin_ready(visit: Visit, service: QuizService, language: str = "en") -> Run:
    """Begin a run and wait until answers need no page load."""
    run = begin(visit, service, language)
    visit.page.wait_for_function(READY)
    return run


def answer(page: Page, option: str) -> None:
    """Choose and send an answer and wait for what it leads to."""
    choose(page, option)
    page.click("#quiz-form button")
    page.wait_for_function(FOCUSED, arg="quiz-verdict")


def go_on(page: Page) -> None:
    """Go on to the next question."""
    page.click("#quiz-next")
    page.wait_for_function(FOCUSED, arg="quiz-question")


def position_shown(page: Page, run: Run) -> int:
    """Return the position of the question that is shown; URL and title must say the same."""
    words = page.inner_text(".q-progress p")
    position = next(n for n in range(1, 11) if text("quiz_progress", "en", n=n, total=10) == words)
    assert page.title().startswith(f"{words}: ")
    assert urlsplit(page.url).path == f"/en/quiz/{run.id}/{position}/"
    return position


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_counts_once(
    visiting: Visiting, service: QuizService, scripts: bool
) -> None:
    visit = visiting(java_script_enabled=scripts)
    run = begin_ready(visit, service) if scripts else begin(visit, service, "en")
    page = visit.page
    choose(page, run.items[0].right)
    page.dblclick("#quiz-form button")
    page.wait_for_selector("#quiz-verdict")
    page.dblclick("#quiz-next")
    page.wait_for_selector("input[name=option]")
    assert urlsplit(page.url).path == f"/en/quiz/{run.id}/2/"
    assert [stored_answer.position for stored_answer in stored(service, page).answers] == [1]


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_when_the_answer_appears(
    visiting: Visiting, service: QuizService, width: int
) -> None:
    visit = visiting(viewport={"width": width, "height": 780})
    run = begin_ready(visit, service, "ru")
    page = visit.page
    for item in run.items:
        before = page.evaluate(PLACES)
        choose(page, item.options[0])
        page.click("#quiz-form button")
        page.wait_for_function(FOCUSED, arg="quiz-verdict")
        assert page.evaluate(PLACES) == before
        assert all(height >= 48 for _, height in before[1:])
        page.click("#quiz-next")
        page.wait_for_function("() => !document.querySelector('#quiz-verdict')")


@pytest.mark.parametrize("reloaded", [False, True])
def test_an_answer_waits_on_the_device_for_the_connection(
    visiting: Visiting, service: QuizService, reloaded: bool
) -> None:
    visit = visiting(viewport=PHONE, allowed=(ABORTED,))
    run = begin_ready(visit, service)
    page, option = visit.page, run.items[0].options[2]
    page.route(
        "**/1/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    choose(page, option)
    page.click("#quiz-form button")
    expect(page.locator("#retry-status")).to_contain_text(OFFLINE)
    assert not stored(service, page).answers
    if reloaded:
        page.reload()
        expect(page.locator("#retry-status")).to_contain_text(OFFLINE)
    assert page.is_checked(f"input[value={option}]")
    page.unroute("**/1/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_function(FOCUSED, arg="quiz-verdict")
    assert [stored_answer.option for stored_answer in stored(service, page).answers] == [option]
    assert page.evaluate("localStorage.length") == 0
    assert position_shown(page, run) == 1


def test_an_answer_kept_when_its_page_was_closed_is_sent_from_another_page_of_the_quiz(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting(allowed=(ABORTED,))
    run = begin_ready(visit, service)
    page = visit.page
    page.route("**/1/", lambda route: route.abort())
    choose(page, run.items[0].right)
    page.click("#quiz-form button")
    expect(page.locator("#retry-status")).to_contain_text(OFFLINE)
    page.unroute("**/1/")
    begin_ready(visit, service)
    page.wait_for_function("() => localStorage.length === 0")
    kept = service.store.find_run(run.id)
    assert kept
    assert [answer.option for answer in kept.answers] == [run.items[0].right]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_site_is_asked_again(visiting: Visiting, service: QuizService, status: int) -> None:
    visit = visiting(allowed=(ERROR_STATUS,))
    run = begin_ready(visit, service)
    page = visit.page
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if route.request.method == "POST" and not refused:
            refused.append(route.request.url)
            route.fulfill(status=status, headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/1/", refuse_once)
    answer(page, run.items[0].right)
    assert refused
    assert len(stored(service, page).answers) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_address_title_and_question_agree_through_the_history(
    visiting: Visiting, service: QuizService, scripts: bool
) -> None:
    visit = visiting(java_script_enabled=scripts)
    run = begin_ready(visit, service) if scripts else begin(visit, service, "en")
    page = visit.page
    for item in run.items[:2]:
        choose(page, item.right)
        page.click("#quiz-form button")
        page.wait_for_selector("#quiz-verdict")
        page.click("#quiz-next")
        page.wait_for_selector("input[name=option]")
    assert position_shown(page, run) == 3
    for reload in (False, True):
        if reload:
            page.reload()
        page.go_back()
        page.wait_for_selector("#quiz-verdict")
        assert position_shown(page, run) == 2
        page.go_forward()
        page.wait_for_selector("input[name=option]")
        assert position_shown(page, run) == 3
    # Without scripts a question and its answer are two entries of the history.
    positions = [3]
    while positions[-1] > 1:
        page.go_back()
        page.wait_for_selector("#quiz-verdict")
        positions.append(position_shown(page, run))
    assert sorted(positions, reverse=True) == positions
    assert len(positions) <= 5


def test_a_second_tab_sees_what_the_first_one_has_answered(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting()
    run = begin_ready(visit, service)
    second = visit.page.context.new_page()
    second.goto(visit.page.url)
    second.wait_for_function(READY)
    visit.page.bring_to_front()
    answer(visit.page, run.items[0].options[0])
    second.bring_to_front()
    choose(second, run.items[0].options[1])
    second.click("#quiz-form button")
    expect(second.locator("#quiz-notice")).to_have_text(text("quiz_changed", "en"))
    assert [stored_answer.option for stored_answer in stored(service, second).answers] == [
        run.items[0].options[0]
    ]
    second.close()


def test_nothing_that_was_sent_before_the_answer_gives_it_away(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting()
    bodies: list[bytes] = []

    def note(route: Route) -> None:
        # What is fetched on the browser's behalf lacks what the browser says of itself.
        answer = route.fetch(headers={**route.request.headers, "Sec-Fetch-Site": "same-origin"})
        bodies.append(answer.body().replace(NO_BREAK.encode(), b" "))
        route.fulfill(response=answer)

    run = begin(visit, service, "en")
    page, item = visit.page, run.items[0]
    page.route("**/*", note)
    page.reload()
    page.wait_for_function(READY)
    question = service.bank.find(*item.key)
    assert question
    words = explanation_of(question)
    assert any(b"quiz-options" in body for body in bodies)
    assert not any(words.encode() in body for body in bodies)
    choose(page, item.right)
    page.click("#quiz-form button")
    page.wait_for_selector("#quiz-verdict")
    assert words in page.inner_text(".q-feedback").replace(NO_BREAK, " ")


def test_the_shared_link_is_passed_on_without_the_run(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting()
    run = begin(visit, service, "en")
    for position, item in enumerate(run.items, 1):
        service.store.answer(run.id, position, item.right, 9.0)
    page = visit.page
    shared: list[Any] = []

    def pass_on(what: Any) -> None:
        shared.append(what)

    page.expose_function("passOn", pass_on)
    page.add_init_script(
        "navigator.share = (what) => window.passOn(what).then(() => { window.shared = true })"
    )
    visit.go(f"/en/quiz/{run.id}/result/")
    page.click("#quiz-share")
    page.wait_for_function("() => window.shared")
    assert [share["url"].partition("/en/")[2] for share in shared] == ["quiz/?score=10"]
    assert run.id not in str(shared)
