"""The site as the load meets it, and what it computes meanwhile."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.load.addresses import Addresses, every
from bench.load.weighing import processor_seconds
from bench.load.wrk import Outcome, measure
from bench.processes import Server, gunicorn, running

# One client asks for all; limits for each would only refuse it.
_NO_LIMITS = ("STARTS", "ANSWERS", "CALLBACKS", "OEMBED", "RENDERS")
_AT_HAND = 1.5  # Milliseconds for an address; building one takes ten times that.
_MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Asking:
    """What was asked for on the command line."""

    seconds: float
    clients: int
    turns: int
    rates: tuple[int, ...]
    rate: int
    minutes: float


@contextmanager
def our_site(**more: str) -> Iterator[Server]:
    """The site with an empty answer store, SQLite or DATABASE_URL, and ``more`` settings."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {f"{name}_PER_MINUTE": "0" for name in _NO_LIMITS}
        settings["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/site.db"
        with running(gunicorn("app:server"), "/readyz", settings | more) as server:
            yield server


def warm(server: Server, addresses: Addresses) -> None:
    """Ask for everything until each process has it at hand, which shows in what it computes."""
    for kind, paths in addresses.kinds().items():
        for _ in range(_MOST_ROUNDS):
            with Meter(server) as meter:
                outcome = measure(server.address, every(paths), clients=16, seconds=2)
            if meter.milliseconds(outcome.requests) < _AT_HAND:
                break
        else:
            print(f"{kind}: not at hand after {2 * _MOST_ROUNDS} s", file=sys.stderr)


class Meter:
    """What a server computes while the block runs."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._seconds = 0.0

    def __enter__(self) -> Meter:
        self._seconds = -processor_seconds(self._server)
        return self

    def __exit__(self, *_: object) -> None:
        self._seconds += processor_seconds(self._server)

    def milliseconds(self, requests: int) -> float:
        """For each of so many requests."""
        return 1000 * self._seconds / max(requests, 1)


def row(outcome: Outcome) -> str:
    """Requests a second and the milliseconds of p50, p95 and p99 as cells of a table."""
    return f"{outcome.per_second:.0f} | {outcome.p50:.1f} | {outcome.p95:.1f} | {outcome.p99:.1f}"
