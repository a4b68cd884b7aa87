"""The terms of the sources: our licence covers our own work, so each source speaks for itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from components.formats import integer
from components.texts import text
from data.models import Language, Source


def terms_of_sources(sources: Collection[Source], language: Language) -> str:
    """That what sources say stays theirs, and how many of them state their terms."""
    return text(
        "terms_theirs",
        language,
        n=len(sources),
        sources=integer(len(sources), language),
        stated=integer(len(with_terms(sources)), language),
    )


def with_terms(sources: Iterable[Source]) -> Sequence[Source]:
    """Those that say on what terms they may be used."""
    return [one for one in sources if one.licence]
