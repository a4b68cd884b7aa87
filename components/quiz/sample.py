"""A question outside the quiz: asked on the home page, answered on a page, counted nowhere."""

from dash import html
from dash.development.base_component import Component

from components import urls
from components.quiz.feedback import answer_chart
from components.quiz.items import TEMPLATES
from components.quiz.items.template import Answered, sign
from components.quiz.question import answered_question
from components.takeover.paint import Painted
from components.texts import text
from data.models import Language
from quiz.models import Question


def sample_form(question: Question, language: Language) -> html.Form:
    """Return a button per option; each leads to the page that says what is right."""
    buttons = [
        html.Button(option.text[language], type="submit", name="option", value=option.id)
        for option in question.options
    ]
    return html.Form(buttons, action=urls.page(language, "quiz", "sample"), method="get")


def sample_answer(
    answered: Answered, facts: Painted, language: Language
) -> list[Component | Painted]:
    """Return the question with the right option marked, why it is right, and the way on."""
    question = answered.question
    verdict = html.Span(TEMPLATES[question.kind].verdict(answered, language))
    chart = answer_chart(answered, language)
    return [
        answered_question(answered, language),
        html.H2([sign(answered.right), verdict]),
        html.P(question.explanation[language]),
        html.P(question.aha[language], className="q-aha"),
        *([] if chart is None else [chart]),
        facts,
        html.P(text("sample_not_counted", language), className="note"),
    ]
