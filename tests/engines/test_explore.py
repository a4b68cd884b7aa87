"""Explore by mouse, touch and keyboard, in both languages and three engines."""

from __future__ import annotations

from itertools import product

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.interaction import POINTER_TOUCH
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from components.texts import text
from data.exploration.selection import CHARTS, Chart
from data.models import LANGUAGES, Language
from tests.conftest import BASE_URL
from tests.engines.conftest import PATIENCE, Reader

WAYS = ("mouse", "touch", "keyboard")
# A phone is Chromium's emulation of one, whose readers touch.
BROWSERS = ("chromium", "phone", "firefox", "webkit")
WALKS = [
    (browser, way, language)
    for browser, way, language in product(BROWSERS, WAYS, LANGUAGES)
    if (way == "touch") == (browser == "phone") or browser in ("firefox", "webkit")
]
# A value that every view shows, and a city that publishes it, too.
PICK, CITY = "sc-sh-si-2c", "asker"
# The element before another in the order of Tab, so that one press of Tab has to lead there.
BEFORE = """const shown = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
    .filter(element => element.checkVisibility({visibilityProperty: true})
        && !element.closest('[inert]'));
const before = shown[shown.indexOf(arguments[0]) - 1];
before.focus();
return before === document.activeElement;"""
# A picture that the machine has no time to draw is refused with the time to ask again.
ANSWERS = """const done = arguments[arguments.length - 1];
const pause = seconds => new Promise(wake => setTimeout(wake, 1000 * seconds));
const ask = address => fetch(address).then(answer => answer.status === 503
    ? pause(answer.headers.get('Retry-After')).then(() => ask(address)) : answer.status);
Promise.all(arguments[0].map(ask)).then(done, error => done(String(error)));"""


class Explorer:
    """A reader of Explore who presses what is there in one way."""

    def __init__(self, reader: Reader, way: str, language: Language) -> None:
        self.reader, self.way, self.language = reader, way, language

    def press(self, selector: str) -> None:
        """Press an element; Dash may replace it before it is pressed."""
        self.reader.waits(lambda: self._press(self.reader.finds(selector)))

    def _press(self, element: WebElement) -> bool:
        driver = self.reader.driver
        self.reader.runs(
            "arguments[0].scrollIntoView({ behavior: 'instant', block: 'center' })", element
        )
        if self.way == "keyboard":
            assert self.reader.runs(BEFORE, element)
            self.reader.presses(Keys.TAB)
            assert driver.switch_to.active_element == element
            self.reader.presses(Keys.SPACE if element.tag_name == "input" else Keys.ENTER)
        elif self.way == "touch":
            touch = ActionBuilder(driver, mouse=PointerInput(POINTER_TOUCH, "finger"))
            touch.pointer_action.move_to(element).pointer_down().pointer_up()
            touch.perform()
        else:
            ActionChains(driver).move_to_element(element).click().perform()
        return True

    def tick(self, name: str, value: str) -> None:
        """Open a filter, where it is folded, and tick a choice."""
        fold = f"details.facet:has(#explore-{name})"
        if not self.reader.finds(fold).get_attribute("open"):
            self.press(f"{fold} > summary")
        self.press(f"#explore-{name}-{value}")

    def look(self, chart: Chart) -> None:
        """Go to a view."""
        place = CHARTS.index(chart) + 1
        self.press(f"#explore-tabs li:nth-child({place}) a")
        name = text(f"explore_view_{chart.replace('-', '_')}", self.language)
        self.reader.waits(lambda: self.reader.text_of("#explore-tabs [aria-current]") == name)
        assert self.reader.text_of(".finding")

    def shown(self, query: str) -> None:
        """Wait until the address has this query, and the page what it says."""
        path = f"/{self.language}/explore/{query}"
        self.reader.waits(lambda: self.reader.path == path)
        link = BASE_URL + path
        self.reader.waits(lambda: self.content("#explore-link") == link)

    def content(self, selector: str) -> str:
        """Return what an element holds, folded or not."""
        return str(self.reader.finds(selector).get_attribute("textContent"))

    def count(self, selector: str) -> int:
        """Return how many elements there are."""
        return len(self.reader.driver.find_elements(By.CSS_SELECTOR, selector))


@pytest.mark.parametrize(
    ("driver", "way", "language"),
    [pytest.param(*walk, id="-".join(walk)) for walk in WALKS],
    indirect=["driver"],
    scope="session",
)
@pytest.mark.long
def test_every_view_and_link_of_explore(reader: Reader, way: str, language: Language) -> None:
    reader.driver.set_window_size(480 if way == "touch" else 1280, 900)
    reader.opens(f"/{language}/explore/")
    explorer = Explorer(reader, way, language)
    for walk in (choices, views, history, charts, ways_out):
        walk(explorer)
    reader.driver.set_window_size(1280, 900)


@pytest.mark.parametrize(
    ("driver", "way", "language"),
    [
        pytest.param("firefox", "mouse", "en", id="firefox-mouse-en"),
        pytest.param("webkit", "keyboard", "ru", id="webkit-keyboard-ru"),
    ],
    indirect=["driver"],
    scope="session",
)
def test_choices_and_charts_of_explore(reader: Reader, way: str, language: Language) -> None:
    reader.driver.set_window_size(1280, 900)
    reader.opens(f"/{language}/explore/?pick={PICK}")
    explorer = Explorer(reader, way, language)
    charts(explorer)
    reader.opens(f"/{language}/explore/")
    choices(explorer)


def choices(explorer: Explorer) -> None:
    """Filters, which are in a drawer on a phone, and chips that clear them."""
    reader = explorer.reader
    if reader.finds(".drawer > summary").is_displayed():
        explorer.press(".drawer > summary")
    explorer.tick("dimension", "economy")
    explorer.shown("?dimension=economy")
    explorer.tick("city", CITY)
    explorer.shown(f"?dimension=economy&city={CITY}")
    reader.waits(lambda: explorer.count("#explore-chips .chip") == 2)
    explorer.press("#explore-chips .chip")
    explorer.shown(f"?city={CITY}")
    reader.waits(lambda: not reader.finds("#explore-dimension-economy").is_selected())
    explorer.press("#explore-chips li:last-child a")
    explorer.shown("")
    explorer.tick("city", CITY)
    explorer.shown(f"?city={CITY}")


def views(explorer: Explorer) -> None:
    """Pick an indicator in one view and find it marked in all."""
    explorer.press(f"#explore-picture .v-name[href$='pick={PICK}']")
    explorer.shown(f"?city={CITY}&pick={PICK}")
    for chart in (*CHARTS[1:], CHARTS[0]):
        explorer.look(chart)
        view = "" if chart == CHARTS[0] else f"view={chart}&"
        explorer.shown(f"?{view}city={CITY}&pick={PICK}")
        explorer.reader.finds("#explore-picture .on")


def history(explorer: Explorer) -> None:
    """Back and Forward, and the other language, show the same selection."""
    reader, language = explorer.reader, explorer.language
    kept = f"city={CITY}&pick={PICK}"
    reader.driver.back()
    explorer.shown(f"?view=wheel&{kept}")
    reader.finds("#explore-picture svg.wheel .on")
    reader.driver.forward()
    explorer.shown(f"?{kept}")
    explorer.press("#language-switch")
    explorer.language = {"ru": "en", "en": "ru"}[language]
    explorer.shown(f"?{kept}")
    reader.finds("#explore-picture .on")
    explorer.press("#language-switch")
    explorer.language = language
    explorer.shown(f"?{kept}")


def charts(explorer: Explorer) -> None:
    """The chart and the grid come when asked for, and go."""
    reader = explorer.reader
    explorer.press("#explore-chart-button")
    reader.finds("#explore-chart .js-plotly-plot .main-svg")
    explorer.press("#explore-chart-button")
    reader.finds("#explore-picture .v-rows .on")
    explorer.press("#explore-grid-button")
    reader.finds("#explore-grid .ag-center-cols-container .ag-row")
    explorer.press("#explore-grid-button")
    reader.waits(lambda: not explorer.count("#explore-grid"))


def ways_out(explorer: Explorer) -> None:
    """Share panel, link, files, code, citation and frame lead to what is shown."""
    reader = explorer.reader
    query = f"?city={CITY}&pick={PICK}"
    for fold in range(1, 5):
        explorer.press(f"#explore-tools details:nth-of-type({fold}) > summary")
    reader.waits(lambda: explorer.count("#explore-tools details[open]") == 4)
    explorer.press("[data-copy=explore-link]")
    reader.waits(lambda: reader.text_of("#explore-tools .copied"))
    assert f"/{explorer.language}/explore/{query}" in explorer.content("#explore-cite")
    assert CITY in explorer.content("#explore-code")
    files = [
        link.get_attribute("href")
        for link in reader.driver.find_elements(By.CSS_SELECTOR, "#explore-tools .forms a")
    ]
    assert len(files) == 6
    panel = reader.finds("#explore-tools > p > a").get_attribute("href")
    addresses = [*files, panel, f"/embed/{explorer.language}/explore{query}"]
    reader.driver.set_script_timeout(PATIENCE)
    assert reader.driver.execute_async_script(ANSWERS, addresses) == [200] * 8
