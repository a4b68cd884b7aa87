"""Measures files: ``python -m bench.files [--seconds 8] [--clients 32] [--turns 3]``.

Side by side in one run: the CSV of all observations from the site, the same file by Flask's
``send_file`` under the same options of gunicorn with one process, and Datasette's CSV export of
the same rows (installed below var/bench). Then the memory of the site while 64 clients load the
archive slowly, and how long it takes to publish an edition and build its files. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pandas as pd

from bench.load.hammer import requests_per_second, take_slowly
from bench.processes import ROOT, Server, gunicorn, running
from data.editions import newest_folder

DATASETTE = ROOT / "var" / "bench" / "datasette"
DATASETTE_PIN = "datasette==0.65.5"
BROWSER = "gzip, deflate, br, zstd"
ARCHIVE_CLIENTS = 64
CORRECTION = """changes:
- {kind: corrected, table: observations, en: Made up for measuring., ru: Выдумано для замера.}
"""


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--turns", type=int, default=3, help="of all rivals; the median counts")
    asked = parser.parse_args()
    install_datasette()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = {
            "DATABASE_URL": f"sqlite:///{folder / 'site.db'}",
            "WEB_CONCURRENCY": "1",
            "BENCH_FILE": str(table()),
        }
        print_rates(folder, settings, asked.clients, asked.seconds, asked.turns)
        print_memory({**settings, "WEB_CONCURRENCY": "2"})
        print_publishing(folder)


def table() -> Path:
    """The observations of the edition in force."""
    return newest_folder() / "observations.csv"


def install_datasette() -> None:
    """Install Datasette in an environment of its own, once."""
    if (DATASETTE / "bin" / "datasette").exists():
        return
    uv = str(ROOT / ".venv" / "bin" / "uv")
    subprocess.run([uv, "venv", "--quiet", str(DATASETTE)], check=True)
    command = [uv, "pip", "install", "--quiet", "--python", str(DATASETTE), DATASETTE_PIN]
    subprocess.run(command, check=True)


def print_rates(
    folder: Path, settings: dict[str, str], clients: int, seconds: float, turns: int
) -> None:
    """Requests per second of the three, in turns, so that a busy moment hits them alike."""
    version = newest_folder().name
    export = [str(DATASETTE / "bin" / "datasette"), str(database(folder)), "--port", "{port}"]
    with (
        running(gunicorn("app:server"), "/readyz", settings) as site,
        running(gunicorn("bench.send_file:server"), "/observations.csv", settings) as plain,
        running(export, "/observations/observations.csv?_size=max", settings) as other,
    ):
        ours = f"{site.address}/data/{version}/observations.csv"
        rivals: dict[str, tuple[str, dict[str, str]]] = {
            "the site, as browsers ask": (ours, {"Accept-Encoding": BROWSER}),
            "the site, uncompressed": (ours, {"Accept-Encoding": "identity"}),
            "Flask send_file": (
                f"{plain.address}/observations.csv",
                {"Accept-Encoding": BROWSER},
            ),
            "Datasette": (
                f"{other.address}/observations/observations.csv?_size=max",
                {"Accept-Encoding": BROWSER},
            ),
        }
        rates: dict[str, list[float]] = {name: [] for name in rivals}
        program = ""
        for _ in range(turns):
            for name, (address, headers) in rivals.items():
                rate, program = requests_per_second(address, headers, clients, seconds)
                rates[name].append(rate)
    middle = {name: statistics.median(found) for name, found in rates.items()}
    print(
        f"\n| observations.csv, {clients} clients, {program} "
        "| requests/s | × send_file | × Datasette |"
    )
    print("|---|---|---|---|")
    for name, rate in middle.items():
        times = (f"{rate / middle[rival]:.1f}" for rival in ("Flask send_file", "Datasette"))
        print(f"| {name} | {rate:.0f} | {' | '.join(times)} |", flush=True)


def database(folder: Path) -> Path:
    """The same rows as a database for Datasette."""
    path = folder / "observations.db"
    rows = pd.read_csv(table(), dtype=str, keep_default_na=False)
    with closing(sqlite3.connect(path)) as connection:
        rows.to_sql("observations", connection, index=False)
    return path


def print_memory(settings: dict[str, str]) -> None:
    """Memory before, during and after many slow downloads of the archive."""
    with running(gunicorn("app:server"), "/readyz", settings) as site:
        address = f"{site.address}/data/{newest_folder().name}/all.zip"
        asyncio.run(take_slowly(address, 4))
        before = site.memory()
        most = watched(site, lambda: asyncio.run(take_slowly(address, ARCHIVE_CLIENTS)))
        after = site.memory()
    print(f"\n| MiB (PSS, 2 processes) | before | most with {ARCHIVE_CLIENTS} clients | after |")
    print("|---|---|---|---|")
    print(f"| all.zip | {before:.0f} | {most:.0f} | {after:.0f} |", flush=True)


def watched(site: Server, work: Callable[[], None]) -> float:
    """The most memory that the server has while the work is done."""
    found = [site.memory()]
    done = Event()

    def watch() -> None:
        while not done.wait(0.05):
            found.append(site.memory())

    thread = Thread(target=watch)
    thread.start()
    work()
    done.set()
    thread.join()
    return max(found)


def print_publishing(folder: Path) -> None:
    """Seconds to publish a corrected edition, and to build all files of both."""
    newest = newest_folder()
    editions = folder / "editions"
    shutil.copytree(newest, editions / newest.name)
    draft = Path(shutil.copytree(newest, folder / "draft"))
    rows = (draft / "observations.csv").read_text("utf-8")
    (draft / "observations.csv").write_text(rows.replace(",90,%", ",91,%", 1), "utf-8")
    (draft / "changes.yml").write_text(CORRECTION, "utf-8")
    publish = ["publish", str(draft), "--editions", str(editions)]
    build = ["build", str(folder / "files"), "--editions", str(editions)]
    print("\n| publishing | seconds |")
    print("|---|---|")
    for name, command in {"check and publish": publish, "build the files of both": build}.items():
        begun = time.perf_counter()
        data = [sys.executable, "-m", "data", *command]
        subprocess.run(data, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        print(f"| {name} | {time.perf_counter() - begun:.1f} |", flush=True)


if __name__ == "__main__":
    main()
