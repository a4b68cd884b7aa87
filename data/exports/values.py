"""The table of values: every published number of every city, joined with all that belongs to it."""

from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from data.exports.computed import yes_or_no
from data.fulfilment import fulfilment_of
from data.models import Edition, Observation, Target
from data.records import Cells, columns_of, rows_of
from data.score_steps import percent_text
from data.scores import RECENT_YEARS
from data.scoring import band_of, share_of_target
from data.tables import COMPUTED
from data.yardsticks import COMMON, yardstick_of

_OBSERVATION_COLUMNS = (
    *("value_id", "city", "code", "data_point", "period", "value", "unit", "source_id"),
    *("derived", "comparability", "evidence", "series_break"),
)
_INDICATOR_COLUMNS = (
    *("code", "name_en", "name_ru", "plain_name_en", "plain_name_ru", "dimension"),
    *("sub_dimension", "category", "category_ru", "unit_en", "unit_ru", "direction"),
)
_TARGET_COLUMNS = ("target", "kind", "basis", "target_year", "set_by_en", "set_by_ru", "source_id")
_SOURCE_COLUMNS = ("title", "url", "publisher", "publisher_ru", "class")
_ORDER = ["city_place", "code_place", "point_place", "year_place", "period"]
_UNDATED = 9999  # Behind every year.
_NO_TARGET = ""


def value_rows(edition: Edition) -> Iterable[Cells]:
    """The rows in the order of cities, indicators, data points and time, digits as published."""
    observations = _frame(edition, "observations")[list(_OBSERVATION_COLUMNS)]
    observations = observations[observations["value"] != ""]
    indicators = _frame(edition, "indicators")[list(_INDICATOR_COLUMNS)]
    points = _named(edition, "data_points", "data_point_", ("name_en", "name_ru"))
    points[["part_unit_en", "part_unit_ru"]] = _frame(edition, "data_points")[
        ["unit_en", "unit_ru"]
    ]
    cities = _named(edition, "cities", "city_", ("name_en", "name_ru"))
    targets = _named(edition, "targets", "target_", _TARGET_COLUMNS, keep="target")
    targets["target_row"] = targets.index.astype(str)
    sources = _named(edition, "sources", "source_", _SOURCE_COLUMNS)
    joined = (
        observations.merge(_verdicts(edition), on="value_id", validate="1:1")
        .merge(indicators, on="code", validate="m:1")
        .merge(points, on=["code", "data_point"], how="left", validate="m:1")
        .merge(cities, on="city", validate="m:1")
        .merge(targets, on="target_row", how="left", validate="m:1")
        .merge(sources, on="source_id", how="left", validate="m:1")
        .fillna("")
        .sort_values(_ORDER, kind="stable")
    )
    for unit in ("unit_en", "unit_ru"):
        own = joined[f"part_{unit}"]
        joined[unit] = own.where(own != "", joined[unit])
    header = [column.name for column in COMPUTED["values"].columns_of(edition.schema)]
    return tuple(joined[header].itertuples(index=False, name=None))


def _frame(edition: Edition, table: str) -> pd.DataFrame:
    """A table whose cells are the text of its file."""
    header = [column.name for column in columns_of(edition, table)]
    return pd.DataFrame(rows_of(edition, table), columns=header, dtype=str)


def _named(
    edition: Edition, table: str, prefix: str, columns: Iterable[str], keep: str = ""
) -> pd.DataFrame:
    """The key of a table and ``columns`` under names with a prefix, but for ``keep``."""
    keys = {"data_points": ["code", "data_point"], "cities": ["city"], "sources": ["source_id"]}
    frame = _frame(edition, table)[[*keys.get(table, []), *columns]]
    names = {name: f"{prefix}{name.removeprefix(prefix)}" for name in columns if name != keep}
    return frame.rename(columns=names)


def _verdicts(edition: Edition) -> pd.DataFrame:
    """Score of each number by our rule, with its place in the order and the row of its target."""
    scored = {
        score.observation.value_id
        for city in edition.cities
        for indicator_score in fulfilment_of(edition, city, edition.year).indicators
        for score in indicator_score.scored
        if score.observation
    }
    indicators = {indicator.code: indicator for indicator in edition.indicators}
    rows = {id(target): str(row) for row, target in enumerate(edition.targets)}

    @cache
    def target_of(city: str, code: str, label: str) -> Target | None:
        return yardstick_of(edition, city, indicators[code], label, COMMON)

    places = {
        "city_place": _places(edition.cities),
        "code_place": _places(indicators),
    }
    labels = {
        code: _places(["", *(point.label for point in indicator.data_points)])
        for code, indicator in indicators.items()
    }

    def verdict(observation: Observation) -> dict[str, str | int]:
        indicator = indicators[observation.code]
        target = target_of(observation.city, observation.code, observation.data_point)
        share = None
        if observation.rate and observation.value is not None and target:
            share = share_of_target(observation.value, target.value, target.direction)
        reason = "neutral" if indicator.direction == "neutral" else "no_target"
        year = observation.year
        recent = None if year is None else year >= edition.year - RECENT_YEARS
        return {
            "value_id": observation.value_id,
            "slug": indicator.slug,
            "page_path": f"/en/kpi/{indicator.slug}/",
            "year": "" if year is None else str(year),
            "target_row": rows[id(target)] if target else _NO_TARGET,
            "share_percent": percent_text(share),
            "band": band_of(share),
            "reason": "" if share is not None else observation.reason or reason,
            "scored": yes_or_no(observation.value_id in scored),
            "recent": yes_or_no(recent),
            "city_place": places["city_place"][observation.city],
            "code_place": places["code_place"][observation.code],
            "point_place": labels[observation.code].get(observation.data_point, 0),
            "year_place": _UNDATED if year is None else year,
        }

    published = (row for row in edition.observations if row.value is not None)
    return pd.DataFrame(map(verdict, published))


def _places(names: Iterable[str]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}
