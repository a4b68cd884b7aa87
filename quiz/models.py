"""Records of the quiz: questions as written, runs as drawn, answers as stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from data.models import Language, Words

Difficulty = Literal["easy", "medium", "hard"]
Theme = Literal["standard", "indicator", "city", "other_cities"]
Dimension = Literal["standard", "economy", "environment", "society_culture"]
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
THEMES: tuple[Theme, ...] = get_args(Theme)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

Series = Literal["first", "again"]
SERIES: tuple[Series, ...] = get_args(Series)

Exclusion = Literal[
    "too_fast", "impossible_sequence", "foreign_option", "replayed_token", "rate_limited"
]
EXCLUSIONS: tuple[Exclusion, ...] = get_args(Exclusion)

Outcome = Literal[
    "stored", "repeated", "changed", "out_of_order", "foreign_option", "unknown_question"
]

RUN_LENGTH = 10
PLACEHOLDER = "{value}"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer; its id never changes its meaning within a question."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Reference:
    """Publication of the fact behind a question. ``source_id`` is None outside the edition."""

    title: str
    url: str
    page: Words
    source_id: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One version of one question of the bank.

    Texts may hold ``{value}``, which stands for ``value`` as a page formats it: see
    ``with_value``. ``city`` is None where the question suits every city, ``indicator`` (a
    code) where it belongs to none. A retired question is never drawn again.
    """

    id: str
    version: int
    dimension: Dimension
    theme: Theme
    difficulty: Difficulty
    city: str | None
    indicator: str | None
    text: Words
    options: tuple[Option, ...]
    answer: str
    explanation: Words
    source: Reference
    value: Decimal | None
    retired: bool

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

    def with_value(self, shown: Words) -> Question:
        """Return the same question with ``shown`` in the place of every ``{value}``."""

        def fill(words: Words) -> Words:
            return Words(
                words.en.replace(PLACEHOLDER, shown.en), words.ru.replace(PLACEHOLDER, shown.ru)
            )

        options = tuple(Option(option.id, fill(option.text)) for option in self.options)
        return replace(
            self, text=fill(self.text), options=options, explanation=fill(self.explanation)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One question as drawn for one run: its version, its options in order, the right one.

    It is stored with the run, so that no change of the bank alters what was asked and what
    was right.
    """

    question_id: str
    version: int
    options: tuple[str, ...]
    right: str

    @property
    def key(self) -> tuple[str, int]:
        """Id and version: what statistics are kept by."""
        return self.question_id, self.version


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer. ``position`` counts from 1.

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


@dataclass(frozen=True, slots=True)
class Run:
    """Ten questions drawn for one reader, with the answers given so far, in order.

    ``first`` is as much as can be known without cookies: the run was started from the start
    page and not by “take another 10”. A reader who returns to the start page another day
    counts as first again. Days are in UTC, and finer times are not kept.
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

    @property
    def series(self) -> Series:
        """In which series of the statistics the run counts."""
        return "first" if self.first else "again"

    @property
    def next_position(self) -> int | None:
        """The position to be answered next, None once all are answered."""
        return len(self.answers) + 1 if len(self.answers) < len(self.items) else None

    @property
    def completed(self) -> bool:
        """Return whether every question is answered."""
        return self.next_position is None

    def answer_at(self, position: int) -> Answer | None:
        """Return the answer stored for a position, or None."""
        return self.answers[position - 1] if 1 <= position <= len(self.answers) else None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Outcome of an answer that was sent.

    ``stored`` and ``repeated`` (the same option once more) acknowledge ``answer``, which is
    on the disk by then. ``changed`` refuses another option and gives the stored ``answer``.
    ``out_of_order``, ``foreign_option`` (no option of this question) and ``unknown_question``
    (no such run or position; ``run`` is then None unless the run exists) store nothing.
    """

    outcome: Outcome
    run: Run | None
    answer: Answer | None

    @property
    def acknowledged(self) -> bool:
        """Return whether the option that was sent is the one that is stored."""
        return self.outcome in ("stored", "repeated")
