"""How everybody answered, from the counts alone: nothing that could point to few readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from data.models import LANGUAGES
from quiz.bank import Bank
from quiz.breakdown import Breakdown, Pair, QuestionKey, Row, breakdown_of
from quiz.estimates import point_biserial, wilson
from quiz.figures import QuestionFigures, ScoreBin, Share, Statistics, Summary
from quiz.models import DIMENSIONS, EXCLUSIONS, RUN_LENGTH
from quiz.suppression import (
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
from quiz.tallies import Counts
from quiz.times import median_step

LANGUAGE_MINIMUM = 100
DISCRIMINATION_MINIMUM = 30


def summarise(counts: Counts, bank: Bank, first_day: date | None = None) -> Statistics:
    """Make the published statistics of what the store has counted."""
    first, again = breakdown_of(counts, bank, "first"), breakdown_of(counts, bank, "again")
    chances = [Fraction(1, len(question.options)) for question in bank.current]
    excluded = {tally.bucket: total for tally, total in counts.items() if tally.name == "exclusion"}
    return Statistics(
        first_day=first_day,
        chance=RUN_LENGTH * sum(chances, Fraction(0)) / max(1, len(chances)),
        first=_summary((first,)),
        # Whoever has “all” and “first” has the difference: it must be publishable as well.
        all=_summary((first,) if again.empty else (first, again)),
        exclusions={reason: excluded.get(reason, 0) for reason in EXCLUSIONS},
    )


def _summary(parts: tuple[Breakdown, ...]) -> Summary:
    """Add series up, each figure only where every series' own figure may be published."""
    runs = sum(part.runs for part in parts)
    shown_runs = runs if all(part.runs >= MINIMUM for part in parts) else None
    if not all(part.total.large for part in parts):
        return Summary(shown_runs, None, None, (), {}, {}, {})
    dimensions = _shares([part.by_dimension for part in parts], MINIMUM)
    languages = _shares([part.by_language for part in parts], LANGUAGE_MINIMUM)
    scores = _scores(parts)
    return Summary(
        runs=shown_runs,
        completed=sum(one.runs for one in scores) if scores else None,
        right=_share(part.total for part in parts),
        scores=scores,
        dimensions={name: dimensions[name] for name in DIMENSIONS if name in dimensions},
        languages={name: languages[name] for name in LANGUAGES if name in languages},
        questions=_questions(parts),
    )


def _share(cells: Iterable[Cell]) -> Share:
    cell = total_of(cells)
    return Share(cell.right, cell.total, *wilson(cell.right, cell.total))


def _shares(tables: Sequence[Mapping[str, Cell]], least: int) -> dict[str, Share]:
    """All rows of a small table or none, so that nothing is left to subtract."""
    names = {name for table in tables for name in table}
    shares = {}
    for name in names:
        cells = [table[name] for table in tables if name in table]
        if not all(cell.large for cell in cells) or total_of(cells).total < least:
            return {}
        shares[name] = _share(cells)
    return shares if len(shares) > 1 else {}


def _scores(parts: Sequence[Breakdown]) -> tuple[ScoreBin, ...]:
    bins: tuple[Bin, ...] = ()
    for part in parts:
        bins = score_bins(part.scores, bins)
        if not bins:
            return ()
    scores = [sum(column) for column in zip(*(part.scores for part in parts), strict=True)]
    return tuple(ScoreBin(low, high, sum(scores[low : high + 1])) for low, high in bins)


def _questions(parts: Sequence[Breakdown]) -> dict[QuestionKey, QuestionFigures]:
    depths = [_depths(part) for part in parts]
    figures = {}
    for key in sorted({key for part in parts for key in part.questions}):
        rows = [part.questions[key] for part in parts if key in part.questions]
        allowed = {depth[key] for depth in depths if key in depth}
        figures[key] = _figures(rows, next(depth for depth in DEPTHS if depth in allowed))
    return figures


def _depths(part: Breakdown) -> dict[QuestionKey, Depth]:
    """What may be shown of each question beside the dimensions, or beside the whole."""
    table = {key: row.cell for key, row in part.questions.items()}
    by_dimension = all(cell.large for cell in part.by_dimension.values())
    groups = part.dimension_of if by_dimension else dict.fromkeys(table, "")
    return published_depth(table, groups)


def _figures(rows: Sequence[Row], depth: Depth) -> QuestionFigures:
    if depth == "nothing":
        return QuestionFigures(None, None, {}, None, None)
    cell = total_of(row.cell for row in rows)
    times, pairs = Counter[int](), Counter[Pair]()
    for row in rows:
        times.update(row.times)
        pairs.update(row.pairs)
    median = median_step(times)
    if depth == "total":
        return QuestionFigures(cell.total, None, {}, median, None)
    enough = pairs.total() >= DISCRIMINATION_MINIMUM
    correlation = point_biserial(pairs) if enough else None
    return QuestionFigures(
        answers=cell.total,
        right=_share([cell]),
        options=_options(rows),
        median_seconds=median,
        discrimination=None if correlation is None else round(correlation, 2),
    )


def _options(rows: Sequence[Row]) -> dict[str, int]:
    """Answers by option, without those that any series must withhold."""
    chosen, hidden = Counter[str](), set[str]()
    for row in rows:
        if row.right is None or row.options[row.right] != row.cell.right:
            return {}  # The bank has changed since: which option was right is not certain.
        chosen.update(row.options)
        wrong = {option: times for option, times in row.options.items() if option != row.right}
        hidden |= hidden_options(wrong)
    return {option: chosen[option] for option in sorted(chosen) if option not in hidden}
