"""A choice changes the page at once into the one that the plain form would lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from components.texts import text
from tests.browser.conftest import ABORTED, ERROR_STATUS, Visiting
from tests.browser.test_plain import text_of

pytestmark = pytest.mark.timing


@dataclass(frozen=True)
class Choice:
    """A choice on a page: what the reader does, the query it leads to, and its name in words."""

    path: str
    control: str
    value: str
    query: str
    name: str

    def make(self, page: Page) -> None:
        """Make the choice as a reader would."""
        if self.control == "#choice-year":
            page.click(".year-form summary")
        if self.control == "#list-level":
            page.click(".filter-form summary")
        control = page.locator(self.control)
        if control.evaluate("control => control.type") == "checkbox":
            control.check()
        elif control.evaluate("control => control.nodeName") == "SELECT":
            control.select_option(self.value)
        else:
            control.press_sequentially(self.value)


YEAR = ("#choice-year", "2016", "as_of=2016", "As of: 2016")
CHOICES = {
    "home": Choice("", *YEAR),
    "switch": Choice("", "#choice-since", "", "since=2021", "Recent values only: since 2021"),
    "dimension": Choice("economy/", *YEAR),
    "list": Choice("kpi/", "#list-q", "water", "q=water", ": water"),
    "filter": Choice("kpi/", "#list-level", "core", "level=core", ": core"),
    "compare": Choice("compare/", "#compare-asker", "", "city=asker", "Asker"),
    "embed": Choice("embed/", "#embed-chart", "economy", "chart=economy", ": Economy"),
}
TOLD = "main [role=status]:not(:empty) >> nth=0"
every_choice = pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)


@every_choice
def test_a_choice_makes_the_page_that_its_address_leads_to(
    visiting: Visiting, choice: Choice
) -> None:
    visit = visiting()
    page = visit.go(f"/en/{choice.path}")
    control = page.locator(choice.control).element_handle()
    status = page.locator(TOLD).first.element_handle()
    before = status.text_content()
    choice.make(page)
    page.wait_for_url(f"**/en/{choice.path}?{choice.query}")
    # What screen readers watch has stayed, with new words; so has the control.
    assert status.evaluate("element => element.isConnected")
    assert status.text_content() != before
    assert control.evaluate("element => element.isConnected")
    other = page.get_attribute("#language-switch", "href")
    assert other == f"/ru/{choice.path}?{choice.query}"
    canonical = str(page.get_attribute("link[rel=canonical]", "href"))
    assert canonical.endswith(f"/en/{choice.path}?{choice.query}")
    title, words = page.title(), text_of(page)
    assert not [path for path in visit.paths() if path.startswith("/_dash/")]
    page.reload()
    if choice.control == YEAR[0]:
        page.click(".year-form summary")
    if choice.control == "#list-level":
        page.click(".filter-form summary")
    assert (page.title(), text_of(page)) == (title, words)


def test_focus_caret_folds_and_scrolling_stay(visiting: Visiting) -> None:
    page = visiting(viewport={"width": 700, "height": 600}).go("/en/kpi/")
    page.focus("#list-q")
    page.keyboard.type("trafic")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.evaluate("scrollTo(0, 90)")
    page.keyboard.type("f")
    page.wait_for_url("**/en/kpi/?q=traffic")
    state = "() => [document.activeElement.id, document.activeElement.selectionStart, scrollY]"
    assert page.evaluate(state) == ["list-q", 5, 90]
    page.goto(page.url.partition("/en/")[0] + "/en/")
    CHOICES["home"].make(page)
    page.wait_for_url("**/en/?as_of=2016")
    assert page.get_attribute(".year-form details", "open") is not None
    # The words of the hub are those of the new choice, also after a square was named.
    square = page.locator(".waffle a").first
    square.hover()
    name = (square.get_attribute("aria-label") or "").partition("\n")[0]
    page.wait_for_function(
        "name => document.querySelector('.hub').innerText.startsWith(name)", arg=name
    )
    page.mouse.move(2, 2)
    page.wait_for_function(
        "() => document.querySelector('.hub big')?.textContent.trim() === "
        "document.querySelector('h1').textContent.match(/\\d+ of \\d+/)[0]"
    )


def test_a_word_that_an_input_method_composes_is_left_alone(visiting: Visiting) -> None:
    page = visiting().go("/ru/kpi/")
    page.focus("#list-q")
    page.wait_for_function("() => window.retry")
    session = page.context.new_cdp_session(page)
    unfinished = {"text": "во", "selectionStart": 2, "selectionEnd": 2}
    session.send("Input.imeSetComposition", unfinished)
    page.wait_for_timeout(600)
    assert urlsplit(page.url).query == ""
    session.send("Input.insertText", {"text": "вода"})
    page.wait_for_url("**/ru/kpi/?q=*")
    assert page.input_value("#list-q") == "вода"


def test_the_newest_choice_wins_over_an_earlier_answer(visiting: Visiting) -> None:
    visit = visiting(allowed=(ABORTED,))
    visit.page.route("**/en/?as_of=2012", hold)
    page = visit.go("/en/")
    page.click(".year-form summary")
    with page.expect_request("**/en/?as_of=2012"):
        page.select_option("#choice-year", "2012")
    page.select_option("#choice-year", "2016")
    page.wait_for_url("**/en/?as_of=2016")
    HELD.pop().abort()
    assert page.input_value("#choice-year") == "2016"
    expect(page.locator("#retry-status p")).to_be_hidden()


def abort(route: Route) -> None:
    route.abort("internetdisconnected")


def refuse(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, headers={"Retry-After": "7"}, body="")


def never(route: Route) -> None:
    """Leave the request without an answer."""


def half(route: Route) -> None:
    # Chromium shows these headers to the network only, and no form of another site may be answered.
    answer = route.fetch(headers={**route.request.headers, "sec-fetch-site": "same-origin"})
    route.fulfill(response=answer, body=answer.body()[: len(answer.body()) // 2])


HELD: list[Route] = []


def hold(route: Route) -> None:
    HELD.append(route)


FAILURES: Mapping[str, tuple[Callable[[Route], None], str]] = {
    "offline": (abort, "no connection"),
    "429": (refuse(429), "in 7 s"),
    "503": (refuse(503), "in 7 s"),
    "no answer": (never, "no answer so far"),
    "slow answer": (hold, "no answer so far"),
    "broken": (half, "error"),
}
SAMPLE = {
    ("home", "offline"),
    ("dimension", "429"),
    ("list", "no answer"),
    ("compare", "broken"),
    ("home", "slow answer"),
}


def mend(page: Page, address: str | re.Pattern[str], failure: str) -> None:
    """Let the next request through, and the page know of it."""
    page.route(address, lambda route: route.continue_())
    if failure == "offline":
        page.evaluate("window.dispatchEvent(new Event('online'))")
    elif failure == "no answer":
        page.get_by_role("button", name=text("retry_again", "en")).press("Enter")
    elif failure == "slow answer":
        while HELD:
            HELD.pop().continue_()
    else:
        page.clock.run_for(8000)


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        pytest.param(kind, failure, marks=() if (kind, failure) in SAMPLE else pytest.mark.long)
        for kind in CHOICES
        for failure in FAILURES
    ],
)
def test_a_choice_without_an_answer_is_told_of_and_made_up_for(
    visiting: Visiting, kind: str, failure: str
) -> None:
    choice, (fail, words) = CHOICES[kind], FAILURES[failure]
    visit = visiting(allowed=(ERROR_STATUS, "ERR_INTERNET_DISCONNECTED", ABORTED))
    page = visit.page
    page.clock.install()
    visit.go(f"/en/{choice.path}")
    sentence = page.inner_text(TOLD)
    url = re.compile(rf"/en/{re.escape(choice.path)}\?")
    page.route(url, fail)
    with page.expect_request(url):
        choice.make(page)
        page.wait_for_function("() => window.retry")
        page.clock.run_for(300)
    page.clock.run_for(700)
    line = page.locator("#retry-status")
    page.wait_for_selector("main[aria-busy=true]")
    page.clock.run_for(4000)
    # The page shows what it showed, and the sentence names what was asked for.
    expect(line).to_contain_text(choice.name)
    expect(line).to_contain_text(words)
    assert page.inner_text(TOLD) == sentence
    assert not urlsplit(page.url).query
    mend(page, url, failure)
    page.wait_for_url(f"**/en/{choice.path}?{choice.query}")
    expect(line.locator("p")).to_be_hidden()
    assert page.get_attribute("main", "aria-busy") != "true"


def test_a_choice_waits_for_scripts_that_do_not_come(visiting: Visiting) -> None:
    visit = visiting(allowed=("ERR_INTERNET_DISCONNECTED",))
    page = visit.page
    page.clock.install()
    page.route("**/assets/swap.*", abort)
    visit.go("/ru/")
    with page.expect_event("requestfailed"):
        CHOICES["home"].make(page)
    page.clock.run_for(1000)
    page.wait_for_selector("main[aria-busy=true]")
    page.clock.run_for(3500)
    expect(page.locator("#retry-status")).to_contain_text(text("retry_scripts", "ru"))
    page.unroute("**/assets/swap.*")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_function("() => window.retry")
    page.clock.run_for(300)
    page.wait_for_url("**/ru/?as_of=2016")
    expect(page.locator("#retry-status p")).to_be_hidden()
