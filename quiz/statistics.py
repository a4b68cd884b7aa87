"""The published statistics, from the counters alone: nothing that could point to few readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import get_args

from data.models import LANGUAGES, Language
from quiz.bank import Bank
from quiz.counters import Counts
from quiz.disclosure_control import (
    DEPTHS,
    MINIMUM,
    Bin,
    Cell,
    Depth,
    hidden_options,
    published_depth,
    score_bins,
    total_of,
)
from quiz.estimates import median_step, point_biserial, wilson
from quiz.items import KINDS
from quiz.models import DIMENSIONS, EXCLUSIONS, RUN_LENGTH, Dimension, Exclusion, KindName, Series
from quiz.subgroups import QuestionCounts, QuestionKey, Subgroups, pooled, subgroups_of

LANGUAGE_MINIMUM = 100
DISCRIMINATION_MINIMUM = 30


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
    """The number of complete runs that scored from ``lowest`` to ``highest``."""

    lowest: int
    highest: int
    runs: int


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """Answers to one version of a question; None and absent options are withheld.

    ``options`` counts answers by option. ``median_seconds`` is rounded down to a step of
    ``quiz.marking.TIME_STEPS``. ``discrimination`` (point-biserial, two decimals) is given
    from 30 complete runs on.
    """

    answers: int | None
    right: Share | None
    options: Mapping[str, int]
    median_seconds: int | None
    discrimination: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The statistics of one series; None and what is absent are withheld.

    ``runs`` have at least one answer that counts; ``completed`` ones have ten, and ``scores``
    are theirs. ``languages`` are given from 100 answers in each on. ``kinds`` add up the questions
    whose right answers are given, and no others, so that they give nothing else away. The number
    of runs that were not finished may be small all the same: it says nothing about an answer.
    """

    runs: int | None
    completed: int | None
    right: Share | None
    scores: tuple[ScoreBin, ...]
    dimensions: Mapping[Dimension, Share]
    languages: Mapping[Language, Share]
    questions: Mapping[QuestionKey, QuestionStatistics]
    kinds: Mapping[KindName, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is published about answers.

    ``first`` counts runs from the start page, ``all`` also those of “take another 10”; answers
    in rooms and in frames on other sites are in neither, and stand in ``room`` and ``embed``.
    ``chance`` is the average score of guessing, out of ten. ``exclusions`` counts requests,
    not readers, and nothing about them.
    """

    first_day: date | None
    chance: Fraction
    first: Summary
    all: Summary
    room: Summary
    embed: Summary
    exclusions: Mapping[Exclusion, int]

    @property
    def participants(self) -> int | None:
        """Runs from the start page with an answer that counts; None under ten."""
        return self.first.runs

    @property
    def by_series(self) -> dict[str, Summary]:
        """Every published series by its name."""
        return {name: getattr(self, name) for name in ("first", "all", "room", "embed")}


def summarise(counts: Counts, bank: Bank, first_day: date | None = None) -> Statistics:
    """Make the published statistics of what the store has counted."""
    first, again, room, embed = (subgroups_of(counts, bank, name) for name in get_args(Series))
    chances = [KINDS[question.kind].chance(question) for question in bank.current]
    excluded = {key.bucket: total for key, total in counts.items() if key.name == "exclusion"}
    return Statistics(
        first_day=first_day,
        chance=RUN_LENGTH * sum(chances, Fraction(0)) / max(1, len(chances)),
        first=_summary((first,), bank),
        # Whoever has “all” and “first” has the difference: it must be publishable as well.
        all=_summary((first, again) if again.questions else (first,), bank),
        # No published sum holds these two, so that each is its own secret.
        room=_summary((room,), bank),
        embed=_summary((embed,), bank),
        exclusions={reason: excluded.get(reason, 0) for reason in EXCLUSIONS},
    )


def _summary(parts: Sequence[Subgroups], bank: Bank) -> Summary:
    """Add series up, each figure only where every series' own figure may be published."""
    runs = sum(part.runs for part in parts)
    shown_runs = runs if all(part.runs >= MINIMUM for part in parts) else None
    if not all(part.total.large for part in parts):
        return Summary(shown_runs, None, None, (), {}, {}, {})
    dimensions = _shares([part.by_dimension for part in parts], MINIMUM)
    languages = _shares([part.by_language for part in parts], LANGUAGE_MINIMUM)
    scores = _scores(parts)
    questions = _questions(parts)
    return Summary(
        runs=shown_runs,
        completed=sum(score_bin.runs for score_bin in scores) if scores else None,
        right=_share(total_of(part.total for part in parts)),
        scores=scores,
        dimensions={name: dimensions[name] for name in DIMENSIONS if name in dimensions},
        languages={name: languages[name] for name in LANGUAGES if name in languages},
        questions=questions,
        kinds=_kinds(questions, bank),
    )


def _share(cell: Cell) -> Share:
    return Share(cell.right, cell.total, *wilson(cell.right, cell.total))


def _shares(tables: Sequence[Mapping[str, Cell]], least: int) -> dict[str, Share]:
    """Return all rows of a small table or none, so that nothing is left to subtract."""
    names = {name for table in tables for name in table}
    shares = {}
    for name in names:
        cells = [table[name] for table in tables if name in table]
        if not all(cell.large for cell in cells) or total_of(cells).total < least:
            return {}
        shares[name] = _share(total_of(cells))
    return shares if len(shares) > 1 else {}


def _scores(parts: Sequence[Subgroups]) -> tuple[ScoreBin, ...]:
    bins: tuple[Bin, ...] = ()
    for part in parts:
        bins = score_bins(part.scores, bins)
        if not bins:
            return ()
    scores = [sum(column) for column in zip(*(part.scores for part in parts), strict=True)]
    return tuple(ScoreBin(low, high, sum(scores[low : high + 1])) for low, high in bins)


def _questions(parts: Sequence[Subgroups]) -> dict[QuestionKey, QuestionStatistics]:
    depths = [_depths(part) for part in parts]
    questions = {}
    for key in sorted({key for part in parts for key in part.questions}):
        series = [part.questions[key] for part in parts if key in part.questions]
        allowed = {depth[key] for depth in depths if key in depth}
        questions[key] = _question(series, next(depth for depth in DEPTHS if depth in allowed))
    return questions


def _kinds(
    questions: Mapping[QuestionKey, QuestionStatistics], bank: Bank
) -> dict[KindName, Share]:
    cells: dict[KindName, list[Cell]] = {}
    for key, figures in questions.items():
        question = bank.find(*key)
        if question and (share := figures.right):
            cell = Cell(share.right, share.answers - share.right)
            cells.setdefault(question.kind, []).append(cell)
    return {name: _share(total_of(cells[name])) for name in KINDS if name in cells}


def _depths(part: Subgroups) -> dict[QuestionKey, Depth]:
    """Return what may be shown of each question beside the dimensions, or beside the whole."""
    table = {key: question.cell for key, question in part.questions.items()}
    by_dimension = all(cell.large for cell in part.by_dimension.values())
    groups = part.dimension_of if by_dimension else dict.fromkeys(table, "")
    return published_depth(table, groups)


def _question(series: Sequence[QuestionCounts], depth: Depth) -> QuestionStatistics:
    if depth == "nothing":
        return QuestionStatistics(None, None, {}, None, None)
    total = pooled(series)
    median = median_step(total.times)
    if depth == "total":
        return QuestionStatistics(total.cell.total, None, {}, median, None)
    enough = total.pairs.total() >= DISCRIMINATION_MINIMUM
    correlation = point_biserial(total.pairs) if enough else None
    hidden = _hidden_options(series)
    return QuestionStatistics(
        answers=total.cell.total,
        right=_share(total.cell),
        options={key: times for key, times in sorted(total.options.items()) if key not in hidden},
        median_seconds=median,
        discrimination=None if correlation is None else round(correlation, 2),
    )


def _hidden_options(series: Sequence[QuestionCounts]) -> set[str]:
    """Return the options that any series must withhold."""
    hidden = set[str]()
    for question in series:
        parts: tuple[dict[str, int], dict[str, int]] = {}, {}
        for option, times in question.options.items():
            parts[option in (question.right or ())][option] = times
        if sum(parts[True].values()) != question.cell.right:
            # The bank has changed since: which option was right is not certain.
            return {option for question in series for option in question.options}
        # The sums of the right and of the wrong ones are published.
        hidden |= hidden_options(parts[False]) | hidden_options(parts[True])
    return hidden
