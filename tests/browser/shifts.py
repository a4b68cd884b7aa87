"""What moved on a page, and from where to where, so that a failure can be understood."""

from __future__ import annotations

from playwright.sync_api import Page

# Counts every shift, those after an input too, which the usual measure forgives.
WATCH = """
    window.shifts = [];
    const place = box => [box.x, box.y, box.width, box.height].map(Math.round).join(' ');
    const told = node => node && (node.outerHTML || node.textContent).slice(0, 80);
    const moved = shift => shift.sources.length === 0
        ? [['nothing that is still there', String(shift.value), String(shift.startTime)]]
        : shift.sources.map(source =>
            [told(source.node), place(source.previousRect), place(source.currentRect)]);
    new PerformanceObserver(list => list.getEntries().forEach(shift =>
        window.shifts.push(...moved(shift))
    )).observe({type: 'layout-shift', buffered: true});
"""


def watch(page: Page) -> None:
    """Record from its first moment what moves on ``page``."""
    page.add_init_script(WATCH)


def moved(page: Page) -> list[list[str]]:
    """What moved until everything has been laid out and told of: what, from where, to where."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    shifts: list[list[str]] = page.evaluate("window.shifts")
    return shifts
