"""Interface words, Russian and English side by side; an unknown key raises."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from babel import Locale

from data.models import LANGUAGES, Language
from data.scoring import EDGE_VALUES

_FOLDER = Path(__file__).with_name("texts")
_PLURAL_MARK = "other"
Entry = Mapping[str, str | Mapping[str, str]]


class BrokenTexts(Exception):
    """A text lacks a language or a plural form; the message names file and key."""


def text(key: str, language: Language, **values: object) -> str:
    """Return the words of ``key`` in ``language`` with ``{placeholders}`` filled.

    The edges of the bands need no value: ``{edge_4}`` is the lowest share that earns 4 points.

    A text with plural forms needs the value ``n`` (an int) and takes its form by the
    language's CLDR rule. Raises ``KeyError`` for a key that no file in texts/ has, and for a
    placeholder without a value, which no reader should meet.
    """
    words = _texts()[key][language]
    if isinstance(words, Mapping):
        words = words[plural_form(language, values["n"])]
    return words.format(**EDGE_VALUES, **values)


def plural_form(language: Language, n: object) -> str:
    """Return the CLDR plural category of ``n``: ``one``, ``few``, ``many`` or ``other``."""
    return Locale(language).plural_form(n)  # type: ignore[arg-type]  # Babel takes any number


def check_texts() -> None:
    """Read all texts now, so that broken ones stop a start; raises ``BrokenTexts``."""
    _texts()


@cache
def _texts() -> Mapping[str, Entry]:
    entries: dict[str, Entry] = {}
    for file in sorted(_FOLDER.glob("*.yml")):
        for key, entry in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader).items():
            if key in entries:
                raise BrokenTexts(f"{file.name}: {key} is already in another file")
            _check(file.name, key, entry)
            entries[key] = entry
    return entries


def _check(file: str, key: str, entry: Entry) -> None:
    for language in LANGUAGES:
        words = entry.get(language)
        if not words:
            raise BrokenTexts(f"{file}: {key} has no words in {language}")
        if isinstance(words, Mapping):
            needed = {*Locale(language).plural_form.rules, _PLURAL_MARK}
            if language == "ru":
                needed -= {_PLURAL_MARK}  # Russian uses "other" for fractions only.
            if missing := needed - set(words):
                raise BrokenTexts(f"{file}: {key} lacks {sorted(missing)} in {language}")
