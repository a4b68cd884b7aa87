"""When Dash takes a part over, nothing moves, nothing is lost, and nobody else is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

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


@pytest.mark.parametrize("path", ["", "kpi/", "compare/", *PAGES])
def test_nothing_is_asked_for_before_the_reader_acts(visiting: Visiting, path: str) -> None:
    visit = visiting()
    page = visit.go(f"/en/{path}")
    page.mouse.wheel(0, 600)
    page.wait_for_load_state("networkidle")
    assert visit.paths() == [f"/en/{path.partition('?')[0]}", *visit.paths()[1:]]
    # The sheet for printing blocks nothing and comes last; who prints must not wait for it.
    known = ("/assets/icon.", "/assets/print.")
    assert not [one for one in visit.paths()[1:] if not one.startswith(known)]


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
    page = visiting().go("/en/?as_of=2016")
    for path in PAGES:
        page.goto(page.url.partition("/en/")[0] + f"/en/{path}")
        wake(page, path)
    kept = page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == ["", 0, 0, 0, 0]
    assert page.context.cookies() == []


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
