"""Marks a run: what became of an option that was sent, the score, and what chance would give."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quiz.bank import Bank
from quiz.models import DIMENSIONS, Answer, Dimension, Exclusion, Item, Outcome, Run

# Adults read some 240 words a minute in silence (Brysbaert, 2019: 238 for English non-fiction).
# In one second even the shortest question with its options asks for twice that pace and
# more, before any time to choose and press: whoever is faster has not read it. A longer limit
# would begin to exclude readers who simply knew.
TOO_FAST_SECONDS = 1

# Whole seconds while they matter, then wider steps: the time of one reader is never kept finer,
# and a histogram stays small however many answer. The last step has no end.
TIME_STEPS: tuple[int, ...] = (
    *range(30),
    *range(30, 60, 2),
    *range(60, 120, 5),
    *range(120, 300, 30),
    300,
    600,
)


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` answers of ``total``."""

    right: int
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a run so far: excluded answers count here like any other.

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
    by_dimension = {
        name: _score(dimension_answers)
        for name, dimension_answers in answers.items()
        if dimension_answers
    }
    chance = sum((chance_of(len(item.options)) for item in run.items), Fraction(0))
    return Result(_score(run.answers), by_dimension, chance)


def _score(answers: Iterable[Answer]) -> Score:
    marks = [answer.right for answer in answers]
    return Score(sum(marks), len(marks))


def chance_of(options: int) -> Fraction:
    """Return the probability that guessing blindly among so many options is right."""
    return Fraction(1, options)


def judge(run: Run, position: int, option_id: str) -> Outcome:
    """Return what becomes of an option sent for a position; ``stored`` means: store it."""
    if not 1 <= position <= len(run.items):
        return "unknown_question"
    if option_id not in run.items[position - 1].options:
        return "foreign_option"
    if answer := run.answer_at(position):
        return "repeated" if answer.option == option_id else "changed"
    return "stored" if position == run.next_position else "out_of_order"


def answer_to(item: Item, position: int, option_id: str, seconds: float) -> Answer:
    """Return the answer as stored: marked, its time rounded, excluded where it was too fast."""
    step = time_step(seconds)
    excluded: Exclusion | None = "too_fast" if step < TOO_FAST_SECONDS else None
    right = option_id == item.right
    return Answer(position, item.question_id, item.version, option_id, right, step, excluded)


def time_step(seconds: float) -> int:
    """Round down to a step; what is below 0, as clocks of two machines may differ, is 0."""
    return TIME_STEPS[max(0, bisect_right(TIME_STEPS, seconds) - 1)]
