"""One question of the quiz: progress, the question, its fields to answer or as answered."""

from dash import html
from dash.development.base_component import Component

from components.formats import bound
from components.markup import Markup, hidden_fields, hyphened
from components.quiz.items import TEMPLATES
from components.quiz.items.template import Answered
from components.takeover.paint import Painted
from components.texts import text
from data.models import Language
from quiz.models import RUN_LENGTH, Item, Question

FORM, QUESTION_TITLE, NOTICE = "quiz-form", "quiz-question", "quiz-notice"


def progress(position: int, language: Language) -> html.Div:
    """Show the position in the run in words and as a row of ten pieces."""
    words = text("quiz_progress", language, n=position, total=RUN_LENGTH)
    pieces = "".join(
        f'<i class="{"done" if number <= position else "open"}"></i>'
        for number in range(1, RUN_LENGTH + 1)
    )
    bar = Markup(pieces, className="q-bar", **hyphened(aria_hidden="true"))
    return html.Div([html.P(words), bar], className="q-progress")


def question_form(
    question: Question,
    fields: Component | Painted,
    action: str,
    hidden: dict[str, str],
    language: Language,
    notice: str = "",
) -> Component:
    """The question with its ``fields``; the form works with and without scripts.

    ``hidden`` is what the form carries along. A ``notice`` says why the form is there again.
    """
    legend = html.Legend(question_title(question, language))
    notices = [html.P(notice, id=NOTICE, className="q-notice", tabIndex="-1")] if notice else []
    described = hyphened(aria_describedby=NOTICE) if notice else {}
    form = html.Form(
        [
            html.Fieldset([legend, fields], className="q-ask", **described),
            hidden_fields(**hidden),
            html.Div(
                html.Button(text("quiz_submit", language), type="submit", className="button"),
                className="q-act",
            ),
        ],
        id=FORM,
        action=action,
        method="POST",
        target="_self",  # Also in a frame, whose links leave it.
        # Of a drawing the options are one way of two; the site says what is missing.
        noValidate="novalidate" if question.kind == "draw" else None,
        **hyphened(data_step="", data_offline=text("quiz_offline", language)),
    )
    return html.Div([*notices, form])


def question_fields(
    question: Question, item: Item, language: Language, response: str = ""
) -> Component:
    """Return the fields of a question's kind; a ``response`` was sent before and still stands."""
    return TEMPLATES[question.kind].form(question, item, response, language)


def question_title(question: Question, language: Language) -> html.H1:
    """Return the question as the heading of its page."""
    return html.H1(bound(question.text[language]), id=QUESTION_TITLE, tabIndex="-1")


def answered_question(answered: Answered, language: Language) -> html.Div:
    """Return the same question once answered, with what was right."""
    answer_part = TEMPLATES[answered.question.kind].show(answered, language)
    return html.Div([question_title(answered.question, language), answer_part], className="q-ask")
