"""Statistics worked out from the raw tables by plain means, apart from how the quiz does it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import StatisticsError, correlation, median_low
from typing import Any

from sqlalchemy import Engine, text


@dataclass(frozen=True)
class RawAnswer:
    """``option`` is what counts, an option or a band; ``response`` what is stored."""

    run: str
    series: str
    language: str
    position: int
    question: tuple[str, int]
    option: str
    response: str
    right: bool
    seconds: int
    excluded: str | None


QUERY = """
    SELECT r.id, r.first, r.origin, r.language, r.drawn, a.position, a.question_id, a.version,
           a.option, a.seconds, a.excluded
    FROM quiz_answers a JOIN quiz_runs r ON r.id = a.run_id ORDER BY r.id, a.position
"""


def raw_answers(engine: Engine) -> list[RawAnswer]:
    """All stored answers, marked anew by what was drawn for the run."""
    raw = []
    with engine.connect() as connection:
        for row in connection.execute(text(QUERY)):
            drawn = row.drawn if isinstance(row.drawn, list) else json.loads(row.drawn)
            question_id, bin_name, right = marked_anew(drawn[row.position - 1], row.option)
            assert (question_id, drawn[row.position - 1][1]) == (row.question_id, row.version)
            raw.append(
                RawAnswer(
                    row.id,
                    ("first" if row.first else "again") if row.origin == "site" else row.origin,
                    row.language,
                    row.position,
                    (question_id, row.version),
                    bin_name,
                    row.option,
                    right,
                    row.seconds,
                    row.excluded,
                )
            )
    return raw


def marked_anew(drawn: list[Any], response: str) -> tuple[str, str, bool]:
    """Whose statistics a response counts in, its option or band, and whether it is right."""
    question_id, _, options, right, *kind_and_scale = drawn
    kind, *scale = kind_and_scale or ["choice"]
    if response in options:
        return (
            f"{question_id}-choice" if kind == "draw" else question_id,
            response,
            response == right,
        )
    assert kind in ("estimate", "draw"), kind
    *_, exact, close, value, start, _ = scale[0]
    last = Fraction(response.rsplit(maxsplit=1)[-1])
    error = last - Fraction(value)
    side = "below" if error < 0 else "above"
    if abs(error) <= Fraction(exact):
        return question_id, "exact", True
    went_right = start is None or (last > Fraction(start)) == (Fraction(value) > Fraction(start))
    near = abs(error) <= Fraction(close) and went_right and last != Fraction(start or "-1")
    return question_id, f"{'close' if near else 'far'}_{side}", near


def stored_counts(engine: Engine) -> dict[tuple[Any, ...], int]:
    """The table of counts as it is."""
    query = "SELECT tally, question_id, version, series, language, bucket, total FROM quiz_counts"
    with engine.connect() as connection:
        return {tuple(row)[:-1]: row.total for row in connection.execute(text(query))}


def recomputed_counts(answers: list[RawAnswer]) -> dict[tuple[Any, ...], int]:
    """What the table of counts must hold, exclusions of requests left aside."""
    counts: Counter[tuple[Any, ...]] = Counter()
    by_run: dict[str, list[RawAnswer]] = defaultdict(list)
    for answer in answers:
        by_run[answer.run].append(answer)
        if answer.excluded:
            counts["exclusion", "", 0, "", "", answer.excluded] += 1
            continue
        counts["option", *answer.question, answer.series, answer.language, answer.option] += 1
        counts["time", *answer.question, answer.series, "", str(answer.seconds)] += 1
        if answer.right:
            counts["right", *answer.question, answer.series, answer.language, ""] += 1
    for answered in by_run.values():
        answer = answered[0]
        if not all(other.excluded for other in answered):
            counts["runs", "", 0, answer.series, answer.language, ""] += 1
        if len(answered) == 10 and not any(other.excluded for other in answered):
            score = sum(other.right for other in answered)
            counts["score", "", 0, answer.series, answer.language, str(score)] += 1
            for other in answered:
                rest_score = f"{int(other.right)}-{score - int(other.right)}"
                counts["rest", *other.question, answer.series, "", rest_score] += 1
    return dict(counts)


def whole_runs(answers: list[RawAnswer]) -> dict[str, list[RawAnswer]]:
    """Runs with ten answers that all count."""
    by_run: dict[str, list[RawAnswer]] = defaultdict(list)
    for answer in answers:
        by_run[answer.run].append(answer)
    return {
        run: run_answers
        for run, run_answers in by_run.items()
        if len(run_answers) == 10 and not any(answer.excluded for answer in run_answers)
    }


def interval_by_search(right: int, total: int) -> tuple[float, float]:
    """Wilson's interval by its definition: the shares that a score test would not reject."""
    z = 1.959963984540054

    def rejected(share: float) -> bool:
        return abs(right / total - share) > z * sqrt(share * (1 - share) / total)

    def border(inside: float, outside: float) -> float:
        for _ in range(60):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if rejected(middle) else (middle, outside)
        return inside

    share = right / total
    return border(share, 0.0), border(share, 1.0)


def correlation_of(question: tuple[str, int], answers: list[RawAnswer]) -> float | None:
    """Right or wrong against the number of other right answers, over whole runs."""
    items, rests = [], []
    for run_answers in whole_runs(answers).values():
        for answer in run_answers:
            if answer.question == question:
                items.append(int(answer.right))
                rests.append(sum(other.right for other in run_answers if other is not answer))
    try:
        return correlation(items, rests)
    except StatisticsError:
        return None


def median_of(question: tuple[str, int], answers: list[RawAnswer]) -> int:
    return median_low(
        answer.seconds for answer in answers if answer.question == question and not answer.excluded
    )
