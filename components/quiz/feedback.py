"""Feedback on an answer: verdict, explanation, source and the results of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import integer, percent
from components.markup import hyphened
from components.quiz.question import NOTICE, sign
from components.sources import source_line
from components.texts import text
from data.models import Indicator, Language, Source
from quiz.models import Option, Question
from quiz.statistics import QuestionStatistics

VERDICT, RIGHT_ANSWER, NEXT = "quiz-verdict", "quiz-right-answer", "quiz-next"
_CYRILLIC = re.compile("[А-Яа-яЁё]")


def feedback(
    question: Question,
    right: Option,
    chosen: Option,
    others: QuestionStatistics | None,
    facts: Component,
    language: Language,
    notice: str = "",
) -> html.Section:
    """The panel below an answered question; ``right`` is the option that was right then."""
    hit = chosen.id == right.id
    verdict = text("quiz_right" if hit else "quiz_wrong", language)
    described = {} if hit else hyphened(aria_describedby=RIGHT_ANSWER)
    parts: list[Component] = [
        html.H2([sign(hit), html.Span(verdict)], id=VERDICT, tabIndex="-1", **described)
    ]
    if notice:
        parts.append(html.P(notice, id=NOTICE, className="q-notice", tabIndex="-1"))
    if not hit:
        answer = text("quiz_the_right_answer", language, option=right.text[language])
        parts.append(html.P(html.B(answer), id=RIGHT_ANSWER))
    parts += [
        html.P(question.explanation[language]),
        html.P(others_sentence(others, language), className="q-others"),
        facts,
    ]
    return html.Section(
        parts,
        className=f"q-feedback {'is-right' if hit else 'is-wrong'}",
        **hyphened(aria_labelledby=VERDICT),
    )


def next_step(address: str, last: bool, language: Language) -> html.Div:
    """The way on; a link, so that it works before and without scripts."""
    words = text("quiz_to_result" if last else "quiz_next", language)
    link = html.A(words, href=address, id=NEXT, className="button", **hyphened(data_step=""))
    return html.Div(link, className="q-act")


def is_known(figures: QuestionStatistics | None) -> bool:
    """Return whether enough others have answered to publish their result."""
    return figures is not None and figures.right is not None


def others_sentence(figures: QuestionStatistics | None, language: Language) -> str:
    """Say how many others got a question right, or that there are too few yet."""
    if figures is None or figures.right is None:
        return text("quiz_others_withheld", language)
    share = figures.right
    return text(
        "quiz_others",
        language,
        n=share.answers,
        share=whole_percent(share.right, share.answers, language),
        count=integer(share.answers, language),
    )


def whole_percent(part: int, whole: int, language: Language) -> str:
    """A share of a count in whole percent."""
    return percent(Fraction(100 * part, whole), language)


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
        link = html.A(indicator.title[language], href=address)
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
