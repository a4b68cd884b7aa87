"""Feedback on an answer: verdict, explanation, source and the results of others."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import integer, percent
from components.markup import Markup, hyphened
from components.quiz.chart import (
    Point,
    chart_svg,
    frame_for,
    guessed_line,
    points_of,
    published_line,
)
from components.quiz.items import TEMPLATES
from components.quiz.items.template import Answered, sign
from components.quiz.question import NOTICE
from components.sources import source_line
from components.takeover.paint import Painted
from components.texts import text
from data.models import Indicator, Language, Observation, Source
from quiz.models import Question, Reference
from quiz.statistics import QuestionStatistics

VERDICT, RIGHT_ANSWER, NEXT = "quiz-verdict", "quiz-right-answer", "quiz-next"
# More are folded behind the first: a long list would push the way on off the screen.
MOST_SOURCES = 2
_CYRILLIC = re.compile("[А-Яа-яЁё]")


def feedback(
    answered: Answered,
    others_words: str,
    facts: Painted,
    language: Language,
    notice: str = "",
) -> html.Section:
    """The panel below an answered question: verdict, why, why it matters, the chart, the source.

    ``others_words`` is the sentence about the answers of others.
    """
    question, template = answered.question, TEMPLATES[answered.question.kind]
    verdict = template.verdict(answered, language)
    described = {} if answered.right else hyphened(aria_describedby=RIGHT_ANSWER)
    parts: list[Component | Painted] = [
        html.H2([sign(answered.right), html.Span(verdict)], id=VERDICT, tabIndex="-1", **described)
    ]
    if notice:
        parts.append(html.P(notice, id=NOTICE, className="q-notice", tabIndex="-1"))
    if not answered.right:
        right = template.right_words(question, answered.item, language)
        words = text("quiz_the_right_answer", language, option=right)
        parts.append(html.P(html.B(words), id=RIGHT_ANSWER))
    parts.append(html.P(question.explanation[language]))
    if question.aha:
        parts.append(html.P(question.aha[language], className="q-aha"))
    # A component without children is false.
    if (chart := answer_chart(answered, language)) is not None:
        parts.append(chart)
    parts += [html.P(others_words, className="q-others"), facts]
    return html.Section(
        parts,
        className=f"q-feedback {'is-right' if answered.right else 'is-wrong'}",
        **hyphened(aria_labelledby=VERDICT),
    )


def answer_chart(answered: Answered, language: Language) -> Component | None:
    """Return the values of the indicator with the reader's guess, where they make a picture.

    A drawing has shown it already.
    """
    question = answered.question
    if question.kind == "draw":
        return None
    return values_chart(answered.series, TEMPLATES[question.kind].guess(answered), language)


def values_chart(
    series: Sequence[Observation], guess: Sequence[Point], language: Language
) -> Component | None:
    """Return the values of an indicator and a guess, where they make a picture."""
    points = points_of(series)
    if not points or len({year for year, _ in (*points, *guess)}) < 2:
        return None
    frame = frame_for((*points, *guess), is_share=series[0].unit_code == "%")
    key = "quiz_chart_values" if guess else "room_chart_values"
    unit = text(key, language, first=points[0][0], last=points[-1][0])
    parts = published_line(frame, series)
    if guess:
        parts += guessed_line(frame, guess, text("quiz_spread_you", language), points)
    return Markup(chart_svg(frame, parts, unit, language), className="q-chart-box")


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
    *,
    embeddable: bool = False,
) -> html.Dl:
    """Source, indicator and file of a question, where it has them, and the way to its codes."""
    cited: list[Any] = [_source(source, sources, language) for source in question.sources]
    lines = cited if len(cited) == 1 else [html.Ul([html.Li(line) for line in cited])]
    if len(cited) > MOST_SOURCES:
        first, *more = cited
        words = text("quiz_more_sources", language, n=len(more))
        lines = [first, html.Details([html.Summary(words), html.Ul([html.Li(x) for x in more])])]
    facts = [_fact("quiz_source", lines, language)]
    if indicator is not None:
        address = urls.indicator(language, indicator.slug)
        link = html.A(indicator.title[language], href=address)
        file = html.A(
            text("quiz_indicator_file", language),
            href=urls.indicator_file(language, indicator.slug, "csv"),
        )
        facts += [_fact("quiz_indicator", link, language), _fact("quiz_files", file, language)]
    if embeddable:
        address = urls.embed_quiz(language, question.id)
        link = html.A(text("quiz_embed_question", language), href=address)
        facts.append(_fact("quiz_embed", link, language))
    return html.Dl(facts, className="q-facts")


def _fact(key: str, words: Any, language: Language) -> html.Div:
    return html.Div([html.Dt(text(key, language)), html.Dd(words)])


def _source(reference: Reference, sources: Mapping[str, Source], language: Language) -> html.Span:
    if reference.page_name:
        words = text(f"quiz_source_{reference.page_name}", language)
        return html.Span(html.A(words, href=urls.page(language, reference.page_name)))
    if reference.source_id is not None:
        return source_line(sources[reference.source_id], reference.page, language)
    spoken = "ru" if _CYRILLIC.search(reference.title) else "en"
    title = html.Cite(reference.title, lang=spoken)
    page = reference.page[language]
    return html.Span(
        [html.A(title, href=reference.url), f", {page}" if page else ""], className="source"
    )
