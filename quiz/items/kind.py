"""The protocol of item kinds, and what several of them share."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple, Protocol

from quiz.facts import Facts, Problem
from quiz.models import Item, Question, Unmarkable


class Mark(NamedTuple):
    """A response as it is stored: whose statistics it counts in, its plain form, right or not."""

    question_id: str
    response: str
    right: bool


class BadResponse(Exception):
    """A response that cannot be marked; ``reason`` says why."""

    def __init__(self, reason: Unmarkable) -> None:
        self.reason: Unmarkable = reason
        super().__init__(reason)


class ItemKind(Protocol):
    """One kind of items; templates add ``form`` and ``show``."""

    fields: tuple[str, ...]
    """Fields that an entry of this kind has beside those of every entry."""

    def check(self, entry: Mapping[str, Any], facts: Facts) -> Iterator[Problem]:
        """Yield the faults of these fields."""

    def parse(self, entry: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return the attributes of a ``Question`` that an entry without faults gives."""

    def draw(self, question: Question, dice: Random) -> Item:
        """Return the item as a run keeps it."""

    def mark(self, item: Item, response: str) -> Mark:
        """Mark what a reader sent; raise ``BadResponse`` where that is not possible."""

    def chance(self, about: Question | Item) -> Fraction:
        """Return the probability that a blind guess is right."""

    def side(self, question: Question, item: Item, response: str) -> int:
        """Return −1 for a stored response below the right answer, 1 above it.

        0 where it is right, or where the two cannot be compared.
        """

    def counters(self, item: Item, response: str) -> str:
        """Return the bin in which a stored response counts."""

    def publish(self, question: Question) -> Mapping[str, bool]:
        """Return every bin in the order of its publication, each with whether it is right."""
