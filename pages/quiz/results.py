"""The result of a run: score, sides of errors, topics, comparison, every question."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

from dash import html
from dash.development.base_component import Component

from components import urls
from components.formats import round_half_up
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
    topic_row,
)
from components.takeover.paint import Painted, blank
from components.texts import text
from data.models import Language, Topic
from pages.quiz.steps import QuizContext, Step, result_path
from pages.site import Site
from quiz.marking import Result, Score, mark
from quiz.models import Answer, Item, Question, Run
from quiz.statistics import ScoreBin


def result_step(context: QuizContext, run: Run) -> Step:
    """The result of a finished run."""
    language, service, site = context.language, context.service, context.site
    paint = site.parts.paint
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
            paint(score_part, score, site.around.base_url + shared, language),
            *([html.P(text("room_missed_of", language, n=missed))] if missed else ()),
            paint(another_part, blank("token"), language).filled(
                token=service.tokens.start(run.id)
            ),
            *([tendency] if tendency else ()),
            topic_part(_topics(context, result), language),
            _comparison(context, result),
            review_part([_reviewed(context, run, answer) for answer in run.answers], language),
        ],
        focus=RESULT_TITLE,
    )


def _topics(context: QuizContext, result: Result) -> list[Painted]:
    """Return the topics of a run in the order of the edition; those of none are last."""
    topics = [*context.site.edition.topics, None]
    return [
        context.site.parts.paint(_topic, topic, result.by_topic[name], context.language)
        for topic in topics
        if (name := topic.topic if topic else "") in result.by_topic
    ]


def _topic(topic: Topic | None, score: Score, language: Language) -> Component:
    if topic is None:
        return topic_row(text("quiz_no_topic", language), score, language)
    address = urls.page(language, "kpi", topic=topic.topic)
    return topic_row(html.A(topic.name[language], href=address), score, language)


def _comparison(context: QuizContext, result: Result) -> Painted:
    statistics = context.service.statistics.at_hand()
    bins = statistics.first.scores if statistics else ()
    # To the decimal that is told, so that most runs find it painted.
    chance = Fraction(round_half_up(result.chance, 1))
    own, paint = result.score.right, context.site.parts.paint
    return paint(_compared, context.site, bins, own, chance, context.language)


def _compared(
    site: Site, bins: tuple[ScoreBin, ...], own: int, chance: Fraction, language: Language
) -> Component:
    return comparison_part(bins, own, chance, site.profile.find("quiz_before"), language)


def _indicator_link(context: QuizContext, question: Question) -> Component:
    indicator = context.site.indicator(question.indicator or "")
    address = urls.indicator(context.language, indicator.slug)
    return html.A(indicator.title[context.language], href=address)


def _reviewed(context: QuizContext, run: Run, answer: Answer) -> Painted:
    question, parts, language = context.question(answer.key), context.site.parts, context.language
    if question is None:
        return parts.paint(lost_question, answer.right, language)
    item, figures = run.items[answer.position - 1], context.others(answer.key)
    others_words = others_sentence(figures, language) if is_known(figures) else ""
    answered = (question, replace(item, options=()), answer.option, answer.right, language)
    review = parts.paint(_review, *answered, blank("others") if others_words else "")
    return review.filled(others=others_words, facts=context.facts(question))


def _review(
    question: Question,
    item: Item,
    response: str,
    right: bool,
    language: Language,
    others_words: str,
) -> Component:
    answered = Answered(question, item, response, right)
    return reviewed_question(answered, Painted(blank("facts")), language, others_words)
