"""An analyst's five tasks on the page that explores scores, each in at most eight presses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from components.texts import text
from data.exploration.selection import CHARTS
from data.models import Language
from tests.browser.conftest import ABORTED, ERROR_STATUS, Visiting, mainly
from tests.browser.test_swap import FAILURES

pytestmark = pytest.mark.timing

MOST_PRESSES = 8
# While Dash takes the page over, its own copy stands beside the one that was painted.
WAKING = "#explore.waking"


class Analyst:
    """Counts the presses of one task, and waits for what each of them changes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, selector: str) -> None:
        self.presses += 1
        self.page.click(selector)

    def choose(self, selector: str, value: str) -> None:
        self.presses += 2
        self.page.select_option(selector, value)

    def shown(self, query: str) -> None:
        """Wait until the page has the answer of this address, and is not there twice."""
        expect(self.page).to_have_url(re.compile(re.escape(query) + "$"))
        expect(self.page.locator(WAKING)).to_have_count(0)
        expect(self.page.locator("#explore-tabs [aria-current]")).to_be_visible()
        assert self.presses <= MOST_PRESSES


def old_verdicts(analyst: Analyst) -> None:
    analyst.press("details.facet:has(#explore-age) summary")
    analyst.press("label[for=explore-age-older]")
    analyst.shown("?age=older")
    expect(analyst.page.locator("#explore-chips .chip")).to_have_count(1)


def worse_since(analyst: Analyst) -> None:
    analyst.press("#explore-tabs a[href*='view=changes']")
    analyst.shown("?view=changes")
    analyst.press("details.facet:has(#explore-before) summary")
    analyst.choose("#explore-before", "2015")
    analyst.shown("?view=changes&before=2015")
    expect(analyst.page.locator(".finding")).to_contain_text("2015")


def ten_percent(analyst: Analyst) -> None:
    analyst.press("#explore-tabs a[href*='view=distance']")
    analyst.shown("?view=distance")
    expect(analyst.page.locator(".finding")).to_contain_text(re.compile(r"10\s?%"))
    expect(analyst.page.locator("#explore-picture svg").first).to_be_visible()


def beside_stavanger(analyst: Analyst) -> None:
    analyst.press("#explore-tabs a[href*='view=cities']")
    analyst.shown("?view=cities")
    analyst.press("details.facet:has(#explore-city) summary")
    analyst.press("label[for=explore-city-stavanger]")
    analyst.shown("?view=cities&city=stavanger")
    expect(analyst.page.locator("#explore-chips .chip")).to_have_count(1)


def link_and_file(analyst: Analyst) -> None:
    beside_stavanger(analyst)
    page = analyst.page
    analyst.press("#explore-tools details:has(#explore-link) summary")
    expect(page.locator("#explore-link")).to_contain_text("?view=cities&city=stavanger")
    analyst.press("#explore-tools details:has(.forms) summary")
    with page.expect_download() as waiting:
        analyst.press("#explore-tools a[href*='explore.csv']")
    assert waiting.value.suggested_filename.endswith("selection.csv")
    assert analyst.presses <= MOST_PRESSES


TASKS = (old_verdicts, worse_since, ten_percent, beside_stavanger, link_and_file)


@pytest.mark.parametrize("task", TASKS)
@mainly("ru")
def test_a_task_takes_eight_presses_at_most(
    visiting: Visiting, language: Language, task: Callable[[Analyst], None]
) -> None:
    page = visiting().go(f"/{language}/explore/")
    task(Analyst(page))
    other = "en" if language == "ru" else "ru"
    expect(page.locator("#language-switch")).to_have_attribute(
        "href", f"/{other}/explore/" + page.url.partition("/explore/")[2]
    )


def test_a_picked_indicator_and_the_step_before_are_kept(visiting: Visiting) -> None:
    page = visiting().go("/en/explore/?dimension=economy")
    page.click("details.facet:has(#explore-level) summary")
    page.click("label[for=explore-level-core]")
    expect(page).to_have_url(re.compile("dimension=economy&level=core$"))
    expect(page.locator(WAKING)).to_have_count(0)
    expect(page.locator("#explore-chips .chip")).to_have_count(2)
    page.click(".v-name >> nth=0")
    expect(page).to_have_url(re.compile("&pick=ec-"))
    expect(page.locator("#explore-picture .on").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("level=core$"))
    page.go_back()
    expect(page.locator("#explore-chips .chip")).to_have_count(1)
    expect(page.locator("#explore-level-core")).not_to_be_checked()


def awake(page: Page) -> Page:
    """Wait until Dash draws the page, after a reader has touched it."""
    page.focus("#explore-chart-button")
    expect(page.locator("#painted")).to_have_count(0)
    return page


def drawn(page: Page, query: str) -> None:
    """Wait until what follows from an address is there, too."""
    expect(page.locator("#explore-link")).to_contain_text(re.compile(re.escape(query) + "$"))


@pytest.mark.parametrize("pick", ["ec-p-em-1c", "sc-sh-si-2c"])
def test_a_pick_is_marked_before_the_server_answers(visiting: Visiting, pick: str) -> None:
    page = awake(visiting().go("/en/explore/"))
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/_dash-update-component", hold)
    page.click(f"#explore-picture .v-name[href$='pick={pick}']")
    mark = page.locator("#explore-picture .on")
    expect(mark).to_have_count(1)
    expect(mark.locator("a")).to_have_attribute("href", f"/en/explore/?pick={pick}")
    expect(page).to_have_url(re.compile(f"pick={pick}$"))
    expect(page.locator("#explore-link")).not_to_contain_text("pick")
    waiting[0].continue_()
    page.unroute("**/_dash-update-component", hold)
    drawn(page, f"?pick={pick}")
    expect(page.locator("#explore-tabs a[href*='view=wheel']")).to_have_attribute(
        "href", f"/en/explore/?view=wheel&pick={pick}"
    )
    expect(page.locator("#explore-pick")).to_have_value(pick)
    page.go_back()
    expect(mark).to_have_count(0)
    drawn(page, "/en/explore/")


@pytest.mark.parametrize("failure", ["503", "offline"])
def test_a_choice_that_fails_is_told_of_and_made_up_for(visiting: Visiting, failure: str) -> None:
    visit = visiting(allowed=(ERROR_STATUS, "ERR_INTERNET_DISCONNECTED", ABORTED))
    page = awake(visit.go("/en/explore/"))
    (fail, words), address = FAILURES[failure], "**/_dash-update-component"
    page.route(address, fail)
    page.click("#explore-tabs a[href*='view=distance']")
    line = page.locator("#retry-status")
    expect(line).to_contain_text(words)
    again = page.get_by_role("button", name=text("retry_again", "en"))
    expect(again).to_be_visible()
    page.unroute(address, fail)
    again.press("Enter")
    drawn(page, "?view=distance")
    expect(line.locator("p")).to_be_hidden()


# Every control of the form with its value and its words, the counts among them.
FORM = """() => [...document.querySelectorAll('#explore-form :is(input, select)')].map(control =>
    [control.id, control.type === 'checkbox' ? control.checked : control.value,
     control.labels && control.labels.length ? control.labels[0].textContent : ''])"""


def test_the_form_is_kept_up_as_its_address_would_open_it(visiting: Visiting) -> None:
    page = awake(visiting().go("/en/explore/?view=changes&topic=water"))
    plain = page.evaluate(FORM)
    fold = page.locator("#explore-tools details:has(#explore-link)")
    fold.locator("summary").click()
    page.click("details.facet:has(#explore-age) summary")
    page.click("label[for=explore-age-older]")
    drawn(page, "age=older")
    expect(page.locator("#explore-age-older")).to_be_focused()
    page.click("details.facet:has(#explore-before) summary")
    page.select_option("#explore-before", "2015")
    drawn(page, "before=2015")
    page.fill("#explore-q", "sewage")
    page.press("#explore-q", "Enter")
    expect(page).to_have_url(re.compile("kpi="))
    drawn(page, page.url.partition("?")[2])
    expect(page.locator("#explore-q")).to_have_value("")
    expect(page.locator("details.facet:has(#explore-age)")).to_have_attribute("open", "")
    expect(fold).to_have_attribute("open", "")
    chosen = page.evaluate(FORM)
    assert chosen != plain
    assert chosen == visiting().go(page.url.partition(page.url.split("/en/")[0])[2]).evaluate(FORM)


def test_what_is_typed_while_dash_comes_stays(visiting: Visiting) -> None:
    page = visiting().go("/en/explore/")

    def type_first(route: Route) -> None:
        page.keyboard.type("wat")
        route.continue_()

    page.route("**/_dash-layout*", type_first)
    page.focus("#explore-q")
    expect(page.locator("#painted")).to_have_count(0)
    expect(page.locator("#explore-q")).to_be_focused()
    expect(page.locator("#explore-q")).to_have_value("wat")


# Before Dash asks for the page as it is then, and after it has asked for it as it was opened.
@pytest.mark.parametrize("held", ["**/dash_renderer.min.*", "**/_dash-layout*"])
def test_what_is_chosen_while_dash_comes_is_drawn(visiting: Visiting, held: str) -> None:
    page = visiting().go("/en/explore/?view=trends&dimension=economy")

    def choose_first(route: Route) -> None:
        page.click("label[for=explore-level-core]")
        route.continue_()

    page.route(held, choose_first, times=1)
    page.click("details.facet:has(#explore-level) summary")
    expect(page.locator("#painted")).to_have_count(0)
    expect(page.locator("#explore-chips .chip")).to_have_count(2)
    expect(page.locator("#explore-level-core")).to_be_checked()
    expect(page).to_have_url(re.compile("view=trends&dimension=economy&level=core$"))


# Bold names and grounds as drawn, and as the chart would draw them again.
MARKS = """() => {
    const chart = document.querySelector('#explore-figure .js-plotly-plot');
    const names = [...chart.querySelectorAll('.ytick text, .textpoint text')];
    const isBold = text => getComputedStyle(text.querySelector('tspan') || text).fontWeight >= 700;
    const grounds = [...chart.querySelectorAll('.layer-below .shapelayer path')];
    return [names.filter(isBold).map(text => text.textContent),
            grounds.map(path => path.getBBox()).map(box => [box.x, box.y, box.width, box.height]
                .map(Math.round)),
            (chart.layout.shapes || []).map(shape => [shape.y0, shape.y1, shape.fillcolor])];
}"""
FITTED = """() => {
    const place = document.getElementById('explore-chart').getBoundingClientRect();
    const drawn = document.querySelector('#explore-figure .main-svg').getBoundingClientRect();
    return place.right < innerWidth && Math.abs(place.width - drawn.width) < 1;
}"""
PRESS = "dash_clientside.explore.pressed({points: [{customdata: ['EC: P: EM: 1C']}]})"


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_a_mark_in_a_chart_is_that_of_the_server(visiting: Visiting, width: int) -> None:
    size = {"width": width, "height": 900}
    marks = []
    for query in ("", "?pick=ec-p-em-1c"):
        page = awake(visiting(viewport=size).go(f"/en/explore/{query}"))
        page.click("#explore-chart-button")
        expect(page.locator("#explore-figure .main-svg").first).to_be_visible()
        # Plotly draws once more where its place has got another width meanwhile.
        page.wait_for_function(FITTED)
        marks.append(page.evaluate(MARKS))
        page.evaluate(PRESS)
        drawn(page, "/en/explore/" if query else "?pick=ec-p-em-1c")
        marks.append(page.evaluate(MARKS))
    plain, pressed, picked, let_go = marks
    assert pressed == picked
    assert len(pressed[1]) == len(pressed[2]) == 1
    assert plain == let_go
    assert plain[1:] == [[], []]


# Plotly tells when it begins to move something.
LISTEN = """chart => {
    window.moves = 0;
    chart.on('plotly_animating', () => { window.moves += 1; });
}"""
OPENED = "document.querySelector('#explore-figure .js-plotly-plot').data[0].level === 'economy'"


@pytest.mark.parametrize(("motion", "moves"), [("reduce", 0), ("no-preference", 1)])
def test_rings_open_without_motion_for_who_wants_none(
    visiting: Visiting, motion: Literal["reduce", "no-preference"], moves: int
) -> None:
    page = awake(visiting(reduced_motion=motion).go("/en/explore/?view=wheel"))
    page.click("#explore-chart-button")
    name = page.locator("#explore-figure .slice text", has_text="Economy")
    expect(name).to_be_visible()
    page.wait_for_function(FITTED)
    page.eval_on_selector("#explore-figure .js-plotly-plot", LISTEN)
    name.click(force=True)
    page.wait_for_function(OPENED)
    expect(page.locator("#explore-figure .slice text", has_text="Environment")).to_have_count(0)
    assert page.evaluate("moves") == moves


FOCUSED = "document.activeElement.textContent"


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(view, marks=[] if view in ("heat-map", "cities") else pytest.mark.long)
        for view in CHARTS
    ],
)
def test_the_focus_stays_when_what_has_it_is_drawn_anew(visiting: Visiting, view: str) -> None:
    page = awake(visiting().go(f"/en/explore/?view={view}&before=2015&city=asker"))
    link = page.locator("#explore-picture :is(.v-name, svg a)[href*='pick=']").nth(3)
    words, address = link.text_content(), str(link.get_attribute("href"))
    link.focus()
    page.keyboard.press("Enter")
    drawn(page, address)
    assert page.evaluate(FOCUSED) == words
    # Of the chip that is pressed nothing is left; the next one has its place.
    chip = page.locator("#explore-chips .chip").first
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#explore-chips .chip")).to_have_count(1)
    assert page.evaluate("document.activeElement.closest('[id]').id") == "explore-chips"
    page.focus("#explore-chips li:last-child a")
    page.keyboard.press("Enter")
    expect(page.locator("#explore-chips a")).to_have_count(0)
    expect(page.locator("#explore-tabs [aria-current]")).to_be_focused()
