"""Counts of downloads: in memory, and written to the store by a thread every few seconds."""

import atexit
import logging
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from weakref import WeakSet

from data.manifests import PublishedFile
from pages.operation.metrics import WAITING
from pages.readings import Reading
from quiz.counters import Download, DownloadCounts
from quiz.faults import StoreFault
from quiz.store import Store

# How long a count waits; so many seconds' counts are lost if the process is killed.
WRITTEN_EVERY = 3.0
_PAUSE_AFTER_FAULT = 8.0
# With the time until a count is written and what browsers keep, a reader's is under a minute old.
OLDEST_COUNTS = 30.0
_LOG = logging.getLogger(__name__)


def utc_month() -> str:
    """Return this month, such as 2026-11."""
    return datetime.now(UTC).strftime("%Y-%m")


class Downloads:
    """Download counts of each file.

    ``count`` only adds to a number in memory, so that no download ever waits for the store;
    there is one number for each month, file and edition, however long the store is away. The
    thread that writes them starts with the first count of a process, hence after every fork.
    """

    def __init__(
        self,
        store: Store,
        prepare: Callable[[], None] = lambda: None,
        month: Callable[[], str] = utc_month,
        every: float = WRITTEN_EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Count for ``store``; ``prepare`` makes its tables where they lack."""
        self._store = store
        self._prepare = prepare
        self._month = month
        self._every = every
        self._reading: Reading[DownloadCounts] = Reading(
            "downloads", self._read, OLDEST_COUNTS, clock
        )
        self._begin()
        _ALL.add(self)

    def _begin(self) -> None:
        """Start with nothing, in a process that has no thread yet."""
        self._waiting: Counter[Download] = Counter()
        self._lock = Lock()
        self._writing = Lock()
        self._stopping = Event()
        self._thread: Thread | None = None

    def read(self) -> DownloadCounts:
        """Return downloads by ``(month, file, edition)``, half a minute old at most.

        Months are those of UTC, such as 2026-11; a file is its URL without the leading slash,
        as in ``site.files``. Raises ``StoreFault`` while the store is away.
        """
        return self._reading.read()

    def at_hand(self) -> DownloadCounts | None:
        """Return the same, or None while the store is away."""
        return self._reading.at_hand()

    def tag(self) -> str:
        """Return a short name of the counts, which pages that show them depend on."""
        counts = self.at_hand()
        return "" if counts is None else f"{len(counts)}.{sum(counts.values())}"

    def count(self, file: PublishedFile) -> None:
        """Count one download of ``file`` in this month."""
        download = Download(self._month(), file.path, file.edition)
        with self._lock:
            self._waiting[download] += 1
            WAITING.inc()
            if self._thread is None and not self._stopping.is_set():
                self._thread = Thread(target=self._work, name="downloads", daemon=True)
                self._thread.start()
                atexit.register(self.stop)

    def write(self) -> None:
        """Add what waits to the store; raise ``StoreFault`` and keep it where that fails."""
        with self._writing:
            with self._lock:
                counts, self._waiting = self._waiting, Counter()
            if not counts:
                return
            try:
                self._prepare()
                self._store.add_downloads(counts)
            except BaseException:
                with self._lock:
                    self._waiting.update(counts)
                raise
            WAITING.dec(counts.total())

    def stop(self) -> None:
        """Write what waits and end the thread: a process that stops in order loses nothing."""
        self._stopping.set()
        if thread := self._thread:
            thread.join(self._every)
        try:
            self.write()
        except StoreFault as fault:
            _LOG.warning("%d downloads stay uncounted: %s", sum(self._waiting.values()), fault)
        atexit.unregister(self.stop)

    def _work(self) -> None:
        pause = self._every
        while not self._stopping.wait(pause):
            pause = self._every
            try:
                self.write()
            except Exception as fault:  # noqa: BLE001  # Nobody else would write the next ones.
                trace = not isinstance(fault, StoreFault)
                _LOG.warning("downloads wait to be counted: %s", fault, exc_info=trace)
                pause = max(_PAUSE_AFTER_FAULT, self._every)

    def _read(self) -> DownloadCounts:
        self._prepare()
        return self._store.downloads()


_ALL: WeakSet[Downloads] = WeakSet()


def _after_fork() -> None:
    """Forget in a new process what the old one writes, and the locks its threads may hold."""
    for downloads in _ALL:
        downloads._begin()  # noqa: SLF001  # The class itself cannot be told of a fork.


os.register_at_fork(after_in_child=_after_fork)
