"""Item analysis for editors: which questions are too easy, too hard or misleading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quiz.bank import Bank
from quiz.breakdown import Pair, QuestionKey, Row, breakdown_of
from quiz.estimates import point_biserial
from quiz.models import SERIES
from quiz.suppression import total_of
from quiz.tallies import Counts
from quiz.times import median_step

# With fewer answers a remark would be about chance, not about the question.
LEAST_ANSWERS = 30
TOO_EASY = 0.9
UNUSED = 0.05


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """One version of one question over all runs; ``remarks`` are in words, for editors.

    ``known`` is False where the bank has lost the question; then nothing is remarked but that.
    """

    key: QuestionKey
    known: bool
    answers: int
    right: int
    options: Mapping[str, int]
    median_seconds: int | None
    discrimination: float | None
    remarks: tuple[str, ...]


def analyse(counts: Counts, bank: Bank) -> list[ItemAnalysis]:
    """Every question of the bank and every one that was answered, fewest right answers first.

    Nothing is withheld: this is for those who may read the database anyway.
    """
    tables = [breakdown_of(counts, bank, series).questions for series in SERIES]
    keys = {question.key for question in bank.questions}.union(*tables)
    found = [_analysis(key, [table[key] for table in tables if key in table], bank) for key in keys]
    return sorted(found, key=lambda item: (item.right / max(1, item.answers), item.key))


def _analysis(key: QuestionKey, rows: list[Row], bank: Bank) -> ItemAnalysis:
    cell = total_of(row.cell for row in rows)
    options, times, pairs = Counter[str](), Counter[int](), Counter[Pair]()
    for row in rows:
        options.update(row.options)
        times.update(row.times)
        pairs.update(row.pairs)
    question = bank.find(*key)
    discrimination = point_biserial(pairs) if pairs.total() >= LEAST_ANSWERS else None
    remarks: Iterator[str] = iter(["is no longer in the bank"])
    if question:
        wrong = {one.id: options[one.id] for one in question.options if one.id != question.answer}
        remarks = _remarks(cell.right, cell.total, wrong, discrimination)
    return ItemAnalysis(
        key=key,
        known=question is not None,
        answers=cell.total,
        right=cell.right,
        options=dict(sorted(options.items())),
        median_seconds=median_step(times),
        discrimination=discrimination,
        remarks=tuple(remarks),
    )


def _remarks(
    right: int, answers: int, wrong: Mapping[str, int], discrimination: float | None
) -> Iterator[str]:
    if answers < LEAST_ANSWERS:
        yield f"fewer than {LEAST_ANSWERS} answers"
        return
    if right / answers >= TOO_EASY:
        yield f"too easy: {right / answers:.0%} right"
    if right / answers <= 1 / (len(wrong) + 1):
        yield f"too hard: {right / answers:.0%} right, no better than chance"
    if discrimination is not None and discrimination < 0:
        yield "negative discrimination: those who know more get it wrong"
    for option, times in sorted(wrong.items()):
        if times / answers < UNUSED:
            yield f"option {option} is hardly used: {times / answers:.0%}"
