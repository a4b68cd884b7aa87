"""Rooms in a browser: led for phones with and without scripts, at one's own pace, for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from components.texts import text
from data.models import Language
from pages.quiz.service import QuizService
from tests.browser.conftest import Visiting, mainly
from tests.browser.test_accessibility import DESK, LOOKS, PHONE, violations_at

PROJECTOR = {"width": 1920, "height": 1080}


@pytest.fixture(autouse=True)
def prompt(service: QuizService) -> None:
    """Let browsers ask for the state of a room every second."""
    service.room_poll_seconds = 1


def open_room(visiting: Visiting, language: Language, pace: str) -> tuple[Page, str]:
    """Open a room; return the presenter's page and the address that its picture leads to."""
    page: Page = visiting(viewport=PROJECTOR).go(f"/{language}/quiz/")
    page.check(f"#together input[value={pace}]")
    page.click("#together button")
    page.wait_for_url("**/present/**")
    code = page.inner_text(".q-code").replace(" ", "")
    return page, f"/{language}/quiz/join/{code}/"


def press(page: Page, key: str, language: Language, n: int = 0) -> None:
    """Press the presenter's button, which must say what is expected."""
    page.get_by_role("button", name=text(key, language, n=n), exact=True).click()


def join(visiting: Visiting, address: str, *, scripts: bool = True) -> Page:
    page: Page = visiting(viewport=PHONE, java_script_enabled=scripts).go(address)
    page.click("main form button")
    page.wait_for_url("**/1/")
    return page


def answer(page: Page) -> None:
    page.click("#quiz-options label >> nth=0")
    page.click("#quiz-form button")


@mainly("ru")
def test_a_room_is_led_through_its_questions(visiting: Visiting, language: Language) -> None:
    presenter, address = open_room(visiting, language, "led")
    members = [join(visiting, address) for _ in range(2)]
    plain = join(visiting, address, scripts=False)
    expect(presenter.locator("[data-count=members]")).to_have_text("3")
    for n in range(1, 4):
        press(presenter, "room_open_question", language, n)
        for member in members:
            expect(member.locator(".q-progress p")).to_have_text(
                text("quiz_progress", language, n=n, total=10)
            )
            answer(member)
            expect(member.locator("h1")).to_have_text(text("room_answered_title", language))
        plain.click("#quiz-next" if n > 1 else ".q-act a")
        answer(plain)
        assert plain.inner_text("h1") == text("room_answered_title", language)
        expect(presenter.locator("[data-count=answered]")).to_have_text("3")
        press(presenter, "room_close", language, n)
        expect(presenter.locator(".q-distribution")).to_be_visible()
        for member in members:
            expect(member.locator("#quiz-verdict")).to_be_visible()
        plain.reload()
        assert plain.is_visible("#quiz-verdict")
    for page in (presenter, *members):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_presenters_second_window_follows(visiting: Visiting) -> None:
    first, _ = open_room(visiting, "en", "led")
    second: Page = visiting().go(first.url.removeprefix(first.url.split("/en/")[0]))
    press(first, "room_open_question", "en", 1)
    expect(second.get_by_role("button", name="Close question 1")).to_be_visible()


def test_a_room_at_ones_own_pace(visiting: Visiting) -> None:
    presenter, address = open_room(visiting, "en", "own")
    member = join(visiting, address)
    for n in range(1, 11):
        answer(member)
        expect(member.locator("#quiz-verdict")).to_be_visible()
        member.click("#quiz-next")
        expect(member.locator("#quiz-result" if n == 10 else "#quiz-form")).to_be_visible()
    expect(presenter.locator("[data-count=finished]")).to_have_text("1")
    for n in range(1, 11):
        press(presenter, "room_close_own", "en", n)
    press(presenter, "room_show_scores", "en")
    expect(presenter.locator("h1")).to_have_text(text("room_scores_title", "en"))


@mainly("ru")
def test_no_page_of_a_room_has_a_violation(visiting: Visiting, language: Language) -> None:
    presenter, address = open_room(visiting, language, "led")
    door: Page = visiting(viewport=PHONE).go(address)
    member = join(visiting, address)
    faults = violations_at(door, PHONE, "light") + violations_at(door, DESK, "dark", LOOKS)
    faults += violations_at(member, PHONE, "light")
    for n in (0, 1, 2):
        faults += violations_at(presenter, PHONE, "light")
        faults += violations_at(presenter, DESK, "dark", LOOKS)
        if n < 2:
            presenter.click(".q-side button")
            presenter.wait_for_selector(f".q-room[data-at='{n + 1}']")
    assert not faults
    for width in (320, 360, 1920):
        presenter.set_viewport_size({"width": width, "height": 900})
        assert presenter.evaluate("document.documentElement.scrollWidth <= innerWidth")
