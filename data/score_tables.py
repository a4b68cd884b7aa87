"""The scores of a published edition: written when it is published, then read, not computed.

``scores.csv`` has a row for each data point, ``groups.csv`` for each group of indicators, of each
city and view of yardsticks, from the year on in which something about it changed; an empty
``since`` is before any data. Editions before 2026.2 have the common view only and no column for it.
``observation`` and ``target`` number the rows of observations.csv and targets.csv as a spreadsheet
does: the first one is 2. Shares are in percent, exact. The three columns ``indicator_…`` are those
of the indicator as a whole.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any, TypeVar, cast

from data.fulfilment import fulfilment_of, years_with_data
from data.groups import group_score
from data.models import Edition, Indicator
from data.records import Cells
from data.score_steps import fraction_text
from data.scores import Fulfilment, Group, GroupRate, IndicatorScore, Score, ScoreStep
from data.yardsticks import COMMON, VIEWS, View

SCORES_FILE, GROUPS_FILE = "scores.csv", "groups.csv"
_SCORES = (
    *("city", "view", "since", "code", "data_point", "observation", "target"),
    *("share", "band", "points", "reason"),
    *("indicator_share", "indicator_band", "indicator_reason"),
)
_GROUPS = ("city", "view", "since", "dimension", "sub_dimension", "category", "share", "band")
_FIRST_ROW = 2
_Record = TypeVar("_Record")
_GroupName = tuple[str, str, str]


def score_tables(edition: Edition) -> dict[str, bytes]:
    """Return both files by name, with the scores of every city as of every year."""
    number = _row_numbers(edition)
    groups = _groups(edition)
    tables: dict[str, list[Cells]] = {SCORES_FILE: [], GROUPS_FILE: []}
    for city, view in product(edition.cities, VIEWS):
        before: dict[tuple[str, ...], list[Cells]] = {}
        for since, fulfilment in _steps(edition, city, view):
            for key, rows in _rows(fulfilment, groups, number):
                if before.get(key) != rows:
                    before[key] = rows
                    table = tables[GROUPS_FILE if len(key) > 1 else SCORES_FILE]
                    table += [(city, view, since, *key, *cells) for cells in rows]
    return {
        SCORES_FILE: _csv(_SCORES, tables[SCORES_FILE]),
        GROUPS_FILE: _csv(_GROUPS, tables[GROUPS_FILE]),
    }


def read_scores(folder: Path, edition: Edition) -> Mapping[tuple[str, str], tuple[ScoreStep, ...]]:
    """Return the scores by city and view from the files in ``folder``, the earliest first."""
    indicators = {indicator.code: indicator for indicator in edition.indicators}
    groups = _groups(edition)
    steps: dict[tuple[str, str], dict[str, ScoreStep]] = {}

    def step(row: Mapping[str, str]) -> ScoreStep:
        since = row["since"]
        fresh = ScoreStep(int(since) if since else None, {}, {})
        key = row["city"], row.get("view", COMMON)
        return steps.setdefault(key, {}).setdefault(since, fresh)

    for row in _read(folder / SCORES_FILE):
        code = row["code"]
        scores = step(row).indicators
        earlier_scores = scores[code].scores if code in scores else ()
        scores[code] = _indicator_score(indicators[code], row, earlier_scores, edition)
    for row in _read(folder / GROUPS_FILE):
        name = row["dimension"], row["sub_dimension"], row["category"]
        rate = GroupRate(_share(row["share"]), cast(Any, row["band"]))
        step(row).groups[groups[name]] = rate
    return {key: tuple(its_steps.values()) for key, its_steps in steps.items()}


def _steps(edition: Edition, city: str, view: View) -> Iterator[tuple[str, Fulfilment]]:
    """Every fulfilment that may differ from the one before, under the year that brought it."""
    # The edition's own year brings the values without a year.
    years = sorted({*years_with_data(edition, city), edition.year})
    yield "", fulfilment_of(edition, city, years[0] - 1, view)
    for year in years:
        yield str(year), fulfilment_of(edition, city, year, view)


def _groups(edition: Edition) -> dict[_GroupName, Group]:
    """Everything that is scored together: the city, dimensions, sub-dimensions, categories."""
    groups: dict[_GroupName, set[str]] = {}
    for indicator in edition.indicators:
        names = indicator.dimension, indicator.sub_dimension.en, indicator.category.en
        for depth in range(len(names) + 1):
            name = cast(_GroupName, (*names[:depth], "", "", "")[:3])
            groups.setdefault(name, set()).add(indicator.code)
    return {name: frozenset(codes) for name, codes in groups.items()}


def _rows(
    fulfilment: Fulfilment, groups: Mapping[_GroupName, Group], number: Callable[[Any], str]
) -> Iterator[tuple[tuple[str, ...], list[Cells]]]:
    for indicator_score in fulfilment.indicators:
        whole = (
            fraction_text(indicator_score.share) or "",
            indicator_score.band,
            indicator_score.reason or "",
        )
        rows = [(*_score_cells(score, number), *whole) for score in indicator_score.scores]
        yield (indicator_score.indicator.code,), rows
    for name, codes in groups.items():
        score = group_score(
            score for score in fulfilment.indicators if score.indicator.code in codes
        )
        yield name, [(fraction_text(score.share) or "", score.band)]


def _score_cells(score: Score, number: Callable[[Any], str]) -> Cells:
    return (
        score.label,
        number(score.observation),
        number(score.target),
        fraction_text(score.share) or "",
        score.band,
        "" if score.points is None else str(score.points),
        score.reason or "",
    )


def _row_numbers(edition: Edition) -> Callable[[Any], str]:
    """Return what gives the number of the row of an observation or a target."""
    numbers = {
        id(record): str(row)
        for records in (edition.observations, edition.targets)
        for row, record in enumerate(records, _FIRST_ROW)
    }
    return lambda record: "" if record is None else numbers[id(record)]


def _indicator_score(
    indicator: Indicator,
    row: Mapping[str, str],
    earlier_scores: tuple[Score, ...],
    edition: Edition,
) -> IndicatorScore:
    score = Score(
        indicator,
        row["data_point"],
        _record(edition.observations, row["observation"]),
        _record(edition.targets, row["target"]),
        _share(row["share"]),
        cast(Any, row["band"]),
        int(row["points"]) if row["points"] else None,
        cast(Any, row["reason"] or None),
    )
    return IndicatorScore(
        indicator,
        (*earlier_scores, score),
        _share(row["indicator_share"]),
        cast(Any, row["indicator_band"]),
        cast(Any, row["indicator_reason"] or None),
    )


def _record(records: Sequence[_Record], number: str) -> _Record | None:
    return records[int(number) - _FIRST_ROW] if number else None


def _share(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _csv(header: Sequence[str], rows: Sequence[Cells]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
