"""Nine hosts and three codes: everywhere the chart, or its picture with its sentence."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Frame, Page

from data.models import Language
from tests.browser.conftest import PATIENCE
from tests.browser.hosts.conftest import Codes, Newsroom
from tests.browser.hosts.pages import HOSTS, Host

CHARTS: tuple[tuple[Language, str], ...] = (
    ("ru", "wheel"),
    ("en", "ec-p-em-1c"),
    ("ru", "economy"),
    ("en", "en-en-aq-1c"),
)
# What the sentence of each says, and how many drawings stand in its frame.
SAID = {"wheel": " 34 ", "ec-p-em-1c": "4.8%", "economy": "87,5\u00a0%", "en-en-aq-1c": "2 of 5"}
DRAWINGS = {"wheel": 1, "ec-p-em-1c": 1, "economy": 0, "en-en-aq-1c": 4}
KINDS = ("frame", "figure", "picture")
LONG_IN = ("plain", "strict policy", "no scripts", "narrow column")
# How much room a frame may leave below its chart at usual widths, at others, and without styles.
USUAL, OTHER, SLACK = 60, 130, 230
# Such fonts make every line of a long chart longer, so that the room grows with the height.
SHARE = 0.25
INSIDE = """() => {
    const root = document.documentElement;
    const drawn = [...document.querySelectorAll('svg.wheel, svg.trend')]
        .filter(one => one.getBoundingClientRect().width > 200);
    return {
        content: Math.ceil(root.getBoundingClientRect().height), height: innerHeight,
        width: root.scrollWidth - root.clientWidth, charts: drawn.length,
        said: document.querySelector('main').innerText.length, wide: innerWidth,
        back: getComputedStyle(document.body).backgroundColor,
    };
}"""
AROUND = """() => {
    const root = document.documentElement;
    const pasted = document.getElementById('pasted');
    const box = pasted.getBoundingClientRect();
    const over = [...pasted.querySelectorAll('*')].filter(one => {
        const {left, right, width} = one.getBoundingClientRect();
        return width > 0 && (left < box.left - 1 || right > box.right + 1);
    });
    return {
        page: root.scrollWidth - root.clientWidth,
        over: over.map(one => one.outerHTML.slice(0, 80)),
    };
}"""
COLUMN = "document.getElementById('pasted').clientWidth"
PICTURE = """() => [...document.querySelectorAll('#pasted img')]
    .filter(one => one.getBoundingClientRect().width > 200)
    .map(one => ({loaded: one.complete && one.naturalWidth > 0, alt: one.alt}))"""


def options(host: Host) -> dict[str, Any]:
    return {
        "viewport": {"width": 1100, "height": 900},
        "color_scheme": "dark" if host.dark else "light",
    }


def embedded(page: Page, site: str) -> Frame | None:
    """The frame with the chart, once it has told its height or loaded."""
    return next((one for one in page.frames if one.url.startswith(f"{site}/embed/")), None)


def visit(browser: Browser, newsroom: Newsroom, host: Host, code: str) -> Page:
    """Open the page as a reader would, and wait until nothing more is fetched."""
    page = browser.new_page(**options(host))
    page.set_default_timeout(PATIENCE)
    page.goto(newsroom.publish(host, code))
    if host.opened:
        page.wait_for_load_state("networkidle")
        assert embedded(page, newsroom.site) is None
        page.click(host.opened)
    page.locator("#pasted").scroll_into_view_if_needed()
    return page


def await_chart(page: Page, site: str) -> Frame:
    """The frame, when it is seen and as high as it will be."""
    page.wait_for_function(
        "() => { const one = document.querySelector('#pasted iframe');"
        " return one && getComputedStyle(one).visibility === 'visible' && one.offsetHeight > 99; }"
    )
    frame = page.locator("#pasted iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_url(f"{site}/embed/**")
    frame.wait_for_load_state("load")
    return frame


def most_room(host: str, kind: str, height: int) -> float:
    """Return how much room a frame may leave below its chart."""
    if kind == "figure":
        return 0
    return USUAL if host == "plain" else max(SLACK, SHARE * height)


# One short chart everywhere; the others where room is scarce or a style is lost.
SHORT, LONGER = CHARTS[1], pytest.mark.long
PLACES = [
    pytest.param(
        host, kind, chart, marks=() if chart == SHORT else LONGER, id=f"{host}-{kind}-{chart[1]}"
    )
    for host in HOSTS
    for kind in KINDS
    for chart in CHARTS
    if chart == SHORT or (kind == "frame" and host in LONG_IN)
]


@pytest.mark.parametrize(("name", "kind", "shown"), PLACES)
def test_a_reader_sees_the_chart_or_its_picture_with_its_sentence(
    chromium: Browser,
    newsroom: Newsroom,
    codes: Codes,
    name: str,
    kind: str,
    shown: tuple[Language, str],
) -> None:
    host, (language, chart) = HOSTS[name], shown
    page = visit(chromium, newsroom, host, codes(language, chart, kind))
    if kind in host.live:
        frame = await_chart(page, newsroom.site)
        seen = frame.evaluate(INSIDE)
        assert seen["charts"] == DRAWINGS[chart]
        assert seen["said"] > 200
        assert seen["width"] == 0
        if kind == "frame":
            # Without styles there is no largest width, but no narrow default either.
            assert seen["wide"] == min(720 if host.policy else 640, page.evaluate(COLUMN))
        room = seen["height"] - seen["content"]
        assert 0 <= room <= most_room(name, kind, seen["height"]), seen
        assert seen["back"] == ("rgb(18, 23, 29)" if host.dark else "rgb(255, 255, 255)")
    elif kind in host.lost:
        link = page.locator("#pasted a")
        assert link.is_visible()
        assert "U4SSC" in link.inner_text()
        assert page.locator("#pasted iframe").count() == 0
    else:
        page.wait_for_function("() => document.querySelector('#pasted img').complete")
        (shown,) = page.evaluate(PICTURE)
        assert shown["loaded"]
        said = shown["alt"] if kind == "picture" else page.inner_text("#pasted figcaption span")
        assert SAID[chart] in said
    if kind == "figure":
        # The chart has the link itself; to say it twice would be once too much.
        assert page.locator("#pasted figcaption a").is_visible() is (kind not in host.live)
    around = page.evaluate(AROUND)
    assert around == {"page": 0, "over": []}
    page.close()


TABLE = """() => {
    const foot = document.querySelector('footer').getBoundingClientRect();
    return {
        shown: document.querySelector('#numbers table').checkVisibility(),
        foot: foot.bottom <= innerHeight && foot.top > 0,
    };
}"""


@pytest.mark.parametrize("name", ["strict policy", "no scripts", "plain", "narrow column"])
@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(chart, marks=() if chart == SHORT else LONGER, id=chart[1])
        for chart in CHARTS[1:]
    ],
)
def test_the_table_fills_a_frame_that_is_too_high_and_no_other(
    chromium: Browser, newsroom: Newsroom, codes: Codes, name: str, shown: tuple[Language, str]
) -> None:
    host = HOSTS[name]
    page = visit(chromium, newsroom, host, codes(*shown, "frame"))
    frame = await_chart(page, newsroom.site)
    without_styles = name in ("strict policy", "no scripts")
    assert frame.evaluate(TABLE) == {"shown": without_styles, "foot": True}
    if without_styles:
        # What does not fit is reached inside the box, from which the foot keeps its place.
        frame.locator("#numbers tr").last.scroll_into_view_if_needed()
        assert frame.evaluate("() => scrollY") == 0
    page.close()


SMALLEST = """() => {
    const image = document.querySelector('#pasted img');
    return {
        shown: image.currentSrc, column: document.getElementById('pasted').clientWidth,
        width: image.clientWidth, ratio: image.naturalWidth / image.naturalHeight
            - image.clientWidth / image.clientHeight,
    };
}"""


@pytest.mark.parametrize("kind", ["figure", "picture"])
@pytest.mark.parametrize("name", ["plain", "no frames"])
def test_a_phone_gets_the_picture_for_phones(
    chromium: Browser, newsroom: Newsroom, codes: Codes, kind: str, name: str
) -> None:
    page = chromium.new_page(
        viewport={"width": 390, "height": 800}, device_scale_factor=2, java_script_enabled=False
    )
    page.goto(newsroom.publish(HOSTS[name], codes("ru", "economy", kind)))
    seen = _loaded(page)
    page.close()
    # Also where the host takes the choice away.
    assert "/phone" in seen["shown"]
    assert seen["width"] == seen["column"]
    assert abs(seen["ratio"]) < 0.01


def test_a_picture_of_the_narrowest_size_is_the_one_for_phones(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    page = chromium.new_page(**options(HOSTS["narrow column"]))
    code = codes("en", "ec-p-em-1c", "picture", size="narrow")
    page.goto(newsroom.publish(HOSTS["narrow column"], code))
    seen = _loaded(page)
    page.close()
    assert "/phone" in seen["shown"]
    assert seen["width"] == seen["column"] == 320


def _loaded(page: Page) -> Any:
    page.locator("#pasted").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#pasted img').naturalWidth > 0")
    return page.evaluate(SMALLEST)


@pytest.mark.parametrize("kind", KINDS)
def test_paper_shows_what_the_screen_shows(
    chromium: Browser, newsroom: Newsroom, codes: Codes, kind: str
) -> None:
    host = HOSTS["print"]
    page = visit(chromium, newsroom, host, codes("en", "ec-p-em-1c", kind))
    if kind in host.live:
        await_chart(page, newsroom.site)
    else:
        page.wait_for_function("() => document.querySelector('#pasted img').complete")
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    words = "".join(one.get_textpage().get_text_range() for one in document)
    pictures = [
        one for sheet in document for one in sheet.get_objects() if one.type == 3 and one.level == 0
    ]
    document.close()
    page.close()
    assert "After the chart." in words
    if kind in host.live:
        assert "The average (OECD) is 4.8%" in " ".join(words.split())
        assert "2023" in words
    else:
        assert pictures


@pytest.mark.parametrize(
    "chart",
    [
        *("wheel", "en-en-aq-1c", "ec-ict-ws-1c"),
        *(pytest.param(name, marks=LONGER) for name in ("economy", "ec-i-t-5a", "sc-sh-si-1c")),
    ],
)
def test_a_frame_without_scripts_is_high_enough_in_any_column(
    chromium: Browser, newsroom: Newsroom, codes: Codes, chart: str
) -> None:
    page = visit(chromium, newsroom, HOSTS["plain"], codes("ru", chart, "frame"))
    frame = await_chart(page, newsroom.site)
    for width in (300, 360, 480, 640):
        page.evaluate(f"document.getElementById('pasted').style.width = '{width}px'")
        frame.wait_for_function(f"innerWidth === {width}")
        seen = frame.evaluate(INSIDE)
        assert seen["width"] == 0
        most = USUAL if width in (360, 640) else OTHER
        assert 0 <= seen["height"] - seen["content"] <= most, width
    page.close()


def test_a_dimension_stands_in_full_where_the_script_may_run(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    page = visit(chromium, newsroom, HOSTS["plain"], codes("en", "environment", "figure"))
    seen = await_chart(page, newsroom.site).evaluate(INSIDE)
    page.close()
    assert seen["height"] == seen["content"] > 700
