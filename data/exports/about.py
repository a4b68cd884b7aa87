"""Texts that go with the files of an edition: read me, method, licence."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

from data.citations import Cited, apa, citation_file, edition_cited, gost
from data.models import EVIDENCE, LANGUAGES, Edition, Language, Words
from data.scores import RECENT_YEARS
from data.scoring import EDGE_VALUES
from data.yardsticks import BASES, KINDS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_WORDS = Path(__file__).with_name("words.yml")


def described(description: Mapping[str, Any], name: str) -> Words:
    """A property of a data package in both languages; empty where it has none."""
    return Words(str(description.get(name, "")), str(description.get(f"{name}@ru", "")))


def readme_text(edition: Edition, city: str, site: Words, language: Language) -> str:
    """Return the read me as Markdown, with the changes of the edition at its end.

    ``site`` is the title of the site that publishes the edition.
    """
    name = edition.cities[city].name[language] if city in edition.cities else city
    values = _values(edition, site, language) | {"city": name}
    changes = [change.words[language] for change in edition.change_log.changes]
    heading = str(_content()["changes"][language]).format(**values)
    readme = _text("readme", language, values).strip()
    return "\n\n".join([readme, f"## {heading}", *changes]) + "\n"


def method_text(language: Language) -> str:
    """Return how values become colours, as Markdown."""
    values = {name: str(edge) for name, edge in EDGE_VALUES.items()}
    values["bases"] = "; ".join(", ".join(rank) for rank in BASES)
    values |= {"kinds": ", ".join(KINDS), "evidence": ", ".join(EVIDENCE)}
    return _text("method", language, values | {"years": str(RECENT_YEARS)})


def licence_text(edition: Edition, site: Words) -> str:
    """Return the terms in both languages, which never claim more than our own work."""
    citations = {language: _values(edition, site, language)["citation"] for language in LANGUAGES}
    return str(_content()["licence"]).format(
        licence=LICENCE, citation=citations["en"], citation_ru=citations["ru"]
    )


def citation_text(edition: Edition, site: Words) -> str:
    """Return CITATION.cff, which names the site but not its address."""
    keywords = edition.package.get("keywords", ())
    abstract = described(edition.package, "description").en
    return citation_file(_cited(edition, site, "en"), abstract, keywords)


@cache
def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.load(_WORDS.read_text("utf-8"), yaml.CSafeLoader)
    return content


def _text(name: str, language: Language, values: Mapping[str, str]) -> str:
    parts = []
    for place, section in enumerate(_content()[name]):
        parts.append(f"{'##' if place else '#'} {section['heading'][language]}")
        parts += [line[language] for line in section["lines"]]
    return "\n\n".join(part.format(**values) for part in parts) + "\n"


def _cited(edition: Edition, site: Words, language: Language) -> Cited:
    """Return what to cite, without an address: files outlive the host that they came from."""
    return replace(edition_cited(edition, language, site_title=site, base_url=""), address="")


def _values(edition: Edition, site: Words, language: Language) -> dict[str, str]:
    cite: Mapping[Language, Callable[[Cited], str]] = {"en": apa, "ru": gost}
    return {
        "title": described(edition.package, "title")[language],
        "description": described(edition.package, "description")[language],
        "version": edition.version,
        "date": format_date(date.fromisoformat(edition.date), "d MMMM y", locale=language),
        "site": site[language],
        "address": f"/{language}/data/{edition.version}/",
        "licence": LICENCE,
        "citation": cite[language](_cited(edition, site, language)),
    }
