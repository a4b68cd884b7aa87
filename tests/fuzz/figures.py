"""How much is tried, with which seed, and what came of it, part by part."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.operation.running import Running

# CASES makes every part so many times as long, and then no two runs try the same.
TIMES = int(os.environ.get("CASES") or 1)
CHOSEN = os.environ.get("SEED") or ("" if os.environ.get("CASES") else "20261122")
SEED = int(CHOSEN) if CHOSEN else random.SystemRandom().getrandbits(32)
WAIT_SECONDS = 5.0
# What a process may keep of requests: caches that are full, arenas that malloc does not return.
GROWTH, SLACK_MIB = 0.05, 4.0
_MIB = 1024


@dataclass
class Part:
    """What was tried of one part of the site, and what it answered."""

    name: str
    cases: int = 0
    failures: int = 0
    slowest: float = 0.0
    before: float | None = None
    after: float | None = None

    def count(self, seconds: float, *, failed: bool = False) -> None:
        """Note one answer."""
        self.cases += 1
        self.failures += failed
        self.slowest = max(self.slowest, seconds)


PARTS: list[Part] = []


def part(name: str) -> Part:
    """A new line of the table at the end."""
    PARTS.append(Part(name))
    return PARTS[-1]


def attempt(
    cases: SearchStrategy[Any], check: Callable[[Any], None], number: int, turn: object
) -> None:
    """Check so many cases, times ``CASES``; each ``turn`` has others, the same in every run.

    A case that fails is made as small as it can be, and the seed that leads to it is told.
    """

    @seed(f"{SEED} {turn}")
    @settings(
        max_examples=number * TIMES,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def all_cases(case: Any) -> None:
        check(case)

    try:
        all_cases()
    except Exception as error:
        error.add_note(f"To try the same again: SEED={SEED} CASES={TIMES}")
        raise


def in_turns(site: Running, tried: Part, turn: Callable[[int], None], warming: int = 1) -> None:
    """Try everything to warm up, then other things as often: memory must not have grown by it."""
    for number in range(warming):
        turn(number)
    tried.before = memory(site)
    turn(warming)
    tried.after = memory(site)
    allowed = tried.before * (1 + GROWTH) + SLACK_MIB
    assert tried.after <= allowed, f"{tried.name}: {tried.before:.1f} → {tried.after:.1f} MiB"


def memory(site: Running) -> float:
    """MiB that the processes of a site have in memory (RSS).

    Pages that they share count for each of them. So it is no growth when the garbage collector,
    once in a while, writes to all that a worker inherited and thereby makes it its own.
    """
    return sum(_resident(pid) for pid in (site.process.pid, *site.workers())) / _MIB


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1])
    raise AssertionError(f"{pid} has no figure of its memory")
