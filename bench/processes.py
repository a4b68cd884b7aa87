"""Servers that the benches start, wait for, weigh and stop."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_MEBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address without a final slash, and how long it took to answer."""

    process: subprocess.Popen[bytes]
    address: str
    start_seconds: float

    def memory(self) -> float:
        """MiB that it and its children have to themselves, shared pages shared out (PSS)."""
        return sum(_pss(pid) for pid in family(self.process.pid)) / _MEBIBYTE


@contextmanager
def running(
    command: Sequence[str],
    path: str,
    environment: Mapping[str, str],
    wait: float = 60.0,
    prepare: Callable[[int], None] = lambda _port: None,
) -> Iterator[Server]:
    """Run a server with ``{port}`` filled in, from its first answer on, while the block runs.

    ``prepare`` is told the port before the start, for servers that read it from a file. Ends
    the program where ``path`` does not answer within ``wait`` seconds.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = {**os.environ, "PORT": str(port), "BASE_URL": address, **environment}
    prepare(port)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [part.format(port=port) for part in command],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(address + path, begun + wait, process)
        yield Server(process, address, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait()


def gunicorn(application: str) -> list[str]:
    """The command that serves an application with exactly the options of the site."""
    return [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", application]


def _wait_for(address: str, end: float, process: subprocess.Popen[bytes]) -> None:
    while time.perf_counter() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.HTTPError as answer:
            raise SystemExit(f"{address} answers {answer.code}") from answer
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{address} does not answer")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for listing in tasks for child in listing.read_text().split()]
    return [pid, *(each for child in children for each in family(child))]


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
