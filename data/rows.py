"""Records back into rows: the cells of each table, as its file has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from data.models import (
    City,
    DataPoint,
    Edition,
    Indicator,
    Observation,
    Population,
    Source,
    Target,
)
from data.records import NO_LABEL
from data.tables import TABLES

Cells = tuple[str, ...]
_Writer = Callable[[Any], dict[str, str]]


def number_text(value: Decimal | None) -> str:
    """The number with the digits that it was printed with; empty for None."""
    return "" if value is None else format(value, "f")


def rows_of(edition: Edition, table: str) -> tuple[Cells, ...]:
    """Return the rows of one table of ``data.tables``, cells in the order of its columns.

    Rows stand in the order of the file, except that the data points of an indicator stand
    in the order that the indicator lists them in.

    Raises ``KeyError`` for a table that an edition does not have.
    """
    records: Mapping[str, Iterable[Any]] = {
        "indicators": edition.indicators,
        "data_points": (point for one in edition.indicators for point in one.data_points),
        "observations": edition.observations,
        "targets": edition.targets,
        "sources": edition.sources.values(),
        "cities": edition.cities.values(),
        "population": edition.populations,
    }
    write = _WRITERS[table]
    return tuple(_in_order(table, write(record)) for record in records[table])


def observation_cells(seen: Observation) -> Cells:
    """One row of observations.csv."""
    return _in_order("observations", _observation(seen))


def _in_order(table: str, cells: Mapping[str, str]) -> Cells:
    return tuple(cells[column] for column in TABLES[table].header)


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _year(value: int | None) -> str:
    return "" if value is None else f"{value:04}"


def _indicator(one: Indicator) -> dict[str, str]:
    return {
        "code": one.code,
        "name_en": one.name.en,
        "name_ru": one.name.ru,
        "name_ru_source": "published" if one.name_is_published else "translated",
        "dimension": one.dimension,
        "sub_dimension": one.sub_dimension.en,
        "category": one.category.en,
        "level": one.level,
        "type": one.type,
        "unit": one.unit_code,
        "direction": one.direction,
        "sdg_targets": ";".join(one.sdg_targets),
        "definition_en": one.definition.en,
        "definition_ru": one.definition.ru,
        "data_points": ";".join(point.label for point in one.data_points if point.standard),
        "source_id": one.source_id,
        "page": one.page,
        "sdg_source": one.sdg_source_id,
        "notes": one.notes.en,
        "sub_dimension_ru": one.sub_dimension.ru,
        "category_ru": one.category.ru,
        "unit_en": one.unit.en,
        "unit_ru": one.unit.ru,
        "synonyms_en": "; ".join(one.synonyms["en"]),
        "synonyms_ru": "; ".join(one.synonyms["ru"]),
        "notes_ru": one.notes.ru,
    }


def _data_point(point: DataPoint) -> dict[str, str]:
    return {
        "code": point.code,
        "data_point": point.label,
        "name_en": point.name.en,
        "name_ru": point.name.ru,
        "unit": point.unit_code,
        "standard": _yes_no(point.standard),
        "unit_en": point.unit.en,
        "unit_ru": point.unit.ru,
    }


def _observation(seen: Observation) -> dict[str, str]:
    return {
        "city": seen.city,
        "code": seen.code,
        "data_point": seen.data_point,
        "period": seen.period,
        "value": number_text(seen.value),
        "unit": seen.unit_code,
        "value_text": seen.value_text,
        "source_id": seen.source_id,
        "page": seen.page.en,
        "derived": _yes_no(seen.derived),
        "comparability": seen.comparability,
        "note": seen.note.en,
        "rate": _yes_no(seen.rate),
        "rate_reason": seen.rate_reason.en,
        "note_ru": seen.note.ru,
        "rate_reason_ru": seen.rate_reason.ru,
        "page_ru": seen.page.ru,
        "reason": seen.reason or "",
        "break": _yes_no(seen.breaks_series),
    }


def _target(target: Target) -> dict[str, str]:
    return {
        "code": target.code,
        "data_point": target.data_point,
        "target": number_text(target.value),
        "direction": target.direction,
        "unit": target.unit_code,
        "basis": target.basis,
        "kind": target.kind,
        "scope": target.scope,
        "primary": _yes_no(target.primary),
        "doubtful": _yes_no(target.doubtful),
        "applies_to": ";".join(label or NO_LABEL for label in target.applies_to),
        "source_id": target.source_id,
        "page": target.page.en,
        "value_text": target.value_text,
        "note": target.note.en,
        "note_ru": target.note.ru,
        "page_ru": target.page.ru,
    }


def _source(source: Source) -> dict[str, str]:
    return {
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher.en,
        "year": _year(source.year),
        "url": source.url,
        "licence": source.licence.en,
        "accessed": source.accessed,
        "class": source.source_class,
        "title_language": source.title_language,
        "publisher_ru": source.publisher.ru,
        "licence_ru": source.licence.ru,
    }


def _city(city: City) -> dict[str, str]:
    return {
        "city": city.id,
        "name_en": city.name.en,
        "name_ru": city.name.ru,
        "country": city.country.en,
        "country_ru": city.country.ru,
    }


def _population(residents: Population) -> dict[str, str]:
    return {
        "city": residents.city,
        "year": _year(residents.year),
        "population_thousand": number_text(residents.thousand),
        "kind": residents.kind.en,
        "source_id": residents.source_id,
        "kind_ru": residents.kind.ru,
    }


_WRITERS: Mapping[str, _Writer] = {
    "indicators": _indicator,
    "data_points": _data_point,
    "observations": _observation,
    "targets": _target,
    "sources": _source,
    "cities": _city,
    "population": _population,
}
