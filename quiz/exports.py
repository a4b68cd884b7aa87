"""The published statistics as one flat table, for CSV, and as one document, for JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from quiz.statistics import Share, Statistics, Summary

COLUMNS = (
    *("series", "question", "version", "dimension", "language", "option"),
    *("score", "measure", "value"),
)
Record = dict[str, str]


def rows(statistics: Statistics) -> list[Record]:
    """Return one row per statistic, with ``COLUMNS``; an empty ``value`` is withheld.

    ``series`` is ``first``, ``all``, ``room`` or ``embed``, empty where it does not matter;
    ``score`` is a range such as ``3-4``. Shares are in percent with two decimals, times in
    seconds. Measures of a kind of items begin with its name: the published columns have none.
    """
    records = [
        row("first_day", statistics.first_day),
        row("chance", float(statistics.chance)),
        row("participants", statistics.participants),
    ]
    for series, summary in statistics.by_series.items():
        records += series_rows(series, summary)
    for reason, times in statistics.exclusions.items():
        records.append(row(f"excluded_{reason}", times))
    return records


def document(statistics: Statistics) -> dict[str, Any]:
    """Return the same statistics as nested values fit for JSON; None is withheld."""
    return {
        "first_day": statistics.first_day.isoformat() if statistics.first_day else None,
        "chance": float(statistics.chance),
        "participants": statistics.participants,
        **{series: summary_document(each) for series, each in statistics.by_series.items()},
        "excluded": dict(statistics.exclusions),
    }


def row(measure: str, value: object, **about: object) -> Record:
    """Return a row of the table; None is withheld."""
    cells = {name: str(content) for name, content in about.items()}
    cells |= {"measure": measure, "value": "" if value is None else str(value)}
    return dict.fromkeys(COLUMNS, "") | cells


def _percents(share: Share) -> dict[str, float]:
    """Return a share and its interval in percent, with two decimals."""
    shares = {"": share.share, "_low": share.low, "_high": share.high}
    return {f"right_percent{end}": round(100 * value, 2) for end, value in shares.items()}


def _share_rows(share: Share | None, kind: str = "", **about: object) -> Iterator[Record]:
    if share is None:
        yield row("right", None, **about)
        return
    figures: dict[str, object] = {"answers": share.answers, "right": share.right}
    figures |= {name: f"{percent:.2f}" for name, percent in _percents(share).items()}
    for name, figure in figures.items():
        yield row(f"{kind}_{name}" if kind else name, figure, **about)


def series_rows(series: str, summary: Summary) -> list[Record]:
    """Return the rows of one series."""
    return [{**record, "series": series} for record in _summary_rows(summary)]


def _summary_rows(summary: Summary) -> Iterator[Record]:
    yield row("runs", summary.runs)
    yield row("completed", summary.completed)
    yield from _share_rows(summary.right)
    for score_bin in summary.scores:
        score = f"{score_bin.lowest}-{score_bin.highest}"
        yield row("runs_with_score", score_bin.runs, score=score)
    for dimension, share in summary.dimensions.items():
        yield from _share_rows(share, dimension=dimension)
    for language, share in summary.languages.items():
        yield from _share_rows(share, language=language)
    for kind, share in summary.kinds.items():
        yield from _share_rows(share, kind)
    for (question_id, version), question in summary.questions.items():
        about: dict[str, Any] = {"question": question_id, "version": version}
        if question.right is None:
            yield row("answers", question.answers, **about)
        yield from _share_rows(question.right, **about)
        for option, times in question.options.items():
            yield row("chosen", times, **about, option=option)
        yield row("median_seconds", question.median_seconds, **about)
        yield row("discrimination", question.discrimination, **about)


def _share_document(share: Share | None) -> dict[str, Any] | None:
    if share is None:
        return None
    return {
        "right": share.right,
        "answers": share.answers,
        **_percents(share),
        # The same as fractions of 1, as they were published first.
        **{name: round(getattr(share, name), 4) for name in ("share", "low", "high")},
    }


def summary_document(summary: Summary) -> dict[str, Any]:
    """Return the figures of one series as nested values fit for JSON."""
    return {
        "runs": summary.runs,
        "completed": summary.completed,
        "right": _share_document(summary.right),
        "scores": [asdict(score_bin) for score_bin in summary.scores],
        "dimensions": {name: _share_document(share) for name, share in summary.dimensions.items()},
        "languages": {name: _share_document(share) for name, share in summary.languages.items()},
        "kinds": {name: _share_document(share) for name, share in summary.kinds.items()},
        "questions": [
            {
                "question": question_id,
                "version": version,
                "answers": question.answers,
                "right": _share_document(question.right),
                "options": dict(question.options),
                "median_seconds": question.median_seconds,
                "discrimination": question.discrimination,
            }
            for (question_id, version), question in summary.questions.items()
        ],
    }
