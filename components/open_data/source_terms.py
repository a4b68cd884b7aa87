"""The terms of the sources: our licence covers our own work, so each source speaks for itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dash import html

from components.formats import integer
from components.markup import hyphened
from components.sources import source_line
from components.texts import text
from data.models import Language, Source, Words


def stated_terms(sources: Iterable[Source], language: Language) -> html.Table:
    """The sources that state terms, with these terms in the words of our table."""
    heads = [html.Th(text(f"terms_{one}", language), scope="col") for one in ("source", "stated")]
    return html.Table(
        [
            html.Caption(text("terms_table", language)),
            html.Thead(html.Tr(heads)),
            html.Tbody([_row(one, language) for one in with_terms(sources)]),
        ],
        className="values",
    )


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


def _row(source: Source, language: Language) -> html.Tr:
    stated = hyphened(data_column=text("terms_stated", language))
    return html.Tr(
        [
            html.Th(source_line(source, Words("", ""), language), scope="row"),
            html.Td(source.licence[language], **stated),
        ]
    )
