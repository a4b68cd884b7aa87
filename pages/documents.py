"""Documents: built by one thread for all that ask at the same time, then cached as responses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request

from pages.operation.concurrency_limit import ConcurrencyLimit
from pages.operation.response_cache import cacheable
from pages.operation.single_flight import SingleFlight

HTML = "text/html; charset=utf-8"
# Shared caches may keep a page, but must ask again: an edition can be published at any time.
REVALIDATE = "public, max-age=0, must-revalidate"


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document; Flask-Compress encodes it when it is sent."""

    content: bytes
    media_type: str = HTML

    @classmethod
    def of(cls, content: str | bytes, media_type: str = HTML) -> Document:
        """Return the document of a text or bytes."""
        return cls(content.encode() if isinstance(content, str) else content, media_type)


def respond(document: Document, status: int = 200, cache_control: str = REVALIDATE) -> Response:
    """Return the response with a document, or 304 where the client has it."""
    response = Response(document.content, status, content_type=document.media_type)
    response.headers["Cache-Control"] = cache_control
    if status == 200:
        response.set_etag(hashlib.sha256(document.content).hexdigest()[:20])
        response.make_conditional(request)
    return response


class Documents:
    """Builds documents; those that anybody can make up without end have few threads."""

    def __init__(self, limit: ConcurrencyLimit, admit: Callable[[], None] = lambda: None) -> None:
        """Build variants within ``limit``; ``admit`` raises for who has too many built."""
        self.limit = limit
        self._admit = admit
        self._flight: SingleFlight[Document] = SingleFlight()

    def at(
        self,
        key: str,
        build: Callable[[], str | bytes],
        media_type: str = HTML,
        *,
        variant: bool = False,
        state: Callable[[], str] | None = None,
    ) -> Document:
        """Return the document of ``key``, whose response is cached while ``state()`` stays.

        A ``variant`` is one of as many as parameters can make up. Raises ``Busy`` where too many
        of them are asked for at once, and what ``admit`` raises.
        """
        version = cacheable(state)

        def make() -> Document:
            if not variant:
                return Document.of(build(), media_type)
            self._admit()
            with self.limit.slot():
                return Document.of(build(), media_type)

        return self._flight.do(f"{key}\n{version}", make)
