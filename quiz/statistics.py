"""The published statistics, from the counters alone: nothing that could point to few readers."""

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
from quiz.subgroups import QuestionCounts, QuestionKey, Subgroups, subgroups_of

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
    site = subgroups_of(counts, bank, "first", "again")
    return Statistics(
        first_day=first_day,
        chance=RUN_LENGTH * sum(chances, Fraction(0)) / max(1, len(chances)),
        first=summary_of(first, (first,), bank),
        # Whoever has “all” and “first” has the difference: it must be publishable as well.
        all=summary_of(site, (first, again) if again.questions else (first,), bank),
        # No published sum holds these two, so that each is its own secret.
        room=summary_of(room, (room,), bank),
        embed=summary_of(embed, (embed,), bank),
        exclusions={reason: excluded.get(reason, 0) for reason in EXCLUSIONS},
    )


def summary_of(whole: Subgroups, guards: Sequence[Subgroups], bank: Bank) -> Summary:
    """Return the figures of ``whole``, each only where every guard's own may be published.

    Guards are what a reader can work out from several publications: parts of the whole.
    """
    shown_runs = whole.runs if all(guard.runs >= MINIMUM for guard in guards) else None
    if not all(guard.total.large for guard in guards):
        return Summary(shown_runs, None, None, (), {}, {}, {})
    dimensions = _shares(whole.by_dimension, [guard.by_dimension for guard in guards], MINIMUM)
    languages = _shares(
        whole.by_language, [guard.by_language for guard in guards], LANGUAGE_MINIMUM
    )
    scores = _scores(whole, guards)
    questions = _questions(whole, guards)
    return Summary(
        runs=shown_runs,
        completed=sum(score_bin.runs for score_bin in scores) if scores else None,
        right=_share(whole.total),
        scores=scores,
        dimensions={name: dimensions[name] for name in DIMENSIONS if name in dimensions},
        languages={name: languages[name] for name in LANGUAGES if name in languages},
        questions=questions,
        kinds=_kinds(questions, bank),
    )


def _share(cell: Cell) -> Share:
    return Share(cell.right, cell.total, *wilson(cell.right, cell.total))


def _shares(
    whole: Mapping[str, Cell], guards: Sequence[Mapping[str, Cell]], least: int
) -> dict[str, Share]:
    """Return all rows of a small table or none, so that nothing is left to subtract."""
    enough = all(cell.total >= least for cell in whole.values())
    if len(whole) < 2 or not enough or not all(c.large for table in guards for c in table.values()):
        return {}
    return {name: _share(cell) for name, cell in whole.items()}


def _scores(whole: Subgroups, guards: Sequence[Subgroups]) -> tuple[ScoreBin, ...]:
    bins: tuple[Bin, ...] = ()
    for guard in guards:
        bins = score_bins(guard.scores, bins)
        if not bins:
            return ()
    return tuple(ScoreBin(low, high, sum(whole.scores[low : high + 1])) for low, high in bins)


def _questions(
    whole: Subgroups, guards: Sequence[Subgroups]
) -> dict[QuestionKey, QuestionStatistics]:
    depths = [_depths(guard) for guard in guards]
    questions = {}
    for key, figures in sorted(whole.questions.items()):
        allowed = {depth[key] for depth in depths if key in depth}
        depth = next(depth for depth in DEPTHS if depth in allowed)
        own = [guard.questions[key] for guard in guards if key in guard.questions]
        questions[key] = _question(figures, own, depth)
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


def _question(
    figures: QuestionCounts, guards: Sequence[QuestionCounts], depth: Depth
) -> QuestionStatistics:
    if depth == "nothing":
        return QuestionStatistics(None, None, {}, None, None)
    median = median_step(figures.times)
    if depth == "total":
        return QuestionStatistics(figures.cell.total, None, {}, median, None)
    enough = figures.pairs.total() >= DISCRIMINATION_MINIMUM
    correlation = point_biserial(figures.pairs) if enough else None
    hidden = _hidden_options(guards)
    return QuestionStatistics(
        answers=figures.cell.total,
        right=_share(figures.cell),
        options={key: times for key, times in sorted(figures.options.items()) if key not in hidden},
        median_seconds=median,
        discrimination=None if correlation is None else round(correlation, 2),
    )


def _hidden_options(guards: Sequence[QuestionCounts]) -> set[str]:
    """Return the options that any guard must withhold."""
    hidden = set[str]()
    for question in guards:
        parts: tuple[dict[str, int], dict[str, int]] = {}, {}
        for option, times in question.options.items():
            parts[option in (question.right or ())][option] = times
        if sum(parts[True].values()) != question.cell.right:
            # The bank has changed since: which option was right is not certain.
            return {option for question in guards for option in question.options}
        # The sums of the right and of the wrong ones are published.
        hidden |= hidden_options(parts[False]) | hidden_options(parts[True])
    return hidden
