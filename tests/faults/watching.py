"""Somebody who reads what needs no store, again and again, while something is broken."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.faults.site import Site

LONGEST_WAIT = 5.0  # Seconds that nobody may wait for a page, whatever is broken.
STORELESS = (
    "/ru/",
    "/en/kpi/",
    "/ru/kpi/ec-ict-ict-1c/",
    "/en/quiz/",
    "/en/wheel.svg",
    "/embed/ru/wheel",
    "/data/latest/observations.csv",
    "/en/kpi/ec-ict-ict-1c.csv",
    "/api/v1/cities",
    "/healthz",
)


@dataclass
class Watch:
    """What was seen: how often each status at each address, and the longest wait."""

    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    longest: float = 0.0

    @property
    def failures(self) -> dict[tuple[str, int], int]:
        """What was not answered as it should be."""
        return {key: times for key, times in self.counts.items() if key[1] not in (200, 302)}

    def rounds(self) -> int:
        """How often every address has been read."""
        return min(sum(self.counts[path, code] for code in (200, 302)) for path in STORELESS)


@contextmanager
def watching(site: Site) -> Iterator[Watch]:
    """Read while the block runs; at least two rounds of all addresses."""
    watch, stop = Watch(), Event()

    def read() -> None:
        while not stop.is_set() or (watch.rounds() < 2 and sum(watch.counts.values()) < 100):
            for address in STORELESS:
                begun = time.monotonic()
                watch.counts[address, site.status_of(address)] += 1
                watch.longest = max(watch.longest, time.monotonic() - begun)
            time.sleep(0.1)

    thread = Thread(target=read, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        stop.set()
        thread.join(120)
    assert not thread.is_alive(), "a page without the store hangs"
