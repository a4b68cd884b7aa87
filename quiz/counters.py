"""Counters that grow as answers arrive, so that statistics need not read the answers again."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from quiz.items import KINDS
from quiz.models import RUN_LENGTH, Answer, Exclusion, Run

Name = Literal["runs", "score", "option", "right", "time", "rest", "exclusion"]


class CounterKey(NamedTuple):
    """Key of one counter of the quiz; fields that it does not use are empty or 0.

    ========= ================================= =========================================
    name      kept by                           bucket
    ========= ================================= =========================================
    runs      series, language                  empty: runs with an answer that counts
    score     series, language                  right answers of a complete run
    option    question, series, language        id of the chosen option, or the band of a number
    right     question, series, language        empty: right answers
    time      question, series                  step of ``quiz.marking.TIME_STEPS``
    rest      question, series                  ``1-6``: right (1) or wrong (0), and the score
                                                of the other nine questions of a complete run
    exclusion nothing                           the reason
    ========= ================================= =========================================

    A run is complete here if it has ten questions, all are answered and every answer counts.
    Answers that are excluded are in no counter but “exclusion”.
    """

    name: Name
    question_id: str = ""
    version: int = 0
    series: str = ""
    language: str = ""
    bucket: str = ""


Counts = Mapping[CounterKey, int]


class Download(NamedTuple):
    """Key of one counter of downloads.

    ``month`` is one of UTC, such as 2026-11, ``file`` a path without its leading slash, and
    ``edition`` the version whose file stood there.
    """

    month: str
    file: str
    edition: str


DownloadCounts = Mapping[Download, int]


def counters_of(run: Run, answer: Answer) -> list[CounterKey]:
    """Return the counters that grow by one when ``answer`` is added to ``run``.

    ``run`` has the answers before it.
    """
    if answer.excluded:
        return [exclusion_counter(answer.excluded)]
    about = (*answer.key, run.series)
    item = run.items[answer.position - 1]
    chosen = KINDS[item.kind].counters(item, answer.option)
    grown = [
        CounterKey("option", *about, run.language, chosen),
        CounterKey("time", *about, "", str(answer.seconds)),
    ]
    if answer.right:
        grown.append(CounterKey("right", *about, run.language))
    if not any(earlier.excluded is None for earlier in run.answers):
        grown.append(CounterKey("runs", series=run.series, language=run.language))
    if len(run.answers) + 1 == len(run.items) == RUN_LENGTH:
        grown += _counters_of_complete_run(run, (*run.answers, answer))
    return grown


def _counters_of_complete_run(run: Run, answers: tuple[Answer, ...]) -> list[CounterKey]:
    """Return the counters of its score and, for each question, of the others' score."""
    if any(answer.excluded for answer in answers):
        return []
    score = sum(answer.right for answer in answers)
    counters = [CounterKey("score", series=run.series, language=run.language, bucket=str(score))]
    for answer in answers:
        bucket = f"{answer.right:d}-{score - answer.right}"
        counters.append(CounterKey("rest", *answer.key, run.series, "", bucket))
    return counters


def exclusion_counter(reason: Exclusion) -> CounterKey:
    """Return the counter of a reason why something was not counted."""
    return CounterKey("exclusion", bucket=reason)
