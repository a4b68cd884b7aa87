"""The published statistics as one flat table, for CSV, and as one document, for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quiz.figures import QuestionFigures, Share, Statistics, Summary

COLUMNS = (
    "series",
    "question",
    "version",
    "dimension",
    "language",
    "option",
    "score",
    "measure",
    "value",
)
Record = dict[str, str]


def rows(statistics: Statistics) -> list[Record]:
    """One row per figure, with ``COLUMNS``; an empty ``value`` is withheld.

    ``series`` is ``first`` or ``all``, empty where it does not matter; ``score`` is a range
    such as ``3-4``. Shares are in percent with two decimals, times in seconds.
    """
    found = [_row("first_day", statistics.first_day), _row("chance", float(statistics.chance))]
    for series, summary in (("first", statistics.first), ("all", statistics.all)):
        found += [{**row, "series": series} for row in _summary_rows(summary)]
    for reason, times in statistics.exclusions.items():
        found.append(_row(f"excluded_{reason}", times))
    return found


def document(statistics: Statistics) -> dict[str, Any]:
    """The same figures as nested values fit for JSON; None is withheld."""
    return {
        "first_day": statistics.first_day.isoformat() if statistics.first_day else None,
        "chance": float(statistics.chance),
        "participants": statistics.participants,
        "first": _summary_document(statistics.first),
        "all": _summary_document(statistics.all),
        "excluded": dict(statistics.exclusions),
    }


def _row(measure: str, value: object, **about: object) -> Record:
    shown = "" if value is None else str(value)
    place = {name: str(content) for name, content in about.items()}
    return {**dict.fromkeys(COLUMNS, ""), **place, "measure": measure, "value": shown}


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.2f}"


def _share_rows(share: Share | None, **about: object) -> Iterator[Record]:
    if share is None:
        yield _row("right", None, **about)
        return
    yield _row("answers", share.answers, **about)
    yield _row("right", share.right, **about)
    yield _row("right_percent", _percent(share.share), **about)
    yield _row("right_percent_low", _percent(share.low), **about)
    yield _row("right_percent_high", _percent(share.high), **about)


def _summary_rows(summary: Summary) -> Iterator[Record]:
    yield _row("runs", summary.runs)
    yield _row("completed", summary.completed)
    yield from _share_rows(summary.right)
    for one in summary.scores:
        yield _row("runs_with_score", one.runs, score=f"{one.lowest}-{one.highest}")
    for dimension, share in summary.dimensions.items():
        yield from _share_rows(share, dimension=dimension)
    for language, share in summary.languages.items():
        yield from _share_rows(share, language=language)
    for (question, version), figures in summary.questions.items():
        yield from _question_rows(figures, question=question, version=version)


def _question_rows(figures: QuestionFigures, **about: object) -> Iterator[Record]:
    if figures.right is None:
        yield _row("answers", figures.answers, **about)
    yield from _share_rows(figures.right, **about)
    for option, times in figures.options.items():
        yield _row("chosen", times, **about, option=option)
    yield _row("median_seconds", figures.median_seconds, **about)
    yield _row("discrimination", figures.discrimination, **about)


def _share_document(share: Share | None) -> dict[str, Any] | None:
    if share is None:
        return None
    return {
        "right": share.right,
        "answers": share.answers,
        "share": round(share.share, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
    }


def _summary_document(summary: Summary) -> dict[str, Any]:
    return {
        "runs": summary.runs,
        "completed": summary.completed,
        "right": _share_document(summary.right),
        "scores": [
            {"lowest": one.lowest, "highest": one.highest, "runs": one.runs}
            for one in summary.scores
        ],
        "dimensions": {name: _share_document(one) for name, one in summary.dimensions.items()},
        "languages": {name: _share_document(one) for name, one in summary.languages.items()},
        "questions": [
            {
                "question": question,
                "version": version,
                "answers": figures.answers,
                "right": _share_document(figures.right),
                "options": dict(figures.options),
                "median_seconds": figures.median_seconds,
                "discrimination": figures.discrimination,
            }
            for (question, version), figures in summary.questions.items()
        ],
    }
