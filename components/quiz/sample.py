"""A question outside the quiz: asked on the home page, answered on a page, counted nowhere."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import urls
from components.quiz.question import answered_question, sign
from components.texts import text
from data.models import Language
from quiz.models import Option, Question


def sample_form(question: Question, language: Language) -> html.Form:
    """Return a button per option; each leads to the page that says what is right."""
    buttons = [
        html.Button(option.text[language], type="submit", name="option", value=option.id)
        for option in question.options
    ]
    return html.Form(buttons, action=urls.page(language, "quiz", "sample"), method="get")


def sample_answer(question: Question, chosen: Option, language: Language) -> list[Component]:
    """Return the question with the right option marked, why it is right, and the way on."""
    hit = chosen.id == question.answer
    source = question.source
    place = f", {source.page[language]}" if source.page[language] else ""
    return [
        answered_question(question, question.options, question.answer, chosen.id, language),
        html.H2([sign(hit), html.Span(text("quiz_right" if hit else "quiz_wrong", language))]),
        html.P(question.explanation[language]),
        html.P([html.A(source.title, href=source.url), place], className="note"),
        html.P(text("sample_not_counted", language), className="note"),
    ]
