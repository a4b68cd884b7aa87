"""The way to Redis, which may be away at any time: then callers get what they said instead."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from pages.operation.metrics import REDIS_FAULTS

_TIMEOUT_SECONDS = 0.25
# After a fault Redis is left alone for a while, so that not every reader waits for it.
_PAUSE_SECONDS = 3.0
_LOG = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class RedisLink:
    """One client for all threads and, after a fork, for each process; it connects on first use."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.client = Redis.from_url(
            url,
            socket_timeout=_TIMEOUT_SECONDS,
            socket_connect_timeout=_TIMEOUT_SECONDS,
            # A connection may have been closed while it was not used: once more, at once.
            retry=Retry(NoBackoff(), 1),
        )
        self._clock = clock
        self._away_until = float("-inf")
        self._away = False
        self._lock = Lock()

    def ask(self, question: Callable[[Redis], _Answer], otherwise: _Answer) -> _Answer:
        """What Redis answers, or ``otherwise`` while it is away."""
        if self._clock() < self._away_until:
            return otherwise
        try:
            answer = question(self.client)
        except (RedisError, OSError) as fault:
            self._note_fault(fault)
            return otherwise
        if self._away:
            self._note_return()
        return answer

    def _note_fault(self, fault: Exception) -> None:
        REDIS_FAULTS.inc()
        with self._lock:
            first, self._away = not self._away, True
            self._away_until = self._clock() + _PAUSE_SECONDS
        if first:
            _LOG.warning("Redis is away, going on without: %s", type(fault).__name__)

    def _note_return(self) -> None:
        with self._lock:
            was_away, self._away = self._away, False
        if was_away:
            _LOG.warning("Redis is back")
