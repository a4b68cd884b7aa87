"""Estimate: a point on a number line, set by slider or typed; right within the item's bands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from quiz.facts import Facts, Problem
from quiz.items.choice import sign
from quiz.items.fields import SCALE_FIELDS, check_line, words_of
from quiz.items.kind import Mark
from quiz.items.scale import (
    BINS,
    RIGHT_BINS,
    bin_of,
    chance_of_line,
    plain_digits,
    read_number,
    scale_in,
)
from quiz.models import Item, Question, Scale


class Estimate:
    """A number of a line."""

    fields: tuple[str, ...] = ("estimate",)

    def check(self, entry: Mapping[str, Any], facts: Facts) -> Iterator[Problem]:
        """Yield the faults of the number line, and a value that no fact has."""
        line = entry["estimate"]
        if not isinstance(line, Mapping) or set(line) != {*SCALE_FIELDS, "value"}:
            remedy = f"use value, {', '.join(sorted(SCALE_FIELDS))}"
            yield Problem("estimate", "is no number line", remedy)
            return
        value = facts.value(line["value"])
        if value is None:
            yield Problem("estimate", f"{line['value']} is no fact with a number", "name one")
            return
        yield from check_line(line, value, "estimate")

    def parse(self, entry: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return the number line with its value."""
        line = entry["estimate"]
        value = facts.value(line["value"]) or Decimal(0)
        return {
            "options": (),
            "answer": plain_digits(value),
            "scale": scale_of(line, value),
            "unit": words_of(line["unit"]),
            "observation": facts.observation(line["value"]),
        }

    def draw(self, question: Question, dice: Random) -> Item:  # noqa: ARG002  # Nothing by lot.
        """Keep the number line as it is."""
        return Item(question.id, question.version, (), question.answer, "estimate", question.scale)

    def mark(self, item: Item, response: str) -> Mark:
        """Return whether the number is close or exact."""
        number = read_number(response, scale_in(item))
        return Mark(item.question_id, plain_digits(number), self._is_right(number, item))

    def chance(self, about: Question | Item) -> Fraction:
        """Return the share of the line that is right."""
        return chance_of_line(scale_in(about))

    def side(self, question: Question, item: Item, response: str) -> int:  # noqa: ARG002  # Of the protocol.
        """Compare a number, of a drawing its last one, with the value."""
        last = Decimal(response.rsplit(maxsplit=1)[-1])
        return sign(last - scale_in(item).value)

    def counters(self, item: Item, response: str) -> str:
        """Return the band of a stored number."""
        return bin_of(Decimal(response), scale_in(item))

    def publish(self, question: Question) -> Mapping[str, bool]:  # noqa: ARG002  # The same for all.
        """Return the bands from low to high."""
        return {name: name in RIGHT_BINS for name in BINS}

    def _is_right(self, number: Decimal, item: Item) -> bool:
        return bin_of(number, scale_in(item)) in RIGHT_BINS


def scale_of(
    line: Mapping[str, Any], value: Decimal, start: Decimal | None = None, points: int = 0
) -> Scale:
    """Return the number line of an entry without faults."""
    lowest, highest, step, exact, close = (
        Decimal(str(line[name])) for name in ("min", "max", "step", "exact", "close")
    )
    return Scale(lowest, highest, step, exact, close, value, start, points)
