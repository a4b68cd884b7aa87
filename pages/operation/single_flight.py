"""Single-flight calls: one thread builds a value that others ask for at the same time."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

# A result is shared for a moment more, until whoever asked before it was cached has come by.
_SHARED_SECONDS = 1.0
_Value = TypeVar("_Value")


class SingleFlight(Generic[_Value]):
    """Share the result of one call among the threads that ask for the same key."""

    def __init__(self) -> None:
        self._calls: dict[str, Future[_Value]] = {}
        self._ended: dict[str, float] = {}
        self._lock = Lock()

    def do(self, key: str, build: Callable[[], _Value]) -> _Value:
        """Return what ``build`` returns, or raise what it raises, calling it once for all."""
        with self._lock:
            now = time.monotonic()
            for old in [name for name, end in self._ended.items() if end < now]:
                del self._calls[old], self._ended[old]
            waiting = self._calls.get(key)
            call: Future[_Value] = self._calls.setdefault(key, Future())
        if waiting is not None:
            return waiting.result()
        try:
            call.set_result(build())
        except BaseException as fault:  # noqa: BLE001  # It is raised for all who wait.
            call.set_exception(fault)
        with self._lock:
            self._ended[key] = time.monotonic() + (0 if call.exception() else _SHARED_SECONDS)
        return call.result()
