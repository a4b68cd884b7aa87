"""Measures files: ``python -m bench.files``.

The memory of the site while 64 clients load the archive slowly, and how long it takes to publish
an edition and build its files. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from bench.processes import ROOT, Server, gunicorn, running
from data.editions import newest_folder

ARCHIVE_CLIENTS = 64
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_END = b"\r\n\r\n"
CORRECTION = """changes:
- {kind: corrected, table: observations, en: Made up for measuring., ru: Выдумано для замера.}
"""


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = {
            "DATABASE_URL": f"sqlite:///{folder / 'site.db'}",
            "WEB_CONCURRENCY": "2",
        }
        print_memory(settings)
        print_publishing(folder)


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


async def take_slowly(address: str, clients: int, pieces: int = 20) -> None:
    """Load one file with all clients at once, each in pieces with pauses between them."""
    parts = urlsplit(address)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"

    async def take() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 16)
        writer.write(request.encode())
        head = await reader.readuntil(_END)
        length = _LENGTH.search(head)
        left = int(length.group(1)) if length else 0
        piece = max(1, left // pieces)
        while left > 0:
            content = await reader.readexactly(min(piece, left))
            left -= len(content)
            await asyncio.sleep(0.05)
        writer.close()

    await asyncio.gather(*(take() for _ in range(clients)))


def watched(site: Server, work: Callable[[], None]) -> float:
    """The most memory that the server has while the work is done."""
    measured = [site.memory()]
    done = Event()

    def watch() -> None:
        while not done.wait(0.05):
            measured.append(site.memory())

    thread = Thread(target=watch)
    thread.start()
    work()
    done.set()
    thread.join()
    return max(measured)


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
