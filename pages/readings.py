"""Readings of the answer store for many readers: at most once in a while and process."""

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from typing import Generic, TypeVar

from quiz.faults import StoreFault, StoreUnavailable

# After a fault the store is left alone for a while, so that nobody waits for it in vain.
_PAUSE_AFTER_FAULT = 5.0
# A store that hangs is noticed after seconds; a page that only mentions its figures comes before.
_PATIENCE = 1.0
_LOG = logging.getLogger(__name__)
_Content = TypeVar("_Content")


class Reading(Generic[_Content]):
    """Something of the store as it was at most ``oldest`` seconds ago; threads may share it."""

    def __init__(
        self,
        name: str,
        read: Callable[[], _Content],
        oldest: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._read_now = read
        self._oldest = oldest
        self._clock = clock
        self._lock = Lock()
        self._known: _Content | None = None
        self._read_at = float("-inf")
        self._failed_at = float("-inf")
        self._starting = Lock()
        # A fork copies no threads; hence the process that each belongs to.
        self._reader: tuple[int, Thread] | None = None

    def read(self) -> _Content:
        """The content; raises ``StoreFault``."""
        with self._lock:
            return self._read()

    def at_hand(self) -> _Content | None:
        """The same without waiting long; None while the store is away.

        While somebody reads anew, the others get what was read before.
        """
        now = self._clock()
        if now - self._failed_at < _PAUSE_AFTER_FAULT:
            return None
        if self._known is None or now - self._read_at >= self._oldest:
            reader, own = self._reading_anew()
            if own or self._known is None:
                reader.join(_PATIENCE)
        return None if self._failed_at >= now else self._known

    def _reading_anew(self) -> tuple[Thread, bool]:
        """The thread that reads, and whether it was begun by this call."""
        with self._starting:
            if self._reader is not None:
                process, reader = self._reader
                if process == os.getpid() and reader.is_alive():
                    return reader, False
            reader = Thread(target=self._read_aside, name=self._name, daemon=True)
            self._reader = os.getpid(), reader
            reader.start()
            return reader, True

    def _read_aside(self) -> None:
        with suppress(StoreFault):  # It stands in the log, and nobody asks for a while.
            self.read()

    def _read(self) -> _Content:
        now = self._clock()
        if self._known is not None and now - self._read_at < self._oldest:
            return self._known
        if now - self._failed_at < _PAUSE_AFTER_FAULT:
            raise StoreUnavailable("The store failed a moment ago")
        try:
            self._known = self._read_now()
        except StoreFault as fault:
            self._failed_at = now
            _LOG.warning("%s cannot be read: %s", self._name, fault)
            raise
        self._read_at = now
        return self._known
