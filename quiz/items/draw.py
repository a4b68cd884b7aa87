"""Draw: the reader continues a line; its last point is marked by direction and distance.

Who cannot draw answers the item's fallback, a choice with an id and statistics of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from data.models import Observation
from quiz.facts import Facts, Problem
from quiz.items.choice import Choice
from quiz.items.estimate import Estimate, scale_of
from quiz.items.fields import (
    SCALE_FIELDS,
    check_line,
    check_options,
    check_words,
    options_of,
    words_of,
)
from quiz.items.kind import BadResponse, Mark
from quiz.items.scale import plain_digits, read_number, scale_in
from quiz.models import Item, Question

_CHOICE = Choice()


def fallback_id(question_id: str) -> str:
    """Return the id under which the fallback of a drawing is stored and counted."""
    return f"{question_id}-choice"


class Draw(Estimate):
    """A line to continue."""

    fields: tuple[str, ...] = ("draw", "fallback")

    def check(self, entry: Mapping[str, Any], facts: Facts) -> Iterator[Problem]:
        """Yield the faults of the axis, the series and the fallback."""
        line, fallback = entry["draw"], entry["fallback"]
        if not isinstance(line, Mapping) or set(line) != {
            *SCALE_FIELDS,
            *("series", "given", "hidden"),
        }:
            yield Problem("draw", "is no line to continue", "use series, given, hidden, an axis")
            return
        given, hidden = (_points(line, part, facts) for part in ("given", "hidden"))
        rows = [*given, *hidden]
        if len(given) < 2 or not hidden or None in rows:
            yield Problem("draw", "has points that are not one observation each", "name each")
            return
        observations = [row for row in rows if row is not None and row.value is not None]
        values = [row.value for row in observations if row.value is not None]
        periods = [row.period for row in observations]
        if periods != sorted(set(periods)) or len(values) != len(rows):
            yield Problem("draw", "has points out of order or without number", "order the years")
            return
        yield from facts.one_series(observations, "draw")
        yield from check_line(line, values[-1], "draw")
        low, high, exact = (Decimal(str(line[name])) for name in ("min", "max", "exact"))
        if not all(low <= value <= high for value in values):
            yield Problem("draw", "has a point outside its axis", "widen the axis")
        if abs(values[-1] - values[len(given) - 1]) <= exact:
            yield Problem("draw", "would take a flat line for exact", "narrow the band")
        if "text" in fallback:
            yield from check_words(fallback["text"], "fallback.text")
        yield from check_options(
            fallback.get("options"), fallback.get("answer"), field="fallback.options"
        )

    def parse(self, entry: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return axis, points and the options of the fallback."""
        line, fallback = entry["draw"], entry["fallback"]
        given, hidden = (
            tuple(row for row in _points(line, part, facts) if row is not None)
            for part in ("given", "hidden")
        )
        start, value = given[-1].value, hidden[-1].value or Decimal(0)
        return {
            "options": options_of(fallback["options"]),
            "answer": fallback["answer"],
            "scale": scale_of(line, value, start, len(hidden)),
            "unit": words_of(line["unit"]),
            "observation": hidden[-1],
            "given": given,
            "hidden": hidden,
        }

    def draw(self, question: Question, dice: Random) -> Item:
        """Keep the axis, and shuffle the options of the fallback."""
        options = _CHOICE.draw(question, dice).options
        return Item(
            *(question.id, question.version, options, question.answer, "draw", question.scale)
        )

    def mark(self, item: Item, response: str) -> Mark:
        """Return whether the last point is close, on the right side of the start.

        A response is the id of an option of the fallback, or the drawn points from the first year
        to the last, with spaces or semicolons between them.
        """
        if response in item.options:
            return Mark(fallback_id(item.question_id), response, response == item.right)
        if len(response) == 1 and response.isalpha():
            raise BadResponse("foreign_option")
        scale, points = scale_in(item), response.replace(";", " ").split()
        if len(points) != scale.points:
            raise BadResponse("wrong_points")
        numbers = [read_number(point, scale) for point in points]
        line = " ".join(map(plain_digits, numbers))
        return Mark(item.question_id, line, self._is_right(numbers[-1], item))

    def counters(self, item: Item, response: str) -> str:
        """Return the option of the fallback, or the band of the last point."""
        if response in item.options:
            return response
        return super().counters(item, response.rsplit(maxsplit=1)[-1])


def _points(line: Mapping[str, Any], part: str, facts: Facts) -> Sequence[Observation | None]:
    """Return the observation of each point, None where none or several fit."""
    points = []
    for point in line[part]:
        rows = facts.observations_of({**line["series"], **point})
        points.append(rows[0] if len(rows) == 1 else None)
    return points
