"""Source of a value, as a link with its class; nothing is shown without it."""

import re
from collections.abc import Mapping
from typing import Any

from dash import html

from components.formats import DASH
from components.texts import text
from data.models import Language, Observation, Source, Words

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
# A page of a report that has two numbers: the printed one is what readers look for.
_TWO_NUMBERS: Mapping[Language, tuple[re.Pattern[str], str]] = {
    "en": (
        re.compile(r"flip-book (?:p\. )?(\d+) \(printed (?:p\. )?(\d+)\)"),
        r"p. \2 (\1 in the online edition)",
    ),
    "ru": (
        re.compile(
            r"(?:стр|с)\.\s(\d+)\sэлектронно\w+\s(?:версии|издания)"
            r"\s\((?:в\sпечати\sс\.|номер\sна\sстранице\s—)\s(\d+)\)"
        ),
        "с. \\2 (в\u00a0электронной версии\u00a0— \\1)",
    ),
}


def value_source(
    observation: Observation, sources: Mapping[str, Source], language: Language
) -> html.Span:
    """Return the source of a value, with its class where the value names no evidence."""
    source, classed = sources[observation.source_id], not observation.evidence
    return source_line(source, observation.page, language, classed=classed)


def source_line(
    source: Source, page: Words, language: Language, *, classed: bool = True
) -> html.Span:
    """Title as a link, publisher, year, page and, if ``classed``, class of a source."""
    title = html.Cite(source.title, lang=source.title_language)
    linked = html.A(title, href=source.url) if source.url else title
    facts = ", ".join(part for part in (source.publisher[language], str(source.year or "")) if part)
    return html.Span(
        [
            linked,
            f"{DASH[language]}{facts}" if facts else "",
            *([", ", *place_words(page[language], language)] if page[language] else []),
            *(_class(source, language) if classed else []),
        ],
        className="source",
    )


def _class(source: Source, language: Language) -> list[Any]:
    words = text(f"source_class_{source.source_class}", language)
    return [" ", html.Span(words, className="tag")]


def place_words(page: str, language: Language) -> list[Any]:
    """Return page, table or row; a Russian row's name stays Russian in English, and says so."""
    pattern, written = _TWO_NUMBERS[language]
    page = pattern.sub(written, page)
    foreign = language == "en" and _CYRILLIC.search(page)
    return [html.Span(page, lang="ru") if foreign else page]
