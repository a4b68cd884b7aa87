"""A question in a frame of another site: with and without scripts, by keyboard, in any column."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Frame, Page, ViewportSize

from components.embeds.size import NARROWEST, frame_height
from data.models import Edition, Language
from pages.embeds.quiz_subject import subject_of
from pages.quiz.service import QuizService
from pages.site import Site
from quiz.bank import read_bank
from quiz.counters import CounterKey
from quiz.tokens import Tokens
from tests.browser.conftest import PATIENCE, Visiting, by_turns
from tests.browser.hosts.conftest import Newsroom
from tests.browser.hosts.pages import Host
from tests.browser.test_accessibility import LOOKS, violations_at
from tests.browser.test_embeds import OUTSIDE, OWN_HEIGHT
from tests.quiz_pages.builders import KEY, Clock

pytestmark = pytest.mark.timing

NARROW: ViewportSize = {"width": 320, "height": 900}
TEXT: ViewportSize = {"width": 640, "height": 900}
QUESTIONS = ("online-services", "turnout-trend", "water-at-home", "road-deaths-line")


@pytest.fixture
def bank(service: QuizService, edition: Edition) -> QuizService:
    """The service with questions of all kinds."""
    service.bank = read_bank(edition)
    return service


@pytest.fixture
def clock(service: QuizService) -> Clock:
    """The clock of the service's tokens."""
    clock = Clock()
    service.tokens = Tokens(KEY, clock=clock)
    return clock


def framed(page: Page, newsroom: Newsroom, path: str, sandbox: str | None) -> Frame:
    """Open a page of the newsroom whose frame shows a path of the site."""
    limits = "" if sandbox is None else f' sandbox="{sandbox}"'
    code = (
        f'<iframe{limits} title="question" src="{newsroom.site}{path}"'
        ' style="width:100%;height:600px;border:0"></iframe>'
    )
    page.goto(newsroom.publish(Host("plain"), code))
    frame = page.frames[1]
    frame.wait_for_selector("#quiz-form")
    return frame


@pytest.mark.parametrize("viewport", [NARROW, TEXT])
@pytest.mark.parametrize("sandbox", [None, "allow-forms", "allow-forms allow-scripts"])
def test_a_question_is_answered_by_keyboard_on_another_site(
    chromium: Browser,
    bank: QuizService,
    clock: Clock,
    newsroom: Newsroom,
    sandbox: str | None,
    viewport: ViewportSize,
) -> None:
    page = chromium.new_page(viewport=viewport)
    page.set_default_timeout(PATIENCE)
    frame = framed(page, newsroom, "/embed/en/quiz/turnout-trend", sandbox)
    clock.now += 10
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    frame.wait_for_selector("input:checked")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    frame.wait_for_selector("#quiz-verdict")
    rose = frame.locator(".q-option").first.inner_text()
    assert rose.startswith("It rose by more than 3 points")
    assert bank.store.counts()[CounterKey("runs", series="embed", language="en")] == 1
    assert frame.locator("html").evaluate("one => one.scrollWidth <= innerWidth")
    if sandbox is None:
        assert frame.evaluate("document.activeElement.id") == "quiz-verdict"
    assert not page.context.cookies()
    page.close()


@by_turns(QUESTIONS)
def test_a_question_fits_its_frame_and_has_no_violation_before_and_after_the_answer(
    visiting: Visiting,
    bank: QuizService,
    site: Site,
    language: Language,
    name: str,
) -> None:
    kind = next(question.kind for question in bank.bank.current if question.id == name)
    page = visiting(viewport=NARROW).go(f"/embed/{language}/quiz/{name}")
    with site.server.app_context():
        body = subject_of(site, language, f"quiz/{name}").body
    for width in (NARROWEST, 320, 480, 560, 640):
        page.set_viewport_size({"width": width, "height": 200})
        needed, height = page.evaluate(OWN_HEIGHT), frame_height(body, width)
        assert needed < height + 12, (width, needed, height)
        assert height < 1.4 * needed, (width, needed, height)
    found = {"before": violations_at(page, NARROW, "light")}
    if kind == "estimate":
        page.fill("#quiz-number", "137")
    elif kind == "draw":
        page.click("#quiz-choose")
        page.check("#quiz-options input >> nth=0", force=True)
    else:
        page.check("#quiz-options input >> nth=0", force=True)
    found["chosen"] = violations_at(page, TEXT, "dark", LOOKS)
    page.click("#quiz-form button[type=submit]")
    page.wait_for_selector("#quiz-verdict")
    found["after"] = violations_at(page, NARROW, "light") + page.evaluate(OUTSIDE)
    found["after, dark"] = violations_at(page, TEXT, "dark", LOOKS) + page.evaluate(OUTSIDE)
    assert not {when: faults for when, faults in found.items() if faults}
