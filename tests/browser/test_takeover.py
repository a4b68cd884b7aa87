"""When Dash takes a part over, nothing moves, nothing is lost, and nobody else is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from components.texts import text
from tests.browser.conftest import ABORTED, Visiting
from tests.browser.shifts import moved, watch
from tests.browser.test_plain import AWAKE, WAKING

pytestmark = pytest.mark.timing

PLACES = """() => [...document.querySelectorAll(
        'h1, h2, h3, form, select, input, table, svg.wheel, .finding, footer'
    )].map(one => {
        const box = one.getBoundingClientRect();
        return [box.left, box.top + scrollY, box.width, box.height].map(Math.round).join(' ');
    })"""
PAGES = [path for path in WAKING if "no-such" not in path]


def wake(page: Page, path: str) -> None:
    page.hover(WAKING[path])
    page.wait_for_function(AWAKE)


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_when_dash_takes_over(visiting: Visiting, path: str, width: int) -> None:
    visit = visiting(viewport={"width": width, "height": 800})
    watch(visit.page)
    page = visit.go(f"/ru/{path}")
    assert moved(page) == []
    before = page.evaluate(PLACES)
    wake(page, path)
    assert moved(page) == []
    assert page.evaluate(PLACES) == before


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_asked_for_before_the_reader_acts(visiting: Visiting, path: str) -> None:
    visit = visiting()
    page = visit.go(f"/en/{path}")
    page.mouse.wheel(0, 600)
    page.wait_for_load_state("networkidle")
    assert visit.paths() == [f"/en/{path.partition('?')[0]}", *visit.paths()[1:]]
    # The sheet for printing blocks nothing and comes last; who prints must not wait for it.
    known = ("/assets/icon.", "/assets/print.")
    assert not [one for one in visit.paths()[1:] if not one.startswith(known)]


def test_words_and_caret_survive_the_takeover(visiting: Visiting) -> None:
    visit = visiting()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    # Dash's layout is held back until everything has been typed and chosen.
    visit.page.route("**/_dash/_dash-layout*", hold)
    page = visit.go("/en/kpi/")
    with page.expect_request("**/_dash/_dash-layout*"):
        page.focus("#painted #list-q")
    page.keyboard.type("traf")
    page.select_option("#painted #list-level", "core")
    page.focus("#painted #list-q")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function("() => window.dash_clientside !== undefined")
    held[0].continue_()
    page.wait_for_function(AWAKE)
    state = page.evaluate(
        "() => [document.activeElement.id, document.activeElement.selectionStart,"
        " document.activeElement.selectionEnd, document.activeElement.value]"
    )
    assert state == ["list-q", 1, 2, "traf"]
    assert page.input_value("#list-level") == "core"
    page.wait_for_url("**/en/kpi/?q=traf&level=core")
    assert page.locator("#list-results tbody tr").count() < 20


def test_what_is_open_stays_open_and_what_is_scrolled_stays_scrolled(visiting: Visiting) -> None:
    page = visiting(viewport={"width": 700, "height": 800}).go("/en/")
    opened = page.locator("details").nth(1)
    opened.locator("summary").click()
    assert opened.get_attribute("open") is not None
    wake(page, "")
    states = page.evaluate("() => [...document.querySelectorAll('details')].map(one => one.open)")
    assert states == [False, True, False]


def test_a_click_before_dash_is_there_is_not_lost(visiting: Visiting) -> None:
    page = visiting().go("/en/kpi/ec-p-em-1c/")
    page.click("#indicator-chart-button")
    page.wait_for_selector(".js-plotly-plot .main-svg")


def test_the_buttons_of_a_chart_speak_the_language_of_the_page(visiting: Visiting) -> None:
    page = visiting(locale="ru-RU").go("/ru/kpi/ec-p-em-1c/")
    page.click("#indicator-chart-button")
    page.wait_for_selector(".js-plotly-plot .modebar-btn", state="attached")
    # The words of a language come after the chart.
    page.wait_for_function(
        """() => {
            const buttons = [...document.querySelectorAll('.modebar-btn[data-title]')];
            return buttons.length && buttons.every(one => /[а-я]/i.test(one.dataset.title));
        }"""
    )


def test_nothing_stays_behind_in_the_browser(visiting: Visiting) -> None:
    page = visiting().go("/en/")
    for path in PAGES:
        page.goto(page.url.partition("/en/")[0] + f"/en/{path}")
        wake(page, path)
    kept = page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == ["", 0, 0, 0, 0]
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    "blocked",
    [
        "**/assets/dash_takeover.*",
        "**/dash-renderer/**",
        "**/_dash-layout*",
        "**/_dash-dependencies",
    ],
)
def test_a_page_stays_usable_when_a_script_or_answer_fails(
    visiting: Visiting, blocked: str
) -> None:
    visit = visiting(allowed=(ABORTED,))
    visit.page.route(blocked, lambda route: route.abort())
    page = visit.go("/en/kpi/")
    with page.expect_event("requestfailed"):
        page.focus("#list-q")
    page.keyboard.type("water")
    assert page.input_value("#list-q") == "water"
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/kpi/?q=water*")
    assert page.locator("#list-results tbody tr").count() < 20
    assert page.is_visible("#list-q")


def test_a_reader_is_told_when_the_interactive_part_does_not_come(visiting: Visiting) -> None:
    visit = visiting(allowed=(ABORTED,))
    visit.page.route("**/dash-renderer/**", lambda route: route.abort())
    page = visit.go("/en/kpi/ec-p-em-1c/")
    page.click("#indicator-chart-button")
    told = page.wait_for_selector("#explore-failed", state="visible")
    assert told is not None
    assert told.inner_text().strip() == text("explore_failed", "en")
    assert page.get_attribute("#indicator-chart-button", "aria-busy") is None
    assert page.is_visible("svg.trend")


def test_a_chart_whose_script_fails_does_not_ask_again_and_again(visiting: Visiting) -> None:
    # Dash logs the event of the script that failed, once for each time it is asked.
    visit = visiting(allowed=(ABORTED, "Event"))
    visit.page.route("**/assets/plotly.*", lambda route: route.abort())
    page = visit.go("/en/kpi/ec-p-em-1c/")
    with page.expect_event("requestfailed"):
        page.click("#indicator-chart-button")
    page.wait_for_load_state("networkidle")
    asked = [one for one in visit.paths() if one.endswith("_dash-update-component")]
    assert len(asked) <= 2
    assert page.is_visible("svg.trend")


def test_filters_still_say_all_when_dash_is_there(visiting: Visiting) -> None:
    page = visiting().go("/en/kpi/")
    wake(page, "kpi/")
    page.wait_for_selector("#explore-root #list-band")
    shown = (
        "() => [...document.querySelectorAll('form .field > select')]"
        ".filter(one => !/as_of|yardstick/.test(one.name))"
        ".map(one => one.selectedOptions[0].text)"
    )
    assert page.evaluate(shown) == [text("any", "en")] * 5
    page.select_option("#list-level", "core")
    page.wait_for_url("**/en/kpi/?level=core")
    page.locator("#list-level").evaluate(
        "one => { one.selectedIndex = 1; one.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    page.wait_for_url("**/en/kpi/")
    assert page.evaluate(shown) == [text("any", "en")] * 5
