"""Choice: one of three to five options; and trend: rose, about the same, fell."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from quiz.facts import Facts, Problem
from quiz.items.fields import check_options, options_of
from quiz.items.kind import BadResponse, Mark
from quiz.models import Item, Question
from quiz.printed_numbers import numbers_in, rounded

TRENDS = ("rose", "same", "fell")
# A change this near to the limit of "about the same", as shares of it, is no fair question.
_TOO_NEAR = Decimal("0.6"), Decimal("1.4")
_DIGITS = re.compile(r"\d[\d.,]*")


def option_numbers(question: Question, right: str) -> Mapping[str, Decimal]:
    """Return the numbers of options that are values of the question's observation.

    Empty unless each option is one number, all with the same words around it, and the one of the
    option ``right`` is the observed value, rounded.
    """
    texts = {option.id: option.text.en for option in question.options}
    numbers = {name: numbers_in(words, "en") for name, words in texts.items()}
    if any(len(in_option) != 1 for in_option in numbers.values()):
        return {}
    if len({_DIGITS.sub("", words) for words in texts.values()}) != 1:
        return {}
    observation, value = question.observation, numbers[right][0]
    if observation is None or observation.value is None:
        return {}
    if rounded(observation.value, {"is": str(value)}) != value:
        return {}
    return {name: number for name, (number,) in numbers.items()}


class Choice:
    """One of several options, shuffled for each run."""

    fields: tuple[str, ...] = ("options", "answer")

    def check(self, entry: Mapping[str, Any], facts: Facts) -> Iterator[Problem]:  # noqa: ARG002  # Of the protocol.
        """Yield the faults of the options. They rest on no fact by themselves."""
        yield from check_options(entry["options"], entry["answer"])

    def parse(self, entry: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return options and answer, and the first value of the city among the facts."""
        return {
            "options": options_of(entry["options"]),
            "answer": entry["answer"],
            "observation": facts.observation_about(entry["indicator"], entry["city"]),
        }

    def draw(self, question: Question, dice: Random) -> Item:
        """Shuffle the options."""
        options = [option.id for option in question.options]
        dice.shuffle(options)
        return Item(question.id, question.version, tuple(options), question.answer)

    def mark(self, item: Item, response: str) -> Mark:
        """Return whether the right option was chosen."""
        if response not in item.options:
            raise BadResponse("foreign_option")
        return Mark(item.question_id, response, response == item.right)

    def chance(self, about: Question | Item) -> Fraction:
        """Return one of so many options."""
        return Fraction(1, len(about.options))

    def side(self, question: Question, item: Item, response: str) -> int:
        """Compare the numbers of options."""
        numbers = option_numbers(question, item.right)
        return sign(numbers[response] - numbers[item.right]) if numbers else 0

    def counters(self, item: Item, response: str) -> str:  # noqa: ARG002  # Of the protocol.
        """Return the option itself."""
        return response

    def publish(self, question: Question) -> Mapping[str, bool]:
        """Return the options in the order of the bank."""
        return {option.id: option.id == question.answer for option in question.options}


class Trend(Choice):
    """Change of a value between two years; ``same_within`` limits what counts as no change."""

    fields: tuple[str, ...] = ("options", "answer", "trend")

    def check(self, entry: Mapping[str, Any], facts: Facts) -> Iterator[Problem]:
        """Yield the faults of the options, and an answer that the two values do not give."""
        yield from check_options(entry["options"], entry["answer"], TRENDS)
        trend = entry["trend"]
        if not isinstance(trend, Mapping) or set(trend) != {"from", "to", "same_within"}:
            yield Problem("trend", "names no change", "use from, to and same_within")
            return
        first, last = facts.observation(trend["from"]), facts.observation(trend["to"])
        if first is None or last is None or first.value is None or last.value is None:
            yield Problem("trend", "names no two observations with numbers", "name two facts")
            return
        ((unit, limit),) = trend["same_within"].items()
        difference = last.value - first.value
        change = difference if unit == "points" else difference / first.value * 100
        answer = "same" if abs(change) < limit else "rose" if change > 0 else "fell"
        if answer != entry["answer"]:
            yield Problem("answer", f"is not what the values say: {change:.1f}", f"use {answer}")
        if _TOO_NEAR[0] < abs(change) / limit < _TOO_NEAR[1]:
            yield Problem("trend", f"{change:.1f} is too near to the limit", "use another limit")
        for option in entry["options"]:
            if numbers_in(option["text"]["en"], "en") != [Decimal(str(limit))]:
                yield Problem(f"options.{option['id']}", f"does not say {limit}", "write the limit")
        yield from facts.one_series([first, last], "trend")

    def parse(self, entry: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return options and answer, and the observations between which the change lies."""
        first, last = (facts.observation(entry["trend"][end]) for end in ("from", "to"))
        ends = {"observation": last, "given": (first,), "hidden": (last,)}
        return {**super().parse(entry, facts), **ends}

    def draw(self, question: Question, dice: Random) -> Item:  # noqa: ARG002  # Never shuffled.
        """Keep the order: rose, same, fell."""
        options = tuple(option.id for option in question.options)
        return Item(question.id, question.version, options, question.answer, "trend")

    def side(self, question: Question, item: Item, response: str) -> int:  # noqa: ARG002  # Of the protocol.
        """Compare the changes: fell is below about the same, and that below rose."""
        return sign(TRENDS.index(item.right) - TRENDS.index(response))


def sign(difference: Decimal | int) -> int:
    """Return −1, 0 or 1."""
    return (difference > 0) - (difference < 0)
