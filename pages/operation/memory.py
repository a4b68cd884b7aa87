"""Answers finished documents before Flask wakes: the same bytes again, as often as asked for.

What a view marks as lasting depends on its address and the encoding alone. Its first answer goes
the long way; then headers and body stand here. A request that asks for more than a document goes
the long way, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app, request
from prometheus_client import Counter
from werkzeug.datastructures import Accept
from werkzeug.http import is_resource_modified, parse_accept_header, remove_entity_headers

from pages.operation.journal import LANGUAGE, ROUTE
from pages.operation.metrics import DOCUMENTS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The name under which an application keeps its memory among its extensions.
MEMORY = "city-memory"
_LASTING = "city.lasting"
# Conditions other than the usual one, parts, and bodies: rare enough for the long way.
_UNUSUAL = (
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_TRANSFER_ENCODING",
)
_TAG = "HTTP_IF_NONE_MATCH"
# There are some hundred addresses without a query; with one, anybody can make up more.
_MOST_WITH_QUERY = 300
_LONGEST_QUERY = 200
_LONGEST_ACCEPT = 200
# For so long nobody asks again whether what a page shows of the answer store has changed.
_UNASKED_SECONDS = 5.0

Headers = list[tuple[str, str]]
State = Callable[[], str]


@dataclass(frozen=True, slots=True)
class _Lasting:
    """What a view said of its answer."""

    room: str
    server: Flask
    name: str = ""
    state: State | None = None


def lasts(room: str, name: str = "", state: State | None = None) -> None:
    """Say of the answer to the current request that it lasts as long as this process.

    ``room`` is where its content is kept, for the figures. With ``state`` it lasts as long as
    that gives the same ``name``. An answer other than 200, or one that nobody may keep, is not
    remembered whatever is said here.
    """
    server = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  # As Flask documents.
    request.environ[_LASTING] = _Lasting(room, server, name, state)


def smallest_encoding(accept_encoding: str) -> str:
    """The form of a document that a client gets: ``br``, ``gzip`` or ``identity``."""
    return _smallest(accept_encoding) if len(accept_encoding) <= _LONGEST_ACCEPT else "identity"


@lru_cache(256)
def _smallest(accept_encoding: str) -> str:
    accepts = parse_accept_header(accept_encoding, Accept)
    taken = (one for one in ("br", "gzip") if accepts.quality(one) > 0)
    return next(taken, "identity")


@dataclass(slots=True)
class Remembered:
    """An answer as it was sent. ``head`` is for whoever sends it without WSGI."""

    headers: Headers
    body: bytes
    tag: str
    lasting: _Lasting
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


Forms = dict[str, Remembered]


class Memory:
    """WSGI middleware that answers what it remembers and leaves all else to the application."""

    def __init__(self, application: WSGIApplication) -> None:
        """Remember nothing yet."""
        self._application = application
        self._plain: dict[str, Forms] = {}
        self._queried: dict[str, Forms] = {}

    def forget(self) -> None:
        """Let everything be built again."""
        self._plain.clear()
        self._queried.clear()

    def find(self, target: str) -> Forms | None:
        """What is remembered of an address with its query, by encoding."""
        return (self._queried if "?" in target else self._plain).get(target)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        unusual = not environ.keys().isdisjoint(_UNUSUAL) or "?" in path or "%" in path
        if method not in ("GET", "HEAD") or unusual:
            return self._application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        target = f"{path}?{query}" if query else path
        encoding = smallest_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        known = (self.find(target) or {}).get(encoding)
        if known is not None and known.holds():
            return _answer(known, environ, start_response)
        if method == "HEAD" or _TAG in environ or len(query) > _LONGEST_QUERY:
            return self._application(environ, start_response)
        return self._ask(target, encoding, environ, start_response)

    def _ask(
        self, target: str, encoding: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application answer, and remember what it says if that lasts."""
        told: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: object = None) -> object:
            told.append((status, list(headers)))
            return start_response(status, headers, exc_info)  # type: ignore[arg-type]

        answered = self._application(environ, start)  # type: ignore[arg-type]
        if _LASTING not in environ or len(told) != 1 or not told[0][0].startswith("200"):
            return answered
        try:
            body = b"".join(answered)
        finally:
            if close := getattr(answered, "close", None):
                close()
        if remembered := _remembered(told[0][1], body, encoding, environ):
            self._keep(target, encoding, remembered)
        return [body]

    def _keep(self, target: str, encoding: str, remembered: Remembered) -> None:
        if "?" not in target:
            self._plain.setdefault(target, {})[encoding] = remembered
            return
        if len(self._queried) >= _MOST_WITH_QUERY:
            self._queried.clear()
        self._queried.setdefault(target, {})[encoding] = remembered


def _remembered(
    headers: Headers, body: bytes, encoding: str, environ: WSGIEnvironment
) -> Remembered | None:
    lasting: _Lasting = environ[_LASTING]
    named = {name.lower(): value for name, value in headers}
    if "set-cookie" in named or "no-store" in named.get("cache-control", ""):
        return None
    if named.get("content-encoding", "identity") not in (encoding, "identity"):
        return None
    return Remembered(
        headers,
        body,
        named.get("etag", ""),
        lasting,
        DOCUMENTS.labels(lasting.room, "near"),
        environ.get(ROUTE, "unknown"),
        environ.get(LANGUAGE, "-"),
    )


def _answer(
    known: Remembered, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    environ[ROUTE], environ[LANGUAGE] = known.route, known.language
    known.taken.inc()
    if _TAG in environ and not is_resource_modified(environ, known.tag):
        start_response("304 Not Modified", known.unchanged())
        return []
    start_response("200 OK", list(known.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [known.body]
