"""Choice and trend: options as radios, and the same list with the right one marked."""

from decimal import Decimal

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.formats import DASH
from components.quiz.chart import Point, points_of
from components.quiz.items.template import Answered, sign
from components.texts import text
from data.models import Language
from quiz.items.choice import option_numbers
from quiz.models import Item, Option, Question

OPTIONS = "quiz-options"
_QUARTER = Decimal("0.25")


def radios(options: tuple[Option, ...], response: str, language: Language) -> Component:
    """Return options as radios, in the order of a run."""
    items: Component = dbc.RadioItems(
        id=OPTIONS,
        name="option",
        options=[{"label": option.text[language], "value": option.id} for option in options],
        value=response if response in {option.id for option in options} else None,
        class_name="q-options",
    )
    return items


def options_in_order(question: Question, item: Item) -> tuple[Option, ...]:
    """Return the options of a question in the order of a run."""
    return tuple(question.option(option) for option in item.options)


class ChoiceTemplate:
    """One of several options."""

    def form(self, question: Question, item: Item, response: str, language: Language) -> Component:
        """Return a radio per option."""
        return radios(options_in_order(question, item), response, language)

    def show(self, answered: Answered, language: Language) -> Component:
        """Return the options as they stood, the right and the chosen one marked."""
        rows = []
        right = answered.item.right
        for option in options_in_order(answered.question, answered.item):
            marks: list[Component] = []
            classes = "q-option"
            if option.id in (right, answered.response):
                key = "quiz_mark_right" if option.id == right else "quiz_mark_yours"
                marks = [
                    sign(option.id == right),
                    html.Span(DASH[language] + text(key, language), className="visually-hidden"),
                ]
                classes += " is-right" if option.id == right else " is-wrong"
            rows.append(html.Li([html.Span(option.text[language]), *marks], className=classes))
        return html.Ul(rows, className="q-options")

    def verdict(self, answered: Answered, language: Language) -> str:
        """Return right or not."""
        return text("quiz_right" if answered.right else "quiz_wrong", language)

    def words(self, question: Question, response: str, language: Language) -> str:
        """Return the text of an option."""
        return question.option(response).text[language]

    def right_words(self, question: Question, item: Item, language: Language) -> str:
        """Return the text of the right option."""
        return question.option(item.right).text[language]

    def bin_words(self, question: Question, name: str, language: Language) -> str:
        """Return the text of an option."""
        return question.option(name).text[language]

    def guess(self, answered: Answered) -> tuple[Point, ...]:
        """Return the number of the chosen option, where options are numbers of one year."""
        observation = answered.question.observation
        numbers = option_numbers(answered.question, answered.item.right)
        if observation is None or observation.year is None or not numbers:
            return ()
        return ((observation.year, numbers[answered.response]),)


class TrendTemplate(ChoiceTemplate):
    """Rose, about the same, fell."""

    def guess(self, answered: Answered) -> tuple[Point, ...]:
        """Return a line from the first value up, straight on or down by a quarter of it."""
        ends = points_of((*answered.question.given, *answered.question.hidden))
        if len(ends) < 2:
            return ()
        (first, value), (last, _) = ends
        change = {"rose": _QUARTER, "same": Decimal(0), "fell": -_QUARTER}[answered.response]
        return ((first, value), (last, value * (1 + change)))
