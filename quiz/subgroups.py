"""The counts of some series by subgroup, before anything is withheld."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from quiz.bank import Bank
from quiz.counters import Counts, Name
from quiz.disclosure_control import Cell, total_of
from quiz.items import KINDS
from quiz.models import RUN_LENGTH, Series

QuestionKey = tuple[str, int]
Pair = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """One version of one question: ``times`` by step, ``pairs`` of right and rest score.

    ``right`` has the options (or bands of a number line) that are right, None where the bank does
    not know the question. ``options`` has every option, chosen or not.
    """

    right: frozenset[str] | None
    cell: Cell
    options: Counter[str]
    times: Counter[int]
    pairs: Counter[Pair]


NO_COUNTS = QuestionCounts(None, Cell(0, 0), Counter(), Counter(), Counter())


@dataclass(frozen=True, slots=True)
class Subgroups:
    """Some series together. Questions that have left the bank are of the dimension ``""``."""

    runs: int
    scores: tuple[int, ...]
    questions: Mapping[QuestionKey, QuestionCounts]
    dimension_of: Mapping[QuestionKey, str]
    by_dimension: Mapping[str, Cell]
    by_language: Mapping[str, Cell]

    @property
    def total(self) -> Cell:
        """All answers of the series."""
        return total_of(question.cell for question in self.questions.values())


def subgroups_of(counts: Counts, bank: Bank, *series: Series) -> Subgroups:
    """Collect the counts of one series, or of several together."""
    counted = {key: total for key, total in counts.items() if key.series in series}
    options = _by_question(counted, "option")
    rights = _by_question(counted, "right")
    times = _by_question(counted, "time")
    pairs = _by_question(counted, "rest")
    dimension_of, questions = {}, {}
    cells: dict[str, list[Cell]] = {}
    for key, chosen in options.items():
        question = bank.find(*key)
        published = KINDS[question.kind].publish(question) if question else {}
        for option in published:
            chosen[option] += 0
        right = rights[key].total() if key in rights else 0
        dimension_of[key] = question.dimension if question else ""
        questions[key] = QuestionCounts(
            right=frozenset(option for option, hit in published.items() if hit) or None,
            cell=Cell(right, chosen.total() - right),
            options=chosen,
            times=Counter({int(step): total for step, total in times.get(key, {}).items()}),
            pairs=Counter({_pair_of(name): total for name, total in pairs.get(key, {}).items()}),
        )
        cells.setdefault(dimension_of[key], []).append(questions[key].cell)
    scores = _totals(counted, "score", "bucket")
    return Subgroups(
        runs=_totals(counted, "runs", "series").total(),
        scores=tuple(scores[str(score)] for score in range(RUN_LENGTH + 1)),
        questions=questions,
        dimension_of=dimension_of,
        by_dimension={name: total_of(some) for name, some in cells.items()},
        by_language=_by_language(counted),
    )


def _by_question(counts: Counts, name: Name) -> dict[QuestionKey, Counter[str]]:
    totals: dict[QuestionKey, Counter[str]] = {}
    for key, total in counts.items():
        if key.name == name:
            totals.setdefault((key.question_id, key.version), Counter())[key.bucket] += total
    return totals


def _totals(counts: Counts, name: Name, field: str) -> Counter[str]:
    totals = Counter[str]()
    for key, total in counts.items():
        if key.name == name:
            totals[getattr(key, field)] += total
    return totals


def _by_language(counts: Counts) -> dict[str, Cell]:
    answers, right = _totals(counts, "option", "language"), _totals(counts, "right", "language")
    return {language: Cell(right[language], n - right[language]) for language, n in answers.items()}


def _pair_of(bucket: str) -> Pair:
    right, rest_score = bucket.split("-")
    return right == "1", int(rest_score)
