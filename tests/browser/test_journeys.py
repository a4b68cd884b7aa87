"""Ways through the site that readers take, in the browser of dash[testing]."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from dash.testing.browser import Browser
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from components.texts import text
from data.models import Language
from pages.site import Site
from tests.browser.conftest import PATIENCE, mainly

# Opens the fold that holds the chart of a dimension.
UNFOLD = "document.querySelectorAll('.chart-fold').forEach(fold => { fold.open = true })"


class Reader:
    """Somebody in front of the browser."""

    def __init__(self, browser: Browser, host: str) -> None:
        self.browser = browser
        self.driver = browser.driver
        self.host = host

    def opens(self, address: str) -> None:
        self.driver.get(self.host + address)

    def finds(self, selector: str) -> WebElement:
        return self.browser.wait_for_element_by_css_selector(selector)

    def waits(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; elements may be replaced while it is looked at."""
        WebDriverWait(self.driver, PATIENCE / 1000, ignored_exceptions=(Exception,)).until(
            lambda _: condition()
        )

    def presses(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self, attribute: str) -> str:
        """An attribute of what has the focus, read at once: Dash may replace it meanwhile."""
        script = "return document.activeElement.getAttribute(arguments[0])"
        return str(self.driver.execute_script(script, attribute))

    @property
    def address(self) -> str:
        return str(self.driver.current_url).removeprefix(self.host)

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.address).query)

    def heading(self) -> str:
        return self.finds("h1").text

    def asked_for(self, part: str) -> bool:
        """Whether the page has asked for a file whose address holds this."""
        script = "return performance.getEntriesByType('resource').map(entry => entry.name)"
        return any(part in name for name in self.driver.execute_script(script))


@pytest.fixture
def reader(dash_br: Browser, server_url: str) -> Iterator[Reader]:
    someone = Reader(dash_br, server_url)
    yield someone
    logs = dash_br.get_logs()
    someone.driver.get("about:blank")
    assert not logs
    assert not someone.driver.get_cookies()


def test_the_squares_are_followed_by_keyboard_to_an_indicator(
    reader: Reader, site: Site, language: Language
) -> None:
    reader.opens(f"/{language}/")
    in_squares = "return document.activeElement.closest('.waffle') !== null"
    for _ in range(40):
        reader.presses(Keys.TAB)
        if reader.driver.execute_script(in_squares):
            break
    assert reader.driver.execute_script(in_squares)
    # The arrows work as soon as the script is there; until then the links are plain.
    reader.finds(".waffle a[tabindex='-1']")
    reader.presses(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT)
    script = "return document.querySelectorAll('.waffle a')[1].getAttribute('href')"
    href = reader.driver.execute_script(script)
    assert reader.focused("href") == href
    # The hub says what the focus is on.
    indicator = next(
        indicator for indicator in site.edition.indicators if f"/{indicator.slug}/" in href
    )
    reader.waits(lambda: reader.finds(".hub b").text == indicator.title[language])
    reader.presses(Keys.ENTER)
    reader.waits(lambda: reader.heading() == indicator.title[language])


def test_tab_passes_the_squares_in_one_step(reader: Reader) -> None:
    reader.opens("/en/")
    first = reader.finds(".waffle a")
    reader.driver.execute_script("arguments[0].focus()", first)
    reader.finds(".waffle a[tabindex='-1']")
    reader.presses(Keys.TAB)
    outside = "return document.activeElement.closest('.waffle, svg.wheel') === null"
    assert reader.driver.execute_script(outside)


def test_the_list_answers_while_somebody_types(reader: Reader) -> None:
    reader.opens("/en/kpi/")
    reader.finds("#list-q").click()
    reader.presses("watr")
    reader.presses(Keys.ARROW_LEFT)
    reader.waits(lambda: reader.query == {"q": ["watr"]})
    field = reader.finds("#list-q")
    reader.presses("e")
    reader.waits(lambda: reader.query == {"q": ["water"]})
    assert field.get_attribute("value") == "water"
    assert reader.focused("id") == "list-q"
    reader.waits(lambda: "Water use" in reader.finds("#list-results").text)
    assert "Unemployment" not in reader.finds("#list-results").text
    status = reader.finds("#list-results [role='status']").text
    count = len(reader.driver.find_elements(By.CSS_SELECTOR, "#list-results .row"))
    assert status == text("list_count", "en", n=count)

    reader.finds(".filter-form summary").click()
    Select(reader.finds("#list-dimension")).select_by_value("environment")
    reader.waits(lambda: reader.query == {"q": ["water"], "dimension": ["environment"]})
    reader.waits(lambda: "Smart water meters" not in reader.finds("#list-results").text)
    results = reader.finds("#list-results").text
    address = reader.address

    reader.driver.refresh()
    assert reader.address == address
    assert reader.finds("#list-q").get_attribute("value") == "water"
    assert Select(reader.finds("#list-dimension")).first_selected_option.get_attribute("value") == (
        "environment"
    )
    assert reader.finds("#list-results").text == results


def test_the_other_language_keeps_place_and_filters(reader: Reader) -> None:
    reader.opens("/en/kpi/?level=advanced")
    reader.finds("#list-q").click()
    reader.presses("traffic")
    reader.waits(lambda: reader.query == {"q": ["traffic"], "level": ["advanced"]})

    def slugs() -> list[str]:
        links = reader.driver.find_elements(By.CSS_SELECTOR, "#list-results .row-name a")
        return [str(link.get_attribute("href")).split("/")[-2] for link in links]

    english = slugs()
    reader.finds("#language-switch").click()
    reader.waits(lambda: reader.address.startswith("/ru/kpi/"))
    assert reader.query == {"q": ["traffic"], "level": ["advanced"]}
    assert reader.heading() == text("list_title", "ru")
    assert slugs() == english
    assert reader.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "ru"


def test_nothing_found_says_so_and_shows_a_way_back(reader: Reader) -> None:
    reader.opens("/ru/kpi/")
    reader.finds("#list-q").click()
    reader.presses("абракадабра")
    reader.waits(lambda: text("list_empty", "ru") in reader.finds("#list-results").text)
    reader.finds("#list-results a[href='/ru/kpi/']").click()
    reader.waits(lambda: reader.address == "/ru/kpi/")


@pytest.mark.parametrize("path", ["", "economy/", "kpi/"])
def test_recent_values_yardsticks_and_a_year_combine_without_a_new_page(
    reader: Reader, path: str
) -> None:
    reader.opens(f"/en/{path}")
    reader.finds("#choice-since").click()
    reader.waits(lambda: reader.query == {"since": ["2021"]})
    for summary in reader.driver.find_elements(
        By.CSS_SELECTOR, ".year-form summary, .filter-form summary"
    ):
        summary.click()
    Select(reader.finds("#choice-yardstick")).select_by_value("goals")
    reader.waits(lambda: reader.query == {"since": ["2021"], "yardstick": ["goals"]})
    # What is recent follows the year.
    Select(reader.finds("#choice-year")).select_by_value("2018")
    chosen = {"as_of": ["2018"], "since": ["2013"], "yardstick": ["goals"]}
    reader.waits(lambda: reader.query == chosen)
    reader.waits(lambda: "2013" in reader.finds(".switch").text)
    assert reader.finds("#choice-since").is_selected()
    reader.finds("#language-switch").click()
    reader.waits(lambda: reader.address.startswith(f"/ru/{path}?"))
    assert reader.query == chosen


@pytest.mark.parametrize(
    ("path", "button"),
    [("kpi/ec-p-em-1c/", "#indicator-chart-button"), ("economy/", "#dimension-chart-button")],
)
def test_the_interactive_chart_comes_only_when_asked_for(
    reader: Reader, path: str, button: str
) -> None:
    reader.opens(f"/en/{path}")
    reader.driver.execute_script(UNFOLD)
    assert not reader.asked_for("plotly")
    reader.finds(button).click()
    reader.finds(".js-plotly-plot .main-svg")
    assert reader.asked_for("/assets/plotly.")
    buttons = reader.driver.find_elements(By.CSS_SELECTOR, ".modebar-btn")
    titles = [str(button.get_attribute("data-title") or "").lower() for button in buttons]
    assert titles
    assert not [
        title for title in titles if "cloud" in title or "edit" in title or "produced" in title
    ]


@pytest.mark.parametrize(
    ("path", "button", "picture"),
    [
        ("kpi/en-en-aq-1c/", "#indicator-chart-button", "svg.trend"),
    ],
)
@mainly("en")
def test_the_interactive_chart_opens_where_its_button_stays_and_closes_again(
    reader: Reader, language: Language, path: str, button: str, picture: str
) -> None:
    def shown() -> list[bool]:
        pictures = reader.driver.find_elements(By.CSS_SELECTOR, picture)
        return [picture.is_displayed() for picture in pictures]

    reader.opens(f"/{language}/{path}")
    assert all(shown())
    opener = reader.finds(button)
    assert opener.get_attribute("aria-expanded") == "false"
    reader.driver.execute_script("arguments[0].focus()", opener)
    stood = "return document.activeElement.getBoundingClientRect().top"
    top = reader.driver.execute_script(stood)
    reader.presses(Keys.ENTER)
    reader.finds(".js-plotly-plot .main-svg")
    assert all(shown())
    reader.waits(lambda: reader.finds(button).text == text("chart_close", language))
    assert reader.focused("aria-expanded") == "true"
    assert reader.driver.execute_script(stood) == top
    reader.presses(Keys.ENTER)
    reader.waits(lambda: not reader.driver.find_elements(By.CSS_SELECTOR, ".js-plotly-plot"))
    reader.waits(lambda: reader.finds(button).text == text("chart_open", language))
    assert reader.focused("aria-expanded") == "false"
    assert reader.driver.execute_script(stood) == top


def test_the_interactive_chart_follows_the_year(reader: Reader) -> None:
    reader.opens("/en/economy/")
    reader.driver.execute_script(UNFOLD)
    reader.finds("#dimension-chart-button").click()
    reader.finds(".js-plotly-plot .main-svg")
    count = "return document.querySelectorAll('.js-plotly-plot .point').length"
    bars = reader.driver.execute_script(count)
    assert bars > 5
    reader.finds(".year-form summary").click()
    Select(reader.finds("#choice-year")).select_by_value("2012")
    reader.waits(lambda: reader.query == {"as_of": ["2012"]})
    reader.waits(lambda: 0 < reader.driver.execute_script(count) < bars)
