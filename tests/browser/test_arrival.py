"""A page that arrives slowly, part by part, moves nothing that is already shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visiting

# Says what moved and from where to where, so that a failure can be understood.
WATCH = """
    window.shifts = [];
    const place = box => [box.x, box.y, box.width, box.height].map(Math.round).join(' ');
    new PerformanceObserver(list => list.getEntries().forEach(shift => shift.sources.forEach(one =>
        window.shifts.push([
            one.node && (one.node.outerHTML || one.node.textContent).slice(0, 80),
            place(one.previousRect), place(one.currentRect),
        ])
    ))).observe({type: 'layout-shift', buffered: true});
"""
PAGES = (
    "",
    "economy/",
    "kpi/",
    "kpi/ec-p-em-1c/",
    "kpi/en-en-aq-1c/",
    "compare/?kpi=sc-sh-si-3c",
    "quiz/",
    "data/",
    "embed/",
    "method/",
)
# A poor connection: the page comes in a second or two.
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 8_000, "uploadThroughput": 8_000}


def settled(page: Page) -> list[list[str]]:
    """What moved until everything has been laid out and told of."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    moved: list[list[str]] = page.evaluate("window.shifts")
    return moved


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_arrives(visiting: Visiting, path: str, width: int) -> None:
    visit = visiting(viewport={"width": width, "height": 800})
    visit.page.context.new_cdp_session(visit.page).send("Network.emulateNetworkConditions", SLOW)
    visit.page.add_init_script(WATCH)
    assert settled(visit.go(f"/ru/{path}")) == []
