"""Marks a run: what became of a response, the score, and what chance would give."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quiz.bank import Bank
from quiz.items import KINDS
from quiz.items.kind import BadResponse
from quiz.models import Answer, Exclusion, Item, Outcome, Question, Run

# Adults read some 240 words a minute in silence (Brysbaert, 2019: 238 for English non-fiction).
# In one second even the shortest question with its options asks for twice that pace and
# more, before any time to choose and press: whoever is faster has not read it. A longer limit
# would begin to exclude readers who simply knew.
TOO_FAST_SECONDS = 1

# Fewer errors with a direction show none: two of two go the same way by chance half of the time.
LEAST_ERRORS = 3

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
class Tendency:
    """Questions answered wrongly, by the side: the city is thought to do worse, or better."""

    worse: tuple[Question, ...]
    better: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a run so far: excluded answers count here like any other.

    ``by_topic`` has the topics of the edition that were answered, as they came; the empty one has
    questions that belong to none, and those that have left the bank are in none. ``tendency`` is
    None below ``LEAST_ERRORS`` errors with a direction. ``chance`` is the score that guessing at
    every question of the run gives on average.
    """

    score: Score
    by_topic: Mapping[str, Score]
    tendency: Tendency | None
    chance: Fraction


def mark(run: Run, bank: Bank) -> Result:
    """Count the right answers of a run, altogether and by topic, and the sides of wrong ones."""
    answers: dict[str, list[Answer]] = {}
    sides: dict[int, list[Question]] = {-1: [], 0: [], 1: []}
    for answer in run.answers:
        if question := bank.find(*answer.key):
            answers.setdefault(question.data_topic, []).append(answer)
            sides[_side(question, run.items[answer.position - 1], answer)].append(question)
    by_topic = {topic: _score(topic_answers) for topic, topic_answers in answers.items()}
    tendency = Tendency(tuple(sides[-1]), tuple(sides[1]))
    is_told = len(tendency.worse) + len(tendency.better) >= LEAST_ERRORS
    chance = sum((KINDS[item.kind].chance(item) for item in run.items), Fraction(0))
    return Result(_score(run.answers), by_topic, tendency if is_told else None, chance)


def _side(question: Question, item: Item, answer: Answer) -> int:
    """Return −1 for an error that thinks the city worse, 1 for better, 0 for any other answer."""
    if answer.right or question.direction == "neutral":
        return 0
    side = KINDS[question.kind].side(question, item, answer.option)
    return side if question.direction == "higher_is_better" else -side


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
    if position <= run.closed:
        return "closed"
    if position > run.opened:
        return "not_open"
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
