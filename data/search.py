"""Finds indicators by words of either language, codes and synonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from data.models import LANGUAGES, Indicator

_WORD = re.compile(r"\w+")
# Stems shorter than this match half the dictionary.
_SHORTEST_STEM = 3
_STEMMERS = {"en": snowballstemmer.stemmer("english"), "ru": snowballstemmer.stemmer("russian")}


@dataclass(frozen=True, slots=True)
class _Entry:
    indicator: Indicator
    text: str
    stems: tuple[str, ...]


class IndicatorSearch:
    """A search over a fixed set of indicators; results keep the table's order."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        """Prepare the words of ``indicators`` once."""
        self._entries = tuple(_entry(indicator) for indicator in indicators)
        self._by_code = {_joined(indicator.code): indicator for indicator in indicators}

    def find(self, query: str) -> tuple[Indicator, ...]:
        """Indicators in which every word of ``query`` occurs; all of them for no words.

        A word occurs if it stands in a name, synonym, category or code, or if its stem
        begins a stem there, so that «больницы» finds «больничные». A whole code or slug, however
        it is spaced, finds its own indicator only.
        """
        if exact := self._by_code.get(_joined(query)):
            return (exact,)
        words = _WORD.findall(normal(query))
        return tuple(
            entry.indicator
            for entry in self._entries
            if all(_occurs(word, entry) for word in words)
        )


def normal(words: str) -> str:
    """Fold what people type in different ways: case, ё and е, NO₂ and NO2, hyphens."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return folded.replace("ё", "е").replace("-", " ").replace(":", " ")


def _joined(words: str) -> str:
    """The letters and digits alone, as codes and slugs have them in common."""
    return "".join(_WORD.findall(normal(words)))


def _entry(indicator: Indicator) -> _Entry:
    parts = [indicator.code, indicator.slug]
    for language in LANGUAGES:
        parts += [
            indicator.name[language],
            indicator.category[language],
            indicator.sub_dimension[language],
            *indicator.synonyms[language],
            *(point.name[language] for point in indicator.data_points),
        ]
    words = _WORD.findall(normal(" ".join(parts)))
    stems = {stem for word in words for stem in _stems(word)}
    return _Entry(indicator, f" {' '.join(words)}", tuple(sorted(stems)))


def _occurs(word: str, entry: _Entry) -> bool:
    if f" {word}" in entry.text:
        return True
    return any(
        known.startswith(stem)
        for stem in _stems(word)
        if len(stem) >= _SHORTEST_STEM
        for known in entry.stems
    )


# Readers type words, too, and there is no end of those.
@lru_cache(4096)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stemmer.stemWord(word) for stemmer in _STEMMERS.values()))
