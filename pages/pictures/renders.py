"""PNG files: each is drawn once, by one process of all, and kept."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from pages.operation.caches import Keeping
from pages.operation.claims import Claims
from pages.operation.places import Places
from pages.pictures.folder import Folder
from pages.pictures.pixels import Pixels


class Renders:
    """The PNG files of one site. A key must change with the content."""

    def __init__(
        self,
        cache: Keeping | Folder,
        claims: Claims,
        admit: Callable[[], None],
        places: Places,
    ) -> None:
        """Keep what is drawn in ``cache``; ``admit`` raises for who makes it draw too often.

        Processes that have one folder draw once between them, too.
        """
        self._cache = cache
        self._claims = claims
        # The processes of a machine first, then the machines.
        self._claimed = (cache, claims) if isinstance(cache, Folder) else (claims,)
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
        held: list[Folder | Claims] = []
        try:
            for claimed in self._claimed:
                if self._claim(key, claimed):
                    held.append(claimed)
                kept: Pixels | None = self._cache.get(key)
                if kept is not None:
                    return kept
            # Two drawings at once would only make both of them late.
            with self._pen:
                pixels = Pixels.of(draw())
            self._cache.set(key, pixels)
        finally:
            for claimed in held:
                claimed.release(key)
        return pixels

    def _claim(self, key: str, claimed: Folder | Claims) -> bool:
        """Wait while others are at ``key``; whether it is this process's turn then."""
        if not claimed.taken(key):
            return True
        for _ in self._claims.pauses():
            if self._cache.get(key) is not None:
                return False
            if not claimed.taken(key):
                return True
        return False
