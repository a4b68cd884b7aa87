"""The figures of processes that have ended: added up in one file of each kind.

Otherwise each process leaves its files behind, and a site that is renewed every night fills the
memory that they lie in.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import mark_process_dead

_HEIR = "ended"  # Stands where the files of a living process have its number.
_LONGEST_WAIT_SECONDS = 1.0
_PAUSE_SECONDS = 0.02
_LOG = logging.getLogger(__name__)

Figure = tuple[float, float]  # A value, and when it was set.


@contextmanager
def files_stay(folder: Path) -> Iterator[None]:
    """While the block runs, no figure moves from one file to another."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


class EndedProcesses:
    """Whose figures in a folder are still to be added up."""

    def __init__(self, folder: Path) -> None:
        """Nobody's yet."""
        self._folder = folder
        self._left: set[int] = set()

    def add(self, process: int) -> None:
        """Drop what only a living process may say, and add its counts to those of others.

        Whoever reads all figures is waited for a moment; after that it is left to the next time.
        """
        mark_process_dead(process, str(self._folder))
        self._left.add(process)
        end = time.monotonic() + _LONGEST_WAIT_SECONDS
        with (self._folder / "lock").open("a") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() > end:
                        return
                    time.sleep(_PAUSE_SECONDS)
                else:
                    break
            self._take_over()

    def _take_over(self) -> None:
        while self._left:
            for file in self._folder.glob(f"*_{self._left.pop()}.db"):
                try:
                    _merge(file)
                except Exception:  # noqa: BLE001  # A figure must not end the site.
                    _LOG.exception("the figures in %s cannot be read", file.name)
                file.unlink(missing_ok=True)


def _merge(file: Path) -> None:
    kind = file.name.rpartition("_")[0]
    told = list(MmapedDict.read_all_values_from_file(str(file)))
    heir = MmapedDict(str(file.with_name(f"{kind}_{_HEIR}.db")))
    try:
        for key, value, moment, _ in told:
            known: Figure = heir.read_value(key)
            heir.write_value(key, *_joined(kind, known, (value, moment)))
    finally:
        heir.close()


def _joined(kind: str, one: Figure, other: Figure) -> Figure:
    if kind.endswith("max"):
        return max(one, other)
    if kind.endswith("mostrecent"):
        return max(one, other, key=lambda figure: figure[1])
    return one[0] + other[0], 0.0
