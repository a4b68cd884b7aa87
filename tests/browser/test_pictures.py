"""Embeds in the frames of another host, and pictures pasted into its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from data.models import Language
from tests.browser.conftest import Visiting
from tests.conftest import serving
from tests.fonts import WIDEN


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
    chromium: Browser, newsroom: str, server_url: str
) -> None:
    page = chromium.new_page(viewport={"width": 700, "height": 700})
    page.goto(newsroom)
    page.wait_for_load_state("networkidle")
    headings = {
        frame.name: str(frame.locator("h1").first.text_content())
        for frame in page.frames
        if frame.url.startswith(server_url)
    }
    page.close()
    assert headings == {"embed": "Doctors"}


def test_a_sector_is_reached_by_keyboard_and_opens_its_page_above_the_frame(
    visiting: Visiting,
) -> None:
    visit = visiting(viewport={"width": 640, "height": 700})
    frame = '<iframe title="wheel" src="/embed/en/wheel" width="600" height="600"></iframe>'
    visit.page.route("**/host", lambda route: route.fulfill(content_type="text/html", body=frame))
    page = visit.go("/host")
    page.frame_locator("iframe").locator("svg.wheel").wait_for()
    inside = page.frames[1]
    for _ in range(9):
        page.keyboard.press("Tab")
        if inside.evaluate("Boolean(document.activeElement.closest('.wheel'))"):
            break
    page.keyboard.press("End")
    address = inside.evaluate("document.activeElement.getAttribute('href')")
    assert "/en/kpi/" in address
    page.keyboard.press("Enter")
    page.wait_for_url(visit.host + address)


# Lines of text that meet: those that lie flat, by what the browser drew.
MEETING = """() => {
    const seen = [...document.querySelectorAll('tspan, text:not(:has(tspan))')]
        .filter(element => !element.closest('[transform*=rotate], textPath, [aria-hidden=true]'))
        .filter(element => !element.querySelector('textPath'))
        .map(element => ({words: element.textContent, box: element.getBoundingClientRect()}));
    const found = [];
    seen.forEach((element, at) => seen.slice(at + 1).forEach(other => {
        const wide = Math.min(element.box.right, other.box.right)
            - Math.max(element.box.left, other.box.left);
        const high = Math.min(element.box.bottom, other.box.bottom)
            - Math.max(element.box.top, other.box.top);
        if (wide > 1 && high > 0.45 * Math.min(element.box.height, other.box.height))
            found.push(element.words + ' / ' + other.words);
    }));
    const fields = [...document.querySelectorAll('rect[rx="2"]')]
        .map(element => element.getBoundingClientRect());
    seen.forEach(({words, box}) => fields.forEach(field => {
        if (box.left < field.right - 1 && box.right > field.left + 1
            && field.top + field.height / 2 > box.top && field.top + field.height / 2 < box.bottom)
            found.push(words + ' on a field');
    }));
    const edge = document.querySelector('svg').getBoundingClientRect();
    document.querySelectorAll('text').forEach(element => {
        const box = element.getBoundingClientRect();
        if (box.left < edge.left || box.right > edge.right)
            found.push(element.textContent + ' outside');
    });
    return found;
}"""


def pasted(page: Page, host: str, path: str, rules: str) -> None:
    """Paste a picture into a page with rules of its own."""
    svg = page.request.get(f"{host}{path}.svg").text()
    page.set_content(f"<style>{rules}</style><body style='margin: 0; font-family: serif'>{svg}")


def test_words_do_not_meet_in_a_browser_whose_fonts_are_wide(
    chromium: Browser, server_url: str, language: Language
) -> None:
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    meeting = {}
    for name in ("wheel", "economy", "kpi/en-en-aq-1c", "kpi/ec-p-em-1c", "kpi/ec-ict-ict-2c"):
        pasted(page, server_url, f"/{language}/{name}", "")
        page.evaluate(WIDEN)
        meeting[name] = page.evaluate(MEETING)
    page.close()
    assert not {name: words for name, words in meeting.items() if words}


def test_lines_are_no_wider_in_a_browser_than_they_were_measured(
    chromium: Browser, server_url: str, language: Language
) -> None:
    """Pasted into a page with other fonts and colours, a picture keeps its lines inside."""
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    rules = "text { letter-spacing: normal } .b4 { fill: pink }"
    outside = {}
    for name in ("economy", "kpi/en-en-aq-1c", "kpi/sc-eh-h-3c"):
        pasted(page, server_url, f"/{language}/{name}", rules)
        outside[name] = page.evaluate(
            """() => {
                const edge = document.querySelector('svg').getBoundingClientRect().right;
                return [...document.querySelectorAll('tspan, text:not(:has(tspan))')]
                    .filter(element => element.getBoundingClientRect().right > edge - 16)
                    .map(element => element.textContent);
            }"""
        )
        fills = page.evaluate(
            "[...document.querySelectorAll('.b4')].map(element => getComputedStyle(element).fill)"
        )
        assert "rgb(255, 192, 203)" not in fills, name
    page.close()
    assert not {name: words for name, words in outside.items() if words}
