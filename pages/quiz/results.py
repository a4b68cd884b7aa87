"""The result of a run: score, sides of errors, topics, comparison, every question."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dash import html
from dash.development.base_component import Component

from components import urls
from components.quiz.feedback import is_known, others_sentence
from components.quiz.items.template import Answered
from components.quiz.result import (
    RESULT_TITLE,
    another_part,
    comparison_part,
    lost_question,
    review_part,
    reviewed_question,
    score_part,
    tendency_part,
    topic_part,
)
from components.takeover.paint import Painted, blank
from components.texts import text
from data.models import Edition, Language
from pages.quiz.steps import QuizContext, Step, result_path
from quiz.marking import Result, Score, mark
from quiz.models import Answer, Item, Question, Run


def result_step(context: QuizContext, run: Run) -> Step:
    """The result of a finished run."""
    language, service, site = context.language, context.service, context.site
    result = mark(run, service.bank)
    missed = len(run.items) - len(run.answers)
    score = Score(result.score.right, len(run.items))
    shared = urls.page(language, "quiz", score=score.right)
    tendency = tendency_part(
        result.tendency, partial(_indicator_link, context), site.city_words(language), language
    )
    return Step(
        path=result_path(run.id),
        title=text("quiz_result_title", language, score=score.right, total=score.total),
        content=[
            score_part(score, site.around.base_url + shared, language),
            *([html.P(text("room_missed_of", language, n=missed))] if missed else ()),
            another_part(service.tokens.start(run.id), language),
            *([tendency] if tendency else ()),
            topic_part(_topics(site.edition, result, language), language),
            comparison_part(
                service.statistics.at_hand(), result, site.profile.find("quiz_before"), language
            ),
            review_part([_reviewed(context, run, answer) for answer in run.answers], language),
        ],
        focus=RESULT_TITLE,
    )


def _topics(
    edition: Edition, result: Result, language: Language
) -> list[tuple[Component | str, Score]]:
    """Return the topics of a run in the order of the edition, with the way to their indicators."""
    rows: list[tuple[Component | str, Score]] = [
        (
            html.A(topic.name[language], href=urls.page(language, "kpi", topic=topic.topic)),
            result.by_topic[topic.topic],
        )
        for topic in edition.topics
        if topic.topic in result.by_topic
    ]
    if "" in result.by_topic:
        rows.append((text("quiz_no_topic", language), result.by_topic[""]))
    return rows


def _indicator_link(context: QuizContext, question: Question) -> Component:
    """Return the name of a question's indicator, with the way to it."""
    indicator = context.site.indicator(question.indicator or "")
    address = urls.indicator(context.language, indicator.slug)
    return html.A(indicator.title[context.language], href=address)


def _reviewed(context: QuizContext, run: Run, answer: Answer) -> Painted:
    question, parts, language = context.question(answer.key), context.site.parts, context.language
    if question is None:
        return parts.paint(lost_question, answer.right, language)
    item, figures = run.items[answer.position - 1], context.others(answer.key)
    others = others_sentence(figures, language) if is_known(figures) else ""
    answered = (question, replace(item, options=()), answer.option, answer.right, language)
    review = parts.paint(_review, *answered, blank("others") if others else "")
    return review.filled(others=others, facts=context.facts(question))


def _review(
    question: Question, item: Item, response: str, right: bool, language: Language, others: str
) -> Component:
    answered = Answered(question, item, response, right)
    return reviewed_question(answered, Painted(blank("facts")), language, others)
