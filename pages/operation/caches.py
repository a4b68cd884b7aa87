"""What was made once is kept in memory and, where machines share a Redis, there as well."""

from __future__ import annotations

import hashlib
import hmac
import pickle
from typing import Any, Protocol

from flask import Flask
from flask_caching import Cache
from redis import Redis

from pages.operation.claims import Claims
from pages.operation.metrics import DOCUMENTS
from pages.operation.redis_link import RedisLink
from pages.operation.sized_cache import SizedCache

_KEPT_SECONDS = 3600
_MOST_BYTES = 32 << 20  # Of one shelf in one process.
_MARK_BYTES = 32


class Keeping(Protocol):
    """What can keep values by key."""

    def get(self, key: str) -> Any:
        """The value, or None where it is not kept."""

    def set(self, key: str, value: Any) -> Any:
        """Keep a value."""


class Shelf:
    """Keeps finished things: near, in this process, and far, in Redis, as long as it answers.

    A key must change with the content, as ours do: they hold the version of the data. ``mark``
    stands for the code that makes the content; machines with other code use other keys.
    Whoever can write to Redis must not thereby run code here, hence what comes from there is
    signed.
    """

    def __init__(
        self, near: Keeping, room: str, link: RedisLink | None = None, mark: str = "", key: str = ""
    ) -> None:
        self._near = near
        self._room = room
        self._link = link
        self._mark = mark
        self._key = key.encode()
        DOCUMENTS.labels(room, "built")

    def get(self, key: str) -> Any:
        """The value, or None where neither has it."""
        value = self._near.get(key)
        if value is not None:
            DOCUMENTS.labels(self._room, "near").inc()
            return value
        value = self._from_far(key)
        if value is not None:
            DOCUMENTS.labels(self._room, "far").inc()
            self._near.set(key, value)
        return value

    def set(self, key: str, value: Any) -> None:
        """Keep what was just built."""
        DOCUMENTS.labels(self._room, "built").inc()
        self._near.set(key, value)
        if self._link is not None:
            content = pickle.dumps(value)
            signed = self._signature(key, content) + content

            def put(client: Redis) -> None:
                client.set(self._name(key), signed, ex=_KEPT_SECONDS)

            self._link.ask(put, None)

    def _from_far(self, key: str) -> Any:
        if self._link is None:
            return None

        def fetch(client: Redis) -> Any:
            return client.get(self._name(key))

        found = self._link.ask(fetch, None)
        if not isinstance(found, bytes):
            return None
        signature, content = found[:_MARK_BYTES], found[_MARK_BYTES:]
        if not hmac.compare_digest(signature, self._signature(key, content)):
            return None
        return pickle.loads(content)  # noqa: S301  # Signed by us for this very key.

    def _name(self, key: str) -> str:
        return (
            f"city:kept:{hashlib.sha256(f'{self._mark} {self._room} {key}'.encode()).hexdigest()}"
        )

    def _signature(self, key: str, content: bytes) -> bytes:
        signed = f"{self._name(key)} ".encode() + content
        return hmac.new(self._key, signed, hashlib.sha256).digest()


class Shelves:
    """Gives each part of the site a shelf of its own, so that none crowds out another."""

    def __init__(
        self, server: Flask, link: RedisLink | None = None, mark: str = "", key: str = ""
    ) -> None:
        self._server = server
        self._link = link
        self._mark = mark
        self._key = key

    def open(self, room: str, most: int, most_bytes: int = _MOST_BYTES) -> Shelf:
        """A shelf that keeps ``most`` things of ``most_bytes`` together in memory."""
        settings = {
            "CACHE_TYPE": f"{SizedCache.__module__}.{SizedCache.__name__}",
            "CACHE_THRESHOLD": most,
            "CACHE_OPTIONS": {"most_bytes": most_bytes},
            "CACHE_DEFAULT_TIMEOUT": _KEPT_SECONDS,
        }
        near = Cache(self._server, config=settings)
        return Shelf(near, room, self._link, self._mark, self._key)

    def claims(self) -> Claims:
        """Who of all that share these shelves makes a thing."""
        return Claims(self._link, self._mark)


def current_shelves(server: Flask) -> Shelves:
    """The shelves of an application; one that was given none gets its own."""
    shelves: Shelves = server.extensions.setdefault("city-shelves", Shelves(server))
    return shelves
