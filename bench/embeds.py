"""Measures embeds: ``python -m bench.embeds [--runs 3] [--seconds 5] [--busy]``.

Lighthouse's mobile preset on the page of an embed (see bench.pages) and on a page of one line,
which is the least it can measure; then requests per second of
the embed page and of the SVG beside the same picture as a static file, all from one gunicorn
worker over kept connections, counted by wrk (Debian: wrk), which runs on the same machine. Prints
two Markdown tables and fails loudly where a tool is missing. With ``--busy``, for a machine with
other work, only what that does not change: bytes, and processor time of the page's main thread.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import urllib.request

from bench.frame_heights import start_chromium
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
    parser.add_argument("--busy", action="store_true")
    options = parser.parse_args()
    if options.busy:
        weigh(options.runs)
        return
    install()
    with served() as site:  # The static files are there from now on.
        picture = urllib.request.urlopen(f"{site}/en/wheel.svg").read()
    with static_file("bench.html", ONE_LINE) as least, served() as site:
        print("| embed | P/A/B/S | FCP s | LCP s | TBT ms | CLS | requests | KB |")
        print("|---|---|---|---|---|---|---|---|")
        for chart in CHARTS:
            for language in LANGUAGES:
                address = f"{site}/embed/{language}/{chart}"
                reports = [lighthouse(address) for _ in range(options.runs)]
                print(row(f"{chart}, {language}", reports), flush=True)
        reports = [lighthouse(site + least) for _ in range(options.runs)]
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
            size, rate = measured(site + address, options.seconds)
            print(f"| {name} | {size} | {rate:.0f} |", flush=True)


def weigh(runs: int) -> None:
    """Print bytes of each embed, and the most that its main thread worked in some runs."""
    with served() as site:
        print("| embed | KB | ms of work | of that scripts | layout | styles |")
        print("|---|---|---|---|---|---|")
        for chart in CHARTS:
            for language in LANGUAGES:
                address = f"{site}/embed/{language}/{chart}"
                worked = zip(*(work(address) for _ in range(runs)), strict=True)
                most = " | ".join(f"{max(part) * 1000:.0f}" for part in worked)
                print(
                    f"| {chart}, {language} | {size_of(address) / 1000:.1f} | {most} |", flush=True
                )


def work(address: str) -> list[float]:
    """Return seconds of processor time of the main thread until an embed has loaded, by kind."""
    browser = start_chromium()
    try:
        browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        browser.get(address)
        metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    finally:
        browser.quit()
    counted = {metric["name"]: metric["value"] for metric in metrics}
    kinds = ("Task", "Script", "Layout", "RecalcStyle")
    return [counted[f"{kind}Duration"] for kind in kinds]


def size_of(address: str) -> int:
    """Return the bytes of one answer."""
    asking = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(asking) as answer:
        return len(answer.read())


def measured(address: str, seconds: int) -> tuple[int, float]:
    """The bytes of one answer, and how many answers a second ``wrk`` gets."""
    options = ["--threads=1", f"--connections={CLIENTS}", f"--duration={seconds}s"]
    command = ["wrk", *options, "--header=Accept-Encoding: br", address]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in report or "Socket errors" in report:
        raise SystemExit(report)
    return size_of(address), float(re.findall(r"Requests/sec:\s+([\d.]+)", report)[0])


if __name__ == "__main__":
    main()
