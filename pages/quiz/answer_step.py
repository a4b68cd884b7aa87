"""The step of a run that is answered: right or not, why, what others said, and the way on."""

from dataclasses import replace

from dash.development.base_component import Component

from components.quiz.feedback import VERDICT, feedback, next_step, others_sentence
from components.quiz.items.template import Answered
from components.quiz.question import NOTICE, answered_question, progress
from components.takeover.paint import Painted, blank
from data.models import Language
from pages.quiz.comparable_values import comparable_values
from pages.quiz.steps import QuizContext, Step, asked, path_of, result_path, step_title
from pages.site import Site
from quiz.models import Answer, Item, Question, Run


def feedback_step(
    context: QuizContext, run: Run, answer: Answer, notice: str = "", status: int = 200
) -> Step:
    """A question that is answered: right or not, why, and the way on."""
    language, position, parts = context.language, answer.position, context.site.parts
    item = run.items[position - 1]
    question = asked(context.question(answer.key), item)
    last = position == len(run.items)
    way_on = result_path(run.id) if last else path_of(run.id, position + 1)
    answered = (context.site, question, answer.option, answer.right, language)
    # Only the options themselves stand in the order of the run.
    panel = parts.paint(_feedback, replace(item, options=()), *answered, notice)
    others_words = others_sentence(context.others(answer.key), language)
    return Step(
        path=path_of(run.id, position),
        title=step_title(question, position, language),
        content=[
            parts.paint(progress, position, language),
            parts.paint(_answered, item, *answered),
            panel.filled(others=others_words, facts=context.facts(question, embeddable=True)),
            parts.paint(next_step, blank("address"), last, language).filled(
                address=f"/{language}/{way_on}"
            ),
        ],
        focus=NOTICE if notice else VERDICT,
        status=status,
    )


def _answered(
    item: Item, site: Site, question: Question, response: str, right: bool, language: Language
) -> Component:
    series = comparable_values(site.edition, question.observation)
    return answered_question(Answered(question, item, response, right, series), language)


def _feedback(
    item: Item,
    site: Site,
    question: Question,
    response: str,
    right: bool,
    language: Language,
    notice: str,
) -> Component:
    """Return the panel below an answer, with blanks for what others said and for the facts."""
    series = comparable_values(site.edition, question.observation)
    answered = Answered(question, item, response, right, series)
    return feedback(answered, blank("others"), Painted(blank("facts")), language, notice)
