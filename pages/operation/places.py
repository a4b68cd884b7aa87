"""How many threads of a process may make what is endless: so few that the others answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

THREADS = 8
RETRY_SECONDS = 5


class Busy(ServiceUnavailable):
    """Others make so much that this would have to wait for long."""

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_SECONDS)


class Places:
    """Lets some threads of a process make what anybody can ask for without end.

    Words to search for, years and widths make up more documents and pictures than are ever kept.
    Whoever asks for them over many connections must not hold all threads: three quarters of them
    at most make such things or wait for their turn, half of them for pictures, which take
    seconds. Who comes beyond that is refused at once, since waiting would hold a thread, too.
    """

    def __init__(self, threads: int = THREADS) -> None:
        """Share out the places of a process with so many ``threads``."""
        self.most = max(1, threads * 3 // 4)
        self.most_drawing = max(1, threads // 2)
        # So many build at a time; with more, Python would only go to and fro between them.
        self.bench = BoundedSemaphore(max(1, threads // 4))
        self._lock = Lock()
        self._taken = self._drawing = 0

    @contextmanager
    def taken(self, drawing: bool = False) -> Iterator[None]:
        """Make something within this, or wait for it; raises ``Busy`` where no place is left."""
        with self._lock:
            full = drawing and self._drawing >= self.most_drawing
            if full or self._taken >= self.most:
                raise Busy
            self._taken += 1
            self._drawing += drawing
        try:
            yield
        finally:
            with self._lock:
                self._taken -= 1
                self._drawing -= drawing


def current_places(server: Flask) -> Places:
    """The places of an application; one that was given none gets its own."""
    places: Places = server.extensions.setdefault("city-places", Places())
    return places
