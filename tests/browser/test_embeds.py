"""Embeds in a browser: nothing for axe to find, nothing asked of others, the height told."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from components.embeds.page import Surface, embed_body
from components.embeds.size import NARROWEST, frame_height
from data.models import Language
from pages.chart import Chart
from pages.embeds.content import embed_of
from pages.embeds.explored import explored_embed
from pages.explored_chart import ExploredChart
from pages.site import Site
from tests.browser.conftest import ABORTED, ERROR_STATUS, Visit, Visiting, by_turns, sampled
from tests.browser.test_accessibility import DESK, LOOKS, PHONE, violations_at
from tests.conftest import BASE_URL
from tests.pictures.places import GROUPS, TELLING

pytestmark = pytest.mark.timing

# Without any value there is no table, not even an empty one.
VALUELESS = ("ec-ict-ws-1c", "ec-i-up-2a")
EXPLORED = ("wheel", "economy", "sc-eh-h-3c", "en-en-aq-1c")
VIEWS = (
    ("view=wheel",),
    ("view=cities", "kpi=ec-p-em-1c", "city=stavanger"),
    ("view=distance", "dimension=environment"),
    ("view=changes", "kpi=ec-p-em-1c"),
    ("view=trends", "kpi=ec-p-em-1c"),
    ("view=heat-map", "kpi=en-en-aq-1c"),
)
NARROW = {"width": 320, "height": 700}
DRAWN = ".plot .main-svg"
# A page around a frame that remembers what the frame says of itself.
HOST = """<!DOCTYPE html><title>host</title><body style="margin:0"><script>
var told = [];
addEventListener("message", function (event) {
  if (event.source === document.querySelector("iframe").contentWindow) told.push(event.data);
});
</script><iframe title="chart" src="%s" style="width:100%%;height:300px;border:0"></iframe>"""
# Parts of an embed that stand out of its window, but for what scrolls or is for screen readers.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && !element.closest('.unseen, .sprite, .table-box, svg.wheel')
        && getComputedStyle(element).display !== 'none'
        && (box.right > innerWidth + 1 || box.left < -1);
}).map(element => element.outerHTML.slice(0, 120))"""
OWN_HEIGHT = "Math.ceil(document.documentElement.getBoundingClientRect().height)"


def hosted(visit: Visit, address: str) -> Page:
    """An embed in a frame of a page elsewhere."""
    page = visit.page
    page.route(
        "**/host.html",
        lambda route: route.fulfill(content_type="text/html", body=HOST % (visit.host + address)),
    )
    page.goto(f"{visit.host}/host.html")
    return page


def last_height(page: Page) -> int:
    page.wait_for_function("told.some(entry => entry.type)")
    return int(page.evaluate("told.filter(entry => entry.type).at(-1).height"))


@by_turns(TELLING)
def test_an_embed_fits_the_height_said_beforehand_and_has_no_violation(
    visiting: Visiting, site: Site, language: Language, name: str
) -> None:
    embed = embed_of(Chart(site, language, name), site, {})
    body = embed_body(embed, language, site.name(language), Surface())
    page = visiting().go(f"/embed/{language}/{name}")
    for width in (NARROWEST, 320, 480, 560, 640, 960):
        size: Any = {"width": width, "height": 200}
        page.set_viewport_size(size)
        needed = page.evaluate(OWN_HEIGHT)
        height = frame_height(body, width)
        # Fonts differ between devices, which may cost or spare a line here and there.
        assert 0.94 * needed < height < 1.25 * needed, (width, needed, height)
        assert not page.evaluate(OUTSIDE), width
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert not violations_at(page, PHONE, "light")
    if name == "wheel":
        assert not violations_at(page, DESK, "dark", LOOKS)


@pytest.mark.long
@pytest.mark.parametrize("name", GROUPS[1:])
def test_other_groups_have_no_violation_in_the_dark(visiting: Visiting, name: str) -> None:
    page = visiting().go(f"/embed/ru/{name}")
    assert not violations_at(page, DESK, "dark", LOOKS)


def test_a_view_has_a_frame_of_its_height(
    visiting: Visiting, site: Site, language: Language
) -> None:
    for choices in VIEWS:
        name = "/".join(("explore", *(choice.replace("=", "-") for choice in choices)))
        embed = explored_embed(ExploredChart.named(site, language, name))
        body = embed_body(embed, language, site.name(language), Surface())
        page = visiting().go(f"/embed/{language}/explore?{'&'.join(choices)}")
        for width in (320, 360, 640):
            size: Any = {"width": width, "height": 200}
            page.set_viewport_size(size)
            needed = page.evaluate(OWN_HEIGHT)
            height = frame_height(body, width)
            assert 0.96 * needed < height < needed + 70, (name, width, needed, height)
            assert not page.evaluate(OUTSIDE), (name, width)


def test_a_view_of_every_indicator_scrolls_in_its_frame(site: Site) -> None:
    embed = explored_embed(ExploredChart.named(site, "en", "explore"))
    body = embed_body(embed, "en", site.name("en"), Surface())
    assert 1300 < frame_height(body, 360) < 1800


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_has_no_violation_whatever_the_reader_prefers(
    visiting: Visiting, theme: str
) -> None:
    for name in ("economy", "en-en-aq-1c"):
        page = visiting(viewport=PHONE).go(f"/embed/ru/{name}?theme={theme}&title=0")
        assert not violations_at(page, PHONE, "light" if theme == "dark" else "dark", LOOKS)


@pytest.mark.parametrize("path", ["nothing", "wheel?as_of=1066", "wheel?edition=1999.1"])
def test_a_fault_in_a_frame_has_no_violation(
    visiting: Visiting, language: Language, path: str
) -> None:
    page = visiting(viewport=NARROW, allowed=(ERROR_STATUS,)).go(f"/embed/{language}/{path}")
    assert not violations_at(page, NARROW, "light")
    assert not violations_at(page, PHONE, "dark", LOOKS)
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("name", sampled(TELLING, 3))
def test_an_embed_asks_for_nothing_and_leaves_nothing(visiting: Visiting, name: str) -> None:
    visit = visiting(viewport=NARROW)
    page = hosted(visit, f"/embed/ru/{name}")
    page.wait_for_load_state("networkidle")
    paths = [path for path in visit.paths() if path not in ("/host.html", "/favicon.ico")]
    assert [path for path in paths if not path.startswith("/assets/icon.")] == [f"/embed/ru/{name}"]
    assert not page.context.cookies()
    frame = page.frames[1]
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", sampled(TELLING, 2))
def test_without_scripts_everything_is_there(visiting: Visiting, name: str) -> None:
    page = visiting(viewport=PHONE, java_script_enabled=False).go(f"/embed/en/{name}?interactive=1")
    assert page.locator("h1").is_visible()
    assert page.locator("footer a").is_visible()
    for drawn in page.locator("#drawn").all():
        assert drawn.is_visible()
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator("table").count() == (name not in VALUELESS)
    for table in page.locator("table").all():
        assert table.is_visible()


def test_links_and_table_can_be_reached_by_keyboard(visiting: Visiting) -> None:
    page = visiting(viewport=PHONE).go("/embed/ru/economy")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    links = page.locator("details[open] .bars a")
    assert links.first.is_visible()
    for _ in range(links.count() + 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.locator("#numbers[open] table").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "table-box"


@pytest.mark.parametrize("name", EXPLORED)
def test_a_frame_says_how_high_it_is_whenever_that_changes(visiting: Visiting, name: str) -> None:
    page = hosted(visiting(viewport={"width": 640, "height": 600}), f"/embed/en/{name}")
    frame = page.frames[1]
    assert last_height(page) == frame.evaluate(OWN_HEIGHT)
    closed = last_height(page)
    frame.locator("#numbers > summary").click()
    page.wait_for_function(f"told.at(-1).height > {closed} + 40")
    assert last_height(page) == frame.evaluate(OWN_HEIGHT)
    frame.locator("#numbers > summary").click()
    page.wait_for_function(f"told.at(-1).height === {closed}")
    page.set_viewport_size(NARROW)
    page.wait_for_function(f"told.at(-1).height !== {closed}")
    assert last_height(page) == frame.evaluate(OWN_HEIGHT)
    assert all(set(message) == {"type", "height"} for message in page.evaluate("told"))


def test_a_frame_answers_the_page_that_asks(visiting: Visiting) -> None:
    page = hosted(visiting(), "/embed/en/wheel")
    height = last_height(page)
    page.evaluate("told = []")
    page.evaluate(
        "document.querySelector('iframe').contentWindow.postMessage({type: 'u4ssc-embed-ask'}, '*')"
    )
    assert last_height(page) == height


def test_a_frame_that_wordpress_made_speaks_its_language(visiting: Visiting) -> None:
    page = hosted(visiting(), "/embed/en/wheel#?secret=Ab12Cd34Ef")
    page.wait_for_function("told.some(entry => entry.message === 'height')")
    (message,) = [message for message in page.evaluate("told") if message.get("message")][:1]
    assert message == {"message": "height", "value": last_height(page), "secret": "Ab12Cd34Ef"}


def test_a_link_in_a_frame_of_wordpress_is_handed_over(visiting: Visiting) -> None:
    visit = visiting()
    page = hosted(visit, "/embed/en/wheel#?secret=Ab12Cd34Ef")
    for link in ("footer a", ".wheel a"):
        page.evaluate("told.length = 0")
        page.frames[1].locator(link).first.dispatch_event("click")
        page.wait_for_function("told.some(entry => entry.message === 'link')")
        (message,) = [
            message for message in page.evaluate("told") if message.get("message") == "link"
        ]
        value = message["value"]
        assert message == {"message": "link", "value": value, "secret": "Ab12Cd34Ef"}
        assert value.startswith((f"{BASE_URL}/en/", f"{visit.host}/en/"))


def test_a_wheel_is_one_stop_of_tab_with_arrow_keys_inside(visiting: Visiting) -> None:
    page = hosted(visiting(), "/embed/en/wheel")
    last_height(page)
    frame = page.frames[1]
    stops = []
    while len(stops) < 6 and "table" not in "".join(stops):
        page.keyboard.press("Tab")
        stops.append(frame.evaluate("document.activeElement.closest('a, summary')?.textContent"))
        if len(stops) == 1:
            for key, place in (("ArrowRight", 1), ("End", 93), ("ArrowDown", 0), ("Home", 0)):
                page.keyboard.press(key)
                links = "[...document.querySelectorAll('.wheel a')]"
                assert frame.evaluate(f"{links}.indexOf(document.activeElement)") == place
    assert len(stops) == 2, stops


def test_an_embed_that_stands_alone_says_nothing(visiting: Visiting) -> None:
    page = visiting().page
    page.add_init_script("window.told = []; addEventListener('message', e => told.push(e.data))")
    page.goto(f"{visiting().host}/embed/en/wheel")
    page.locator("summary").click()
    page.wait_for_timeout(100)
    assert page.evaluate("told") == []


@by_turns(EXPLORED)
def test_the_interactive_chart_takes_the_place_of_the_picture(
    visiting: Visiting, language: Language, name: str
) -> None:
    visit = visiting(viewport=PHONE)
    page = hosted(visit, f"/embed/{language}/{name}?interactive=1")
    frame = page.frames[1]
    frame.wait_for_selector(DRAWN)
    frame.wait_for_selector("#drawn", state="hidden")
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_function(f"told.at(-1).height >= {frame.evaluate(OWN_HEIGHT)} - 1")
    assert not page.context.cookies()


@pytest.mark.parametrize("name", ["wheel", "economy", "en-en-aq-1c"])
def test_an_interactive_embed_has_no_violation(visiting: Visiting, name: str) -> None:
    page = visiting(viewport=DESK).go(f"/embed/ru/{name}?interactive=1")
    page.wait_for_selector(DRAWN)
    assert not violations_at(page, DESK, "light")
    assert not violations_at(page, PHONE, "dark", LOOKS)


@pytest.mark.parametrize("broken", ["**/plotly.*.js", "**/embed_chart.*.js"])
@pytest.mark.parametrize("how", ["away", "damaged"])
def test_the_picture_stays_where_scripts_fail(visiting: Visiting, broken: str, how: str) -> None:
    visit = visiting(viewport=DESK, allowed=(ABORTED,))

    def answer(route: Route) -> None:
        if how == "away":
            route.abort()
        else:
            route.fulfill(content_type="text/javascript", body="window.Plotly = {};")

    visit.page.route(broken, answer)
    page = visit.go("/embed/en/sc-eh-h-3c?interactive=1")
    page.wait_for_load_state("networkidle")
    assert page.locator("#drawn svg.trend").is_visible()
    assert page.locator(".main-svg").count() == 0
