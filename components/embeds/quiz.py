"""A question of the quiz, its answer, and the start of the quiz as they stand in frames."""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components.quiz.feedback import NEXT, feedback
from components.quiz.items.template import Answered
from components.quiz.question import answered_question, question_fields, question_form
from components.takeover.paint import Painted, paint
from components.texts import text
from data.models import Language
from quiz.models import RUN_LENGTH, Item, Question


@dataclass(frozen=True, slots=True)
class Around:
    """Facts that all frames of the quiz in one language share; ``quiz`` is the way to it."""

    language: Language
    site_name: str
    quiz_title: str
    quiz: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its form is shown, perhaps once more: with what was sent, and a reason."""

    question: Question
    item: Item
    action: str
    response: str = ""
    notice: str = ""


def question_body(asked: Asked, token: str, around: Around) -> list[Component]:
    """Return the form of a question; ``token`` is what it carries along."""
    language = around.language
    fields = question_fields(asked.question, asked.item, language, asked.response)
    form = question_form(
        asked.question, fields, asked.action, {"token": token}, language, asked.notice
    )
    credit = text("embed_quiz_credit", language, title=around.quiz_title)
    foot = [
        html.A(credit, href=around.quiz),
        html.P(text("embed_quiz_note", language), className="note"),
    ]
    return [html.Main([_eyebrow(around), form]), html.Footer(foot)]


def answer_body(
    answered: Answered,
    others: str,
    facts: Painted,
    around: Around,
    notice: str = "",
) -> list[Component]:
    """Return what is right of an answered question, and why; its end leads to the quiz.

    ``others`` is the sentence about the answers of others.
    """
    words = text("embed_quiz_all", around.language, n=RUN_LENGTH)
    way = html.A(words, href=around.quiz, id=NEXT, className="button")
    # Sources are long, and the way on is not to stand below them.
    end = Painted(paint([html.Div(way, className="q-act"), facts]))
    return [
        html.Main(
            [
                _eyebrow(around),
                answered_question(answered, around.language),
                feedback(answered, others, end, around.language, notice),
            ]
        )
    ]


def start_body(lead: str, around: Around) -> list[Component]:
    """Return the invitation to the quiz."""
    language = around.language
    way = html.A(text("embed_quiz_start", language), href=around.quiz, className="button")
    return [
        html.Main(
            [
                _eyebrow(around),
                html.H1(around.quiz_title),
                html.P(lead, className="lead"),
                html.Div(way, className="q-act"),
                html.P(text("quiz_promise_free", language), className="note"),
            ]
        )
    ]


def _eyebrow(around: Around) -> html.P:
    return html.P(around.site_name, className="eyebrow")
