"""When the answers were last copied to a safe place, as far as this machine can tell."""

from __future__ import annotations

from contextlib import suppress
from math import nan

from pages.settings import Settings


def newest_copy(settings: Settings) -> float:
    """The time of the newest copy in ``backup``: 0 where there is none, NaN without SQLite."""
    if not settings.answer_store.startswith("sqlite"):
        return nan
    newest = 0.0
    for file in (settings.folder / "backup").glob("*.db"):
        with suppress(OSError):  # It may just be removed.
            newest = max(newest, file.stat().st_mtime)
    return newest
