"""One question of the quiz: progress, the question, its options to choose or as answered."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.formats import DASH
from components.markup import Markup, hidden_fields, hyphened
from components.texts import text
from data.models import Language
from quiz.models import RUN_LENGTH, Option, Question

FORM, OPTIONS, QUESTION_TITLE, NOTICE = (
    "quiz-form",
    "quiz-options",
    "quiz-question",
    "quiz-notice",
)

_CHECK = '<path class="q-stroke" d="M4.5 10.5l3.6 3.6 7.4-8.2"/>'
_CROSS = '<path class="q-stroke" d="M5.5 5.5l9 9M14.5 5.5l-9 9"/>'


def sign(right: bool) -> Markup:
    """A check or a cross; words must stand beside it."""
    kind, shape = ("right", _CHECK) if right else ("wrong", _CROSS)
    return Markup(
        f'<svg class="q-sign q-{kind}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        f'<circle cx="10" cy="10" r="10"/>{shape}</svg>',
        inline=True,
        className="q-sign-box",
    )


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
    shown: tuple[Option, ...],
    action: str,
    hidden: dict[str, str],
    language: Language,
    chosen: str = "",
    notice: str = "",
) -> Component:
    """The question with its options as radios; the form works with and without scripts.

    ``shown`` are the options in the run's order, ``hidden`` what the form carries along. A
    ``notice`` says why the form is there again; ``chosen`` is then still marked.
    """
    options = [{"label": option.text[language], "value": option.id} for option in shown]
    radios = dbc.RadioItems(
        id=OPTIONS,
        name="option",
        options=options,
        value=chosen or None,
        class_name="q-options",
    )
    legend = html.Legend(html.H1(question.text[language], id=QUESTION_TITLE, tabIndex="-1"))
    notices = [html.P(notice, id=NOTICE, className="q-notice", tabIndex="-1")] if notice else []
    described = hyphened(aria_describedby=NOTICE) if notice else {}
    form = html.Form(
        [
            html.Fieldset([legend, radios], className="q-ask", **described),
            hidden_fields(**hidden),
            html.Div(
                html.Button(text("quiz_submit", language), type="submit", className="button"),
                className="q-act",
            ),
        ],
        id=FORM,
        action=action,
        method="POST",
        **hyphened(data_step="", data_offline=text("quiz_offline", language)),
    )
    return html.Div([*notices, form])


def answered_question(
    question: Question, shown: tuple[Option, ...], right: str, chosen: str, language: Language
) -> html.Div:
    """The same question once answered: nothing has moved, the right option is marked."""
    rows = []
    for option in shown:
        marks: list[Component] = []
        classes = "q-option"
        if option.id in (right, chosen):
            key = "quiz_mark_right" if option.id == right else "quiz_mark_yours"
            marks = [
                sign(option.id == right),
                html.Span(DASH[language] + text(key, language), className="visually-hidden"),
            ]
            classes += " is-right" if option.id == right else " is-wrong"
        rows.append(html.Li([html.Span(option.text[language]), *marks], className=classes))
    title = html.H1(question.text[language], id=QUESTION_TITLE, tabIndex="-1")
    return html.Div([title, html.Ul(rows, className="q-options")], className="q-ask")
