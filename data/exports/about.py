"""What the files of an edition say about themselves: read me, method, licence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

from data.citations import Cited, apa, edition_cited, gost
from data.models import LANGUAGES, Edition, Language, Words
from data.scoring import EDGE_VALUES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_WORDS = Path(__file__).with_name("words.yml")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an edition is published: whose site, at which address, for which city.

    ``base_url`` has no slash at its end.
    """

    site: Words
    base_url: str
    city: str

    def address(self, path: str) -> str:
        """The full address of a path without a leading slash."""
        return f"{self.base_url}/{path}"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, in both languages."""

    heading: Words
    lines: tuple[Words, ...]


def described(description: Mapping[str, Any], name: str) -> Words:
    """A property of a data package in both languages; empty where it has none."""
    return Words(str(description.get(name, "")), str(description.get(f"{name}@ru", "")))


def readme_sections(edition: Edition, origin: Origin) -> tuple[Section, ...]:
    """What a reader of the files should know first."""
    return tuple(_sections(edition, origin, "readme"))


def method_sections(edition: Edition, origin: Origin) -> tuple[Section, ...]:
    """How values become colours."""
    return tuple(_sections(edition, origin, "method"))


def readme_text(edition: Edition, origin: Origin, language: Language) -> str:
    """The read me as Markdown, with the changes of the edition at its end."""
    sections = [*readme_sections(edition, origin), _changes(edition)]
    parts = []
    for place, section in enumerate(sections):
        parts.append(f"{'##' if place else '#'} {section.heading[language]}")
        parts += [line[language] for line in section.lines]
    return "\n\n".join(parts) + "\n"


def licence_text(edition: Edition, origin: Origin) -> str:
    """The terms in both languages, which never claim more than our own work."""
    values = _values(edition, origin)
    return str(_content()["licence"]).format(
        licence=LICENCE, citation=values["en"]["citation"], citation_ru=values["ru"]["citation"]
    )


@cache
def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(_WORDS.read_text("utf-8"))
    return content


def _sections(edition: Edition, origin: Origin, name: str) -> Iterator[Section]:
    values = _values(edition, origin)

    def filled(words: Mapping[str, str]) -> Words:
        return Words(words["en"].format(**values["en"]), words["ru"].format(**values["ru"]))

    for section in _content()[name]:
        lines = tuple(filled(line) for line in section["lines"])
        yield Section(filled(section["heading"]), lines)


def _values(edition: Edition, origin: Origin) -> dict[Language, dict[str, str]]:
    title, description = (described(edition.package, name) for name in ("title", "description"))
    cite: Mapping[Language, Callable[[Cited], str]] = {"en": apa, "ru": gost}
    return {
        one: {
            **{name: str(edge) for name, edge in EDGE_VALUES.items()},
            "title": title[one],
            "description": description[one],
            "version": edition.version,
            "date": format_date(date.fromisoformat(edition.date), "d MMMM y", locale=one),
            "city": edition.cities[origin.city].name[one],
            "site": origin.site[one],
            "address": origin.address(f"{one}/data/"),
            "licence": LICENCE,
            "citation": cite[one](
                edition_cited(edition, one, site_title=origin.site, base_url=origin.base_url)
            ),
        }
        for one in LANGUAGES
    }


def _changes(edition: Edition) -> Section:
    heading = Words(
        f"Changes in edition {edition.version}", f"Изменения в издании {edition.version}"
    )
    return Section(heading, tuple(change.words for change in edition.change_log.changes))
