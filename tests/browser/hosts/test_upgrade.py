"""The script that turns pictures into charts: small, patient, and deaf to strangers."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import PATIENCE
from tests.browser.hosts.conftest import Codes, Newsroom
from tests.browser.hosts.pages import HOSTS, Host
from tests.browser.hosts.test_hosts import INSIDE, await_chart
from tests.pictures.places import SLUGS, TELLING

pytestmark = pytest.mark.timing

SCRIPT = "/embed/upgrade.js"
LARGEST = 2048
PLAIN = HOSTS["plain"]
STATE = """() => [...document.querySelectorAll('figure')].map(figure => ({
    frames: figure.querySelectorAll('iframe').length,
    high: figure.querySelector('iframe')?.offsetHeight ?? 0,
    picture: figure.querySelector('img').checkVisibility(),
    sentence: figure.querySelector('figcaption span').checkVisibility(),
    credit: figure.querySelector('figcaption a').checkVisibility(),
}))"""
SHOWN = """() => [...document.querySelectorAll('figure')].every(
    figure => !figure.querySelector('img').checkVisibility())"""
# Through the whole page, with time for what comes near to be seen.
SCROLLED = """async () => {
    for (const one of document.querySelectorAll('#pasted > div')) {
        one.scrollIntoView();
        for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    }
}"""
STAYED = {"frames": 0, "high": 0, "picture": True, "sentence": True, "credit": True}
SEND = """told => window.postMessage(told, '*')"""


def opened(browser: Browser, newsroom: Newsroom, host: Host, code: str, before: str = "") -> Page:
    page = browser.new_page(viewport={"width": 900, "height": 800})
    page.set_default_timeout(PATIENCE)
    if before:
        page.add_init_script(before)
    page.goto(newsroom.publish(host, code))
    return page


def markup_of(code: str) -> str:
    """A code without its script."""
    return code.partition("<script")[0]


def test_the_script_is_small_and_open_to_every_host(client: FlaskClient) -> None:
    answer = client.get(SCRIPT)
    assert answer.status_code == 200
    assert 500 < len(answer.data) <= LARGEST
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get(SCRIPT, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    packed = client.get(SCRIPT, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == answer.data
    assert client.get(SCRIPT + "?v=1").data == answer.data
    assert not re.search(rb"eval|Function\(|innerHTML|https?:", answer.data)


def test_the_script_leaves_nothing_behind_in_the_page(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    code = codes("en", "ec-p-em-1c", "figure")
    page = opened(chromium, newsroom, PLAIN, markup_of(code))
    before = set(page.evaluate("() => Object.getOwnPropertyNames(window)"))
    page.add_script_tag(url=newsroom.site + SCRIPT)
    page.wait_for_function(SHOWN)
    # Chromium names every frame of a page by its number.
    after = {
        name
        for name in page.evaluate("() => Object.getOwnPropertyNames(window)")
        if not name.isdigit()
    }
    page.close()
    assert after <= before


def test_several_charts_and_the_script_twice_are_no_trouble(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    pasted = codes("en", "ec-p-em-1c", "figure") + codes("ru", "en-en-aq-1c", "figure")
    page = opened(chromium, newsroom, PLAIN, pasted)
    page.locator("figure").nth(1).scroll_into_view_if_needed()
    page.wait_for_function(SHOWN)
    first, second = page.evaluate(STATE)
    page.close()
    for state in (first, second):
        assert state["frames"] == 1
        assert not state["credit"]
        assert not state["sentence"]
    assert first["high"] != second["high"]


def test_a_chart_far_below_is_not_fetched_before_it_is_near(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    host = Host("long", before='<div style="height:4000px"></div>')
    page = opened(chromium, newsroom, host, codes("en", "ec-p-em-1c", "figure"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")
    assert page.evaluate(STATE) == [STAYED]
    page.mouse.wheel(0, 3000)
    page.wait_for_function(SHOWN)
    page.close()
    assert [url for url in asked if "/embed/en/" in url]


def test_figures_load_little_more_than_frames(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    charts = [*TELLING, *SLUGS[::11]][:20]
    loaded = {
        kind: _loaded(
            chromium,
            newsroom,
            "".join(f"<div>{codes('en', chart, kind)}</div>" for chart in charts),
        )
        for kind in ("frame", "figure")
    }
    assert loaded["frame"] < loaded["figure"] < 1.5 * loaded["frame"], loaded


def _loaded(browser: Browser, newsroom: Newsroom, code: str) -> int:
    """Return the bytes that a reader loads from the site who scrolls through a page."""
    page = browser.new_page(viewport={"width": 900, "height": 800})
    page.set_default_timeout(PATIENCE)
    answers: list[Request] = []

    def note(request: Request) -> None:
        answers.append(request)

    page.on("requestfinished", note)
    page.goto(newsroom.publish(PLAIN, code))
    page.evaluate(SCROLLED)
    page.wait_for_function(SHOWN)
    page.wait_for_load_state("networkidle")
    total = sum(
        answer.sizes()["responseBodySize"]
        for answer in answers
        if answer.url.startswith(newsroom.site)
    )
    page.close()
    return total


def test_a_figure_that_comes_later_is_found(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    code = codes("en", "ec-p-em-1c", "figure")
    page = opened(chromium, newsroom, PLAIN, f'<script src="{newsroom.site}{SCRIPT}"></script>')
    page.evaluate(
        "code => document.getElementById('pasted').insertAdjacentHTML('beforeend', code)",
        markup_of(code),
    )
    page.wait_for_function(SHOWN)
    assert await_chart(page, newsroom.site).evaluate(INSIDE)["charts"] == 1
    page.close()


def test_the_height_follows_the_width_and_an_opened_table(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    page = opened(chromium, newsroom, PLAIN, codes("en", "ec-p-em-1c", "figure"))
    frame = await_chart(page, newsroom.site)
    fits = (
        "() => Math.ceil(document.documentElement.getBoundingClientRect().height) === innerHeight"
    )
    heights = [frame.evaluate("innerHeight")]
    frame.click("summary")
    frame.wait_for_function(fits)
    heights.append(frame.evaluate("innerHeight"))
    frame.click("summary")
    page.set_viewport_size({"width": 340, "height": 800})
    frame.wait_for_function(f"() => innerWidth < 400 && ({fits})()")
    heights.append(frame.evaluate("innerHeight"))
    page.close()
    assert heights[1] > heights[0] + 200
    assert heights[2] != heights[0]


def test_nobody_else_can_set_the_height(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    figure = codes("en", "ec-p-em-1c", "figure")
    other = (
        f'<iframe id="other" title="other" src="{newsroom.site}/embed/en/ec-ict-ws-1c"></iframe>'
    )
    page = opened(chromium, newsroom, PLAIN, figure + other)
    page.wait_for_function(SHOWN)
    page.wait_for_load_state("networkidle")
    before = page.evaluate(STATE)
    # From the page itself, and from a frame of the right origin that is not ours.
    page.evaluate(SEND, {"type": "u4ssc-embed-height", "height": 77})
    handle = page.locator("#other").element_handle()
    stranger = handle.content_frame()
    assert stranger is not None
    stranger.evaluate(
        "told => parent.postMessage(told, '*')", {"type": "u4ssc-embed-height", "height": 88}
    )
    ours = page.locator("figure iframe").element_handle().content_frame()
    assert ours is not None
    for nonsense in (None, "77", {"height": 66}, {"type": "u4ssc-embed-height", "height": "x"}):
        ours.evaluate("told => parent.postMessage(told, '*')", nonsense)
    # And from our frame itself, once it shows something of another origin.
    elsewhere = Host(
        "elsewhere",
        after="<script>parent.postMessage({type: 'u4ssc-embed-height',"
        " height: 55}, '*'); parent.told = true</script>",
    )
    address = newsroom.publish(elsewhere, "")
    page.evaluate("url => { document.querySelector('figure iframe').src = url; }", address)
    page.wait_for_function("() => window.told")
    page.evaluate("() => new Promise(done => setTimeout(done, 100))")
    assert page.evaluate(STATE) == before
    page.close()


@pytest.mark.parametrize("silent", ["refused by the page", "answers no more", "says nothing"])
def test_the_picture_stays_where_the_chart_does_not_answer(
    chromium: Browser, newsroom: Newsroom, codes: Codes, silent: str
) -> None:
    policy = "script-src {site}; frame-src 'none'" if silent == "refused by the page" else ""
    page = chromium.new_page()
    page.clock.install()
    if silent == "answers no more":
        page.route("**/embed/en/*", lambda route: route.abort())
    elif silent == "says nothing":
        page.route("**/embed/en/*", lambda route: route.fulfill(body="<p>gone</p>"))
    page.goto(newsroom.publish(replace(PLAIN, policy=policy), codes("en", "ec-p-em-1c", "figure")))
    page.wait_for_selector("figure[data-u4ssc-seen] iframe", state="attached")
    (while_waiting,) = page.evaluate(STATE)
    assert while_waiting["picture"]
    assert while_waiting["high"] == 0
    page.clock.fast_forward(31_000)
    page.wait_for_selector("figure iframe", state="detached")
    assert page.evaluate(STATE) == [STAYED]
    page.close()


def test_the_link_of_a_frame_stays_below_it_where_the_page_refuses_frames(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    page = chromium.new_page()
    code = codes("en", "ec-p-em-1c", "frame")
    page.goto(newsroom.publish(replace(PLAIN, policy="frame-src 'none'"), code))
    link = page.locator("iframe + p > a")
    assert link.is_visible()
    frame, words = page.locator("iframe").bounding_box(), link.bounding_box()
    assert frame
    assert words
    assert 0 <= words["y"] - frame["y"] - frame["height"] < 24
    page.close()


def test_the_script_works_under_a_policy_that_allows_no_styles(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    host = replace(
        HOSTS["strict policy"],
        policy=HOSTS["strict policy"].policy + "; script-src {site}; require-trusted-types-for"
        " 'script'",
    )
    page = opened(chromium, newsroom, host, codes("en", "ec-p-em-1c", "figure"))
    seen = await_chart(page, newsroom.site).evaluate(INSIDE)
    page.close()
    assert seen["height"] == seen["content"]


@pytest.mark.parametrize(
    "address", ["https://example.org/embed/en/wheel", "/en/", "javascript:alert(1)", ""]
)
def test_a_figure_that_names_another_place_keeps_its_picture(
    chromium: Browser, newsroom: Newsroom, codes: Codes, address: str
) -> None:
    code = codes("en", "ec-p-em-1c", "figure")
    named = re.sub(r'(data-u4ssc-embed=")[^"]*', lambda found: found[1] + address, code)
    page = opened(chromium, newsroom, PLAIN, named)
    page.wait_for_selector("figure[data-u4ssc-seen]")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(STATE) == [STAYED]
    page.close()


def test_an_old_browser_keeps_the_picture(
    chromium: Browser, newsroom: Newsroom, codes: Codes
) -> None:
    code = codes("en", "ec-p-em-1c", "figure")
    page = opened(chromium, newsroom, PLAIN, code, "delete window.IntersectionObserver;")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(STATE) == [STAYED]
    page.close()
