"""Where the fact behind a question is published, and what else the site says about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dash import html

from components import urls
from components.sources import source_line
from components.texts import text
from data.models import Indicator, Language, Source
from quiz.models import Question

_CYRILLIC = re.compile("[А-Яа-яЁё]")


def question_facts(
    question: Question,
    sources: Mapping[str, Source],
    indicator: Indicator | None,
    language: Language,
) -> html.Dl:
    """Source, indicator and file of a question, where it has them."""
    facts = [_fact("quiz_source", _source(question, sources, language), language)]
    if indicator is not None:
        address = urls.indicator(language, indicator.slug)
        link = html.A(indicator.name[language], href=address)
        file = html.A(
            text("quiz_indicator_file", language),
            href=urls.indicator_file(language, indicator.slug, "csv"),
        )
        facts += [_fact("quiz_indicator", link, language), _fact("quiz_files", file, language)]
    return html.Dl(facts, className="q-facts")


def _fact(key: str, words: Any, language: Language) -> html.Div:
    return html.Div([html.Dt(text(key, language)), html.Dd(words)])


def _source(question: Question, sources: Mapping[str, Source], language: Language) -> html.Span:
    reference = question.source
    if reference.source_id is not None:
        return source_line(sources[reference.source_id], reference.page, language)
    spoken = "ru" if _CYRILLIC.search(reference.title) else "en"
    title = html.Cite(reference.title, lang=spoken)
    page = reference.page[language]
    return html.Span(
        [html.A(title, href=reference.url), f", {page}" if page else ""], className="source"
    )
