"""Item analysis for editors: which questions do not work, by which measure, and what to do.

Each flag, its limit and where it is from are described in docs/quiz.md.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from data.models import Language
from quiz.bank import Bank
from quiz.counters import Counts
from quiz.disclosure_control import Cell
from quiz.estimates import (
    Stratum,
    correlation_interval,
    extreme_scores,
    is_larger_share,
    mantel_haenszel,
    median_step,
    point_biserial,
    wilson,
)
from quiz.items import KINDS
from quiz.models import RUN_LENGTH, Question, Response
from quiz.statistics import DISCRIMINATION_MINIMUM, LANGUAGE_MINIMUM
from quiz.subgroups import NO_COUNTS, QuestionCounts, QuestionKey, subgroups_of

# With fewer answers a remark would be about chance, not about the question.
LEAST_ANSWERS = DISCRIMINATION_MINIMUM
LEAST_OF_A_LANGUAGE = LANGUAGE_MINIMUM
TOO_EASY, UNUSED, WEAK = 0.9, 0.05, 0.2
EXTREMES = 0.27
REFERENCE: Language = "ru"
FOCAL: Language = "en"
DifClass = Literal["A", "B", "C"]
Responses = Mapping[Response, int]


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """One version of one question over all runs; ``remarks`` are in words, for editors.

    ``interval`` is Wilson's of the share of right answers. ``difference`` is MH D-DIF of English
    against Russian with its class. ``in_bank`` is False where the bank has lost the question; then
    nothing is remarked but that. Remarks on a version that is not ``in_force`` end without what to
    do: it is asked no more.
    """

    key: QuestionKey
    in_bank: bool
    in_force: bool
    answers: int
    right: int
    options: Mapping[str, int]
    median_seconds: int | None
    interval: tuple[float, float] | None
    discrimination: float | None
    difference: tuple[float, DifClass] | None
    remarks: tuple[str, ...]


def analyse(counts: Counts, responses: Responses, bank: Bank) -> list[ItemAnalysis]:
    """Return every question of the bank or answered ever, fewest right answers first.

    Only runs of the site count: a room talks, and an article may tell the answer.
    ``responses`` are those of complete runs. Nothing is withheld: this is for those who may read
    the database anyway.
    """
    counted = subgroups_of(counts, bank, "first", "again").questions
    own: dict[QuestionKey, dict[Response, int]] = {}
    for response, times in responses.items():
        own.setdefault((response.question_id, response.version), {})[response] = times
    drawn = {member.key for each in bank.current for member in (each, each.fallback) if member}
    items = [
        _analysis(
            bank.find(*key),
            key,
            counted.get(key, NO_COUNTS),
            own.get(key, {}),
            in_force=key in drawn,
        )
        for key in bank.by_key.keys() | counted.keys()
    ]
    return sorted(items, key=lambda item: (item.right / max(1, item.answers), item.key))


def _analysis(
    question: Question | None,
    key: QuestionKey,
    counted: QuestionCounts,
    responses: Responses,
    *,
    in_force: bool,
) -> ItemAnalysis:
    cell, pairs = counted.cell, counted.pairs
    discrimination = point_biserial(pairs) if pairs.total() >= LEAST_ANSWERS else None
    difference = _difference(responses)
    remarks: tuple[str, ...] = ("is no longer in the bank; put its entry back, as retired",)
    if question:
        remarks = (f"fewer than {LEAST_ANSWERS} answers; wait for more",)
        if cell.total >= LEAST_ANSWERS:
            remarks = (
                *_difficulty_remarks(cell, KINDS[question.kind].chance(question)),
                *_discrimination_remarks(discrimination, pairs.total()),
                *_distractor_remarks(question, counted, responses),
                *_difference_remarks(difference),
            )
        if not in_force:
            remarks = tuple(remark.partition(";")[0] for remark in remarks)
    return ItemAnalysis(
        key=key,
        in_bank=question is not None,
        in_force=in_force,
        answers=cell.total,
        right=cell.right,
        options=dict(sorted(counted.options.items())),
        median_seconds=median_step(counted.times),
        interval=wilson(cell.right, cell.total) if cell.total else None,
        discrimination=discrimination,
        difference=difference,
        remarks=remarks,
    )


def _difficulty_remarks(cell: Cell, chance: Fraction) -> Iterator[str]:
    share = cell.right / cell.total
    low, high = wilson(cell.right, cell.total)
    words = f"{share:.0%} right (95% interval {low:.0%} to {high:.0%})"
    if share >= TOO_EASY:
        yield f"too easy: {words}; ask for the number itself, or retire it"
    if share <= chance:
        remedy = "check the answer and its source; if they stand, give more in the text"
        yield f"too hard: {words}, no better than chance ({float(chance):.0%}); {remedy}"


def _discrimination_remarks(discrimination: float | None, runs: int) -> Iterator[str]:
    if discrimination is None:
        return
    if discrimination < 0:
        remedy = "look for a wrong key or a misleading text; correct it as a new version or retire"
        yield f"negative discrimination: those who know more get it wrong; {remedy}"
    elif correlation_interval(discrimination, runs)[1] < WEAK:
        remedy = "keep it if its point is a surprise; else make text and options plainer"
        yield f"weak discrimination: {discrimination:.2f}, surely below {WEAK}; {remedy}"


def _distractor_remarks(
    question: Question, counted: QuestionCounts, responses: Responses
) -> Iterator[str]:
    if question.scale:
        return  # A band that nobody is in misleads nobody.
    upper, lower = _extremes(responses)
    for option, is_right in sorted(KINDS[question.kind].publish(question).items()):
        if is_right:
            continue
        share = counted.options[option] / counted.cell.total
        if share < UNUSED:
            remedy = "put a likelier error in its place, as a new version"
            yield f"option {option} is hardly used: {share:.0%}; {remedy}"
        if is_larger_share(upper[option], upper.total(), lower[option], lower.total()):
            shares = f"{upper[option] / upper.total():.0%} against "
            shares += f"{lower[option] / lower.total():.0%}"
            remedy = "make sure that it is wrong beyond doubt, or reword it as a new version"
            yield f"option {option} draws those who know more: {shares}; {remedy}"


def _extremes(responses: Responses) -> tuple[Counter[str], Counter[str]]:
    """Return what the best and the worst 27 % chose; nothing while they are too few."""
    scores = Counter[int]()
    for response, times in responses.items():
        scores[response.rest] += times
    ends = extreme_scores(scores, EXTREMES)
    upper, lower = Counter[str](), Counter[str]()
    for response, times in responses.items():
        if ends and response.rest <= ends[0]:
            lower[response.option] += times
        elif ends and response.rest >= ends[1]:
            upper[response.option] += times
    if min(upper.total(), lower.total()) < LEAST_ANSWERS:
        return Counter(), Counter()
    return upper, lower


def _difference(responses: Responses) -> tuple[float, DifClass] | None:
    """Return MH D-DIF by language and its class; None while a language has too few runs."""
    cells = Counter[tuple[Language, bool, int]]()
    by_language = Counter[Language]()
    for response, times in responses.items():
        cells[response.language, response.right, response.rest] += times
        by_language[response.language] += times
    if min(by_language[REFERENCE], by_language[FOCAL]) < LEAST_OF_A_LANGUAGE:
        return None
    groups = [(language, right) for language in (REFERENCE, FOCAL) for right in (True, False)]
    estimate = mantel_haenszel(
        Stratum(*(cells[*group, rest_score] for group in groups))
        for rest_score in range(RUN_LENGTH)
    )
    return (estimate[0], dif_class(*estimate)) if estimate else None


def dif_class(delta: float, error: float) -> DifClass:
    """Return the class of an MH D-DIF: negligible (A), moderate (B) or large (C)."""
    size = abs(delta)
    if size < 1 or size <= 1.96 * error:
        return "A"
    return "C" if size >= 1.5 and size - 1 > 1.645 * error else "B"


def _difference_remarks(difference: tuple[float, DifClass] | None) -> Iterator[str]:
    if difference is None or difference[1] == "A":
        return
    delta, size = difference
    harder = "English" if delta < 0 else "Russian"
    remedy = "compare both texts; reword as a new version"
    if size == "B":
        remedy = "compare both texts, and look again with more answers"
    words = f"class {size} (MH D-DIF {delta:+.1f})"
    yield f"harder in {harder} for those who know as much: {words}; {remedy}"
