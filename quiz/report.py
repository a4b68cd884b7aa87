"""Item analysis for editors: questions too easy, too hard or misleading, and answer cues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from data.models import LANGUAGES, Language
from quiz.bank import Bank
from quiz.counters import Counts
from quiz.disclosure_control import Cell
from quiz.estimates import median_step, point_biserial
from quiz.items import KINDS
from quiz.models import SERIES, Question
from quiz.statistics import DISCRIMINATION_MINIMUM
from quiz.subgroups import QuestionCounts, QuestionKey, pooled, subgroups_of

# With fewer answers a remark would be about chance, not about the question.
LEAST_ANSWERS = DISCRIMINATION_MINIMUM
TOO_EASY = 0.9
UNUSED = 0.05


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """One version of one question over all runs; ``remarks`` are in words, for editors.

    ``in_bank`` is False where the bank has lost the question; then nothing is remarked but that.
    """

    key: QuestionKey
    in_bank: bool
    answers: int
    right: int
    options: Mapping[str, int]
    median_seconds: int | None
    discrimination: float | None
    remarks: tuple[str, ...]


def analyse(counts: Counts, bank: Bank) -> list[ItemAnalysis]:
    """Return every question of the bank or answered ever, fewest right answers first.

    Nothing is withheld: this is for those who may read the database anyway.
    """
    series = [subgroups_of(counts, bank, name).questions for name in SERIES]
    keys = set(bank.by_key).union(*series)
    items = [
        _analysis(key, pooled(table[key] for table in series if key in table), bank) for key in keys
    ]
    return sorted(items, key=lambda item: (item.right / max(1, item.answers), item.key))


def _analysis(key: QuestionKey, counted: QuestionCounts, bank: Bank) -> ItemAnalysis:
    cell, options, pairs = counted.cell, counted.options, counted.pairs
    question = bank.find(*key)
    discrimination = point_biserial(pairs) if pairs.total() >= LEAST_ANSWERS else None
    remarks: Iterator[str] = iter(["is no longer in the bank"])
    if question:
        kind = KINDS[question.kind]
        wrong = {name: options[name] for name, hit in kind.publish(question).items() if not hit}
        if question.scale:
            wrong = {}  # A band that nobody is in misleads nobody.
        remarks = _remarks(cell, wrong, kind.chance(question), discrimination)
    return ItemAnalysis(
        key=key,
        in_bank=question is not None,
        answers=cell.total,
        right=cell.right,
        options=dict(sorted(options.items())),
        median_seconds=median_step(counted.times),
        discrimination=discrimination,
        remarks=tuple(remarks),
    )


def _remarks(
    cell: Cell, wrong: Mapping[str, int], chance: Fraction, discrimination: float | None
) -> Iterator[str]:
    right, answers = cell.right, cell.total
    if answers < LEAST_ANSWERS:
        yield f"fewer than {LEAST_ANSWERS} answers"
        return
    if right / answers >= TOO_EASY:
        yield f"too easy: {right / answers:.0%} right"
    if right / answers <= chance:
        yield f"too hard: {right / answers:.0%} right, no better than chance"
    if discrimination is not None and discrimination < 0:
        yield "negative discrimination: those who know more get it wrong"
    for option, times in sorted(wrong.items()):
        if times / answers < UNUSED:
            yield f"option {option} is hardly used: {times / answers:.0%}"


@dataclass(frozen=True, slots=True)
class AnswerCues:
    """Count how often the right option has each position, is the longest and is the shortest.

    Among ``questions``, in ``language``; ``by_chance`` is how often it would be the longest
    if length were drawn by lot. An option counts as longest only if no other is as long.
    """

    language: Language
    questions: int
    positions: dict[str, int]
    longest: int
    shortest: int
    by_chance: Fraction

    @property
    def by_length(self) -> bool:
        """Return whether picking the longest option would be right more often than not."""
        return 2 * self.longest > self.questions

    @property
    def by_position(self) -> bool:
        """Return whether always picking the same id would be, since ids are sent as they are."""
        return 2 * max(self.positions.values()) > self.questions


def answer_cues(questions: Iterable[Question]) -> list[AnswerCues]:
    """Count the cues of choices and fallbacks in each language."""
    questions = [
        question.fallback or question
        for question in questions
        if question.kind == "choice" or question.fallback
    ]
    chance = sum((Fraction(1, len(question.options)) for question in questions), Fraction(0))
    positions = dict(sorted(Counter(question.answer for question in questions).items()))
    cues = []
    for language in LANGUAGES:
        longest = shortest = 0
        for question in questions:
            lengths = {option.id: len(option.text[language]) for option in question.options}
            right = lengths.pop(question.answer)
            longest += right > max(lengths.values())
            shortest += right < min(lengths.values())
        cues.append(AnswerCues(language, len(questions), positions, longest, shortest, chance))
    return cues
