"""Measures pages with Lighthouse's mobile preset: ``python -m bench.pages [--runs 3]``.

Installs Lighthouse and the node it needs below var/bench (npm, about 300 MB), serves the site
with gunicorn on a free loopback port, and prints one Markdown row per page, the median of the
runs, and one of a page of one line, the least that can be measured. It changes nothing else and
fails loudly where a tool is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whitenoise.compress import Compressor

from bench.server import ROOT, served

TOOLS = ROOT / "var" / "bench"
KINDS = {
    "home": "",
    "dimension": "economy/",
    "indicator": "kpi/ec-p-em-1c/",
    "indicator without a value": "kpi/ec-ict-d-1a/",
    "list": "kpi/",
    "compare": "compare/",
    "quiz": "quiz/",
    "quiz statistics": "quiz/statistics/",
    "method": "method/",
    "about": "about/",
    "open data": "data/",
    "a table": "data/observations/",
    "embed codes": "embed/",
}
PAGES = {
    f"{kind}, {language}": f"/{language}/{path}"
    for kind, path in KINDS.items()
    for language in ("en", "ru")
}
ONE_LINE = b'<!DOCTYPE html><html lang="en"><title>Least</title><p>One line of words.</p></html>'
PUBLIC = ROOT / "var" / "public"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def main() -> None:
    """Measure every page and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--page", action="append", help="an address instead of the usual ones")
    options = arguments.parse_args()
    pages = {address: address for address in options.page} if options.page else PAGES
    install()
    with served():  # The static files are there from now on.
        pass
    with static_file("bench.html", ONE_LINE) as least, served() as site:
        pages["for comparison: a page of one line"] = least
        print("| page | P/A/B/S | FCP s | LCP s | TBT ms | CLS | requests | KB |")
        print("|---|---|---|---|---|---|---|---|")
        for name, address in pages.items():
            reports = [lighthouse(site + address) for _ in range(options.runs)]
            print(row(name, reports), flush=True)


@contextmanager
def static_file(name: str, content: bytes) -> Iterator[str]:
    """Put a file among those that the site serves as they are; gives its address."""
    folders = sorted(PUBLIC.glob("[0-9a-f]*"), key=lambda folder: folder.stat().st_mtime)
    file = folders[-1] / "assets" / name
    file.write_bytes(content)
    list(Compressor(quiet=True).compress(str(file)))
    try:
        yield f"/assets/{name}"
    finally:
        for form in file.parent.glob(f"{name}*"):
            form.unlink()


def install() -> None:
    """Install the measuring tools once."""
    if (TOOLS / "node_modules" / ".bin" / "lighthouse").exists():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("package.json"), TOOLS)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=TOOLS, check=True)


def lighthouse(address: str) -> dict[str, dict]:
    """Return the report of one run of Lighthouse."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    tools = TOOLS / "node_modules"
    command = [
        str(tools / "node" / "bin" / "node"),
        str(tools / "lighthouse" / "cli" / "index.js"),
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={FLAGS}",
    ]
    settings = {**os.environ, "CHROME_PATH": browser or ""}
    # On a busy machine Lighthouse now and then fails to reach the browser that it started.
    for _ in range(3):
        done = subprocess.run(command, env=settings, capture_output=True, check=False)
        if done.returncode == 0:
            break
        print(done.stderr.decode(errors="replace")[-400:], file=sys.stderr)
    else:
        message = f"Lighthouse failed three times on {address}"
        raise SystemExit(message)
    report: dict[str, dict] = json.loads(done.stdout)
    return report


def row(name: str, reports: list[dict[str, dict]]) -> str:
    """Return the medians of some runs as one row of the table."""

    def median(audit: str) -> float:
        return statistics.median(report["audits"][audit]["numericValue"] for report in reports)

    scores = "/".join(
        f"{statistics.median(report['categories'][key]['score'] for report in reports) * 100:.0f}"
        for key in CATEGORIES
    )
    requests = [
        [
            item
            for item in report["audits"]["network-requests"]["details"]["items"]
            if item["url"].startswith("http")
        ]
        for report in reports
    ]
    count = statistics.median(len(items) for items in requests)
    size = (
        statistics.median(sum(item["transferSize"] for item in items) for items in requests) / 1024
    )
    return (
        f"| {name} | {scores} | {median('first-contentful-paint') / 1000:.2f} "
        f"| {median('largest-contentful-paint') / 1000:.2f} "
        f"| {median('total-blocking-time'):.0f} | {median('cumulative-layout-shift'):.3f} "
        f"| {count:.0f} | {size:.1f} |"
    )


if __name__ == "__main__":
    main()
