"""Answers finished documents before Flask wakes: the same bytes again, as often as asked for.

What a view marks as lasting depends on its address and the encoding alone. Its first answer goes
the long way; then headers and body stand here. A request that asks for more than a document goes
the long way, too. So does one with parameters that its view does not know: anybody can make up
more of those than any memory holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app, request
from werkzeug.datastructures import Accept
from werkzeug.http import is_resource_modified, parse_accept_header

from pages.operation.journal import LANGUAGE, ROUTE
from pages.operation.metrics import DOCUMENTS
from pages.operation.remembered import ANY, Forms, Headers, Lasting, Remembered, Room, State

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The name under which an application keeps its memory among its extensions.
MEMORY = "city-memory"
_LASTING = "city.lasting"
# Where a request carries that it has parameters which its view does not know.
FOREIGN = "city.foreign"
# Conditions other than the usual one, parts, and bodies: rare enough for the long way.
_UNUSUAL = (
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_TRANSFER_ENCODING",
)
_TAG = "HTTP_IF_NONE_MATCH"
# There are some hundred addresses without a query, each in three encodings; with one, anybody can
# make up more. Bytes are those of one process.
MOST_BYTES, _MOST_PLAIN = 16 << 20, 4096
MOST_BYTES_WITH_QUERY, _MOST_WITH_QUERY = 8 << 20, 300
_LONGEST_QUERY = 200
_LONGEST_ACCEPT = 200
# What is larger lies on a shelf already, and few ask for it.
_LARGEST = 256 << 10


def lasts(room: str, name: str = "", state: State | None = None) -> None:
    """Say of the answer to the current request that it lasts as long as this process.

    ``room`` is where its content is kept, for the figures. With ``state`` it lasts as long as
    that gives the same ``name``. An answer other than 200, or one that nobody may keep, is not
    remembered whatever is said here.
    """
    server = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  # As Flask documents.
    request.environ[_LASTING] = Lasting(room, server, name, state)


def smallest_encoding(accept_encoding: str) -> str:
    """The form of a document that a client gets: ``br``, ``gzip`` or ``identity``."""
    return _smallest(accept_encoding) if len(accept_encoding) <= _LONGEST_ACCEPT else "identity"


@lru_cache(256)
def _smallest(accept_encoding: str) -> str:
    accepts = parse_accept_header(accept_encoding, Accept)
    taken = (one for one in ("br", "gzip") if accepts.quality(one) > 0)
    return next(taken, "identity")


class Memory:
    """WSGI middleware that answers what it remembers and leaves all else to the application."""

    def __init__(self, application: WSGIApplication) -> None:
        """Remember nothing yet."""
        self._application = application
        self._plain = Room(MOST_BYTES, _MOST_PLAIN)
        self._queried = Room(MOST_BYTES_WITH_QUERY, _MOST_WITH_QUERY)

    def forget(self) -> None:
        """Let everything be built again."""
        self._plain.clear()
        self._queried.clear()

    def find(self, target: str) -> Forms | None:
        """What is remembered of an address with its query, by encoding."""
        return self._room(target).get(target)

    @property
    def size(self) -> int:
        """About how many bytes are remembered."""
        return self._plain.size + self._queried.size

    def _room(self, target: str) -> Room:
        return self._queried if "?" in target else self._plain

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        unusual = not environ.keys().isdisjoint(_UNUSUAL) or "?" in path or "%" in path
        if method not in ("GET", "HEAD") or unusual:
            return self._application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        target = f"{path}?{query}" if query else path
        encoding = smallest_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        forms = self.find(target)
        known = forms.get(encoding) if forms else None
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

        def start(
            status: str, headers: Headers, exc_info: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            told.append((status, list(headers)))
            return start_response(status, headers, exc_info)

        answered = self._application(environ, start)
        if _LASTING not in environ or len(told) != 1 or not told[0][0].startswith("200"):
            return answered
        try:
            body = b"".join(answered)
        finally:
            if close := getattr(answered, "close", None):
                close()
        if remembered := _remembered(told[0][1], body, encoding, environ):
            self._room(target).keep(target, _form(remembered, encoding), remembered)
        return [body]


def _form(remembered: Remembered, encoding: str) -> str:
    """The encoding, or that the answer is the same in any."""
    varies = any(
        name.lower() == "content-encoding"
        or (name.lower() == "vary" and "accept-encoding" in value.lower())
        for name, value in remembered.headers
    )
    return encoding if varies else ANY


def _remembered(
    headers: Headers, body: bytes, encoding: str, environ: WSGIEnvironment
) -> Remembered | None:
    lasting: Lasting = environ[_LASTING]
    if environ.get(FOREIGN) or len(body) > _LARGEST:
        return None
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
