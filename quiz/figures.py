"""The figures that are published about answers; whatever is withheld is None or absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.models import Language
from quiz.breakdown import QuestionKey
from quiz.models import Dimension, Exclusion


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``answers``, with Wilson's 95 % interval as fractions of 1."""

    right: int
    answers: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of right answers, a fraction of 1."""
        return self.right / self.answers


@dataclass(frozen=True, slots=True)
class ScoreBin:
    """How many complete runs scored from ``lowest`` to ``highest``."""

    lowest: int
    highest: int
    runs: int


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """How one version of a question was answered; None and what is absent are withheld.

    ``options`` counts answers by option. ``median_seconds`` is rounded down to a step of
    ``quiz.times.STEPS``. ``discrimination`` (point-biserial, two decimals) is given from 30
    complete runs on.
    """

    answers: int | None
    right: Share | None
    options: Mapping[str, int]
    median_seconds: int | None
    discrimination: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one series; None and what is absent are withheld.

    ``runs`` have at least one answer that counts; ``completed`` ones have ten, and ``scores``
    are theirs. ``languages`` are given from 100 answers in each on. The number of runs that
    were not finished may be small all the same: it says nothing about an answer.
    """

    runs: int | None
    completed: int | None
    right: Share | None
    scores: tuple[ScoreBin, ...]
    dimensions: Mapping[Dimension, Share]
    languages: Mapping[Language, Share]
    questions: Mapping[QuestionKey, QuestionFigures]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is published about answers.

    ``first`` counts runs from the start page, ``all`` also those of “take another 10”.
    ``chance`` is the average score of guessing, out of ten. ``exclusions`` counts requests,
    not readers, and nothing about them.
    """

    first_day: date | None
    chance: Fraction
    first: Summary
    all: Summary
    exclusions: Mapping[Exclusion, int]

    @property
    def participants(self) -> int | None:
        """Runs from the start page with an answer that counts; None under ten."""
        return self.first.runs
