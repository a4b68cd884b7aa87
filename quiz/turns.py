"""Turns at writing within one process: SQLite takes one writer and keeps no queue."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from quiz.faults import StoreUnavailable


class Turns:
    """Lets one thread of a process write at a time.

    Writers that meet at SQLite's own lock sleep and look again, longer each time, and the
    unlucky wait ten times as long as the others. Here they wait for each other, so that
    only whole processes meet at that lock.
    """

    def __init__(self, seconds: float) -> None:
        """Nobody waits longer than ``seconds``."""
        self._seconds = seconds
        # A fork may copy a lock that is held; hence each process has its own.
        self._locks: dict[int, threading.Lock] = {}

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Write within this; raises ``StoreUnavailable`` when the turn does not come."""
        lock = self._locks.setdefault(os.getpid(), threading.Lock())
        if not lock.acquire(timeout=self._seconds):
            raise StoreUnavailable("Other writers of this process did not end in time")
        try:
            yield
        finally:
            lock.release()
