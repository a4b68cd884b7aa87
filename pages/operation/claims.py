"""Who makes a thing that many wait for: one thread of a process, one process of all machines."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from redis import Redis

from pages.operation.redis_link import RedisLink

# Longer than anything takes to make; a process that dies at it blocks others no longer.
_HELD_SECONDS = 20
_POLL_SECONDS = 0.05


@dataclass(slots=True)
class _Turn:
    """The lock of one key, and how many hold it or wait for it."""

    lock: Lock = field(default_factory=Lock)
    count: int = 0


class Claims:
    """Lets those who want the same key act one after another."""

    def __init__(self, link: RedisLink | None = None, mark: str = "") -> None:
        """With ``link`` other machines wait too; ``mark`` stands for the code that acts."""
        self._link = link
        self.mark = mark
        self._turns: dict[str, _Turn] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """Wait for the turn of this thread at ``key`` and hold it."""
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.count += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.count -= 1
                if not turn.count:
                    del self._turns[key]

    def taken(self, key: str) -> bool:
        """Whether another machine is at ``key``; otherwise it is this one's until released."""
        if self._link is None:
            return False

        def take(client: Redis) -> bool:
            return bool(client.set(self._name(key), b"1", nx=True, ex=_HELD_SECONDS))

        return not self._link.ask(take, True)

    def release(self, key: str) -> None:
        """Let other machines have ``key`` again."""
        if self._link is not None:
            self._link.ask(lambda client: client.delete(self._name(key)), None)

    def pauses(self) -> Iterator[None]:
        """Short waits while another machine is at something, as long as one may hold it."""
        end = time.monotonic() + _HELD_SECONDS
        while time.monotonic() < end:
            time.sleep(_POLL_SECONDS)
            yield

    def _name(self, key: str) -> str:
        return f"city:claim:{hashlib.sha256(f'{self.mark} {key}'.encode()).hexdigest()}"
