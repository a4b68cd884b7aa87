"""Choices of Explore that follow each other before the server has answered: none is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ABORTED, ERROR_STATUS, Visiting
from tests.browser.test_explore import awake, drawn

pytestmark = pytest.mark.timing

ANSWERS = "**/_dash-update-component"
TRENDS = "#explore-tabs a[href*='view=trends']"
CORE = "label[for=explore-level-core]"


def tick(page: Page) -> None:
    page.click("details.facet:has(#explore-level) summary")
    page.click(CORE)


def view(page: Page) -> None:
    page.click(TRENDS)


def pick(page: Page) -> None:
    page.click("#explore-picture .v-name[href$='pick=ec-p-em-1c']")


def held(page: Page) -> Callable[[], None]:
    """Hold answers back; return what lets them through."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    def release() -> None:
        for route in waiting:
            route.continue_()
        page.unroute(ANSWERS, hold)

    page.route(ANSWERS, hold)
    return release


@pytest.mark.parametrize(
    ("first", "second", "query"),
    [
        (tick, view, "view=trends&level=core"),
        (view, tick, "view=trends&level=core"),
        (pick, tick, "level=core&pick=ec-p-em-1c"),
    ],
    ids=["tick-view", "view-tick", "pick-tick"],
)
def test_a_choice_before_the_answer_to_another_keeps_it(
    visiting: Visiting,
    first: Callable[[Page], None],
    second: Callable[[Page], None],
    query: str,
) -> None:
    page = awake(visiting(allowed=(ABORTED,)).go("/en/explore/"))
    release = held(page)
    first(page)
    second(page)
    release()
    drawn(page, query)
    expect(page).to_have_url(re.compile(re.escape(query) + "$"))
    expect(page.locator("#explore-level-core")).to_be_checked()


def test_what_is_typed_before_the_answer_to_a_choice_stays(visiting: Visiting) -> None:
    page = awake(visiting().go("/en/explore/"))
    release = held(page)
    tick(page)
    page.focus("#explore-q")
    page.keyboard.type("sew")
    release()
    drawn(page, "?level=core")
    page.keyboard.type("age")
    expect(page.locator("#explore-q")).to_have_value("sewage")
    page.keyboard.press("Enter")
    expect(page.locator("#explore-q")).to_have_value("")
    drawn(page, "&level=core")


def test_a_search_is_one_step_of_the_history(visiting: Visiting) -> None:
    page = awake(visiting().go("/en/explore/"))
    before = page.evaluate("history.length")
    page.fill("#explore-q", "sewage")
    page.press("#explore-q", "Enter")
    expect(page.locator("#explore-chips .chip")).not_to_have_count(0)
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page.locator("#explore-chips .chip")).to_have_count(0)
    drawn(page, "/en/explore/")


def test_a_search_before_dash_is_there_is_settled(visiting: Visiting) -> None:
    page = visiting().go("/en/explore/")

    def search_first(route: Route) -> None:
        page.keyboard.type("sewage")
        page.keyboard.press("Tab")
        route.continue_()

    page.route("**/assets/explore.*.js", search_first, times=1)
    page.focus("#explore-q")
    expect(page.locator("#painted")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?kpi="))
    expect(page.locator("#explore-q")).to_have_value("")
    expect(page.locator("#language-switch")).to_have_attribute("href", re.compile(r"\?kpi="))


def test_a_link_within_the_page_draws_nothing_anew(visiting: Visiting) -> None:
    page = awake(visiting().go("/en/explore/"))
    page.click("#explore-rows a[href*='rows=all']")
    rows = page.locator("#explore-rows tbody tr")
    expect(rows).not_to_have_count(3)
    count = rows.count()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.click("a[href='#explore-tools']")
    expect(page).to_have_url(re.compile("#explore-tools$"))
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")
    assert rows.count() == count
    assert not [url for url in asked if "_dash" in url]


def test_what_a_newer_choice_replaces_is_not_asked_for_again(visiting: Visiting) -> None:
    page = awake(visiting(allowed=(ERROR_STATUS, ABORTED)).go("/en/explore/"))
    page.route(
        ANSWERS, lambda route: route.fulfill(status=503, headers={"Retry-After": "90"}), times=1
    )
    tick(page)
    line = page.locator("#retry-status p")
    expect(line).to_contain_text("core")
    page.click("details.facet:has(#explore-age) summary")
    page.click("label[for=explore-age-older]")
    drawn(page, "level=core&age=older")
    expect(line).to_be_hidden()
    expect(page.locator("#content")).to_have_attribute("aria-busy", "false")


def test_a_chart_whose_script_fails_leaves_the_page(visiting: Visiting) -> None:
    page = awake(visiting(allowed=(ERROR_STATUS, ABORTED)).go("/en/explore/"))

    def fail(route: Route) -> None:
        if route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    page.route("**/plotly.*.js", fail)
    page.click("#explore-chart-button")
    expect(page.locator("#retry-status p")).to_be_visible()
    expect(page.locator("#explore-form")).to_be_visible()
    expect(page.locator("#explore-rows")).to_be_visible()
    page.unroute("**/plotly.*.js", fail)
    page.click("#explore-chart-button")
    expect(page.locator("#explore-chart .main-svg").first).to_be_visible()
