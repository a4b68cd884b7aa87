"""What is counted as answers arrive, so that statistics need not read them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from quiz.models import Answer, Exclusion, Run

Name = Literal["runs", "score", "option", "right", "time", "rest", "exclusion"]
NAMES: tuple[Name, ...] = get_args(Name)


class Tally(NamedTuple):
    """One thing that is counted; what does not matter to it is empty or 0.

    ========= ================================= =========================================
    name      kept by                           bucket
    ========= ================================= =========================================
    runs      series, language                  empty: runs with an answer that counts
    score     series, language                  right answers of a complete run
    option    question, series, language        id of the option that was chosen
    right     question, series, language        empty: right answers
    time      question, series                  step of ``quiz.times.STEPS``
    rest      question, series                  ``1-6``: right (1) or wrong (0), and the score
                                                of the other nine questions of a complete run
    exclusion nothing                           the reason
    ========= ================================= =========================================

    A run is complete here if all its questions are answered and every answer counts.
    Answers that are excluded are in no tally but “exclusion”.
    """

    name: Name
    question_id: str = ""
    version: int = 0
    series: str = ""
    language: str = ""
    bucket: str = ""


Counts = Mapping[Tally, int]


def tallies_of(run: Run, answer: Answer) -> list[Tally]:
    """What grows by one when ``answer`` is added to ``run``, in the order of the keys.

    ``run`` has the answers before it. The order keeps two transactions from waiting for
    each other.
    """
    if answer.excluded:
        return [exclusion_tally(answer.excluded)]
    about = (*answer.key, run.series)
    grown = [
        Tally("option", *about, run.language, answer.option),
        Tally("time", *about, "", str(answer.seconds)),
    ]
    if answer.right:
        grown.append(Tally("right", *about, run.language))
    if not any(earlier.excluded is None for earlier in run.answers):
        grown.append(Tally("runs", series=run.series, language=run.language))
    if answer.position == len(run.items):
        grown += _tallies_of_whole(run, (*run.answers, answer))
    return sorted(grown)


def _tallies_of_whole(run: Run, answers: tuple[Answer, ...]) -> list[Tally]:
    """The score of a complete run, and for each question the score of the others."""
    if any(answer.excluded for answer in answers):
        return []
    score = sum(answer.right for answer in answers)
    whole = [Tally("score", series=run.series, language=run.language, bucket=str(score))]
    for answer in answers:
        bucket = f"{answer.right:d}-{score - answer.right}"
        whole.append(Tally("rest", *answer.key, run.series, "", bucket))
    return whole


def exclusion_tally(reason: Exclusion) -> Tally:
    """The tally of a reason why something was not counted."""
    return Tally("exclusion", bucket=reason)
