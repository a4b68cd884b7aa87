"""On paper: A4, a sheet for an indicator, nothing cut, nothing that only a screen can do."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from components.formats import day
from components.open_data.table_list import PAPER_COLUMNS
from components.texts import text
from components.theme import COLOURS
from data.models import Edition, Language
from tests.builders import table_rows
from tests.conftest import BASE_URL, BROWSER_ARGUMENTS, browser_path
from tests.contracts.documents import DIMENSIONS, slug_of

INDICATORS = tuple(f"kpi/{slug_of(row['code'])}/" for row in table_rows("indicators"))
# A4 in points, and what its side margins leave of it in pixels.
A4, CONTENT_WIDTH = (595, 842), 703
CELLS = """() => {
    const parts = 'td, tbody th, h1, h2, .facts dd, .big, .value, .means li';
    return [...document.querySelectorAll(`main :is(${parts})`)]
        .filter(element => element.checkVisibility()).map(element => element.textContent);
}"""
HEADINGS = """() => [...document.querySelectorAll('main :is(h2, h3, h4, .group)')]
    .filter(element => element.checkVisibility()).map(element => element.textContent)"""
PREVIEWED = """() => [...document.querySelectorAll('.cells th')]
    .filter(element => element.checkVisibility()).length"""
# Whatever is seen of a page and stands out of the sheet, by more than a hair.
OUTSIDE = """width => [...document.querySelectorAll('body *')].filter(element => {
    const {left, right, width: own} = element.getBoundingClientRect();
    const seen = own > 0 && element.checkVisibility({visibilityProperty: true});
    return seen && !element.closest('.sprite') && (left < -1 || right > width + 1);
}).map(element => element.outerHTML.slice(0, 120))"""

# What is for paper is fetched after the page.
PRINTED = "() => [...document.styleSheets].some(sheet => (sheet.href || '').includes('/print.'))"


class Paper:
    """What a printer would be given of one address."""

    def __init__(self, page: Page, host: str, address: str) -> None:
        page.goto(host + address)
        page.wait_for_function(PRINTED)
        self.cells: list[str] = page.evaluate(CELLS)
        self.headings: list[str] = page.evaluate(HEADINGS)
        self.previewed: int = page.evaluate(PREVIEWED)
        self.outside: list[str] = page.evaluate(OUTSIDE, CONTENT_WIDTH)
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        self.sizes = [tuple(round(side) for side in sheet.get_size()) for sheet in document]
        self.sheets = [squeezed(sheet.get_textpage().get_text_range()) for sheet in document]
        document.close()

    def assert_whole(self) -> None:
        """All sheets are A4, none is empty, and every cell stands on one of them, uncut."""
        assert set(self.sizes) == {A4}
        assert all(len(sheet) > 50 for sheet in self.sheets)
        assert not self.outside
        for words in self.cells:
            assert any(squeezed(words) in sheet for sheet in self.sheets), words


def squeezed(words: str) -> str:
    """Letters only: lines of paper break elsewhere, and at hyphens."""
    return re.sub(r"[\W_]", "", words)


Printing = Callable[[str], Paper]


@pytest.fixture(scope="module")
def printing(chromium: Browser, server_url: str) -> Iterator[Printing]:
    """Print addresses of the site, each once, as a reader with a dark screen would."""
    context = chromium.new_context(
        viewport={"width": CONTENT_WIDTH, "height": 1000}, color_scheme="dark"
    )
    page = context.new_page()
    page.emulate_media(media="print")
    yield cache(lambda address: Paper(page, server_url, address))
    context.close()


@pytest.mark.parametrize(
    ("language", "paths"),
    [
        # Those among these that once were two sheets.
        ("ru", [*INDICATORS[::6], "kpi/ec-p-in-1c/", "kpi/ec-p-in-2c/"]),
        pytest.param("ru", INDICATORS, marks=pytest.mark.long),
        pytest.param("en", INDICATORS, marks=pytest.mark.long),
    ],
    ids=["ru-some", "ru-all", "en-all"],
)
def test_every_indicator_is_one_whole_sheet(
    printing: Printing, language: Language, paths: Sequence[str]
) -> None:
    longer = []
    for path in paths:
        paper = printing(f"/{language}/{path}")
        paper.assert_whole()
        if len(paper.sheets) > 1:
            longer.append(path)
    assert not longer


def test_home_is_one_whole_sheet(printing: Printing, language: Language) -> None:
    paper = printing(f"/{language}/")
    paper.assert_whole()
    assert len(paper.sheets) == 1
    named = [f"dimension_short_{key}" for key in ("economy", "environment", "society_culture")]
    for key in ("findings_title", *named):
        assert squeezed(text(key, language)) in paper.sheets[0], key


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_dimension_is_a_few_whole_sheets(
    printing: Printing, dimension: str, language: Language
) -> None:
    paper = printing(f"/{language}/{dimension}/")
    paper.assert_whole()
    assert len(paper.sheets) <= 4


def test_paper_names_its_address_and_edition_at_the_foot(
    printing: Printing, edition: Edition, language: Language
) -> None:
    dated = text(
        "footer_edition", language, version=edition.version, date=day(edition.date, language)
    )
    for path in ("", "economy/", "economy/?as_of=2012", "kpi/ec-p-em-1c/"):
        foot = printing(f"/{language}/{path}").sheets[-1]
        start = foot.rindex(squeezed(dated))
        assert squeezed(f"{BASE_URL}/{language}/{path}") in foot[start:], path


@pytest.mark.parametrize("path", ["data/", "data/observations/", "data/indicators/"])
def test_first_rows_have_the_columns_that_fit_and_the_rest_is_counted(
    printing: Printing, path: str
) -> None:
    paper = printing(f"/ru/{path}")
    assert not [cell for cell in paper.outside if cell.startswith(("<th", "<td", "<table"))]
    printed = "".join(paper.sheets)
    if path != "data/":
        assert paper.previewed == PAPER_COLUMNS
        rows = table_rows(path.split("/")[1])
        more = text("columns_more", "ru", n=len(rows[0]) - PAPER_COLUMNS)
        assert squeezed(more) in printed
        scrolled = text("columns_aside", "ru", n=len(rows[0]))
        assert squeezed(scrolled) not in printed


def test_nothing_is_printed_that_only_a_screen_can_do(
    printing: Printing, language: Language
) -> None:
    useless = [
        text(key, language)
        for key in (
            "skip_to_content",
            "menu",
            "search_hint",
            "choice_show",
            "chart_open",
            "nav_quiz",
            "nav_accessibility",
        )
    ]
    for path in ("", "economy/", "kpi/ec-p-em-1c/"):
        printed = "".join(printing(f"/{language}/{path}").sheets)
        assert not [words for words in useless if squeezed(words) in printed], path


def test_no_heading_is_parted_from_what_it_heads(printing: Printing) -> None:
    for path in ("economy/", "environment/", "society-culture/", "method/", "about/"):
        paper = printing(f"/en/{path}")
        assert paper.headings
        for sheet in paper.sheets[:-1]:
            # The number of the sheet, as in 1/4, stands first or last.
            words = re.sub(r"^\d\d|\d\d$", "", sheet)
            assert not words.endswith(tuple(squeezed(heading) for heading in paper.headings)), path


def test_a_dark_screen_prints_on_white_with_its_colours(chromium: Browser, server_url: str) -> None:
    page = chromium.new_page(color_scheme="dark")
    page.goto(f"{server_url}/en/")
    colour = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    dark = page.evaluate(colour, "--paper")
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function(f"() => ({colour})('print-color-adjust') === 'exact'")
    assert page.evaluate(colour, "--paper") == "#fff" != dark
    assert page.evaluate(colour, "--ink") == COLOURS["light"]["ink"]
    page.close()


def test_a_page_printed_as_soon_as_it_has_loaded_has_its_sheet(
    server_url: str, tmp_path: Path, language: Language
) -> None:
    printed = tmp_path / "printed.pdf"
    command = [browser_path(), "--headless", *BROWSER_ARGUMENTS]
    command += [
        f"--user-data-dir={tmp_path}",
        f"--print-to-pdf={printed}",
        f"{server_url}/{language}/kpi/ec-p-em-1c/",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    document = pypdfium2.PdfDocument(printed)
    words = [squeezed(sheet.get_textpage().get_text_range()) for sheet in document]
    document.close()
    assert len(words) == 1
    assert squeezed(text("skip_to_content", language)) not in words[0]


def test_the_print_sheet_keeps_nobody_waiting(chromium: Browser, server_url: str) -> None:
    page = chromium.new_page()
    page.goto(f"{server_url}/en/kpi/ec-p-em-1c/")
    page.wait_for_function(PRINTED)
    entries = page.evaluate(
        "performance.getEntriesByType('resource').filter(entry => entry.name.includes('/print.'))"
        ".map(entry => [entry.startTime >= performance.timing.loadEventStart"
        " - performance.timeOrigin - 1, entry.renderBlockingStatus, entry.responseStatus])"
    )
    assert entries == [[True, "non-blocking", 200]], "asked for when the page is there"
    page.close()
