"""Caps the threads that build what anybody can ask for without end, so that the rest serve."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from werkzeug.exceptions import ServiceUnavailable

RETRY_SECONDS = 5


class Busy(ServiceUnavailable):
    """All slots are taken."""

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_SECONDS)


class ConcurrencyLimit:
    """So many slots; who finds none is refused at once, since waiting would hold a thread."""

    def __init__(self, slots: int) -> None:
        self._free = max(1, slots)
        self._lock = Lock()

    @property
    def full(self) -> bool:
        """Return whether all slots are taken."""
        return self._free == 0

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold a slot within this; raise ``Busy`` where none is free."""
        with self._lock:
            if self.full:
                raise Busy
            self._free -= 1
        try:
            yield
        finally:
            with self._lock:
                self._free += 1
