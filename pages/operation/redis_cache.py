"""Cache of responses in Redis, apart from the one in memory: few sites load Redis's client."""

import logging
import time
from collections.abc import Callable
from typing import Any

from flask_caching.backends.rediscache import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from pages.operation.metrics import REDIS_FAULTS
from pages.operation.response_cache import CACHED_SECONDS, MAX_RESPONSES, Bytes, MemoryCache

REDIS_OPTIONS: dict[str, Any] = {
    "socket_timeout": 0.25,
    "socket_connect_timeout": 0.25,
    # A connection may have been closed while it was not used: once more, at once.
    "retry": Retry(NoBackoff(), 1),
}
_PAUSE_SECONDS = 3.0
_LOG = logging.getLogger(__name__)


class TolerantRedisCache(RedisCache):
    """flask-caching's cache in Redis, of bytes; while Redis is away each process has its own."""

    serializer = Bytes()  # type: ignore[assignment]  # It has the same two methods.
    _away_until = float("-inf")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **(named | REDIS_OPTIONS))
        self._memory = MemoryCache(threshold=MAX_RESPONSES, default_timeout=CACHED_SECONDS)

    def get(self, key: str) -> Any:
        """Return a value or None."""
        return self._ask(super().get, self._memory.get, key)

    def set(self, key: str, value: Any, timeout: Any = None) -> bool | None:
        """Keep a value."""
        kept: bool | None = self._ask(super().set, self._memory.set, key, value, timeout)
        return kept

    def _ask(self, redis: Callable[..., Any], memory: Callable[..., Any], *arguments: Any) -> Any:
        now = time.monotonic()
        if now >= self._away_until:
            try:
                return redis(*arguments)
            except (RedisError, OSError) as fault:
                REDIS_FAULTS.inc()
                if self._away_until == float("-inf"):
                    _LOG.warning("Redis is away, going on without: %s", type(fault).__name__)
                self._away_until = now + _PAUSE_SECONDS
        return memory(*arguments)
