"""Measures what a page costs a browser's main thread: ``python -m bench.main_thread [--runs 9]``.

Serves the site with gunicorn on a free loopback port and opens each page on a phone's and a desk's
window, in turns with the same page with more style rules where ``--rules`` names a file of them.
Prints medians in milliseconds of processor time, which other work on the machine raises less than
the clock's.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Route, sync_playwright

from bench.server import served

PAGES = ("/ru/", "/ru/kpi/", "/ru/economy/", "/ru/kpi/ec-p-em-1c/", "/ru/method/")
WINDOWS = {"360": (360, 740), "1440": (1440, 900)}
PARTS = ("LayoutDuration", "RecalcStyleDuration", "TaskDuration")
# The page settles: icon, and the parts that a browser draws ahead of scrolling.
SETTLED_MS = 700


def main() -> None:
    """Measure every page and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=9)
    arguments.add_argument("--rules", type=Path, help="a file of style rules to compare with")
    arguments.add_argument("--page", action="append", help="an address instead of the usual ones")
    options = arguments.parse_args()
    variants = {"as it is": ""}
    if options.rules:
        variants[options.rules.stem] = options.rules.read_text("utf-8")
    print("| page | window | rules | layout ms | style ms | all tasks ms |")
    print("|---|---|---|---|---|---|")
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for page in options.page or PAGES:
            for window, size in WINDOWS.items():
                runs: dict[str, list[tuple[float, ...]]] = {name: [] for name in variants}
                for _ in range(options.runs):
                    for name, rules in variants.items():
                        runs[name].append(opened(browser, site + page, size, rules))
                for name, measured in runs.items():
                    medians = [statistics.median(part) for part in zip(*measured, strict=True)]
                    cells = " | ".join(f"{median:.0f}" for median in medians)
                    print(f"| {page} | {window} | {name} | {cells} |", flush=True)
        browser.close()


def opened(browser: Browser, address: str, size: tuple[int, int], rules: str) -> tuple[float, ...]:
    """Open a page with more style rules, and return the milliseconds of ``PARTS``."""

    def add(route: Route) -> None:
        response = route.fetch()
        text = response.text().replace("</style>", f"{rules}</style>", 1)
        route.fulfill(response=response, body=text)

    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    session = page.context.new_cdp_session(page)
    page.route(address, add)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    page.wait_for_timeout(SETTLED_MS)
    metrics = session.send("Performance.getMetrics")["metrics"]
    values = {metric["name"]: metric["value"] for metric in metrics}
    page.close()
    return tuple(1000 * values[part] for part in PARTS)


if __name__ == "__main__":
    main()
