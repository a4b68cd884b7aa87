"""The grid of Explore: sorted, filtered, walked by keyboard, copied from; its columns chosen."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from components.formats import number
from components.texts import text
from data.models import Language
from tests.browser.conftest import Visiting, mainly

pytestmark = pytest.mark.timing

# Few enough rows for the grid to hold them all, however many of them are in its window.
QUERY = "dimension=economy&level=core"
BUTTON, GRID = "#explore-grid-button", "#explore-grid"
Rows = list[dict[str, str]]


@pytest.fixture
def page(visiting: Visiting, language: Language) -> Page:
    """The page with its grid open, whose button has the focus."""
    page = visiting(permissions=["clipboard-read", "clipboard-write"]).go(
        f"/{language}/explore/?{QUERY}"
    )
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    expect(page.locator(f"{GRID} .ag-row").first).to_be_visible()
    return page


@pytest.fixture
def rows(page: Page, language: Language, server_url: str) -> Rows:
    """The rows of the selection, as they can be downloaded."""
    answer = page.request.get(f"{server_url}/{language}/explore.csv?{QUERY}")
    return list(csv.DictReader(io.StringIO(answer.text(), newline="")))


def cells(page: Page, column: str) -> Locator:
    return page.locator(f"{GRID} .ag-row [col-id={column}]")


def heading(page: Page, column: str) -> Locator:
    return page.locator(f"{GRID} .ag-header-cell[col-id={column}]")


def values(rows: Rows, language: Language, *, reverse: bool = False) -> list[str]:
    """Return the values by size, as the grid writes them."""
    sizes = sorted((Decimal(row["value"]) for row in rows), reverse=reverse)
    return [number(size, language) for size in sizes]


@mainly("ru")
def test_rows_are_sorted_and_filtered_and_columns_chosen(
    page: Page, language: Language, rows: Rows
) -> None:
    for reverse in (False, True):
        heading(page, "value").locator(".ag-header-cell-text").click()
        expect(cells(page, "value")).to_have_text(values(rows, language, reverse=reverse))
    word = cells(page, "indicator").first.inner_text().split()[0]
    heading(page, "indicator").locator(".ag-header-cell-filter-button").click()
    page.locator(".ag-filter-body input:visible").first.fill(word)
    named = [row for row in rows if word.lower() in row[f"name_{language}"].lower()]
    assert 0 < len(named) < len(rows)
    expect(cells(page, "indicator")).to_have_count(len(named))
    page.keyboard.press("Escape")
    page.click("details.facet:has(#explore-columns) summary")
    for name, count in (("part", 1), ("unit", 0)):
        words = text(f"explore_column_{name}", language)
        page.locator("#explore-columns label").get_by_text(words, exact=True).click()
        expect(heading(page, name)).to_have_count(count)


@mainly("en")
def test_the_grid_is_walked_sorted_and_copied_by_keyboard(
    page: Page, language: Language, rows: Rows
) -> None:
    expect(page.locator(BUTTON)).to_be_focused()
    press = page.keyboard.press
    for _ in range(2):  # Past the choice of columns.
        press("Tab")
    expect(heading(page, "indicator")).to_be_focused()
    press("ArrowRight")
    expect(heading(page, "value")).to_be_focused()
    press("Enter")
    expect(heading(page, "value")).to_have_attribute("aria-sort", "ascending")
    press("Enter")
    expect(heading(page, "value")).to_have_attribute("aria-sort", "descending")
    largest, second, *_ = values(rows, language, reverse=True)
    for expected in (largest, second):
        press("ArrowDown")
        expect(page.locator(f"{GRID} .ag-cell:focus")).to_have_text(expected)
        assert copied(page) == expected
    press("ArrowLeft")
    assert copied(page) == cells(page, "indicator").nth(1).inner_text()


def copied(page: Page) -> str:
    """Copy what has the focus or is selected, and return what a reader would paste."""
    page.evaluate("navigator.clipboard.writeText('')")
    page.keyboard.press("Control+c")
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("language", ["en"])
def test_words_that_are_selected_in_the_grid_are_copied(page: Page) -> None:
    cell = cells(page, "unit").first
    box = cell.bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    page.mouse.up()
    words = copied(page)
    assert words
    assert words in cell.inner_text()
    assert "pick=" not in page.url
