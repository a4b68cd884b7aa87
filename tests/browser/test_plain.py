"""Pages without scripts: the same words, the same ways, complete and readable at any width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from components.texts import text
from data.models import Language
from tests.browser.conftest import ERROR_STATUS, Visiting, mainly
from tests.contracts.documents import KINDS
from tests.fonts import WIDEN

# What needs scripts is not offered to readers without them; the rest must be the same.
TEXT = """() => {
    for (const part of document.querySelectorAll('.needs-scripts')) part.style.display = 'none';
    for (const part of document.querySelectorAll('.scriptless')) part.remove();
    return document.body.innerText;
}"""
WAKING = {
    "economy/": "#dimension-chart-button",
    "kpi/ec-p-em-1c/": "#indicator-chart-button",
    "kpi/en-en-aq-1c/": "#indicator-chart-button",
}
# Pages whose charts hold words: the wheel, trends long and short.
CHARTS = ("", "kpi/ec-p-em-1c/", "kpi/sc-eh-h-3c/", "kpi/en-en-aq-1c/")
UNFOLD = """() => {
    for (const fold of document.querySelectorAll('.chart-fold')) fold.open = true;
}"""
AWAKE = "() => performance.getEntriesByName('awake').length > 0"


def wake(page: Page, path: str) -> None:
    """Let Dash take over what a page explores, by pointing at it."""
    page.evaluate(UNFOLD)
    page.hover(WAKING[path])
    page.wait_for_function(AWAKE)


def text_of(page: Page) -> list[str]:
    """The lines of a page, without the number that each request has of its own."""
    lines = re.sub(r"\b[0-9a-f]{16}\b", "…", page.evaluate(TEXT))
    return [line.strip() for line in lines.splitlines() if line.strip()]


@mainly("ru")
def test_scripts_add_no_word_and_take_none_away(visiting: Visiting, language: Language) -> None:
    without = visiting(java_script_enabled=False, allowed=(ERROR_STATUS,))
    with_scripts = visiting(allowed=(ERROR_STATUS,))
    for path in KINDS:
        expected = text_of(without.go(f"/{language}/{path}"))
        assert expected
        page = with_scripts.go(f"/{language}/{path}")
        assert text_of(page) == expected, path
        if path in WAKING:
            page = with_scripts.go(f"/{language}/{path}")
            wake(page, path)
            assert text_of(page) == expected, path


def test_every_way_works_without_scripts(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).go("/en/")
    page.click(".year-form summary")
    page.select_option("#choice-year", "2012")
    page.check("#choice-since")
    page.click(".year-form button")
    assert page.url.endswith("/en/?since=recent&as_of=2012&yardstick=common")
    assert page.input_value("#choice-year") == "2012"
    # What is recent follows the year.
    assert page.inner_text(".switch label") == text("choice_since", "en", year=2009)
    page.uncheck("#choice-since")
    page.click(".year-form summary")
    page.select_option("#choice-yardstick", "goals")
    page.click(".year-form button")
    assert page.url.endswith("/en/?as_of=2012&yardstick=goals")
    page.click("#language-switch")
    assert page.url.endswith("/ru/?as_of=2012&yardstick=goals")
    page.click("header nav a[href='/ru/kpi/']")
    page.fill("#list-q", "вода")
    page.click(".filter-form summary")
    page.select_option("#list-dimension", "environment")
    page.press("#list-q", "Enter")
    assert re.search(r"/ru/kpi/\?q=[%\w]+&dimension=environment&", page.url)
    assert page.input_value("#list-q") == "вода"
    rows = page.locator("#list-results .row")
    assert 0 < rows.count() < 20
    name = rows.first.locator("a").first.inner_text()
    rows.first.locator("a").first.click()
    assert page.inner_text("h1") == name


def test_no_word_of_a_chart_leaves_it(visiting: Visiting, language: Language) -> None:
    visit = visiting(java_script_enabled=False)
    without, outside = [], {}
    for path in CHARTS:
        page = visit.go(f"/{language}/{path}")
        page.evaluate(WIDEN)
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            if not page.locator("main svg:has(text):visible").count():
                without.append((path, width))
            outside[path, width] = page.evaluate(
                """() => [...document.querySelectorAll('main svg:has(text)')].flatMap(chart => {
                    // Words beside the axes have their room around the drawing.
                    const room = (chart.closest('.trend-box') || chart).getBoundingClientRect();
                    const inside = box => box.left >= room.left - 1 && box.right <= room.right + 1
                        && box.top >= room.top - 1 && box.bottom <= room.bottom + 1;
                    return [...chart.querySelectorAll('text')]
                        .map(element => [element.textContent, element.getBoundingClientRect()])
                        .filter(([words, box]) => box.width && !inside(box))
                        .map(([words]) => words);
                })"""
            )
    assert without == [("", 360)], "a phone has squares in place of the wheel"
    assert not {place: words for place, words in outside.items() if words}


@pytest.mark.parametrize("path", ["kpi/ec-p-em-1c/", "kpi/sc-eh-h-3c/", "kpi/en-en-aq-1c/"])
def test_pointing_at_a_year_shows_its_value_inside_the_window(
    visiting: Visiting, path: str
) -> None:
    page = visiting(viewport={"width": 320, "height": 800}).go(f"/ru/{path}")
    years = page.locator(".t-year")
    assert years.count() > 4
    for year in years.all():
        year.locator("rect").hover()
        box = year.locator("text").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert page.locator(".t-year text:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_look_follows_the_theme_of_the_system(visiting: Visiting) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page = visiting(color_scheme=scheme).go("/en/")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades.append(sum(int(channel) for channel in re.findall(r"\d+", colour)[:3]))
    assert shades[0] > 600
    assert shades[1] < 150


def test_a_page_prints_its_findings_and_how_they_came_about(visiting: Visiting) -> None:
    visit = visiting(java_script_enabled=False)
    page = visit.go("/en/kpi/ec-p-em-1c/")
    page.emulate_media(media="print")
    main = page.inner_text("main")
    # Lists of values, cities and definitions stay at the address at the foot.
    parts = page.locator("main :is(.value, .trend, .meaning h2, #colour li, #colour dd)")
    for part in parts.all():
        words = str(part.evaluate("element => element.textContent"))
        assert part.is_visible()
        assert (
            not part.is_visible() or part.evaluate("node => node.closest('svg')") or words in main
        )
    assert text("meaning_title", "en") in main
    assert text("all_values_title", "en", n=16) not in main
