"""Finished documents: built once, compressed, kept, and sent in the form that a client takes."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

import brotli
from flask import Response, request

from pages.operation.caches import Keeping
from pages.operation.claims import Claims
from pages.operation.memory import smallest_encoding
from pages.operation.places import current_places
from pages.site import Site

# Shared caches may keep a page, but must ask again: an edition can be published at any time.
_REVALIDATE = "public, max-age=0, must-revalidate"
# Compressed once per document and edition: 11 would take twice the time of whoever comes first and
# save one part in a hundred.
_FOR_MANY = 10
# What parameters make is read by few: it takes a tenth of the time and is hardly larger.
_FOR_FEW = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished document in the forms that browsers take."""

    plain: bytes
    brotli: bytes
    gzip: bytes
    tag: str
    media_type: str = "text/html; charset=utf-8"


def keep(
    content: str | bytes,
    media_type: str = "text/html; charset=utf-8",
    quality: int = _FOR_MANY,
) -> Kept:
    """Compress a document once and give it a tag made of its content."""
    plain = content.encode() if isinstance(content, str) else content
    return Kept(
        plain,
        brotli.compress(plain, quality=quality),
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


class Documents:
    """The documents of one site: each is built once by one thread, then taken from the cache."""

    def __init__(
        self,
        site: Site,
        cache: Keeping,
        variants: Keeping | None = None,
        admit: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep what is built for ``site`` in ``cache``.

        ``variants`` keeps what parameters or passing figures make: there are so many that they
        would fill any cache, and push out what most readers ask for. ``admit`` raises for who
        has too many of them built.
        """
        self._site = site
        self._cache = cache
        self._variants = cache if variants is None else variants
        self._admit = admit
        self._claims = Claims()
        self._places = current_places(site.server)

    def at(
        self,
        key: str,
        build: Callable[[], str | bytes],
        media_type: str = "text/html; charset=utf-8",
        *,
        variant: bool = False,
        for_many: bool = False,
    ) -> Kept:
        """The document of ``key`` in this edition; ``build`` runs only if it is not kept.

        flask-caching has no lock of its own, so many readers of one cold page would each
        build it; here the first one builds and the others wait. Raises ``Busy`` where too many
        variants are asked for at once. A variant ``for_many`` is what all readers get until a
        figure on it changes: nobody can make up more of those, so it is made as small as the
        pages that never change, and nobody is refused.
        """
        cache = self._variants if variant else self._cache
        full_key = f"{self._site.version}:{key}"
        kept: Kept | None = cache.get(full_key)
        if kept is not None:
            return kept
        endless = variant and not for_many
        with self._places.taken() if endless else nullcontext(), self._claims.turn(full_key):
            kept = cache.get(full_key)
            if kept is None:
                kept = self._endless(build, media_type) if endless else keep(build(), media_type)
                cache.set(full_key, kept)
        return kept

    def _endless(self, build: Callable[[], str | bytes], media_type: str) -> Kept:
        """One of as many documents as anybody can make up."""
        self._admit()
        with self._places.bench:
            return keep(build(), media_type, _FOR_FEW)
