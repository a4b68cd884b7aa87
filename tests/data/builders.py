"""Builders of small editions: one indicator, with whatever observations a test needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from data.models import City, DataPoint, Edition, Indicator, Observation, Target, Words

NO_WORDS = Words("", "")
CODE = "EC: X: Y: 1C"


def make_data_point(label: str, *, standard: bool = True) -> DataPoint:
    return DataPoint(CODE, label, Words(label, label), "%", Words("%", "%"), standard)


def make_indicator(*data_points: DataPoint, **changes: Any) -> Indicator:
    fields: dict[str, Any] = {
        "code": CODE,
        "name": Words("Name", "Название"),
        "name_ru_source": "translated",
        "dimension": "economy",
        "sub_dimension": Words("Sub", "Раздел"),
        "category": Words("Category", "Категория"),
        "level": "core",
        "type": "",
        "unit_code": "%",
        "unit": Words("%", "%"),
        "direction": "higher_is_better",
        "sdg_targets": (),
        "definition": Words("Share", "Доля"),
        "data_points": data_points,
        "source_id": "S",
        "page": "",
        "sdg_source_id": "S",
        "notes": NO_WORDS,
        "synonyms": {"en": (), "ru": ()},
    }
    return Indicator(**fields | changes)


def make_observation(year: int | None, value: str | None, **changes: Any) -> Observation:
    fields: dict[str, Any] = {
        "city": "here",
        "code": CODE,
        "data_point": "",
        "period": "" if year is None else str(year),
        "year": year,
        "value": None if value is None else Decimal(value),
        "unit_code": "%",
        "value_text": "",
        "source_id": "S",
        "page": NO_WORDS,
        "derived": False,
        "comparability": "exact",
        "note": NO_WORDS,
        "rate": "reason" not in changes,
        "rate_reason": NO_WORDS,
        "reason": None,
    }
    return Observation(**fields | changes)


def make_target(value: str = "100", **changes: Any) -> Target:
    fields: dict[str, Any] = {
        "code": CODE,
        "data_point": "",
        "value": Decimal(value),
        "direction": "higher_is_better",
        "unit_code": "%",
        "basis": "un",
        "kind": "goal",
        "scope": "all",
        "primary": True,
        "doubtful": False,
        "applies_to": ("",),
        "source_id": "S",
        "page": NO_WORDS,
        "value_text": "",
        "note": NO_WORDS,
    }
    return Target(**fields | changes)


def make_edition(
    observations: tuple[Observation, ...] = (),
    targets: tuple[Target, ...] = (),
    indicators: tuple[Indicator, ...] = (),
) -> Edition:
    cities = {city: City(city, Words(city, city), NO_WORDS) for city in ("here", "there")}
    indicators = indicators or (make_indicator(),)
    return Edition("2020.1", "2020-12-31", "", indicators, observations, targets, {}, cities, ())
