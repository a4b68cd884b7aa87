"""Finished documents: built once, compressed, kept, and sent in the form that a client takes."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import brotli
from flask import Response, request

from pages.operation.caches import Keeping
from pages.operation.memory import smallest_encoding
from pages.site import Site

# Shared caches may keep a page, but must ask again: an edition can be published at any time.
_REVALIDATE = "public, max-age=0, must-revalidate"
_BROTLI_QUALITY = 11  # Compressed once per document and edition, so it may take its time.


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished document in the forms that browsers take."""

    plain: bytes
    brotli: bytes
    gzip: bytes
    tag: str
    media_type: str = "text/html; charset=utf-8"


def keep(content: str | bytes, media_type: str = "text/html; charset=utf-8") -> Kept:
    """Compress a document once and give it a tag made of its content."""
    plain = content.encode() if isinstance(content, str) else content
    return Kept(
        plain,
        brotli.compress(plain, quality=_BROTLI_QUALITY),
        gzip.compress(plain, 9, mtime=0),
        hashlib.sha256(plain).hexdigest()[:20],
        media_type,
    )


def answer(kept: Kept, status: int = 200, cache_control: str = _REVALIDATE) -> Response:
    """Send a kept document in the best form the browser takes, or 304 where it has it."""
    encoding = smallest_encoding(request.headers.get("Accept-Encoding", ""))
    body = {"br": kept.brotli, "gzip": kept.gzip}.get(encoding, kept.plain)
    response = Response(body, status, content_type=kept.media_type)
    if encoding in ("br", "gzip"):
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = cache_control
    if status == 200:
        response.set_etag(f"{kept.tag}-{encoding}")
        response.make_conditional(request)
    return response


class _Room:
    """A cache and whose turn it is to build for it."""

    def __init__(self, cache: Keeping) -> None:
        self.cache = cache
        self.lock = Lock()


class Documents:
    """The documents of one site: built at most once at a time, then taken from the cache."""

    def __init__(self, site: Site, cache: Keeping, variants: Keeping | None = None) -> None:
        """Keep what is built for ``site`` in ``cache``.

        ``variants`` keeps what parameters or passing figures make: there are so many that they
        would fill any cache, and push out what most readers ask for.
        """
        self._site = site
        self._room = _Room(cache)
        self._variants = self._room if variants is None else _Room(variants)

    def at(
        self,
        key: str,
        build: Callable[[], str | bytes],
        media_type: str = "",
        *,
        variant: bool = False,
    ) -> Kept:
        """The document of ``key`` in this edition; ``build`` runs only if it is not kept.

        flask-caching has no lock of its own, so many readers of one cold page would each
        build it; here the first one builds and the others wait.
        """
        room = self._variants if variant else self._room
        full_key = f"{self._site.version}:{key}"
        kept = room.cache.get(full_key)
        if kept is None:
            with room.lock:
                kept = room.cache.get(full_key)
                if kept is None:
                    kept = keep(build(), media_type) if media_type else keep(build())
                    room.cache.set(full_key, kept)
        found: Kept = kept
        return found
