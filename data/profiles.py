"""Profile of a city beside its tables: names, texts and history, from its folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data.models import LANGUAGES, City, Words

CITIES = Path(__file__).with_name("cities")
_CASES = ("ru_genitive", "ru_prepositional")


class BrokenProfile(Exception):
    """A city's texts cannot be used; the message says which key and why."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One city's words; ``texts`` holds what its folder tells, with ``Words`` as leaves.

    ``genitive`` and ``prepositional`` are the cases of the city's name that Russian needs;
    English has only one form. ``texts`` is empty for a city without a folder.
    """

    city: str
    name: Words
    genitive: Words
    prepositional: Words
    texts: Mapping[str, Any]

    def find(self, key: str) -> Any:
        """The texts under a key, or None where this city tells nothing of the kind."""
        return self.texts.get(key)


def site_title(profile: Profile) -> Words:
    """Return the title that the city's texts give, or one made from its name."""
    name = profile.name
    fallback = Words(f"{name.en}: U4SSC indicators", f"{name.ru}: показатели U4SSC")
    title = profile.find("site_title")
    return title if isinstance(title, Words) else fallback


def has_profile(city: City, cities: Path = CITIES) -> bool:
    """Return whether the project knows more of a city than its name."""
    return (cities / city.id / "city.yml").is_file()


def read_profile(city: City, cities: Path = CITIES) -> Profile:
    """Read the texts of ``city``; a city without a folder gets its name and nothing else.

    Raises:
        BrokenProfile: the file is no mapping, or a text lacks a language.
    """
    file = cities / city.id / "city.yml"
    if not has_profile(city, cities):
        return Profile(city.id, city.name, city.name, city.name, {})
    raw = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    if not isinstance(raw, Mapping) or "name" not in raw:
        raise BrokenProfile(f"{file.name} of {city.id}: expected a mapping with the key name")
    names = raw["name"]
    genitive, prepositional = (Words(names["en"], names.get(case, names["ru"])) for case in _CASES)
    texts = {key: _words(value, key) for key, value in raw.items() if key != "name"}
    return Profile(city.id, Words(names["en"], names["ru"]), genitive, prepositional, texts)


def _words(value: Any, where: str) -> Any:
    """Turn every {en, ru} mapping below ``value`` into ``Words``, the rest into tuples."""
    if isinstance(value, Mapping):
        if set(value) & set(LANGUAGES):
            if missing := [language for language in LANGUAGES if not value.get(language)]:
                raise BrokenProfile(f"{where} has no words in {', '.join(missing)}")
            return Words(value["en"], value["ru"])
        return {key: _words(inner, f"{where}.{key}") for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_words(inner, where) for inner in value)
    return value
