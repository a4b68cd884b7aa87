"""Index of the edition in force for the API: records by filter, and the values of parameters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import get_args

from data.fulfilment import fulfilment_of, years_with_data
from data.models import Comparability, Edition, Observation
from data.records import NO_LABEL
from data.scores import Fulfilment
from data.scoring import BANDS
from pages.api.queries import ObservationQuery, Vocabulary
from pages.list_choice import UNKNOWN_TYPE
from pages.site import Site

_MAX_CACHED_SCORES = 32
_MAX_CACHED_SEARCHES = 8


class CatalogueIndex:
    """One edition, indexed at start and unchanged after that."""

    def __init__(self, site: Site) -> None:
        """Index the edition in force of ``site``."""
        self.base_url = site.around.base_url
        self.site_name = site.around.site_name
        self.edition = site.edition
        self.editions = site.editions
        self.default_city = site.city
        self.vocabulary = vocabulary_of(site.edition)
        self.search = site.search
        self.by_slug = {indicator.slug: indicator for indicator in site.edition.indicators}
        self.by_code = {indicator.code: indicator for indicator in site.edition.indicators}
        self.years = {city: years_with_data(site.edition, city) for city in site.edition.cities}
        # A client that turns the pages of a long list does not search it for each of them.
        self._search = lru_cache(_MAX_CACHED_SEARCHES)(self._filter)
        self._scores = lru_cache(_MAX_CACHED_SCORES)(
            lambda city, as_of: fulfilment_of(site.edition, city, as_of)
        )

    def observations(self, query: ObservationQuery) -> Sequence[Observation]:
        """Return the observations of all pages that fit all filters, in table order."""
        return self._search(query.model_copy(update={"limit": 1, "offset": 0}))

    def fulfilment(self, city: str, as_of: int) -> Fulfilment:
        """Return the scores of a city as of a year."""
        return self._scores(city, as_of)

    def _filter(self, query: ObservationQuery) -> Sequence[Observation]:
        code = self.by_slug[query.indicator].code if query.indicator else None
        label = "" if query.data_point == NO_LABEL else query.data_point
        candidates: list[Sequence[Observation]] = [self.edition.observations]
        if query.city is not None:
            candidates.append(self.edition.of_city(query.city))
        if code is not None:
            candidates.append(self.edition.by_indicator.get(code, ()))
        return tuple(
            observation
            for observation in min(candidates, key=len)
            if query.city in (None, observation.city)
            and code in (None, observation.code)
            and query.year in (None, observation.year)
            and label in (None, observation.data_point)
            and query.comparability in (None, observation.comparability)
            and query.defines(self.by_code[observation.code])
        )


def vocabulary_of(edition: Edition) -> Vocabulary:
    """Return the values of an edition that parameters can be held to, by name of the list.

    ``data_points`` begin with ``-``, which stands for an observation of the indicator as a
    whole, as it does in the column ``applies_to`` of the targets.
    """
    indicators, observations = edition.indicators, edition.observations
    years = {year for city in edition.cities for year in years_with_data(edition, city)}
    observed_years = {row.year for row in observations if row.year is not None}
    labels = [point.label for indicator in indicators for point in indicator.data_points]
    labels += [row.data_point for row in observations if row.data_point]
    return {
        "cities": tuple(edition.cities),
        "indicators": tuple(indicator.slug for indicator in indicators),
        "dimensions": _distinct(indicator.dimension for indicator in indicators),
        "categories": _distinct(indicator.category.en for indicator in indicators),
        "levels": _distinct(indicator.level for indicator in indicators),
        "types": _distinct(indicator.type or UNKNOWN_TYPE for indicator in indicators),
        "data_points": (NO_LABEL, *_distinct(labels)),
        "comparabilities": get_args(Comparability),
        "bands": BANDS,
        "years": tuple(sorted(observed_years)) or (edition.year,),
        "years_as_of": tuple(sorted({*years, edition.year})),
    }


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
