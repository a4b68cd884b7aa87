"""When Dash takes a part over, nothing moves, nothing is lost, and nobody else is asked."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect

from components.texts import text
from tests.browser.conftest import ABORTED, ERROR_STATUS, Visiting
from tests.browser.shifts import moved, watch
from tests.browser.test_plain import UNFOLD, WAKING, wake
from tests.browser.test_swap import FAILURES, mend

pytestmark = pytest.mark.timing

PLACES = """() => [...document.querySelectorAll(
        'h1, h2, h3, form, select, input, table, svg.wheel, .finding, footer'
    )].filter(element => element.checkVisibility()).map(element => {
        const box = element.getBoundingClientRect();
        return [box.left, box.top + scrollY, box.width, box.height].map(Math.round).join(' ');
    })"""
PAGES = [path for path in WAKING if "no-such" not in path]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_when_dash_takes_over(visiting: Visiting, path: str, width: int) -> None:
    visit = visiting(viewport={"width": width, "height": 800})
    watch(visit.page)
    page = visit.go(f"/ru/{path}")
    assert moved(page) == []
    page.evaluate(UNFOLD)
    moved(page)
    page.evaluate("window.shifts = []")
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
    icon_and_print = ("/assets/icon.", "/assets/print.")
    assert not [path for path in visit.paths()[1:] if not path.startswith(icon_and_print)]


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
            return buttons.length && buttons.every(element => /[а-я]/i.test(element.dataset.title));
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


CHART_BUTTONS = {path: WAKING[path] for path in ("economy/", "kpi/ec-p-em-1c/")}
REQUESTS = {
    "script": "**/dash-renderer/**",
    "layout": "**/_dash-layout*",
    "callback": "**/_dash-update-component",
    "Plotly": "**/assets/plotly.*",
}
SAMPLE = {
    ("economy/", "callback", "503"),
    ("economy/", "script", "no answer"),
    ("kpi/ec-p-em-1c/", "Plotly", "offline"),
    ("kpi/ec-p-em-1c/", "layout", "broken"),
}


@pytest.mark.parametrize(
    ("path", "request_name", "failure"),
    [
        pytest.param(*case, marks=() if case in SAMPLE else pytest.mark.long)
        for case in product(CHART_BUTTONS, REQUESTS, FAILURES)
        # Half a script is an error of the browser's own.
        if case[2] != "broken" or case[1] in ("layout", "callback")
    ],
)
def test_a_chart_without_an_answer_is_told_of_and_made_up_for(
    visiting: Visiting, path: str, request_name: str, failure: str
) -> None:
    (fail, words), address = FAILURES[failure], REQUESTS[request_name]
    visit = visiting(allowed=(ERROR_STATUS, "ERR_INTERNET_DISCONNECTED", ABORTED))
    page = visit.page
    page.clock.install()
    visit.go(f"/en/{path}")
    page.evaluate(UNFOLD)
    page.route(address, fail)
    with page.expect_request(address):
        page.click(CHART_BUTTONS[path])
    page.clock.run_for(700)
    page.wait_for_selector("main[aria-busy=true]")
    page.clock.run_for(4000)
    line = page.locator("#retry-status")
    expect(line).to_contain_text(text("chart_open", "en"))
    expect(line).to_contain_text(words)
    mend(page, address, failure)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    expect(line.locator("p")).to_be_hidden()
