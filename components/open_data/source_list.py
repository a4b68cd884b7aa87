"""Every source to read: by class, with link, publisher, year, terms, and how much rests on it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import get_args

from dash import html
from dash.development.base_component import Component

from components.ages import capitalised
from components.formats import DASH, integer
from components.texts import text
from data.models import Language, Source, SourceClass

_ON_A_PAGE = 40


def source_pages(count: int) -> int:
    """Return how many pages list so many sources."""
    return max(1, -(-count // _ON_A_PAGE))


def source_list(
    sources: Iterable[Source], values: Mapping[str, int], language: Language, page: int = 1
) -> html.Div:
    """Return a page of the sources by class; ``values`` counts the values of each source.

    Terms that several sources of a class state alike are told once, before the list.
    """
    classes: tuple[SourceClass, ...] = get_args(SourceClass)
    listed = sorted(sources, key=lambda source: classes.index(source.source_class))
    page_sources = listed[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    groups = []
    for kind in classes:
        members = [source for source in listed if source.source_class == kind]
        if on_page := [source for source in page_sources if source.source_class == kind]:
            groups.append(_group(kind, members, on_page, values, language))
    return html.Div(groups, className="reading")


def _group(
    kind: SourceClass,
    sources: Sequence[Source],
    page_sources: Sequence[Source],
    values: Mapping[str, int],
    language: Language,
) -> html.Section:
    stated = Counter(source.licence[language] for source in sources if source.licence)
    shared = [terms for terms, count in stated.items() if count > 1]
    named = text(
        "gap_group", language, reason=text(f"source_class_{kind}", language), n=len(sources)
    )
    return html.Section(
        [
            html.H3(capitalised(named)),
            *(
                html.P(text("terms_shared", language, n=stated[terms], terms=terms))
                for terms in shared
            ),
            html.Ul(
                [_item(source, values, shared, language) for source in page_sources],
                className="works",
            ),
        ]
    )


def _item(
    source: Source, values: Mapping[str, int], shared: Sequence[str], language: Language
) -> html.Li:
    title = html.Cite(source.title, lang=source.title_language)
    facts = [source.publisher[language], str(source.year or "")]
    count = values.get(source.id, 0)
    facts += [text("source_values", language, n=count)] if count else []
    words = ", ".join(sentence for sentence in facts if sentence)
    parts: list[Component | str] = [
        html.A(title, href=source.url) if source.url else title,
        f"{DASH[language]}{words}" if words else "",
    ]
    terms = source.licence[language]
    if terms in shared:
        parts.append(html.Span(text("terms_as_above", language), className="line"))
    elif terms:
        parts.append(html.Span(text("terms_own", language, terms=terms), className="line"))
    return html.Li(parts, id=source.id)


def terms_of_sources(sources: Collection[Source], language: Language) -> str:
    """Say that what sources say stays theirs, and how many of them state their terms."""
    return text(
        "terms_theirs",
        language,
        n=len(sources),
        sources=integer(len(sources), language),
        stated=integer(sum(bool(source.licence) for source in sources), language),
    )
