"""PNG files: each is drawn once, by one process at a time, and kept."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from pages.operation.caches import Keeping
from pages.operation.claims import Claims
from pages.operation.places import Places
from pages.pictures.pixels import Pixels


class Renders:
    """The PNG files of one site. A key must change with the content."""

    def __init__(
        self, cache: Keeping, claims: Claims, admit: Callable[[], None], places: Places
    ) -> None:
        """Keep what is drawn in ``cache``; ``admit`` raises for who makes it draw too often."""
        self._cache = cache
        self._claims = claims
        self._admit = admit
        self._places = places
        self._pen = Lock()

    def at(self, key: str, draw: Callable[[], bytes]) -> Pixels:
        """The file of ``key``; ``draw`` runs only if it is not kept and nobody is at it.

        Raises ``Busy`` where too much is being drawn already.
        """
        kept: Pixels | None = self._cache.get(key)
        if kept is not None:
            return kept
        with self._places.taken(drawing=True), self._claims.turn(key):
            kept = self._cache.get(key)
            return kept or self._drawn(key, draw)

    def _drawn(self, key: str, draw: Callable[[], bytes]) -> Pixels:
        self._admit()
        if self._claims.taken(key):
            for _ in self._claims.pauses():
                kept: Pixels | None = self._cache.get(key)
                if kept is not None:
                    return kept
                if not self._claims.taken(key):
                    break
        try:
            # Two drawings at once would only make both of them late.
            with self._pen:
                pixels = Pixels.of(draw())
            self._cache.set(key, pixels)
        finally:
            self._claims.release(key)
        return pixels
