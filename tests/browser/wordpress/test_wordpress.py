"""A real WordPress shows whole charts whose address was pasted, to administrators and authors."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser.wordpress.wordpress import ROLES, WordPress, wordpress
from tests.builders import shared_code

WIDTHS = {"phone": 390, "desktop": 1280}
# The wheel, the longest dimension, a series, parts, a value without a yardstick, no value, a year.
PATHS = (
    "/ru/",
    "/en/economy/",
    "/ru/kpi/ec-p-em-1c/",
    "/ru/kpi/en-en-aq-1c/",
    "/en/kpi/ec-i-t-5a/",
    "/en/kpi/ec-p-em-1c/?as_of=2015",
)
_BLOCK = (
    '<!-- wp:embed {{"url":"{url}"}} -->\n<figure class="wp-block-embed">'
    '<div class="wp-block-embed__wrapper">\n{url}\n</div></figure>\n<!-- /wp:embed -->'
)
# Themes give frames a border, which takes a little of the height.
_WHOLE = "() => innerHeight >= document.querySelector('footer').getBoundingClientRect().bottom"
_HTML = "<!-- wp:html -->\n{code}\n<!-- /wp:html -->"


@pytest.fixture(scope="module")
def newspaper(own_url: str) -> Iterator[WordPress]:
    with wordpress(urlsplit(own_url).port or 0) as running:
        yield running


def article(browser: Browser, address: str, width: int) -> Page:
    """An article whose frames and pictures have been scrolled to and loaded."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address, wait_until="networkidle")
    return page


def assert_whole(page: Page, frame: Frame) -> None:
    """Wait until a frame is as high as its document; nothing is cut at its side."""
    page.wait_for_function("frame => frame.clientHeight > 200", arg=frame.frame_element())
    frame.wait_for_function(_WHOLE)
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), frame.url
    assert frame.locator("footer").is_visible()


@pytest.mark.parametrize("role", ROLES)
def test_a_pasted_address_becomes_the_whole_chart(
    newspaper: WordPress, own_url: str, chromium: Browser, role: str
) -> None:
    blocks = "\n".join(_BLOCK.format(url=own_url + path) for path in PATHS)
    address = newspaper.publish(role, blocks)
    for width in WIDTHS.values():
        page = article(chromium, address, width)
        frames = page.frames[1:]
        assert len(frames) == len(PATHS)
        for frame in frames:
            assert_whole(page, frame)
        assert page.locator("blockquote.wp-embedded-content:visible").count() == 0
        page.close()


@pytest.mark.parametrize("role", ROLES)
def test_a_link_in_a_pasted_chart_leads_to_its_page(
    newspaper: WordPress, own_url: str, chromium: Browser, role: str
) -> None:
    address = newspaper.publish(role, _BLOCK.format(url=f"{own_url}/en/kpi/ec-p-em-1c/?as_of=2015"))
    page = article(chromium, address, WIDTHS["phone"])
    page.frames[1].locator("footer a").click()
    page.wait_for_url(f"{own_url}/en/kpi/ec-p-em-1c/?as_of=2015")
    page.close()


def test_readers_without_scripts_and_feeds_have_the_link(
    newspaper: WordPress, own_url: str, chromium: Browser
) -> None:
    address = newspaper.publish("author", _BLOCK.format(url=f"{own_url}/en/kpi/ec-p-em-1c/"))
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    link = page.locator("blockquote.wp-embedded-content a")
    assert link.is_visible()
    assert "Unemployment, Moscow: 1.8%" in link.inner_text()
    context.close()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["frame", "figure", "picture"])
def test_every_code_shows_the_chart_as_far_as_the_role_may(
    newspaper: WordPress, own_url: str, chromium: Browser, role: str, kind: str
) -> None:
    """Authors may paste neither frames nor scripts: they keep sentence, link and picture."""
    page = chromium.new_page()
    page.goto(f"{own_url}/en/embed/?chart=ec-p-em-1c&place={kind}")
    code = shared_code(page.content())
    page.close()
    address = newspaper.publish(role, _HTML.format(code=code))
    for width in WIDTHS.values():
        page = article(chromium, address, width)
        if role == "administrator" and kind != "picture":
            page.wait_for_function("document.querySelectorAll('iframe').length === 1")
            assert_whole(page, page.frames[1])
        elif kind == "frame":
            assert page.get_by_role("link", name="Unemployment").first.is_visible()
        else:
            image = page.locator(".entry-content img")
            assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
            assert "Unemployment" in str(image.get_attribute("alt"))
            assert page.locator('.entry-content a[href*="ec-p-em-1c"]').last.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()
