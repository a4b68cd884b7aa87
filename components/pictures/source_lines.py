"""Sources in the few lines that a card has for them: whole names, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from components.pictures.lettering import lines
from components.pictures.pieces import RESERVE
from components.texts import text
from data.models import Language

_BETWEEN = " · "


def fitted_sources(
    sources: Sequence[str], language: Language, size: float, room: float, most: int
) -> str:
    """The sentences of ``sources`` in at most ``most`` lines; names that do not fit are counted."""
    names = [words.removesuffix(".").split(_BETWEEN) for words in sources]
    left_out = [0 for _ in names]
    while True:
        told = " ".join(
            _sentence(kept, missing, language)
            for kept, missing in zip(names, left_out, strict=True)
        )
        longest = max(range(len(names)), key=lambda at: len(names[at]), default=None)
        fits = len(lines(told, size, room * RESERVE)) <= most
        if fits or longest is None or len(names[longest]) == 1:
            return told
        names[longest].pop()
        left_out[longest] += 1


def _sentence(names: Sequence[str], missing: int, language: Language) -> str:
    told = _BETWEEN.join(names)
    if missing:
        told += " " + text("picture_sources_more", language, n=missing)
    return f"{told}."
