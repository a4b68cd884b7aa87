"""Marks a run: what became of an option that was sent, the score, and what chance would give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quiz.bank import Bank
from quiz.models import DIMENSIONS, Answer, Dimension, Exclusion, Item, Outcome, Run
from quiz.times import TOO_FAST_SECONDS, step_of


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` answers of ``total``."""

    right: int
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """How a run went so far: excluded answers count here like any other.

    ``by_dimension`` has the dimensions that were answered, in their usual order; questions
    that have left the bank are in none. ``chance`` is the score that guessing at every
    question of the run gives on average.
    """

    score: Score
    by_dimension: Mapping[Dimension, Score]
    chance: Fraction


def mark(run: Run, bank: Bank) -> Result:
    """Count the right answers of a run, altogether and by dimension."""
    answers: dict[Dimension, list[Answer]] = {dimension: [] for dimension in DIMENSIONS}
    for answer in run.answers:
        if question := bank.find(*answer.key):
            answers[question.dimension].append(answer)
    by_dimension = {name: _score(given) for name, given in answers.items() if given}
    return Result(_score(run.answers), by_dimension, chance_score(run.items))


def _score(answers: Iterable[Answer]) -> Score:
    marks = [answer.right for answer in answers]
    return Score(sum(marks), len(marks))


def chance_score(items: Iterable[Item]) -> Fraction:
    """The expected number of right answers of somebody who guesses blindly."""
    return sum((Fraction(1, len(item.options)) for item in items), Fraction(0))


def judge(run: Run, position: int, option_id: str) -> Outcome:
    """What is to become of an option sent for a position of a run; ``stored`` means: store it."""
    if not 1 <= position <= len(run.items):
        return "unknown_question"
    if option_id not in run.items[position - 1].options:
        return "foreign_option"
    if answer := run.answer_at(position):
        return "repeated" if answer.option == option_id else "changed"
    return "stored" if position == run.next_position else "out_of_order"


def answer_to(item: Item, position: int, option_id: str, seconds: float) -> Answer:
    """The answer as it is stored: marked, its time rounded, excluded where it was too fast."""
    step = step_of(seconds)
    excluded: Exclusion | None = "too_fast" if step < TOO_FAST_SECONDS else None
    right = option_id == item.right
    return Answer(position, item.question_id, item.version, option_id, right, step, excluded)
