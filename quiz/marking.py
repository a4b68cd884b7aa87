"""Marks a run: what became of a response, the score, and what chance would give."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quiz.bank import Bank
from quiz.items import KINDS
from quiz.items.kind import BadResponse
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
    chance = sum((KINDS[item.kind].chance(item) for item in run.items), Fraction(0))
    return Result(_score(run.answers), by_dimension, chance)


def _score(answers: Iterable[Answer]) -> Score:
    marks = [answer.right for answer in answers]
    return Score(sum(marks), len(marks))


def judge(run: Run, position: int, response: str) -> Outcome:
    """Return what becomes of a response sent for a position; ``stored`` means: store it."""
    if not 1 <= position <= len(run.items):
        return "unknown_question"
    item = run.items[position - 1]
    try:
        mark = KINDS[item.kind].mark(item, response)
    except BadResponse as error:
        return error.reason
    if answer := run.answer_at(position):
        same = (answer.question_id, answer.option) == (mark.question_id, mark.response)
        return "repeated" if same else "changed"
    return "stored" if position == run.next_position else "out_of_order"


def answer_to(item: Item, position: int, response: str, seconds: float) -> Answer:
    """Return the answer as stored: marked, its time rounded, excluded where it was too fast.

    Raises ``BadResponse`` where the response cannot be marked; see ``judge``.
    """
    step = time_step(seconds)
    excluded: Exclusion | None = "too_fast" if step < TOO_FAST_SECONDS else None
    question_id, option, right = KINDS[item.kind].mark(item, response)
    return Answer(position, question_id, item.version, option, right, step, excluded)


def time_step(seconds: float) -> int:
    """Round down to a step; what is below 0, as clocks of two machines may differ, is 0."""
    return TIME_STEPS[max(0, bisect_right(TIME_STEPS, seconds) - 1)]
