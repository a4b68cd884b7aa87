"""Embeds in a browser: framed by another host, at phone and column width, checked by axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from data.models import LANGUAGES, Language
from tests.conftest import BROWSER_ARGUMENTS, browser_path, serving

Seen = TypeVar("Seen")
Look = Callable[[Callable[[Browser], Seen]], Seen]
# One of each kind: many links, bars, a long series, parts, one value, none.
KINDS = ("wheel", "environment", "sc-eh-h-3c", "en-en-aq-1c", "ec-ict-ict-2c", "ec-ict-ws-1c")
RULES = {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && !one.closest('.unseen, .sprite, .table-box, svg.wheel')
        && getComputedStyle(one).display !== 'none'
        && (box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def look() -> Iterator[Look[Any]]:
    """Runs a function with a browser in a thread of its own.

    Playwright takes a thread for itself, and the one of the tests may be taken already.
    """
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(
            lambda: playwright.chromium.launch(
                executable_path=browser_path(windowless=True), args=list(BROWSER_ARGUMENTS)
            )
        ).result()
        yield lambda see: thread.submit(see, browser).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


def violations(page: Page) -> list[str]:
    options = {"resultTypes": ["violations"], "rules": RULES}
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in Axe().run(page, options=options).response["violations"]
        for node in one["nodes"]
        # A sector is small on a phone; the table below holds the same links in full size.
        if not (one["id"] == "target-size" and "svg.wheel" in str(node["target"]))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_an_embed_fits_and_axe_finds_nothing_where_its_table_is_open(
    look: Look[list[str]], server_url: str, language: Language, name: str
) -> None:
    def see(browser: Browser) -> list[str]:
        found = []
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.on("console", lambda message: found.append(message.text))
        for width, theme in ((320, "light"), (320, "dark"), (640, "light"), (640, "dark")):
            page.set_viewport_size({"width": width, "height": 640})
            page.goto(f"{server_url}/embed/{language}/{name}?theme={theme}")
            found += [f"{width} outside {one}" for one in page.evaluate(OUTSIDE)]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{server_url}/embed/{language}/{name}?table=1&title=0")
        found += violations(page)
        page.close()
        return found

    assert not look(see)


@pytest.mark.parametrize("address", ["/embed/ru/nothing", "/embed/en/wheel?as_of=1066"])
def test_a_fault_in_the_frame_has_no_violation_either(
    look: Look[list[str]], server_url: str, address: str
) -> None:
    def see(browser: Browser) -> list[str]:
        page = browser.new_page(viewport={"width": 320, "height": 400})
        page.goto(server_url + address)
        found = violations(page)
        page.close()
        return found

    assert not look(see)


@pytest.fixture
def newsroom(server_url: str) -> Iterator[str]:
    """Another site, whose one page frames an embed and tries to frame a page."""
    host = Flask("newsroom")
    frames = {"embed": "/embed/en/sc-eh-h-3c", "page": "/en/kpi/sc-eh-h-3c/"}
    body = "".join(
        f'<iframe name="{name}" title="{name}" src="{server_url}{address}"></iframe>'
        for name, address in frames.items()
    )
    host.add_url_rule("/", "page", lambda: body)
    with serving(host) as url:
        # Another name of the same machine is another site to a browser.
        yield url.replace("127.0.0.1", "localhost") + "/"


def test_another_host_may_frame_an_embed_but_no_page(
    look: Look[dict[str, str]], newsroom: str, server_url: str
) -> None:
    def see(browser: Browser) -> dict[str, str]:
        page = browser.new_page(viewport={"width": 700, "height": 700})
        page.goto(newsroom)
        page.wait_for_load_state("networkidle")
        seen = {
            frame.name: str(frame.locator("h1").first.text_content())
            for frame in page.frames
            if frame.url.startswith(server_url)
        }
        page.close()
        return seen

    assert look(see) == {"embed": "Physicians"}


def test_a_sector_is_reached_by_tab_and_opens_its_page_above_the_frame(
    look: Look[tuple[str, str]], server_url: str
) -> None:
    def see(browser: Browser) -> tuple[str, str]:
        page = browser.new_page(viewport={"width": 640, "height": 700})
        page.route(
            f"{server_url}/host",
            lambda route: route.fulfill(
                content_type="text/html",
                body='<iframe title="wheel" src="/embed/en/wheel" width="600" height="600">'
                "</iframe>",
            ),
        )
        page.goto(f"{server_url}/host")
        page.frame_locator("iframe").locator("svg.wheel").wait_for()
        address = ""
        for _ in range(9):
            page.keyboard.press("Tab")
            address = page.frames[1].evaluate(
                "() => document.activeElement.getAttribute('href') || ''"
            )
            if "/kpi/" in address:
                break
        page.keyboard.press("Enter")
        page.wait_for_url(f"{server_url}{address}")
        arrived = page.url.removeprefix(server_url)
        page.close()
        return address, arrived

    address, arrived = look(see)
    assert "/en/kpi/" in address
    assert arrived == address


def test_a_picture_is_shown_as_an_image_of_another_page(
    look: Look[list[int]], server_url: str
) -> None:
    def see(browser: Browser) -> list[int]:
        page = browser.new_page()
        images = "".join(
            f'<img alt="" src="{server_url}/ru/wheel.{form}?width=400">' for form in ("svg", "png")
        )
        page.set_content(images)
        page.wait_for_load_state()
        widths: list[int] = page.evaluate("[...document.images].map(one => one.naturalWidth)")
        page.close()
        return widths

    assert look(see) == [400, 400]


# Lines of text that meet: those that lie flat, by what the browser drew.
MEETING = """() => {
    const seen = [...document.querySelectorAll('tspan, text:not(:has(tspan))')]
        .filter(one => !one.closest('[transform*=rotate], textPath'))
        .filter(one => !one.querySelector('textPath'))
        .map(one => ({words: one.textContent, box: one.getBoundingClientRect()}));
    const found = [];
    seen.forEach((one, at) => seen.slice(at + 1).forEach(other => {
        const wide = Math.min(one.box.right, other.box.right)
            - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom)
            - Math.max(one.box.top, other.box.top);
        if (wide > 1 && high > 0.45 * Math.min(one.box.height, other.box.height))
            found.push(one.words + ' / ' + other.words);
    }));
    const fields = [...document.querySelectorAll('rect[rx="2"]')]
        .map(one => one.getBoundingClientRect());
    seen.forEach(({words, box}) => fields.forEach(field => {
        if (box.left < field.right - 1 && box.right > field.left + 1
            && field.top + field.height / 2 > box.top && field.top + field.height / 2 < box.bottom)
            found.push(words + ' on a field');
    }));
    const edge = document.querySelector('svg').getBoundingClientRect();
    document.querySelectorAll('text').forEach(one => {
        const box = one.getBoundingClientRect();
        if (box.left < edge.left || box.right > edge.right)
            found.push(one.textContent + ' outside');
    });
    return found;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_do_not_meet_in_a_browser_whose_fonts_are_wide(
    look: Look[list[str]], server_url: str, language: Language
) -> None:
    def see(browser: Browser) -> list[str]:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        found: list[str] = []
        for name in ("wheel", "economy", "kpi/en-en-aq-1c", "kpi/ec-p-em-1c", "kpi/ec-ict-ict-2c"):
            svg = page.request.get(f"{server_url}/{language}/{name}.svg").text()
            wide = "<style>svg text { font-family: 'DejaVu Sans' !important }</style>"
            page.set_content(f"{wide}<body style='margin: 0'>{svg}</body>")
            found += [f"{name}: {one}" for one in page.evaluate(MEETING)]
        page.close()
        return found

    assert not look(see)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["economy", "en-en-aq-1c", "sc-eh-h-3c"])
def test_lines_are_no_wider_in_a_browser_than_they_were_measured(
    look: Look[list[str]], server_url: str, language: Language, name: str
) -> None:
    """Pasted into a page with other fonts and colours, a picture keeps its lines inside."""
    where = name if name == "economy" else f"kpi/{name}"

    def see(browser: Browser) -> list[str]:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        svg = page.request.get(f"{server_url}/{language}/{where}.svg").text()
        style = "<style>text { letter-spacing: normal } .b4 { fill: pink }</style>"
        page.set_content(f"{style}<body style='font-family: serif; margin: 0'>{svg}</body>")
        outside: list[str] = page.evaluate(
            """() => {
                const edge = document.querySelector('svg').getBoundingClientRect().right;
                return [...document.querySelectorAll('tspan, text:not(:has(tspan))')]
                    .filter(one => one.getBoundingClientRect().right > edge - 16)
                    .map(one => one.textContent);
            }"""
        )
        fills = page.evaluate(
            "[...document.querySelectorAll('.b4')].map(one => getComputedStyle(one).fill)"
        )
        assert "rgb(255, 192, 203)" not in fills
        page.close()
        return outside

    assert not look(see)
