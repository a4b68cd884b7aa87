"""Checked rows into records. Every row given here has already passed data.checks."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from data.models import (
    City,
    Comparability,
    DataPoint,
    Direction,
    Indicator,
    Level,
    Observation,
    Population,
    Source,
    SourceClass,
    Target,
    TargetKind,
    WithheldReason,
    Words,
)
from data.table_files import Row, TableFiles

NO_LABEL = "-"


def labels_of(applies_to: str) -> tuple[str, ...]:
    """The observation labels of an ``applies_to`` cell; ``-`` stands for the empty one."""
    return tuple("" if label == NO_LABEL else label for label in applies_to.split(";"))


def year_of(period: str) -> int | None:
    """The first year of a period, None for the empty one."""
    return int(period[:4]) if period else None


def items_of(cell: str) -> tuple[str, ...]:
    """The items of a cell that lists some, separated by semicolons."""
    return tuple(item.strip() for item in cell.split(";")) if cell else ()


def _words(row: Row, name: str) -> Words:
    """The pair ``name_en`` and ``name_ru``, or ``name`` (English) and ``name_ru``."""
    english = f"{name}_en"
    return Words(en=row[english] if english in row.cells else row[name], ru=row[f"{name}_ru"])


def indicators_of(tables: TableFiles) -> tuple[Indicator, ...]:
    """The indicators in table order, each with its data points."""
    points: dict[str, list[DataPoint]] = {}
    for row in tables.rows("data_points"):
        points.setdefault(row["code"], []).append(_data_point(row))
    return tuple(_indicator(row, points.get(row["code"], [])) for row in tables.rows("indicators"))


def _data_point(row: Row) -> DataPoint:
    return DataPoint(
        code=row["code"],
        label=row["data_point"],
        name=_words(row, "name"),
        unit_code=row["unit"],
        unit=_words(row, "unit"),
        standard=row["standard"] == "yes",
    )


def _indicator(row: Row, points: list[DataPoint]) -> Indicator:
    listed = items_of(row["data_points"])  # the standard's own order; the others follow it
    places = {label: place for place, label in enumerate(listed)}
    return Indicator(
        code=row["code"],
        name=_words(row, "name"),
        name_is_published=row["name_ru_source"] == "published",
        dimension=row["dimension"],
        sub_dimension=_words(row, "sub_dimension"),
        category=_words(row, "category"),
        level=cast(Level, row["level"]),
        type=row["type"],
        unit_code=row["unit"],
        unit=_words(row, "unit"),
        direction=cast(Direction, row["direction"]),
        sdg_targets=items_of(row["sdg_targets"]),
        definition=_words(row, "definition"),
        data_points=tuple(sorted(points, key=lambda point: places.get(point.label, len(places)))),
        source_id=row["source_id"],
        page=row["page"],
        sdg_source_id=row["sdg_source"],
        notes=_words(row, "notes"),
        synonyms={"en": items_of(row["synonyms_en"]), "ru": items_of(row["synonyms_ru"])},
    )


def observation_of(row: Row) -> Observation:
    """One row of observations.csv."""
    return Observation(
        city=row["city"],
        code=row["code"],
        data_point=row["data_point"],
        period=row["period"],
        year=year_of(row["period"]),
        value=Decimal(row["value"]) if row["value"] else None,
        unit_code=row["unit"],
        value_text=row["value_text"],
        source_id=row["source_id"],
        page=_words(row, "page"),
        derived=row["derived"] == "yes",
        comparability=cast(Comparability, row["comparability"]),
        note=_words(row, "note"),
        rate=row["rate"] == "yes",
        rate_reason=_words(row, "rate_reason"),
        reason=cast(WithheldReason, row["reason"]) if row["reason"] else None,
        breaks_series=row["break"] == "yes",
    )


def target_of(row: Row) -> Target:
    """One row of targets.csv."""
    return Target(
        code=row["code"],
        data_point=row["data_point"],
        value=Decimal(row["target"]),
        direction=cast(Direction, row["direction"]),
        unit_code=row["unit"],
        basis=row["basis"],
        kind=cast(TargetKind, row["kind"]),
        scope=row["scope"],
        primary=row["primary"] == "yes",
        doubtful=row["doubtful"] == "yes",
        applies_to=labels_of(row["applies_to"]),
        source_id=row["source_id"],
        page=_words(row, "page"),
        value_text=row["value_text"],
        note=_words(row, "note"),
    )


def source_of(row: Row) -> Source:
    """One row of sources.csv."""
    return Source(
        id=row["source_id"],
        title=row["title"],
        title_language=row["title_language"],
        publisher=_words(row, "publisher"),
        year=year_of(row["year"]),
        url=row["url"],
        licence=_words(row, "licence"),
        accessed=row["accessed"],
        source_class=cast(SourceClass, row["class"]),
    )


def city_of(row: Row) -> City:
    """One row of cities.csv."""
    return City(row["city"], _words(row, "name"), _words(row, "country"))


def population_of(row: Row) -> Population:
    """One row of population.csv."""
    return Population(
        city=row["city"],
        year=int(row["year"]),
        thousand=Decimal(row["population_thousand"]),
        kind=_words(row, "kind"),
        source_id=row["source_id"],
    )
