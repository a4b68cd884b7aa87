"""What stands where on phones and screens, and what the wheel says under itself."""

from __future__ import annotations

import pytest

from components.texts import text
from data.models import LANGUAGES, Language
from tests.browser.conftest import Visiting

# Every range of shares that is seen, with the number of lines it stands on.
RANGES = r"""() => {
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
        const words = /\d+–\d+.%/.exec(walk.currentNode.data);
        if (!words || walk.currentNode.parentNode.closest('svg, select')) continue;
        const range = document.createRange();
        range.setStart(walk.currentNode, words.index);
        range.setEnd(walk.currentNode, words.index + words[0].length);
        const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
        if (lines.size) found.push([words[0], lines.size]);
    }
    return found;
}"""


def test_the_wheel_says_under_itself_what_the_keyboard_is_on(visiting: Visiting) -> None:
    page = visiting().go("/en/")
    told = page.locator(".wheel-read")
    assert told.inner_text() == text("wheel_hint", "en")
    page.locator("svg.wheel a[href*='/kpi/']").first.focus()
    title = page.locator("svg.wheel a[href*='/kpi/'] title").first.text_content() or ""
    page.wait_for_function(
        "words => document.querySelector('.wheel-read').textContent === words", arg=title
    )
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "words => document.querySelector('.wheel-read').textContent !== words", arg=title
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_all_parts_of_the_site_are_in_view(
    visiting: Visiting, language: Language
) -> None:
    page = visiting(viewport={"width": 360, "height": 800}).go(f"/{language}/about/")
    for link in page.locator(".header nav a").all():
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert page.locator(".brand").inner_text() == text(
        "brand_short", language, city={"en": "Moscow", "ru": "Москва"}[language]
    )


def test_the_foot_of_a_short_page_stands_at_the_foot_of_the_window(visiting: Visiting) -> None:
    page = visiting(viewport={"width": 1280, "height": 1200}).go("/en/kpi/?q=no-such-indicator")
    box = page.locator(".footer").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] >= 1199


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "button", "picture"),
    [
        ("economy/", "#dimension-chart-button", "div.bars"),
        ("kpi/sc-eh-h-3c/", "#indicator-chart-button", "svg.trend.wide"),
    ],
)
def test_an_interactive_chart_fits_a_phone_and_leaves_paper_to_the_picture(
    visiting: Visiting, language: Language, path: str, button: str, picture: str
) -> None:
    page = visiting(viewport={"width": 360, "height": 800}).go(f"/{language}/{path}")
    page.click(button)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_selector(".explore .plot-container .draglayer .nsewdrag", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    words = page.locator(".main-svg text:visible").all()
    boxes = [box for one in words if (box := one.bounding_box())]
    assert len(boxes) > 5
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    # Names take no width from the bars and lines.
    field = page.locator(".draglayer .nsewdrag").bounding_box()
    assert field is not None
    assert field["width"] >= 230
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 800, "height": 1100})
    # The sheet for paper comes a while after the page.
    page.locator(".main-svg").first.wait_for(state="hidden")
    assert page.locator(picture).first.is_visible()


@pytest.mark.parametrize("path", ["", "economy/", "kpi/ec-ict-ict-1c/"])
def test_no_line_ends_inside_a_range_of_shares(visiting: Visiting, path: str) -> None:
    page = visiting(viewport={"width": 320, "height": 800}).go(f"/ru/{path}")
    narrow = ".state, .legend-words, .steps li { display: inline-block; width: 3.5rem; }"
    page.evaluate(
        """rules => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(rules);
            document.adoptedStyleSheets = [sheet];
        }""",
        narrow,
    )
    found = page.evaluate(RANGES)
    assert found
    assert {lines for _, lines in found} == {1}, found
