"""Copying from the pages of the data: two clicks and one line, by keyboard, told politely."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from data.editions import newest_folder
from data.models import LANGUAGES, Language
from tests.browser.conftest import Visiting, by_turns
from tests.browser.test_accessibility import PHONE, once_in
from tests.builders import table_rows

pytestmark = pytest.mark.timing

OPEN_ALL = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
REFUSED = (
    "Object.defineProperty(navigator, 'clipboard',"
    " { value: { writeText: () => Promise.reject(new Error('no')) } });"
)
COPIED = {"en": "Copied", "ru": "Скопировано"}


@pytest.fixture
def newcomer(chromium: Browser, own_url: str) -> Iterator[Page]:
    """Somebody who has never been here, at the home page."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
        base_url=own_url,
    )
    page = context.new_page()
    yield page
    context.close()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("language", ["ru", pytest.param("en", marks=pytest.mark.long)])
def test_two_clicks_and_one_pasted_line_lead_from_home_to_a_loaded_table(
    newcomer: Page, language: Language
) -> None:
    page = newcomer
    page.goto(f"/{language}/")
    page.click(f"header nav a[href='/{language}/data/']")
    page.click(".decide button[data-copy]")
    page.wait_for_function(
        "word => document.querySelector('.copied').textContent === word", arg=COPIED[language]
    )
    line = clipboard(page)
    assert "\n" not in line
    probe = "import json; print(json.dumps([table.shape, list(table.head(3)['source_id'])]))"
    done = subprocess.run(
        [sys.executable, "-c", f"{line}\n{probe}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (folder,) = (newest_folder() / "files").iterdir()
    rows = table_rows("values", folder)
    assert json.loads(done.stdout) == [
        [len(rows), len(rows[0])],
        [row["source_id"] for row in rows[:3]],
    ]


def test_home_shows_a_second_way_to_the_data(visiting: Visiting) -> None:
    for language in LANGUAGES:
        page = visiting().go(f"/{language}/")
        link = page.locator(f"main a[href='/{language}/data/']").first
        assert link.is_visible()


@pytest.mark.parametrize("path", ["data/", "kpi/ec-p-em-1c/"])
def test_a_box_is_copied_by_keyboard_and_told_politely(newcomer: Page, path: str) -> None:
    page = newcomer
    page.goto(f"/en/{path}")
    page.evaluate(OPEN_ALL)
    for id in ("cite-gost", "cite-bibtex", "code-r"):
        button = page.locator(f"button[data-copy='{id}']")
        button.focus()
        page.keyboard.press("Enter")
        status = button.locator("xpath=../*[@role='status']")
        page.wait_for_function("line => line.textContent === 'Copied'", arg=status.element_handle())
        assert clipboard(page) == page.evaluate("id => document.getElementById(id).textContent", id)
        assert page.evaluate("document.activeElement.getAttribute('data-copy')") == id


def test_the_very_first_press_copies_before_the_script_is_there(newcomer: Page) -> None:
    page = newcomer
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto("/en/data/")
    assert not [url for url in urls if "/copy." in url]
    page.evaluate("document.querySelector('.decide button[data-copy]').click()")
    page.wait_for_function("() => document.querySelector('.copied').textContent === 'Copied'")
    assert clipboard(page).startswith("import pandas; table = pandas.read_csv(")
    assert [url for url in urls if "/copy." in url]


def test_where_there_is_no_clipboard_the_old_way_copies(newcomer: Page) -> None:
    text = copied_the_old_way(newcomer, "/en/data/", ".decide button[data-copy]")
    assert text == newcomer.inner_text("#one-line")


def copied_the_old_way(page: Page, path: str, button: str) -> str:
    """Press a button on a page whose browser has no clipboard for scripts."""
    page.add_init_script(f"window.kept = navigator.clipboard; {NO_CLIPBOARD}")
    page.goto(path)
    page.click(button)
    page.wait_for_function("() => document.querySelector('.copied').textContent === 'Copied'")
    return str(page.evaluate("window.kept.readText()"))


def test_where_copying_is_refused_the_text_is_selected_and_the_keys_are_named(
    visiting: Visiting,
) -> None:
    for language, word in (("en", "Selected"), ("ru", "Выделено")):
        visit = visiting()
        visit.page.add_init_script(REFUSED)
        page = visit.go(f"/{language}/data/")
        page.click(".decide button[data-copy]")
        page.wait_for_function(
            "word => document.querySelector('.copied').textContent.startsWith(word)", arg=word
        )
        assert page.evaluate("getSelection().toString()") == page.inner_text("#one-line")


def test_without_scripts_no_button_is_shown_and_every_box_can_be_read(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False).go("/ru/data/")
    assert not page.locator("button[data-copy]:visible").count()
    assert page.locator("#one-line").inner_text().startswith("import pandas")
    page.click("#code summary >> nth=2")
    assert page.locator("#code-r").is_visible()


def test_one_press_copies_a_whole_kit(newcomer: Page) -> None:
    page = newcomer
    page.goto("/en/press/ec-p-em-1c/")
    for language in LANGUAGES:
        section = page.locator(f"section[lang={language}]")
        parts = section.locator(".prose-box").all_text_contents()
        assert len(parts) == 7
        section.locator(".copy-all button").click()
        section.locator(".copy-all .copied", has_text=COPIED[language]).wait_for()
        assert clipboard(page) == "\n\n".join(parts)


def test_a_whole_kit_is_copied_the_old_way_without_names_and_buttons(newcomer: Page) -> None:
    text = copied_the_old_way(
        newcomer, "/en/press/ec-p-em-1c/", "section[lang=en] .copy-all button"
    )
    parts = newcomer.locator("section[lang=en] .prose-box").all_text_contents()
    # Browsers copy a selection with usual spaces in the place of those that do not break.
    copied = [line for line in text.splitlines() if line]
    assert copied == [part.replace("\u00a0", " ") for part in parts]


def test_what_was_told_goes_away_again(newcomer: Page) -> None:
    page = newcomer
    page.goto("/ru/data/")
    page.click(".decide button[data-copy]")
    page.wait_for_function("() => document.querySelector('.copied').textContent")
    page.wait_for_function("() => !document.querySelector('.copied').textContent")


def test_copying_moves_nothing(newcomer: Page) -> None:
    page = newcomer
    page.goto("/ru/data/")
    place = "document.querySelector('#one-line').getBoundingClientRect().top"
    before = page.evaluate(place)
    page.click(".decide button[data-copy]")
    page.wait_for_function("() => document.querySelector('.copied').textContent")
    assert page.evaluate(place) == before


@by_turns(("data/", "kpi/ec-p-em-1c/", "data/targets/"))
def test_what_is_folded_is_accessible_and_fits_a_phone_as_well(
    visiting: Visiting, language: Language, name: str
) -> None:
    page = visiting(viewport=PHONE).go(f"/{language}/{name}")
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not once_in(page, language)


def test_dash_wakes_on_a_page_where_something_was_copied(newcomer: Page) -> None:
    page = newcomer
    page.goto("/en/kpi/ec-p-em-1c/")
    page.evaluate(OPEN_ALL)
    page.click("button[data-copy='cite-apa']")
    page.locator(".copied", has_text="Copied").wait_for()
    assert not page.evaluate("performance.getEntriesByName('awake').length")
    page.click("#indicator-chart-button")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert page.locator("#cite-apa").is_visible()
