"""Measures Explore in a browser: ``python -m bench.redraws [--runs 5] [--address URL]``.

Opens the heat map of all indicators and years in Chromium, at full speed, with the browser's
processor slowed down to a quarter, and so on a line as slow as Lighthouse's 4G. Prints medians in
milliseconds: from the first touch until Dash has taken over, from a choice until what follows from
it is there, and from a press on a name until its row is marked; and what the page's main thread
computed for it, which other work on the machine hardly changes.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.choices import thread_ms
from bench.print_sheet import LINE
from bench.server import served

# After the frame that shows what a press has changed; Dash says when it has drawn a choice.
SHOWN = "requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))"
AWAKE = f"""() => new Promise(done => {{
    const start = performance.now();
    new MutationObserver((_, observer) => {{
        if (document.getElementById('painted')) return;
        observer.disconnect();
        {SHOWN};
    }}).observe(document.body, {{childList: true, subtree: true}});
    document.getElementById('explore-chart-button').focus();
}})"""
CHOICE = f"""selector => new Promise(done => {{
    const start = performance.now();
    new PerformanceObserver((entries, observer) => {{
        if (!entries.getEntriesByName('explored').length) return;
        observer.disconnect();
        {SHOWN};
    }}).observe({{type: 'mark'}});
    document.querySelector(selector).click();
}})"""
PICK = f"""selector => new Promise(done => {{
    const start = performance.now();
    document.querySelector(selector).click();
    {SHOWN};
}})"""
# Fewer rows, and all of them again; another view, and the heat map again.
CHOICES = {
    "a filter": "#explore-level-core",
    "all again": "#explore-level-core",
    "trends": "#explore-tabs a[href*='view=trends']",
    "heat map again": "#explore-tabs li:first-child a",
}
NAME = "#explore-picture .v-name"
Times = dict[str, list[tuple[float, float]]]


def main() -> None:
    """Measure every step at both speeds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--address")
    asked = parser.parse_args()
    print("| processor | step | ms | thread ms |\n|---|---|---|---|")
    with ExitStack() as stack:
        site = asked.address or stack.enter_context(served())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        stack.callback(browser.close)
        for name, rate, line in (("full", 1, {}), ("÷4", 4, {}), ("÷4, slow 4G", 4, LINE)):
            for step, taken in measure(browser, site, asked.runs, rate, line).items():
                cells = [statistics.median(column) for column in zip(*taken, strict=True)]
                print(f"| {name} | {step} | {cells[0]:.0f} | {cells[1]:.0f} |")


def measure(browser: Browser, site: str, runs: int, rate: int, line: Mapping[str, float]) -> Times:
    """Return whole and computing time of each step, for so many fresh pages."""
    times: Times = {}
    for _ in range(runs):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{site}/en/explore/")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        if line:
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", dict(line))
        _take(times, "first touch", page, session, AWAKE, None)
        for step, selector in CHOICES.items():
            _take(times, step, page, session, CHOICE, selector)
        _take(times, "a pick", page, session, PICK, NAME)
        page.close()
    return times


def _take(
    times: Times, step: str, page: Page, session: CDPSession, script: str, selector: Any
) -> None:
    before = thread_ms(session)
    whole = page.evaluate(script, selector)
    times.setdefault(step, []).append((whole, thread_ms(session) - before))


if __name__ == "__main__":
    main()
