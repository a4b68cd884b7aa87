"""Search of indicators by words of either language, codes, synonyms and topics; forgives slips."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

import snowballstemmer

from data.models import LANGUAGES, Edition, Indicator

_WORD = re.compile(r"\w+")
# Stems shorter than this match half the dictionary.
_SHORTEST_STEM = 3
# Ratio of equal letters from which a word counts as another one misspelt.
_CLOSE = 0.78
_LONGEST_SLIP = 30
# Words that mean the same here; an indicator that has one of a row is found by all of it.
_SAME = (
    "pay wages salary salaries earnings зарплаты оклад заработок",
    "doctors physicians medics врачи терапевт",
    "metro subway underground tube",
    "rubbish garbage waste litter мусор отходы хлам",
    "housing flat apartment жилье квартира",
    "kindergarten nursery садик ясли",
    "unemployment joblessness безработица",
    "crime theft преступления кражи",
    "police policeman полиция",
    "ambulance скорая",
    "parks green зеленые парки",
)
_LATIN, _CYRILLIC = (
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    "йцукенгшщзхъфывапролджэячсмитьбюё",
)
_PLAIN = re.compile(r"[\w\s-]+")
_LAYOUTS = (str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN))
_RUSSIAN = re.compile("[а-я]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Words of an indicator.

    ``names`` has those of its names, ``own`` of synonyms and code as well, ``text`` of its groups.
    """

    indicator: Indicator
    names: frozenset[str]
    own: frozenset[str]
    own_text: str
    text: str
    stems: tuple[str, ...]


class IndicatorSearch:
    """A search over the indicators of an edition."""

    def __init__(self, edition: Edition) -> None:
        self._entries = tuple(_entry(indicator, edition) for indicator in edition.indicators)
        self._by_code = {_joined(indicator.code): indicator for indicator in edition.indicators}
        words = {word for entry in self._entries for word in entry.text.split()}
        self._words = sorted(word for word in words if len(word) > _SHORTEST_STEM)

    def find(self, query: str) -> tuple[Indicator, ...]:
        """Indicators in which every word of ``query`` occurs; all of them for no words.

        A word occurs if it stands in an official or plain name, a synonym, category, topic or
        code, or if its stem begins a stem there, so that «больницы» finds «больничные». First
        come those that have all words in their names, then in synonyms, whole before begun; then
        those whose group has them; each in table order. A whole code or slug, however it is
        spaced, finds its own indicator only.
        """
        if exact := self._by_code.get(_joined(query)):
            return (exact,)
        words = _WORD.findall(normal(query))
        ranked = []
        for entry in self._entries:
            ranks = [_rank(word, entry) for word in words]
            if None not in ranks:
                ranked.append((max(filter(None, ranks), default=0), entry.indicator))
        return tuple(indicator for _, indicator in sorted(ranked, key=lambda pair: pair[0]))

    def correct(self, query: str) -> str:
        """Return a query like this one that finds something, or an empty text.

        Each word that no indicator has becomes the most similar one; words that were typed in
        the other keyboard layout are read in the right one.
        """
        for layout in _LAYOUTS:
            turned = query.casefold().translate(layout)
            if _PLAIN.fullmatch(turned) and self.find(turned):
                return turned
        words = [self._corrected(word) for word in _WORD.findall(normal(query))]
        corrected = " ".join(words)
        return corrected if all(words) and self.find(corrected) else ""

    def nearest(self, query: str) -> tuple[Indicator, ...]:
        """Return the indicators in which most words of a query occur, or words like them."""
        words = [word for word in map(self._corrected, _WORD.findall(normal(query))) if word]
        counts = [
            (sum(_rank(word, entry) is not None for word in words), entry)
            for entry in self._entries
        ]
        most = max((count for count, _ in counts), default=0)
        return tuple(entry.indicator for count, entry in counts if count == most > 0)

    def _corrected(self, word: str) -> str:
        if any(_rank(word, entry) is not None for entry in self._entries):
            return word
        close = get_close_matches(word[:_LONGEST_SLIP], self._words, n=1, cutoff=_CLOSE)
        return close[0] if close else ""


def normal(words: str) -> str:
    """Fold what people type in different ways: case, ё and е, NO₂ and NO2, hyphens."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return folded.replace("ё", "е").replace("-", " ").replace(":", " ")


def _joined(words: str) -> str:
    """The letters and digits alone, as codes and slugs have them in common."""
    return "".join(_WORD.findall(normal(words)))


def _entry(indicator: Indicator, edition: Edition) -> _Entry:
    points = indicator.data_points
    names = [indicator.name, indicator.plain_name]
    names += [name for point in points for name in (point.name, point.plain_name)]
    groups = [indicator.category, indicator.sub_dimension]
    groups += [topic.name for topic in edition.topics if topic.topic in indicator.topics]
    groups += [
        group.plain_name
        for group in edition.plain_groups
        if (group.dimension, group.category) == (indicator.dimension, indicator.category["en"])
    ]
    parts = [indicator.code, indicator.slug]
    for language in LANGUAGES:
        parts += [*(name[language] for name in names), *indicator.synonyms[language]]
    named = _WORD.findall(
        normal(" ".join(name[language] for name in names for language in LANGUAGES))
    )
    own = _WORD.findall(normal(" ".join(parts)))
    for same in _SAME:
        meanings = same.split()
        if not set(own).isdisjoint(meanings):
            own += meanings
    group_names = " ".join(group[language] for group in groups for language in LANGUAGES)
    words = own + _WORD.findall(normal(group_names))
    return _Entry(
        indicator,
        frozenset(named) | _all_stems(named),
        frozenset(own) | _all_stems(own),
        f" {' '.join(own)}",
        f" {' '.join(words)}",
        tuple(sorted(_all_stems(words))),
    )


def _all_stems(words: Iterable[str]) -> set[str]:
    return {stem for word in words for stem in _stems(word)}


def _rank(word: str, entry: _Entry) -> int | None:
    """Return the rank of a word in an indicator, or None where it does not occur.

    It is 0 in a name, 1 in a synonym, 2 at the beginning of either, 3 in the group.
    """
    stems = [stem for stem in _stems(word) if len(stem) >= _SHORTEST_STEM]
    for rank, words in enumerate((entry.names, entry.own)):
        if word in words or not words.isdisjoint(stems):
            return rank
    if f" {word}" in entry.own_text:
        return 2
    if f" {word}" in entry.text:
        return 3
    begun = any(own.startswith(stem) for stem in stems for own in entry.stems)
    return 3 if begun else None


# Readers type words, too, and there is no end of those.
@lru_cache(4096)
def _stems(word: str) -> tuple[str, ...]:
    # The stemmer of the other script would leave the word as it is. Threads cannot share one.
    stemmer = snowballstemmer.stemmer("russian" if _RUSSIAN.search(word) else "english")
    return tuple(dict.fromkeys((word, stemmer.stemWord(word))))
