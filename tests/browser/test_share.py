"""The Share panel in a browser: a press officer's tasks, by keyboard, without scripts."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from components.texts import text
from data.models import Language
from pages.embeds.choice import PLACES
from tests.browser.conftest import ERROR_STATUS, Visiting, mainly
from tests.browser.test_accessibility import DESK, LOOKS, PHONE, violations_at
from tests.conftest import BASE_URL

FITS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
FOCUSED = "document.activeElement.dataset.copy || document.activeElement.name"


def code(page: Page) -> str:
    return page.inner_text("#share-code").replace("\xa0", " ")


@pytest.fixture
def clipboard(chromium: Browser, server_url: str) -> Iterator[BrowserContext]:
    """A reader who lets the page write to the clipboard, so that a test can read it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=server_url)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server_url)
    yield context
    context.close()


class PressOfficer:
    """Somebody at the page of an indicator who counts every press."""

    def __init__(self, context: BrowserContext, language: Language) -> None:
        self.language = language
        self.page = context.new_page()
        self.page.goto(f"/{language}/kpi/ec-p-em-1c/")
        self.presses = 0

    def press(self, selector: str) -> None:
        self.page.click(selector)
        self.presses += 1

    def share(self, place: str) -> None:
        self.press(f"text='{text('share', self.language)}'")
        self.press(f"#place-{place}")
        words = text(f"share_{place}", self.language)
        self.page.locator("#embed-told", has_text=words).wait_for()

    def copied(self) -> str:
        self.press("[data-copy=share-code]")
        self.page.locator(".copied", has_text=text("copied", self.language)).wait_for()
        return str(self.page.evaluate("navigator.clipboard.readText()"))


@mainly("en")
def test_four_tasks_of_a_press_officer_take_six_presses_each_at_most(
    clipboard: BrowserContext, language: Language
) -> None:
    address = f"{BASE_URL}/{language}/kpi/ec-p-em-1c/"
    article = PressOfficer(clipboard, language)
    article.share("address")
    assert article.copied() == address
    slide = PressOfficer(clipboard, language)
    slide.share("download")
    with slide.page.expect_download() as download:
        slide.press(".share-files li:nth-child(2) a:nth-of-type(2)")
    image = Image.open(io.BytesIO(download.value.path().read_bytes()))
    assert image.width >= 1200
    assert download.value.suggested_filename.endswith(".png")
    newsletter = PressOfficer(clipboard, language)
    newsletter.share("newsletter")
    table = newsletter.copied()
    assert table.startswith("<table")
    assert f'href="{address}"' in table
    message = PressOfficer(clipboard, language)
    message.share("message")
    finding, link = message.copied().splitlines()
    assert "2023" in finding
    assert link == address
    for task in (article, slide, newsletter, message):
        assert task.presses <= 6
        task.page.close()


@pytest.mark.parametrize("address", ["/en/kpi/ec-p-em-1c/", "/ru/embed/?chart=wheel&place=wiki"])
def test_three_tabs_after_arriving_copy_the_code(clipboard: BrowserContext, address: str) -> None:
    """By the control of a chart's page, and past the menu by the link that skips it."""
    page = clipboard.new_page()
    page.goto(address)
    if "/embed/" in address:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        tabs = 1
    else:
        page.click(".share-way")
        page.wait_for_url("**/embed/**")
        tabs = 0
    while page.evaluate(FOCUSED) != "share-code":
        page.keyboard.press("Tab")
        tabs += 1
        assert tabs <= 3
    page.keyboard.press("Enter")
    page.locator(".copied:not(:empty)").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.text_content("#share-code")


def test_a_keyboard_goes_through_the_places_and_the_charts_and_never_into_the_preview(
    clipboard: BrowserContext,
) -> None:
    page = clipboard.new_page()
    page.goto("/en/embed/")
    page.focus("#place-address")
    for place in PLACES[1:4]:
        page.keyboard.press("ArrowRight")
        page.wait_for_url(f"**/en/embed/?place={place}")
        assert page.evaluate("document.activeElement.id") == f"place-{place}"
    page.focus("#embed-chart")
    page.keyboard.press("End")
    page.wait_for_url("**/en/embed/?chart=*")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert not page.evaluate("Boolean(document.activeElement.closest('#embed-stage'))")


def test_a_choice_changes_code_chart_and_address_at_once(visiting: Visiting) -> None:
    page = visiting().go("/en/embed/?place=frame")
    page.select_option("#embed-chart", "ec-p-em-1c")
    page.wait_for_url("**/en/embed/?chart=ec-p-em-1c&place=frame")
    assert f'src="{BASE_URL}/embed/en/ec-p-em-1c"' in code(page)
    assert "Unemployment" in page.inner_text("#embed-told")
    page.click(".share-choices summary")
    page.select_option("#embed-theme", "dark")
    page.select_option("#embed-lang", "ru")
    page.select_option("#embed-title", "0")
    page.wait_for_url("**/en/embed/?chart=ec-p-em-1c&place=frame&lang=ru&theme=dark&title=0")
    page.frame_locator("#embed-stage iframe").locator("text=Безработица").first.wait_for(
        state="attached"
    )
    switch = page.get_attribute("#language-switch", "href")
    assert switch == "/ru/embed/?chart=ec-p-em-1c&place=frame&lang=ru&theme=dark&title=0"
    # What a place does not need is kept for the next one.
    page.click("#place-message")
    page.wait_for_url("**/*place=message*theme=dark*")
    page.click("#place-figure")
    page.wait_for_url("**/*place=figure*theme=dark*")
    shown = code(page)
    page.reload()
    assert code(page) == shown
    assert page.input_value("#embed-theme") == "dark"


def test_typing_finds_a_chart_and_loses_no_letter(visiting: Visiting) -> None:
    page = visiting().go("/ru/embed/")
    page.focus("#embed-q")
    page.keyboard.type("безработица", delay=20)
    # On a busy machine the answer to the first letters is shown before that to the whole word.
    page.locator("#embed-found", has_text="«безработица»").wait_for()
    assert "ec-p-em-1c" in code(page)
    assert page.input_value("#embed-q") == "безработица"
    assert page.evaluate("document.activeElement.id") == "embed-q"
    assert page.input_value("#embed-chart") == "ec-p-em-1c"


def test_where_the_clipboard_is_refused_the_code_is_selected(visiting: Visiting) -> None:
    visit = visiting()
    visit.page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
    )
    page = visit.go("/en/embed/?place=figure")
    page.click("[data-copy=share-code]")
    page.locator("[role=status]", has_text=text("copy_selected", "en")).wait_for()
    assert page.evaluate("String(getSelection())").replace("\xa0", " ") == code(page)


def test_the_plain_form_gives_the_same_codes(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).go("/ru/embed/")
    page.fill("#embed-q", "вода")
    page.check("#place-figure")
    page.click("fieldset button")
    assert "place=figure" in page.url
    assert 1 < page.locator("#embed-chart option").count() < 40
    page.select_option("#embed-chart", index=1)
    page.click(".share-choices summary")
    page.select_option("#embed-size", "wide")
    page.click(".share-choices button")
    chart = page.input_value("#embed-chart")
    assert page.input_value("#embed-size") == "wide"
    assert f"/embed/ru/{chart}" in code(page)
    assert "max-width:960px" in code(page)
    assert page.input_value("#embed-q") == "вода"


def test_the_preview_changes_its_width_without_scripts(visiting: Visiting) -> None:
    visit = visiting(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = visit.go("/en/embed/?place=frame&size=wide")
    wide = page.locator("#embed-stage iframe")
    wide.scroll_into_view_if_needed()
    assert (wide.bounding_box() or {})["width"] > 700
    page.focus("#embed-desk")
    page.keyboard.press("ArrowRight")
    assert round((wide.bounding_box() or {})["width"]) == 360


@mainly("ru")
@pytest.mark.parametrize("place", [*PLACES, "frame&chart=nothing&as_of=1066&q=water"])
def test_the_panel_is_never_wider_than_its_window_and_axe_finds_nothing(
    visiting: Visiting, language: Language, place: str
) -> None:
    page = visiting(viewport=PHONE, allowed=(ERROR_STATUS,)).go(f"/{language}/embed/?place={place}")
    for width in (320, 360, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS) == 0, width
    if place in ("address", "download") or "nothing" in place:
        assert not violations_at(page, PHONE, "light")
        assert not violations_at(page, DESK, "dark", LOOKS)


def test_every_code_reads_the_same_after_a_browser_has_read_it(visiting: Visiting) -> None:
    visit = visiting()
    for place in ("frame", "figure", "picture", "newsletter"):
        page = visit.go(f"/ru/embed/?chart=ec-p-em-1c&theme=dark&edition=2026.1&place={place}")
        written, read = page.evaluate(
            """() => {
                const template = document.createElement('template');
                const code = document.getElementById('share-code').textContent;
                template.innerHTML = code.replace(/<\\/?tbody>/g, '');
                return [code, template.innerHTML.replace(/<\\/?tbody>/g, '')
                    .replace('async=""', 'async').replaceAll('&nbsp;', '\\u00a0')];
            }"""
        )
        assert read == written
