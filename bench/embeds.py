"""Measures embeds: ``python -m bench.embeds [--runs 3] [--seconds 5]``.

Lighthouse's mobile preset on the page of an embed (see bench.pages) and on a page of one line,
which is the least it can measure; then requests per second of
the embed page and of the SVG beside the same picture as a static file, all from one gunicorn
worker over kept connections, counted by wrk (Debian: wrk), which runs on the same machine. Prints
two Markdown tables and fails loudly where a tool is missing.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import urllib.request

from bench.pages import ONE_LINE, install, lighthouse, row, static_file
from bench.server import served

CHARTS = ("wheel", "economy", "sc-eh-h-3c", "list", "explore", "quiz", "quiz/statistics")
LANGUAGES = ("en", "ru")
CLIENTS = 8


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    asked = parser.parse_args()
    install()
    with served() as site:  # The static files are there from now on.
        picture = urllib.request.urlopen(f"{site}/en/wheel.svg").read()
    with static_file("bench.html", ONE_LINE) as least, served() as site:
        print("| embed | P/A/B/S | FCP s | LCP s | TBT ms | CLS | requests | KB |")
        print("|---|---|---|---|---|---|---|---|")
        for chart in CHARTS:
            for language in LANGUAGES:
                address = f"{site}/embed/{language}/{chart}"
                reports = [lighthouse(address) for _ in range(asked.runs)]
                print(row(f"{chart}, {language}", reports), flush=True)
        reports = [lighthouse(site + least) for _ in range(asked.runs)]
        print(row("for comparison: a page of one line", reports), flush=True)
    with static_file("bench.svg", picture) as static, served() as site:
        addresses = {
            "embed page": "/embed/en/wheel",
            "SVG": "/en/wheel.svg",
            "the same SVG as a static file": static,
        }
        print("\n| what | bytes | requests/s |")
        print("|---|---|---|")
        for name, address in addresses.items():
            size, rate = measured(site + address, asked.seconds)
            print(f"| {name} | {size} | {rate:.0f} |", flush=True)


def measured(address: str, seconds: int) -> tuple[int, float]:
    """The bytes of one answer, and how many answers a second ``wrk`` gets."""
    asking = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(asking) as answer:
        size = len(answer.read())
    options = ["--threads=1", f"--connections={CLIENTS}", f"--duration={seconds}s"]
    command = ["wrk", *options, "--header=Accept-Encoding: br", address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(told)
    return size, float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])


if __name__ == "__main__":
    main()
