"""Runs wrk over a list of requests and reads what it found."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("requests.lua")
# As today's browsers ask.
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept": "text/html,*/*;q=0.8"}
_FAULTS = ("connect", "read", "write", "timeout", "status")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back: answers a second, milliseconds, bytes of an answer on average, faults."""

    requests: int
    per_second: float
    p50: float
    p95: float
    p99: float
    bytes_each: float
    faults: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: a path, and what is posted there if anything is."""

    path: str
    body: str = ""

    def line(self) -> str:
        """The line that wrk's script reads."""
        return f"{self.path}\t{self.body}" if self.body else self.path


def measure(
    address: str,
    requests: Sequence[Asked],
    *,
    clients: int,
    seconds: float,
    rate: float = 0,
    headers: Mapping[str, str] = BROWSER,
) -> Outcome:
    """Ask for a list of requests over and over, as fast as answers come.

    With a ``rate`` above 0, every connection pauses between its requests, at random, so that
    together they come to that many a second as long as answers take no time; a slow server gets
    fewer. Ends the program where wrk is missing.
    """
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing (Debian: apt-get install wrk)")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("".join(f"{asking.line()}\n" for asking in requests))
        file.flush()
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:.0f}s", "--timeout", "10s"]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        pause = 1000 * clients / rate if rate else 0
        command += ["-s", str(SCRIPT), address, "--", file.name, f"{pause:.3f}"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return read(done.stdout)


def read(printed: str) -> Outcome:
    """What the script printed at the end."""
    counts = json.loads(printed.strip().splitlines()[-1])
    number = max(counts["requests"], 1)
    return Outcome(
        requests=counts["requests"],
        per_second=counts["requests"] / (counts["microseconds"] / 1e6),
        p50=counts["p50"] / 1000,
        p95=counts["p95"] / 1000,
        p99=counts["p99"] / 1000,
        bytes_each=counts["bytes"] / number,
        faults=sum(counts[fault] for fault in _FAULTS),
    )
