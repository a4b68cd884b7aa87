"""Layout on phones and screens, and the words of squares and wheel."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from components.texts import text
from data.models import Language
from pages.site import Site
from tests.browser.conftest import ERROR_STATUS, Visiting, mainly
from tests.contracts.documents import EVERY_KIND

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
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size) found.push([words[0], lines.size]);
    }
    return found;
}"""


def box_of(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return {**box, "right": box["x"] + box["width"], "foot": box["y"] + box["height"]}


def words_of(square: Locator) -> list[str]:
    """Return what a square says: the name, and on a line of its own the value and verdict."""
    return (square.get_attribute("aria-label") or "").split("\n")


@mainly("ru")
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
def test_the_wheel_and_its_words_stand_above_the_fold(
    visiting: Visiting, language: Language, width: int, height: int
) -> None:
    page = visiting(viewport={"width": width, "height": height}).go(f"/{language}/")
    wheel, hub = box_of(page, "svg.wheel"), box_of(page, ".hub")
    assert wheel["foot"] <= height
    for label in page.locator(".w-labels text").all():
        box = label.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    idle = page.locator(".hub").inner_text()
    bar = page.locator("svg.wheel a[href*='sc-eh-h-1c'] path").first
    bar.hover()
    square = page.locator(".waffle a[href*='sc-eh-h-1c']")
    name = words_of(square)[0]
    page.wait_for_function(
        "name => document.querySelector('.hub').textContent.startsWith(name)", arg=name
    )
    # The words of the longest name fit into the hub, too.
    assert page.locator(".waffle .on").count() == 1
    assert square.get_attribute("class") == "on"
    longest = max(page.locator(".waffle a").all(), key=lambda link: len("".join(words_of(link))))
    longest.hover()
    words = words_of(longest)[0]
    page.wait_for_function(
        "name => document.querySelector('.hub').textContent.startsWith(name)", arg=words
    )
    assert box_of(page, ".hub")["foot"] - box_of(page, ".hub")["y"] <= wheel["height"] * 0.36
    page.mouse.move(2, 2)
    page.wait_for_function("idle => document.querySelector('.hub').innerText === idle", arg=idle)
    assert hub["foot"] < height


@mainly("ru")
def test_on_a_phone_a_first_touch_names_a_square_and_a_second_opens_it(
    visiting: Visiting, language: Language
) -> None:
    page = visiting(viewport={"width": 360, "height": 740}, has_touch=True).go(f"/{language}/")
    assert not page.locator("svg.wheel").is_visible()
    squares = page.locator(".waffle a")
    assert squares.count() == 91
    for square in squares.all():
        box = square.bounding_box()
        assert box is not None
        assert box["width"] >= 24
        assert box["height"] >= 24
        assert box["x"] + box["width"] <= 360
    square = page.locator(".waffle a[href*='sc-sh-sa-9c']")
    address = page.url
    square.locator(".swatch").tap()
    page.wait_for_selector(".waffle a.on")
    assert page.url == address
    line = square.evaluate("""link => {
        const {content, position, bottom, height} = getComputedStyle(link, "::after");
        const said = content.slice(1, -1).replace("\\\\a ", "\\n");
        return [said, position, bottom, parseFloat(height) > 20];
    }""")
    assert line == ["\n".join(words_of(square)), "fixed", "0px", True]
    square.locator(".swatch").tap()
    page.wait_for_url("**/kpi/sc-sh-sa-9c/")


def test_without_scripts_a_touch_opens_a_square_at_once(visiting: Visiting) -> None:
    options = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
    page = visiting(**options, java_script_enabled=False).go("/en/")
    page.locator(".waffle a[href*='sc-sh-sa-9c'] .swatch").tap()
    page.wait_for_url("**/kpi/sc-sh-sa-9c/")


@pytest.mark.parametrize("scripts", [True, False])
def test_menu_and_search_open_from_a_low_header_on_a_phone(
    visiting: Visiting, language: Language, scripts: bool
) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": scripts}
    page = visiting(**phone).go(f"/{language}/quiz/")
    header, menu, field = (
        page.locator(selector) for selector in (".header", "#menu", "#find input")
    )
    height = (header.bounding_box() or {})["height"]
    assert height <= 64
    expect(menu).to_be_hidden()
    expect(field).to_be_hidden()
    page.get_by_role("button", name=text("menu", language)).press("Enter")
    expect(menu.get_by_role("link", name=text("nav_list", language))).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name=text("search", language)).click()
    field.fill("зарплата")
    field.press("Enter")
    page.wait_for_url("**/kpi/?q=*")
    expect(page.locator("main a[href$='/kpi/sc-sh-si-1c/']")).to_be_visible()


@pytest.mark.parametrize(("width", "menu"), [(1440, True), (1280, True), (1024, False)])
def test_the_header_is_one_row_on_a_screen(
    visiting: Visiting, language: Language, width: int, menu: bool
) -> None:
    page = visiting(viewport={"width": width, "height": 800}).go(f"/{language}/economy/")
    assert (page.locator(".header").bounding_box() or {})["height"] <= 64
    expect(page.locator("#find input")).to_be_visible()
    expect(page.locator("#menu")).to_be_visible(visible=menu)


@pytest.mark.parametrize(
    "path",
    [
        *(ENLARGED := ("", "kpi/", "method/", "data/", "compare/", "quiz/", "about/")),
        *(
            pytest.param(kind, marks=pytest.mark.long)
            for kind in EVERY_KIND
            if kind not in ENLARGED
        ),
    ],
)
def test_text_of_double_size_or_wide_spacing_needs_no_scrolling_sideways(
    visiting: Visiting, language: Language, path: str
) -> None:
    phone = {"width": 360, "height": 740}
    page = visiting(viewport=phone, allowed=(ERROR_STATUS,)).go(f"/{language}/{path}")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    for rules in (
        "html { font-size: 200%; }",
        "* { line-height: 1.5; letter-spacing: .12em; word-spacing: .16em; }",
    ):
        page.evaluate(
            """rules => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(rules);
                document.adoptedStyleSheets = [sheet];
            }""",
            rules,
        )
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_foot_of_a_short_page_stands_at_the_foot_of_the_window(visiting: Visiting) -> None:
    page = visiting(viewport={"width": 1280, "height": 1200}).go("/en/kpi/?q=no-such-indicator")
    box = page.locator(".footer").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] >= 1199


@mainly("ru")
@pytest.mark.parametrize(
    ("path", "button", "picture"),
    [
        ("economy/", "#dimension-chart-button", "ul.rows"),
        ("kpi/sc-eh-h-3c/", "#indicator-chart-button", ".trend"),
    ],
)
def test_an_interactive_chart_fits_a_phone_and_leaves_paper_to_the_picture(
    visiting: Visiting, language: Language, path: str, button: str, picture: str
) -> None:
    page = visiting(viewport={"width": 360, "height": 800}).go(f"/{language}/{path}")
    page.evaluate("document.querySelectorAll('.chart-fold').forEach(fold => { fold.open = true })")
    page.click(button)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_selector(".explore .plot-container .draglayer .nsewdrag", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    words = page.locator(".main-svg text:visible").all()
    boxes = [box for word in words if (box := word.bounding_box())]
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


@pytest.mark.parametrize("path", ["economy/", "kpi/ec-ict-ict-1c/"])
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
    ranges = page.evaluate(RANGES)
    assert ranges
    assert {lines for _, lines in ranges} == {1}, ranges


def test_the_longest_dimension_is_seven_screens_of_a_phone(
    visiting: Visiting, language: Language
) -> None:
    page = visiting(viewport={"width": 360, "height": 740}).go(f"/{language}/economy/")
    assert page.evaluate("document.documentElement.scrollHeight") <= 7 * 740
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# The pages whose charts begin lowest on a phone.
LOWEST = ("en-en-aq-1c", "sc-sh-sa-5a", "ec-i-t-3c", "en-en-aq-2c", "ec-p-em-1c")
FIRST_CHART = """() => {
    const drawn = document.querySelector('main :is(.trend, .scale)');
    return drawn && drawn.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)])
def test_the_chart_of_an_indicator_begins_on_the_first_screen(
    visiting: Visiting, site: Site, language: Language, *, every: bool
) -> None:
    visit = visiting(viewport={"width": 360, "height": 740})
    slugs = [indicator.slug for indicator in site.edition.indicators] if every else LOWEST
    tops = {slug: visit.go(f"/{language}/kpi/{slug}/").evaluate(FIRST_CHART) for slug in slugs}
    assert sum(top is not None for top in tops.values()) >= len(slugs) / 3
    assert {slug: top for slug, top in tops.items() if top is not None and top > 500} == {}


def test_no_chart_traps_a_finger(visiting: Visiting) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page = visiting(**phone).go("/ru/kpi/ec-p-em-1c/")
    session = page.context.new_cdp_session(page)

    def swipe(selector: str) -> None:
        chart = page.locator(selector).first
        chart.evaluate("chart => chart.scrollIntoView({block: 'center', behavior: 'instant'})")
        box, before = chart.bounding_box(), page.evaluate("scrollY")
        assert box is not None
        assert before > 0
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for kind, points in (
            ("touchStart", [{"x": x, "y": y}]),
            *(("touchMove", [{"x": x, "y": y + 15 * step}]) for step in range(1, 13)),
            ("touchEnd", []),
        ):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_function("before => scrollY < before", arg=before)

    swipe(".trend")
    page.locator("#indicator-chart-button").tap()
    page.wait_for_selector(".js-plotly-plot .draglayer .nsewdrag", state="attached")
    swipe(".js-plotly-plot")
