"""Dash and the plain form take turns in the quiz: nothing moves, nothing counts twice."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from pages.quiz.service import QuizService
from tests.browser.conftest import ABORTED, ERROR_STATUS, Visiting
from tests.browser.test_plain import AWAKE
from tests.browser.test_quiz_run import FOCUSED, PHONE, begin, choose, stored, wake
from tests.quiz_pages.builders import explanation_of

pytestmark = pytest.mark.timing

PLACES = """() => [...document.querySelectorAll('h1, .form-check, .q-option')].map(one => {
    const box = one.getBoundingClientRect();
    return [Math.round(box.top + scrollY), Math.round(box.height)];
})"""


TWO_FRAMES = """() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(done)))"""


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_counts_once(
    visiting: Visiting, service: QuizService, scripts: bool
) -> None:
    visit = visiting(java_script_enabled=scripts)
    run = begin(visit, service, "en")
    page = visit.page
    if scripts:
        wake(page, run.items[0])
    choose(page, run.items[0].right)
    page.dblclick("#quiz-form button")
    page.wait_for_selector("#quiz-verdict")
    page.dblclick("#quiz-next")
    page.wait_for_selector("input[name=option]")
    assert urlsplit(page.url).path == f"/en/quiz/{run.id}/2/"
    assert [one.position for one in stored(service, page).answers] == [1]


def test_what_was_chosen_while_dash_woke_is_still_chosen(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting(viewport=PHONE)
    run = begin(visit, service, "ru")
    page, option = visit.page, run.items[0].options[2]
    before = page.evaluate(PLACES)
    choose(page, option)
    page.wait_for_function(AWAKE)
    assert page.is_checked(f"input[value={option}]")
    assert page.evaluate(PLACES) == before
    assert page.evaluate("document.activeElement.value") == option
    page.click("#quiz-form button")
    page.wait_for_function(FOCUSED, arg="quiz-verdict")
    assert stored(service, page).answers[0].option == option


def test_a_press_that_lasts_while_dash_wakes_is_not_lost(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting()
    run = begin(visit, service, "en")
    page = visit.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/_dash-layout*", hold)
    with page.expect_request("**/_dash-layout*"):
        choose(page, run.items[0].right)
    page.hover("#quiz-form button")
    page.mouse.down()
    held[0].continue_()
    page.wait_for_selector("#explore-root", state="attached")
    page.evaluate(TWO_FRAMES)
    assert page.locator("#painted").count() == 1
    page.mouse.up()
    page.wait_for_selector("#quiz-verdict")
    assert [one.right for one in stored(service, page).answers] == [True]


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_when_the_answer_appears(
    visiting: Visiting, service: QuizService, width: int
) -> None:
    visit = visiting(viewport={"width": width, "height": 780})
    run = begin(visit, service, "ru")
    page = visit.page
    for item in run.items:
        wake(page, item)
        before = page.evaluate(PLACES)
        choose(page, item.options[0])
        page.click("#quiz-form button")
        page.wait_for_function(FOCUSED, arg="quiz-verdict")
        assert page.evaluate(PLACES) == before
        assert all(height >= 48 for _, height in before[1:])
        page.click("#quiz-next")
        page.wait_for_function("() => !document.querySelector('#quiz-verdict')")


def test_where_dash_cannot_answer_the_plain_form_does(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting(allowed=(ERROR_STATUS, "Callback failed", "Callback error"))
    run = begin(visit, service, "en")
    page = visit.page
    wake(page, run.items[0])
    page.route("**/_dash-update-component", lambda route: route.fulfill(status=500))
    choose(page, run.items[0].right)
    page.click("#quiz-form button")
    page.wait_for_selector("#quiz-verdict")
    assert len(stored(service, page).answers) == 1


def test_an_answer_waits_for_the_connection(visiting: Visiting, service: QuizService) -> None:
    visit = visiting(allowed=(ABORTED,))
    run = begin(visit, service, "en")
    page = visit.page
    wake(page, run.items[0])
    page.route("**/_dash-update-component", lambda route: route.abort())
    choose(page, run.items[0].right)
    page.click("#quiz-form button")
    expect(page.locator("#line-status")).to_contain_text("no connection")
    assert page.is_checked("#quiz-options input:checked")
    page.unroute("**/_dash-update-component")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("#quiz-verdict")
    assert len(stored(service, page).answers) == 1


def test_a_choice_that_lacks_is_asked_for_by_the_browser(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting()
    run = begin(visit, service, "en")
    page = visit.page
    for awake in (False, True):
        if awake:
            wake(page, run.items[0])
        page.click("#quiz-form button")
        assert page.locator("#quiz-form :invalid").count()
        assert not stored(service, page).answers


def test_back_leads_to_the_question_before(visiting: Visiting, service: QuizService) -> None:
    visit = visiting()
    run = begin(visit, service, "en")
    page = visit.page
    wake(page, run.items[0])
    choose(page, run.items[0].right)
    page.click("#quiz-form button")
    page.wait_for_selector("#quiz-verdict")
    page.click("#quiz-next")
    page.wait_for_function(FOCUSED, arg="quiz-question")
    page.go_back()
    page.wait_for_selector("#quiz-verdict")
    assert urlsplit(page.url).path == f"/en/quiz/{run.id}/1/"


def test_nothing_that_was_sent_before_the_answer_gives_it_away(
    visiting: Visiting, service: QuizService
) -> None:
    visit = visiting()
    bodies: list[bytes] = []

    def note(route: Route) -> None:
        # What is fetched on the browser's behalf lacks what the browser says of itself.
        answer = route.fetch(headers={**route.request.headers, "Sec-Fetch-Site": "same-origin"})
        bodies.append(answer.body())
        route.fulfill(response=answer)

    run = begin(visit, service, "en")
    page, item = visit.page, run.items[0]
    page.route("**/*", note)
    page.reload()
    wake(page, item)
    question = service.bank.find(*item.key)
    assert question
    told = explanation_of(question)
    assert any(b"quiz-options" in one for one in bodies)
    assert not any(told.encode() in one for one in bodies)
    choose(page, item.right)
    page.click("#quiz-form button")
    page.wait_for_selector("#quiz-verdict")
    assert told in page.inner_text(".q-feedback")


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
    assert [one["url"].partition("/en/")[2] for one in shared] == ["quiz/?score=10"]
    assert run.id not in str(shared)
