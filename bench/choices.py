"""Measures how soon a choice changes its page: ``python -m bench.choices [--runs 9]``.

Serves the site with gunicorn on a free loopback port and makes choices in a browser: each value
once, so that its answer is made (first), then such as the site has kept (again), then with the
browser's processor slowed down to a quarter. Prints the medians in milliseconds from the
``change`` to the frame after the swap, and what of them the request took; last, what the page's
main thread computed for a kept answer, which other work on the machine hardly changes.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from collections.abc import Sequence
from itertools import cycle, islice

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.server import served

# Address, the control, and what is chosen there in turn.
CHOICES = {
    "home, year": ("/ru/", "#choice-year", ("2024", "2016", "2019", "2012", "2021")),
    "home, yardstick": ("/ru/", "#choice-yardstick", ("goals", "own_goals", "common")),
    "dimension, year": ("/ru/economy/", "#choice-year", ("2024", "2016", "2019", "2012")),
    "dimension, yardstick": ("/ru/economy/", "#choice-yardstick", ("goals", "common")),
    "list, filter": ("/ru/kpi/", "#list-band", ("95-100", "none", "66-95")),
    "compare, indicator": ("/ru/compare/", "#compare-kpi", ("sc-sh-si-3c", "ec-p-em-1c")),
}
CHOOSE = """([selector, value]) => new Promise(done => {
    const control = document.querySelector(selector);
    performance.clearResourceTimings();
    document.addEventListener('swapped', () => requestAnimationFrame(() => setTimeout(() => {
        const [asked] = performance.getEntriesByType('resource').slice(-1);
        done([performance.now() - start, asked ? asked.duration : 0]);
    })), {once: true});
    control.value = value;
    const start = performance.now();
    control.dispatchEvent(new Event('change', {bubbles: true}));
})"""


def main() -> None:
    """Measure every choice and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=9)
    runs = arguments.parse_args().runs
    print(
        "| choice | first ms | of it request | again ms | of it request "
        "| ÷4 ms | of it request | thread ms |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, (path, selector, values) in CHOICES.items():
            page = browser.new_page(viewport={"width": 412, "height": 823})
            session = page.context.new_cdp_session(page)
            page.goto(site + path)
            page.hover("form[data-swap]")
            page.wait_for_function("() => window.retry")
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            cells = medians(page, selector, values)
            again = tuple(islice(cycle(values), runs))
            before = thread_ms(session)
            cells += medians(page, selector, again)
            thread = (thread_ms(session) - before) / runs
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            cells += [*medians(page, selector, again), thread]
            page.close()
            print(f"| {name} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |", flush=True)
        browser.close()


def thread_ms(session: CDPSession) -> float:
    """Return what the page's main thread has computed so far, in milliseconds."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * sum(metric["value"] for metric in metrics if metric["name"] == "ThreadTime")


def medians(page: Page, selector: str, values: Sequence[str]) -> list[float]:
    """Return the medians of the whole reaction and of its request, in milliseconds."""
    times = [page.evaluate(CHOOSE, [selector, value]) for value in values]
    return [statistics.median(column) for column in zip(*times, strict=True)]


if __name__ == "__main__":
    main()
