"""The counts of one series in the shape of its tables, before anything is withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from quiz.bank import Bank
from quiz.models import RUN_LENGTH, Series
from quiz.suppression import Cell, total_of
from quiz.tallies import NAMES, Counts, Tally

QuestionKey = tuple[str, int]
Pair = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One version of one question: ``times`` by step, ``pairs`` of right and rest score.

    ``right`` is the id of the right option, None where the bank does not know the question.
    ``options`` has every option, chosen or not.
    """

    right: str | None
    cell: Cell
    options: Mapping[str, int]
    times: Mapping[int, int]
    pairs: Mapping[Pair, int]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One series. Questions that have left the bank are of the dimension ``""``."""

    runs: int
    scores: tuple[int, ...]
    questions: Mapping[QuestionKey, Row]
    dimension_of: Mapping[QuestionKey, str]
    by_dimension: Mapping[str, Cell]
    by_language: Mapping[str, Cell]

    @property
    def total(self) -> Cell:
        """All answers of the series."""
        return total_of(row.cell for row in self.questions.values())

    @property
    def empty(self) -> bool:
        """Whether nobody has answered anything."""
        return not self.questions


def breakdown_of(counts: Counts, bank: Bank, series: Series) -> Breakdown:
    """Collect the counts of one series."""
    named: dict[str, list[tuple[Tally, int]]] = {name: [] for name in NAMES}
    for tally, total in counts.items():
        if tally.series == series:
            named[tally.name].append((tally, total))
    options = _by_question(named["option"])
    rights = _by_question(named["right"])
    times = _by_question(named["time"])
    pairs = _by_question(named["rest"])
    known = {key: bank.find(*key) for key in options}
    for key, question in known.items():
        for option in question.options if question else ():
            options[key][option.id] += 0
    questions = {
        key: Row(
            right=question.answer if (question := known[key]) else None,
            cell=_cell(sum(chosen.values()), sum(rights.get(key, {}).values())),
            options=chosen,
            times={int(step): total for step, total in times.get(key, {}).items()},
            pairs={_pair_of(bucket): total for bucket, total in pairs.get(key, {}).items()},
        )
        for key, chosen in options.items()
    }
    dimension_of = {key: found.dimension if found else "" for key, found in known.items()}
    scores = Counter[int]()
    for tally, total in named["score"]:
        scores[int(tally.bucket)] += total
    return Breakdown(
        runs=sum(total for _, total in named["runs"]),
        scores=tuple(scores[score] for score in range(RUN_LENGTH + 1)),
        questions=questions,
        dimension_of=dimension_of,
        by_dimension=_by_dimension(questions, dimension_of),
        by_language=_by_language(named["option"], named["right"]),
    )


def _cell(answers: int, right: int) -> Cell:
    return Cell(right, answers - right)


def _pair_of(bucket: str) -> Pair:
    right, rest = bucket.split("-")
    return right == "1", int(rest)


def _by_question(entries: list[tuple[Tally, int]]) -> dict[QuestionKey, Counter[str]]:
    """Totals by question and bucket, both languages together."""
    totals: dict[QuestionKey, Counter[str]] = {}
    for tally, total in entries:
        totals.setdefault((tally.question_id, tally.version), Counter())[tally.bucket] += total
    return totals


def _by_dimension(
    questions: Mapping[QuestionKey, Row], dimension_of: Mapping[QuestionKey, str]
) -> dict[str, Cell]:
    cells: dict[str, list[Cell]] = {}
    for key, row in questions.items():
        cells.setdefault(dimension_of[key], []).append(row.cell)
    return {dimension: total_of(some) for dimension, some in cells.items()}


def _by_language(
    options: list[tuple[Tally, int]], rights: list[tuple[Tally, int]]
) -> dict[str, Cell]:
    answers, right = Counter[str](), Counter[str]()
    for tally, total in options:
        answers[tally.language] += total
    for tally, total in rights:
        right[tally.language] += total
    return {language: _cell(answers[language], right[language]) for language in answers}
