"""Rows of scores that a selection leaves, and counts of those that it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.exploration.frames import FILTERED, scores_frame
from data.exploration.selection import FILTERS, Selection, vocabulary_of
from data.models import Edition

Mask = npt.NDArray[np.bool_]
_COLUMNS = {**FILTERED, "kpi": "code"}
# Filters that say nothing of values.
_DEFINED = ("dimension", "topic", "kpi", "level")


@dataclass(frozen=True, eq=False)
class Selected:
    """Rows of a selection; ``rows`` are as of its last year and all have a value.

    ``history`` has every data point of their indicators as of each year between the first and the
    last; ``earlier`` as of the year ``before``, or of the edition that it names, of all indicators
    that pass the filters then or now. ``left_out`` counts indicators: ``"no_value"`` pass what
    filters say of definitions but have no published number, ``"filters"`` have one and do not pass,
    and each active filter has the number that would come back without it. ``facets`` counts the
    indicators that each choice of a filter would leave, with the other filters as they are.
    ``topics`` are those of each indicator by its code.
    """

    selection: Selection
    rows: pd.DataFrame
    history: pd.DataFrame
    earlier: pd.DataFrame
    left_out: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]
    topics: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """The number of indicators that are left."""
        return self.rows["code"].nunique()


def select(edition: Edition, selection: Selection, before: Edition | None = None) -> Selected:
    """Apply a selection to the scores of its cities.

    ``before`` is the edition that ``selection.before`` names, where it names one.
    """
    now = _as_of(edition, selection, selection.last_year)
    topics = {indicator.code: indicator.topics for indicator in edition.indicators}
    masks = {name: _mask(now, selection, name, topics) for name in FILTERS}
    valued = now["value"].notna().to_numpy()
    codes = now["code"].cat.codes.to_numpy()
    passed = valued & _all(masks, len(now))
    shown = set(codes[passed].tolist())
    defined = _all({name: masks[name] for name in _DEFINED}, len(now))
    known = set(codes[valued].tolist())
    left_out = {
        "no_value": len(set(codes[defined].tolist()) - known),
        "filters": len(known - shown),
    }
    facets, choices = {}, vocabulary_of(edition, selection.cities[0]).choices
    for name in FILTERS:
        others = valued & _all({**masks, name: None}, len(now))
        facets[name] = _counts(now, others, name, choices[name], topics)
        if selection.filter(name):
            left_out[name] = len(set(codes[others].tolist()) - shown)
    history = _joined(_between(edition, selection, city) for city in selection.cities)
    return Selected(
        selection,
        now[passed],
        history[_among(history, shown)],
        _earlier(edition, selection, before, topics, shown),
        left_out,
        facets,
        topics,
    )


def _joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    listed = list(frames)
    return listed[0] if len(listed) == 1 else pd.concat(listed, ignore_index=True)


def _among(frame: pd.DataFrame, codes: set[int]) -> Mask:
    """Return which rows are of these indicators, given by the numbers of their codes."""
    wanted = np.zeros(len(frame["code"].cat.categories), dtype=bool)
    wanted[list(codes)] = True
    return wanted[frame["code"].cat.codes.to_numpy()]


def _as_of(edition: Edition, selection: Selection, year: int) -> pd.DataFrame:
    """Return the rows of all cities of a selection as of a year."""
    return _joined(
        _year(scores_frame(edition, city, selection.yardsticks), year) for city in selection.cities
    )


def _year(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of a city as of a year; none as of years before its first number."""
    years = frame["as_of"].to_numpy()
    return frame[int(np.searchsorted(years, year)) : int(np.searchsorted(years, year, "right"))]


def _between(edition: Edition, selection: Selection, city: str) -> pd.DataFrame:
    frame = scores_frame(edition, city, selection.yardsticks)
    years = frame["as_of"].to_numpy()
    start = int(np.searchsorted(years, selection.first_year))
    return frame[start : int(np.searchsorted(years, selection.last_year, side="right"))]


def _earlier(
    edition: Edition,
    selection: Selection,
    before: Edition | None,
    topics: Mapping[str, tuple[str, ...]],
    shown: set[int],
) -> pd.DataFrame:
    if isinstance(selection.before, int):
        rows = _as_of(edition, selection, selection.before)
    elif before is not None and selection.cities[0] in before.cities:
        rows = _year(scores_frame(before, selection.cities[0], selection.yardsticks), before.year)
    else:
        return _as_of(edition, selection, selection.last_year)[:0]
    masks = {name: _mask(rows, selection, name, topics) for name in FILTERS}
    return rows[_all(masks, len(rows)) | _among(rows, shown)]


def _mask(
    frame: pd.DataFrame, selection: Selection, name: str, topics: Mapping[str, tuple[str, ...]]
) -> Mask | None:
    """Return which rows pass a filter, None where it leaves all of them."""
    chosen = selection.filter(name)
    if not chosen:
        return None
    if name == "topic":
        wanted = set(chosen)
        return (
            frame["code"].isin([code for code in topics if wanted & set(topics[code])]).to_numpy()
        )
    return frame[_COLUMNS[name]].isin(chosen).to_numpy()


def _all(masks: Mapping[str, Mask | None], length: int) -> Mask:
    passed = np.ones(length, dtype=bool)
    for mask in masks.values():
        if mask is not None:
            passed &= mask
    return passed


def _counts(
    frame: pd.DataFrame,
    mask: Mask,
    name: str,
    choices: tuple[str, ...],
    topics: Mapping[str, tuple[str, ...]],
) -> dict[str, int]:
    """Return the number of indicators with a row of each choice among the rows of a mask."""
    codes = frame["code"].cat.codes.to_numpy(np.int64)[mask]
    if name == "topic":
        members = frame["code"].cat.categories[np.unique(codes)]
        counts = Counter(topic for code in members for topic in topics.get(code, ()))
        return {choice: counts[choice] for choice in choices}
    column = frame[_COLUMNS[name]].cat
    number = len(column.categories) + 1
    # Of the rows of one indicator with one value, one counts.
    pairs = np.unique(codes * number + column.codes.to_numpy(np.int64)[mask])
    occurrences = np.bincount(pairs % number, minlength=number).tolist()
    by_value = dict(zip(column.categories, occurrences, strict=False))
    return {choice: by_value.get(choice, 0) for choice in choices}
