"""The protocol of templates, one per kind of items, and signs that they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dash.development.base_component import Component

from components.markup import Markup
from components.quiz.chart import Point
from data.models import Language, Observation
from quiz.models import Item, Question

_CHECK = '<path class="q-stroke" d="M4.5 10.5l3.6 3.6 7.4-8.2"/>'
_CROSS = '<path class="q-stroke" d="M5.5 5.5l9 9M14.5 5.5l-9 9"/>'


@dataclass(frozen=True, slots=True)
class Answered:
    """An item with the response that is stored for it.

    ``question`` is the one that was answered: the fallback of a drawing where its choice was
    taken. ``series`` are the city's values of the same definition as the right one.
    """

    question: Question
    item: Item
    response: str
    right: bool
    series: Sequence[Observation] = ()


class Template(Protocol):
    """Protocol of a kind's components: its form, its answer and the words of its bins."""

    def form(self, question: Question, item: Item, response: str, language: Language) -> Component:
        """Return the fields of the form; ``response`` is what was sent before, if anything."""

    def show(self, answered: Answered, language: Language) -> Component:
        """Return the answered item, with what was right and what the reader said."""

    def verdict(self, answered: Answered, language: Language) -> str:
        """Return the words of the verdict."""

    def words(self, question: Question, response: str, language: Language) -> str:
        """Return a response in words."""

    def right_words(self, question: Question, item: Item, language: Language) -> str:
        """Return the right answer in words."""

    def bin_words(self, question: Question, name: str, language: Language) -> str:
        """Return what a bin of the statistics holds."""

    def guess(self, answered: Answered) -> tuple[Point, ...]:
        """Return where the reader's answer lies on the chart; nothing where it is no number."""


def sign(right: bool) -> Markup:
    """A check or a cross; words must stand beside it."""
    kind, shape = ("right", _CHECK) if right else ("wrong", _CROSS)
    return Markup(
        f'<svg class="q-sign q-{kind}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        f'<circle cx="10" cy="10" r="10"/>{shape}</svg>',
        inline=True,
        className="q-sign-box",
    )
