"""What a server uses: processor time, which a busy machine does not blur, and memory."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Event, Thread

from bench.processes import Server, family

_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(server: Server) -> float:
    """Seconds that the server and its children have computed so far."""
    total = 0
    for pid in family(server.process.pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])  # In the program and in the system for it.
    return total / _TICKS


class Scales:
    """Weighs a server from time to time in a thread: ``(minutes, MiB)`` since the beginning."""

    def __init__(self, server: Server, every: float = 10.0) -> None:
        """Weigh ``server`` every so many seconds while the block runs."""
        self.weights: list[tuple[float, float]] = []
        self._server = server
        self._every = every
        self._done = Event()
        self._thread = Thread(target=self._weigh)

    def __enter__(self) -> Scales:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _weigh(self) -> None:
        begun = time.monotonic()
        while True:
            self.weights.append(((time.monotonic() - begun) / 60, self._server.memory()))
            if self._done.wait(self._every):
                return


def growth(weights: list[tuple[float, float]]) -> tuple[float, float, float]:
    """MiB after the first tenth of the time, at the end, and the growth between in percent.

    Each is the median of a tenth of the weights: the beginning, while caches fill, is left out.
    """
    tenth = max(1, len(weights) // 10)
    early = _median([weight for _, weight in weights[tenth : 2 * tenth]] or [weights[0][1]])
    late = _median([weight for _, weight in weights[-tenth:]])
    return early, late, 100 * (late / early - 1)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
