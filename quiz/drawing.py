"""Draws a run: ten items of every group, of mixed topics, kinds and difficulties."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from types import MappingProxyType

from quiz.faults import TooFewQuestions
from quiz.items import KINDS
from quiz.models import GROUP_QUOTAS, RUN_LENGTH, Item, KindName, Question

MOST_OF_A_TOPIC = 2
MOST_OF_A_KIND: Mapping[KindName, int] = {"trend": 2, "estimate": 2, "draw": 2}
# The quotas of groups come first: without another try 26 of 20,000 runs had three of a topic.
_TRIES = 5
_NOTHING: Mapping[str, int] = MappingProxyType({})


def draw(
    questions: Sequence[Question], seed: str, runs_ago: Mapping[str, int] = _NOTHING
) -> tuple[Item, ...]:
    """Draw the items of one run; the same questions, seed and ``runs_ago`` give the same run.

    ``questions`` are those of one city (``Bank.questions_for``). Each group has its quota, as
    long as it has questions. No question occurs twice, and no indicator while others are left.
    ``runs_ago`` says of the questions of the runs before how many runs ago, from 1 on: they come
    only when the others of their group do not suffice, the longest ago first. The order of
    ``questions`` makes no difference.

    Raises:
        TooFewQuestions: there are fewer than a run is long.
    """
    if len(questions) < RUN_LENGTH:
        raise TooFewQuestions(f"{len(questions)} questions, but a run has {RUN_LENGTH}")
    dice = Random(seed)  # noqa: S311  # The draw is no secret: readers may see the whole bank.
    pool = sorted(questions, key=lambda question: question.key)
    for _ in range(_TRIES):
        dice.shuffle(pool)
        chosen = _chosen(pool, runs_ago)
        topics = Counter(question.topic for question in chosen)
        if max(topics.values()) <= MOST_OF_A_TOPIC:
            break
    dice.shuffle(chosen)
    return tuple(KINDS[question.kind].draw(question, dice) for question in chosen)


def _chosen(pool: Sequence[Question], runs_ago: Mapping[str, int]) -> list[Question]:
    left, chosen = list(pool), list[Question]()
    while len(chosen) < RUN_LENGTH:
        pick = _most_wanted(left, chosen, runs_ago)
        left.remove(pick)
        chosen.append(pick)
    return chosen


def _most_wanted(
    pool: Sequence[Question], chosen: Sequence[Question], runs_ago: Mapping[str, int]
) -> Question:
    """Return the question that the run lacks most; of equal ones the first in the pool.

    Beyond one of each kind and difficulty, and few of one topic, lots decide: to even everything
    out would ask a few questions in nearly every run, and others in none.
    """
    groups = Counter(question.group for question in chosen)
    topics = Counter(question.topic for question in chosen)
    kinds = Counter(question.kind for question in chosen)
    difficulties = {question.difficulty for question in chosen}
    indicators = {question.indicator for question in chosen} - {None}

    def unwanted(question: Question) -> tuple[bool, float, bool, bool, bool, bool, bool]:
        return (
            groups[question.group] >= GROUP_QUOTAS[question.group],
            1 / runs_ago[question.id] if question.id in runs_ago else 0,
            question.indicator in indicators,
            topics[question.topic] >= MOST_OF_A_TOPIC,
            kinds[question.kind] >= MOST_OF_A_KIND.get(question.kind, RUN_LENGTH),
            kinds[question.kind] > 0,
            question.difficulty in difficulties,
        )

    return min(pool, key=unwanted)
