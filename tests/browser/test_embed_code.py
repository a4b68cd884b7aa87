"""The embed page in a browser: with scripts and without, by keyboard, at every width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from components.texts import text
from data.models import LANGUAGES, Language
from tests.browser.conftest import ERROR_STATUS, Visiting
from tests.browser.test_accessibility import DESK, LOOKS, PHONE, seen
from tests.conftest import BASE_URL

FITS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def code(page: Page, kind: str) -> str:
    return page.inner_text(f"#code-{kind}").replace("\xa0", " ")


@pytest.fixture
def clipboard(chromium: Browser, server_url: str) -> Iterator[BrowserContext]:
    """A reader who lets the page write to the clipboard, so that a test can read it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server_url)
    yield context
    context.close()


def test_a_choice_changes_code_chart_and_address_at_once(visiting: Visiting) -> None:
    page = visiting().go("/en/embed/")
    page.select_option("#embed-chart", "ec-p-em-1c")
    page.wait_for_url("**/en/embed/?chart=ec-p-em-1c")
    assert f'src="{BASE_URL}/embed/en/ec-p-em-1c"' in code(page, "frame")
    assert "Unemployment" in page.inner_text("#embed-told")
    page.select_option("#embed-theme", "dark")
    page.select_option("#embed-lang", "ru")
    page.select_option("#embed-title", "0")
    page.wait_for_url("**/en/embed/?chart=ec-p-em-1c&lang=ru&theme=dark&title=0")
    page.frame_locator("#embed-stage iframe").locator("text=Безработица").first.wait_for(
        state="attached"
    )
    assert page.evaluate("document.activeElement.id") in ("", "embed-title")
    switch = page.get_attribute("#language-switch", "href")
    assert switch == "/ru/embed/?chart=ec-p-em-1c&lang=ru&theme=dark&title=0"
    shown = code(page, "figure")
    page.reload()
    assert code(page, "figure") == shown
    assert page.input_value("#embed-theme") == "dark"


def test_typing_finds_a_chart_and_loses_no_letter(visiting: Visiting) -> None:
    page = visiting().go("/ru/embed/")
    page.focus("#embed-q")
    page.keyboard.type("безработица", delay=20)
    # On a busy machine the answer to the first letters is shown before that to the whole word.
    page.locator("#embed-found", has_text="«безработица»").wait_for()
    assert "ec-p-em-1c" in code(page, "frame")
    assert page.input_value("#embed-q") == "безработица"
    assert page.evaluate("document.activeElement.id") == "embed-q"
    assert page.input_value("#embed-chart") == "ec-p-em-1c"
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.input_value("#embed-q") == "безработица"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_keyboard_is_enough_to_choose_and_to_copy(
    clipboard: BrowserContext, server_url: str, language: Language
) -> None:
    page = clipboard.new_page()
    page.goto(f"{server_url}/{language}/embed/")
    page.focus("#embed-chart")
    page.keyboard.press("End")
    page.wait_for_url("**/embed/?chart=*")
    # The last one is a question, whose codes are other ones than those of a chart.
    chart = page.input_value("#embed-chart")
    for kind in ("question_address", "question_frame", "question_figure"):
        for _ in range(15):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.dataset.copy") == f"code-{kind}":
                break
        page.keyboard.press("Enter")
        told = page.locator(f"#embed-codes [role=status]:near(#code-{kind})").first
        section = page.locator("section", has=page.locator(f"#code-{kind}"))
        section.locator("[role=status]", has_text=text("copied", language)).wait_for()
        assert told.get_attribute("role") == "status"
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert copied == page.text_content(f"#code-{kind}")
        assert chart in copied


def test_where_the_clipboard_is_refused_the_code_is_selected(visiting: Visiting) -> None:
    visit = visiting()
    visit.page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
    )
    page = visit.go("/en/embed/")
    page.click("[data-copy=code-figure]")
    page.locator("[role=status]", has_text=text("copy_selected", "en")).wait_for()
    assert page.evaluate("String(getSelection())").replace("\xa0", " ") == code(page, "figure")


def test_the_plain_form_gives_the_same_codes(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).go("/ru/embed/")
    page.fill("#embed-q", "вода")
    page.select_option("#embed-theme", "light")
    page.click("#embed-form button")
    assert "theme=light" in page.url
    assert 1 < page.locator("#embed-chart option").count() < 40
    page.select_option("#embed-chart", index=1)
    page.select_option("#embed-size", "wide")
    page.click("#embed-form button")
    chart = page.input_value("#embed-chart")
    assert page.input_value("#embed-size") == "wide"
    assert f"/embed/ru/{chart}?theme=light" in code(page, "frame")
    assert "max-width:960px" in code(page, "figure")
    assert page.input_value("#embed-q") == "вода"


def test_the_preview_changes_its_width_without_scripts(visiting: Visiting) -> None:
    visit = visiting(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = visit.go("/en/embed/?size=wide")
    wide = page.locator("#embed-stage iframe")
    wide.scroll_into_view_if_needed()
    assert wide.bounding_box() is not None
    room = page.evaluate("document.getElementById('embed-stage').clientWidth")
    assert abs((wide.bounding_box() or {})["width"] - min(room, 960)) < 1
    assert room > 700
    page.focus("#embed-desk")
    page.keyboard.press("ArrowRight")
    assert round((wide.bounding_box() or {})["width"]) == 360


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", "?chart=nothing&as_of=1066&q=water", "?q=water&size=wide"])
def test_the_page_is_never_wider_than_its_window_and_axe_finds_nothing(
    visiting: Visiting, language: Language, query: str
) -> None:
    page = visiting(viewport=PHONE, allowed=(ERROR_STATUS,)).go(f"/{language}/embed/{query}")
    for width in (320, 360, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FITS) == 0, width
    if "wide" not in query:
        assert not seen(page, PHONE, "light")
        assert not seen(page, DESK, "light", LOOKS)
        assert not seen(page, DESK, "dark", LOOKS)


def test_every_code_reads_the_same_after_a_browser_has_read_it(visiting: Visiting) -> None:
    page = visiting().go("/ru/embed/?chart=ec-p-em-1c&theme=dark&edition=2026.1")
    changed = page.evaluate(
        """() => [...document.querySelectorAll('[id^=code-]')].filter(box => {
            const read = document.createElement('template');
            read.innerHTML = box.textContent;
            return read.innerHTML.replace('async=""', 'async').replaceAll('&nbsp;', '\\u00a0')
                !== box.textContent;
        }).map(box => box.id)"""
    )
    assert changed == []
