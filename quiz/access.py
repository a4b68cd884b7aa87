"""Who may use the store at a time: few enough that one that hangs leaves threads for pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

from sqlalchemy import Engine

from quiz.faults import StoreReadOnly, StoreUnavailable

# So long an operation may take before others are refused rather than let to wait behind it.
PATIENCE_SECONDS = 2.0


class Access:
    """Lets ``most`` threads of a process use the store at a time; others wait a moment.

    While the store hangs nobody waits for it but one, who learns when it is back. What was
    opened while the store was read-only is closed before anybody goes on: SQLite shares it
    between the connections of a process, so that a single one left would keep all read-only.
    """

    def __init__(
        self,
        engine: Engine,
        most: int,
        patience: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.engine = engine
        self._most = most
        self._patience = patience
        self._clock = clock
        self._changed = Condition()
        self._since: dict[object, float] = {}
        self._hangs = False
        self._stale = False

    @contextmanager
    def granted(self) -> Iterator[Engine]:
        """Use the store within this; raises ``StoreUnavailable`` where that would take long."""
        place = object()
        self._enter(place)
        try:
            yield self.engine
        except StoreReadOnly:
            self._stale = True
            raise
        except StoreUnavailable:
            lasted = self._clock() - self._since[place]
            self._hangs = self._hangs or lasted >= self._patience
            raise
        else:
            self._hangs = False
        finally:
            self._leave(place)

    def _enter(self, place: object) -> None:
        begun = self._clock()
        with self._changed:
            while self._since and (self._stale or len(self._since) >= self._room):
                left = min(begun, *self._since.values()) + self._patience - self._clock()
                if self._hangs or left <= 0:
                    raise StoreUnavailable("Others wait for the store already")
                self._changed.wait(left)
            self._since[place] = self._clock()

    @property
    def _room(self) -> int:
        return 1 if self._hangs else self._most

    def _leave(self, place: object) -> None:
        with self._changed:
            del self._since[place]
            if self._stale and not self._since:
                self.engine.dispose()
                self._stale = False
            self._changed.notify_all()
