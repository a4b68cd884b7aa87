"""Draws a run: ten questions across dimensions and difficulties, options shuffled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from random import Random

from quiz.faults import TooFewQuestions
from quiz.models import RUN_LENGTH, Item, Question


def draw(
    questions: Sequence[Question], seed: str, avoid: Collection[str] = frozenset()
) -> tuple[Item, ...]:
    """Draw the items of one run; the same questions, seed and ``avoid`` give the same run.

    ``questions`` are those of one city (``Bank.questions_for``). No question occurs twice,
    and no indicator while others are left. Questions whose id is in ``avoid`` come only
    when the others do not suffice. The order of ``questions`` makes no difference.

    Raises:
        TooFewQuestions: there are fewer than a run is long.
    """
    if len(questions) < RUN_LENGTH:
        raise TooFewQuestions(f"{len(questions)} questions, but a run has {RUN_LENGTH}")
    dice = Random(seed)  # noqa: S311  # The draw is no secret: readers may see the whole bank.
    pool = sorted(questions, key=lambda question: question.key)
    dice.shuffle(pool)
    chosen: list[Question] = []
    while len(chosen) < RUN_LENGTH:
        pick = _most_wanted(pool, chosen, avoid)
        pool.remove(pick)
        chosen.append(pick)
    dice.shuffle(chosen)
    return tuple(_item_of(question, dice) for question in chosen)


def _most_wanted(
    pool: Sequence[Question], chosen: Sequence[Question], avoid: Collection[str]
) -> Question:
    """Return the question that keeps the run most even; of equal ones the first in the pool."""
    dimensions = Counter(question.dimension for question in chosen)
    difficulties = Counter(question.difficulty for question in chosen)
    themes = Counter(question.theme for question in chosen)
    indicators = {question.indicator for question in chosen} - {None}

    def unwanted(question: Question) -> tuple[bool, bool, int, int, int]:
        return (
            question.id in avoid,
            question.indicator in indicators,
            dimensions[question.dimension],
            difficulties[question.difficulty],
            themes[question.theme],
        )

    return min(pool, key=unwanted)


def _item_of(question: Question, dice: Random) -> Item:
    options = [option.id for option in question.options]
    dice.shuffle(options)
    return Item(question.id, question.version, tuple(options), question.answer)
