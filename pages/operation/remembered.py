"""Answers as they were sent, in a room of so many bytes: the oldest makes room for the newest."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from flask import Flask
from prometheus_client import Counter
from werkzeug.http import remove_entity_headers

# For so long nobody asks again whether what a page shows of the answer store has changed.
_UNASKED_SECONDS = 5.0
# About what an answer costs beside its body: headers, objects, its place in the tables.
_BESIDE = 2048

Headers = list[tuple[str, str]]
State = Callable[[], str]
# The form of what is the same in every encoding, such as a PNG.
ANY = "any"


@dataclass(frozen=True, slots=True)
class Lasting:
    """What a view said of its answer."""

    room: str
    server: Flask
    name: str = ""
    state: State | None = None


@dataclass(slots=True)
class Remembered:
    """An answer as it was sent. ``head`` is for whoever sends it without WSGI."""

    headers: Headers
    body: bytes
    tag: str
    lasting: Lasting
    taken: Counter
    route: str
    language: str
    checked: float = field(default_factory=time.monotonic)
    head: bytes = b""

    def holds(self) -> bool:
        """Whether the answer is still what the view would say."""
        state = self.lasting.state
        if state is None:
            return True
        with self.lasting.server.app_context():
            holds = state() == self.lasting.name
        if holds:
            self.checked = time.monotonic()
        return holds

    def held_lately(self) -> bool:
        """The same without asking anything that might wait."""
        lately = time.monotonic() - self.checked < _UNASKED_SECONDS
        return self.lasting.state is None or lately

    def unchanged(self) -> Headers:
        """The headers of a 304."""
        headers = list(self.headers)
        remove_entity_headers(headers)
        return headers


@dataclass(slots=True)
class Forms:
    """What is remembered of one address, by encoding."""

    known: dict[str, Remembered] = field(default_factory=dict)

    def get(self, encoding: str) -> Remembered | None:
        """The answer to who takes this encoding."""
        return self.known.get(encoding) or self.known.get(ANY)


class Room:
    """Answers by address; so many bytes and addresses at most, the oldest goes first."""

    def __init__(self, most_bytes: int, most: int) -> None:
        """An empty room."""
        self._most_bytes = most_bytes
        self._most = most
        self._forms: dict[str, Forms] = {}
        self._lock = Lock()
        self.size = 0

    def get(self, target: str) -> Forms | None:
        """What is remembered of an address."""
        return self._forms.get(target)

    def keep(self, target: str, form: str, remembered: Remembered) -> None:
        """Remember one more answer, and forget the oldest where there is no room."""
        with self._lock:
            forms = self._forms.setdefault(target, Forms())
            if before := forms.known.get(form):
                self.size -= _weight(target, before)
            forms.known[form] = remembered
            self.size += _weight(target, remembered)
            while self.size > self._most_bytes or len(self._forms) > self._most:
                oldest = next(iter(self._forms))
                gone = self._forms.pop(oldest)
                self.size -= sum(_weight(oldest, one) for one in gone.known.values())

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._forms.clear()
            self.size = 0


def _weight(target: str, remembered: Remembered) -> int:
    return len(target) + len(remembered.body) + _BESIDE
