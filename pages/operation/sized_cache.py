"""flask-caching's store in memory, bounded by bytes as well as by count."""

from __future__ import annotations

import pickle
from typing import Any

from flask_caching.backends.simplecache import SimpleCache


class _Sized:
    """Keeps a value as it is, with its size: packing and unpacking would copy it for each reader.

    What is kept must therefore never be changed, which finished things are not.
    """

    def dumps(self, value: Any) -> tuple[Any, int]:
        return value, len(pickle.dumps(value))

    def loads(self, kept: tuple[Any, int]) -> Any:
        return kept[0]


class SizedCache(SimpleCache):
    """Keeps so many things of so many bytes together; what was kept first goes first."""

    serializer = _Sized()  # type: ignore[assignment]  # It has the same two methods.

    def __init__(self, *arguments: Any, most_bytes: int, **named: Any) -> None:
        """An empty one of at most ``most_bytes``."""
        super().__init__(*arguments, **named)
        self._most_bytes = most_bytes

    def set(self, key: str, value: Any, timeout: Any = None) -> bool | None:
        """Keep a value, and make room for it."""
        with self._lock:
            self._cache.pop(key, None)  # Its new place is behind all others.
            kept = super().set(key, value, timeout)
            self._prune()
            return kept

    @property
    def size(self) -> int:
        """Bytes of all that is kept."""
        with self._lock:
            return sum(size for _, (_, size) in self._cache.values())

    def _over_threshold(self) -> bool:
        return super()._over_threshold() or self.size > self._most_bytes
