"""Records of the quiz: questions as written, runs as drawn, answers as stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from data.models import NO_WORDS, Direction, Language, Observation, Words

KindName = Literal["choice", "trend", "estimate", "draw"]
Group = Literal["city", "other_city", "reading"]
Difficulty = Literal["easy", "medium", "hard"]
Dimension = Literal["standard", "economy", "environment", "society_culture"]
GROUPS: tuple[Group, ...] = get_args(Group)
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

# Where a run began: on a page of the site, in a frame on another site, in a room.
Origin = Literal["site", "embed", "room"]
# The series in which runs count apart; first and again are those of the site.
Series = Literal["first", "again", "room", "embed"]

Exclusion = Literal[
    "too_fast", "impossible_sequence", "foreign_option", "replayed_token", "rate_limited"
]
EXCLUSIONS: tuple[Exclusion, ...] = get_args(Exclusion)

# Why a response cannot be marked: no option of the item, no number, a number that the line does
# not have, a drawing with another number of points.
Unmarkable = Literal["foreign_option", "not_a_number", "out_of_range", "wrong_points"]
UNMARKABLE: tuple[Unmarkable, ...] = get_args(Unmarkable)
Outcome = (
    Literal["stored", "repeated", "changed", "closed", "not_open"]
    | Literal["out_of_order", "unknown_question"]
    | Unmarkable
)

RUN_LENGTH = 10
# Of the ten items of a run, as far as the bank has them.
GROUP_QUOTAS: dict[Group, int] = {"city": 7, "other_city": 2, "reading": 1}


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer; its id never changes its meaning within a question."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Reference:
    """Publication of a fact behind a question.

    ``source_id`` is None outside the edition; ``page_name`` names a page of this site that states
    a rule of its own, and then there is no title and URL.
    """

    title: str
    url: str
    page: Words
    source_id: str | None
    page_name: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Number line of an estimate, or upright axis of a drawing, and how its answers are marked.

    An answer within ``exact`` or ``close`` of ``value`` is right; the bands are distances in the
    unit of the line. ``start`` is the last point shown of a drawing, from which the right answer
    goes up or down, and ``points`` the number of points to draw; None and 0 for an estimate.
    """

    lowest: Decimal
    highest: Decimal
    step: Decimal
    exact: Decimal
    close: Decimal
    value: Decimal
    start: Decimal | None = None
    points: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One version of one question of the bank; equal to itself only, so that it is a quick key.

    ``city`` is None where the question suits every city, ``indicator`` (a code) where it belongs
    to none. ``options`` and ``answer`` are those of a choice and a trend, ``scale`` and ``unit``
    those of an estimate and a drawing; the ``answer`` of an estimate is the value in digits.
    ``observation`` holds the value that answers the question, where one row of the edition does.
    ``given`` are the points of a drawing that are shown, ``hidden`` those to draw. ``fallback`` is
    the same question as a choice, with an id of its own, for readers who cannot draw. A retired
    question is in no new run. ``direction`` says which side of the observed value is better,
    neutral where the edition does not say; ``data_topic`` is a topic of the edition, empty where
    the question belongs to none.
    """

    id: str
    version: int
    kind: KindName
    group: Group
    topic: str
    dimension: Dimension
    difficulty: Difficulty
    city: str | None
    indicator: str | None
    text: Words
    options: tuple[Option, ...]
    answer: str
    explanation: Words
    sources: tuple[Reference, ...]
    retired: bool = False
    aha: Words = NO_WORDS
    scale: Scale | None = None
    unit: Words = NO_WORDS
    observation: Observation | None = None
    given: tuple[Observation, ...] = ()
    hidden: tuple[Observation, ...] = ()
    fallback: Question | None = None
    direction: Direction = "neutral"
    data_topic: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Id and version: what statistics are kept by."""
        return self.id, self.version

    def option(self, option_id: str) -> Option:
        """Return the option of this id; raise ``KeyError`` where there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class Item:
    """One question as drawn for one run: its version, its options in order, the right one.

    It is stored with the run, so that no change of the bank alters what was asked and what
    was right. The options of a drawing are those of its fallback.
    """

    question_id: str
    version: int
    options: tuple[str, ...]
    right: str
    kind: KindName = "choice"
    scale: Scale | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Id and version: what statistics are kept by."""
        return self.question_id, self.version


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer. ``position`` counts from 1.

    ``option`` is the id of an option, or the numbers of an estimate or a drawing. ``question_id``
    is the fallback's where a drawing was answered by its choice.
    ``seconds`` is how long the question was in view, rounded down to a step of
    ``quiz.marking.TIME_STEPS``. ``excluded`` says why the answer counts in no statistics; the
    reader's own score counts it all the same.
    """

    position: int
    question_id: str
    version: int
    option: str
    right: bool
    seconds: int
    excluded: Exclusion | None

    @property
    def key(self) -> tuple[str, int]:
        """Id and version: what statistics are kept by."""
        return self.question_id, self.version


class Response(NamedTuple):
    """One way of answering a question in a complete run that scored ``score`` of ten."""

    question_id: str
    version: int
    option: str
    right: bool
    language: Language
    score: int

    @property
    def rest(self) -> int:
        """Score of the run's other nine questions."""
        return self.score - self.right


@dataclass(frozen=True, slots=True)
class Run:
    """Questions drawn for one reader, with the answers given so far, in order.

    They are ``RUN_LENGTH``, but for a question in a frame, which is a run of one. ``room`` is the
    id of the room whose questions these are, None outside rooms and once the room is deleted.
    ``first`` is as much as can be known without cookies: the run was started from the start
    page and not by “take another 10”. A reader who returns to the start page another day
    counts as first again. Days are in UTC, and finer times are not kept.
    Of a run in a room the first ``closed`` questions take no answers any more, those after the
    first ``opened`` none yet, and ``led`` says that a presenter opens and closes them.
    """

    id: str
    language: Language
    city: str
    seed: str
    items: tuple[Item, ...]
    predecessor: str | None
    first: bool
    started_on: date
    completed_on: date | None
    answers: tuple[Answer, ...] = ()
    origin: Origin = "site"
    room: str | None = None
    led: bool = False
    closed: int = 0
    opened: int = RUN_LENGTH

    @property
    def series(self) -> Series:
        """Series of the statistics in which the run counts."""
        if self.origin != "site":
            return self.origin
        return "first" if self.first else "again"

    @property
    def next_position(self) -> int | None:
        """The position to be answered next, None once all are answered or closed."""
        positions = range(self.closed + 1, len(self.items) + 1)
        return next((n for n in positions if self.answer_at(n) is None), None)

    @property
    def completed(self) -> bool:
        """Return whether every question is answered, or closed in its room."""
        return self.next_position is None

    @property
    def is_answered(self) -> bool:
        """Return whether every question is answered."""
        return len(self.answers) == len(self.items)

    def answer_at(self, position: int) -> Answer | None:
        """Return the answer stored for a position, or None."""
        return next((a for a in self.answers if a.position == position), None)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Outcome of an answer that was sent.

    ``stored`` and ``repeated`` (the same option once more) acknowledge ``answer``, which is
    on the disk by then. ``changed`` refuses another option and gives the stored ``answer``.
    ``out_of_order``, those of ``Unmarkable`` and ``unknown_question`` (no such run or position;
    ``run`` is then None unless the run exists) store nothing.
    """

    outcome: Outcome
    run: Run | None
    answer: Answer | None

    @property
    def acknowledged(self) -> bool:
        """Return whether the option that was sent is the one that is stored."""
        return self.outcome in ("stored", "repeated")
