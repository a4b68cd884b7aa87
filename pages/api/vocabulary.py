"""Which values exist in an edition, for parameters that may only be one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from data.fulfilment import years_with_data
from data.models import Comparability, Edition
from data.records import NO_LABEL
from data.scoring import BANDS
from pages.list_choice import UNKNOWN_TYPE

Values = tuple[str, ...] | tuple[int, ...]
Vocabulary = Mapping[str, Values]


def vocabulary_of(edition: Edition) -> Vocabulary:
    """Every list of values that a parameter of the interface can be held to, by its name.

    ``data_points`` begin with ``-``, which stands for an observation of the indicator as a
    whole, as it does in the column ``applies_to`` of the targets.
    """
    indicators = edition.indicators
    years = {year for city in edition.cities for year in years_with_data(edition, city)}
    observed = {one.year for one in edition.observations if one.year is not None}
    edition_year = int(edition.date[:4])
    return {
        "cities": tuple(edition.cities),
        "indicators": tuple(one.slug for one in indicators),
        "dimensions": _distinct(one.dimension for one in indicators),
        "categories": _distinct(one.category.en for one in indicators),
        "levels": _distinct(one.level for one in indicators),
        "types": _distinct(one.type or UNKNOWN_TYPE for one in indicators),
        "data_points": (NO_LABEL, *_labels(edition)),
        "comparabilities": get_args(Comparability),
        "bands": BANDS,
        "years": tuple(sorted(observed)) or (edition_year,),
        "years_as_of": tuple(sorted(years)) or (edition_year,),
    }


def _labels(edition: Edition) -> tuple[str, ...]:
    listed = (point.label for one in edition.indicators for point in one.data_points)
    return _distinct([*listed, *(one.data_point for one in edition.observations if one.data_point)])


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
