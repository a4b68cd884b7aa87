"""Scores and observations of an edition as tables of pandas, made once per edition and process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any

import pandas as pd

from data.exploration.selection import vocabulary_of
from data.fulfilment import fulfilment_of, years_with_data
from data.models import Edition
from data.records import columns_of, number_text, rows_of
from data.score_steps import percent_text
from data.scores import Fulfilment, IndicatorScore, Score
from data.yardsticks import View

# What few rows share is plain text; everything else that is text repeats.
_TEXTS = ("value_text", "value_id", "share_text", "target_text", "period")
_NUMBERS = ("value", "share", "target_value", "indicator_share")
_WHOLE = ("as_of", "year", "target_year")
COLUMNS = (
    "city",
    "code",
    "label",
    "as_of",
    "dimension",
    "category",
    "level",
    "direction",
    "value",
    "value_text",
    "period",
    "unit_code",
    "year",
    "age",
    "target_value",
    "target_text",
    "target_kind",
    "target_basis",
    "target_year",
    "share",
    "share_text",
    "band",
    "reason",
    "comparability",
    "evidence",
    "source_id",
    "target_source_id",
    "value_id",
    "decisive",
    "indicator_band",
    "indicator_share",
    "indicator_reason",
)
# The columns that filters look at by the names of their parameters; a verdict is an indicator's.
FILTERED: Mapping[str, str] = {
    "dimension": "dimension",
    "level": "level",
    "kind": "target_kind",
    "evidence": "evidence",
    "age": "age",
    "comparability": "comparability",
    "band": "indicator_band",
}
# Tables of so many cities, yardsticks and editions are kept.
_MOST_KEPT = 64
_kept: dict[tuple[str, ...], pd.DataFrame] = {}
_lock = Lock()


def scores_frame(edition: Edition, city: str, view: View) -> pd.DataFrame:
    """Return a row for each data point of each indicator as of each year since the first number.

    ``value`` and ``target_value`` are doubles for drawing, in the unit ``unit_code``; the columns
    that end with ``_text`` have the digits as printed. Shares are in percent. ``decisive`` marks
    the data point that says most of its indicator. Raises ``KeyError`` for an unknown city.
    """
    return _keep((edition.digest, city, view), lambda: _scores(edition, city, view))


def observations_frame(edition: Edition) -> pd.DataFrame:
    """Return the observations in table order with the columns of their table; numbers are doubles.

    ``value_text`` is what the source says in words; ``printed`` has the digits of ``value``.
    """
    return _keep((edition.digest,), lambda: _observations(edition))


def _keep(key: tuple[str, ...], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    with _lock:
        frame = _kept.pop(key, None)
        if frame is None:
            frame = make()
        # The least recently used stand first.
        _kept[key] = frame
        while len(_kept) > _MOST_KEPT:
            del _kept[next(iter(_kept))]
        return frame


def _scores(edition: Edition, city: str, view: View) -> pd.DataFrame:
    first = min([*years_with_data(edition, city), edition.year])
    rows = [
        row
        for as_of in range(first, edition.year + 1)
        for row in _rows(fulfilment_of(edition, city, as_of, view))
    ]
    frame = pd.DataFrame.from_records(rows, columns=list(COLUMNS))
    choices = vocabulary_of(edition, city).choices
    # The same for every city, so that rows of several stay comparable by their numbers.
    fixed = {
        "city": tuple(edition.cities),
        "code": choices["kpi"],
        **{column: ("", *choices[name]) for name, column in FILTERED.items()},
    }
    return frame.astype({name: _kind(name, fixed.get(name)) for name in COLUMNS})


def _rows(fulfilment: Fulfilment) -> Iterator[tuple[Any, ...]]:
    for indicator_score in fulfilment.indicators:
        decisive = indicator_score.decisive or indicator_score.scores[0]
        for score in indicator_score.scores:
            yield _row(fulfilment, indicator_score, score, decisive)


def _row(
    fulfilment: Fulfilment, indicator_score: IndicatorScore, score: Score, decisive: Score
) -> tuple[Any, ...]:
    indicator, observation, target = score.indicator, score.observation, score.target
    value = observation.value if observation else None
    year = observation.year if observation else None
    age = "recent" if year is not None and year >= fulfilment.recent_from else "older"
    share, joint = score.share, indicator_score.share
    return (
        fulfilment.city,
        indicator.code,
        score.label,
        fulfilment.as_of,
        indicator.dimension,
        indicator.category.en,
        indicator.level,
        target.direction if target else indicator.direction,
        None if value is None else float(value),
        number_text(value),
        observation.period if observation else "",
        observation.unit_code if observation else indicator.unit_of(score.label),
        year,
        "" if value is None else "undated" if year is None else age,
        float(target.value) if target else None,
        number_text(target.value) if target else "",
        target.yardstick_kind if target else "",
        target.basis if target else "",
        target.target_year if target else None,
        None if share is None else float(share),
        percent_text(share),
        score.band,
        score.reason or "",
        observation.comparability if observation else "",
        (observation.evidence or "") if observation else "",
        observation.source_id if observation else "",
        target.source_id if target else "",
        observation.value_id if observation else "",
        score is decisive,
        indicator_score.band,
        None if joint is None else float(joint),
        indicator_score.reason or "",
    )


def _observations(edition: Edition) -> pd.DataFrame:
    columns = columns_of(edition, "observations")
    names = [column.name for column in columns]
    frame = pd.DataFrame.from_records(list(rows_of(edition, "observations")), columns=names)
    frame["printed"] = frame["value"]
    frame["value"] = pd.to_numeric(frame["value"].where(frame["value"] != ""))
    repeated = ("city", "code", "data_point", "unit", "source_id", "comparability", "evidence")
    kinds = {name: "category" for name in repeated if name in names}
    return frame.astype(kinds)


def _kind(name: str, values: tuple[str, ...] | None) -> Any:
    if values is not None:
        return pd.CategoricalDtype(list(dict.fromkeys(values)))
    if name in _NUMBERS:
        return "float64"
    if name in _WHOLE:
        return "int64" if name == "as_of" else "Int64"
    if name == "decisive":
        return "bool"
    return "str" if name in _TEXTS else "category"
