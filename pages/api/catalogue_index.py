"""Index of the edition in force for the API: records by filter, and the values of parameters."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, partial
from typing import Any, get_args

from data.exports.tables import export_of
from data.fulfilment import fulfilment_of, years_with_data
from data.models import EVIDENCE, Comparability, Edition, Observation, YardstickKind
from data.records import NO_LABEL, Cells, row_writer
from data.scores import Fulfilment, Reason
from data.scoring import BANDS
from data.yardsticks import COMMON, VIEWS, View
from pages.api.queries import ObservationQuery, Vocabulary
from pages.list_choice import UNKNOWN_TYPE
from pages.site import Site

_MAX_CACHED_SCORES = 32
_MAX_CACHED_SEARCHES = 8


class CatalogueIndex:
    """One edition, indexed at start and unchanged after that."""

    def __init__(self, site: Site) -> None:
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
        self._scores = lru_cache(_MAX_CACHED_SCORES)(partial(fulfilment_of, site.edition))
        self._writers = cache(partial(row_writer, site.edition))

    def observations(self, query: ObservationQuery) -> Sequence[Observation]:
        """Return the observations of all pages that fit all filters, in table order."""
        return self._search(query.model_copy(update={"limit": 1, "offset": 0, "format": "json"}))

    def values(self, query: ObservationQuery) -> Sequence[Cells]:
        """Return the rows of the joined table that fit all filters, in its order."""
        names = {observation.value_id for observation in self.observations(query)}
        return tuple(row for row in self.rows("values") if row[0] in names)

    def rows(self, table: str) -> Sequence[Cells]:
        """Return the rows of a published table of every city, as its file has them."""
        return export_of(self.edition, self.default_city, table).rows

    def writer(self, table: str) -> Callable[[Any], Cells]:
        """Return the function that writes a record as the file of its table has it."""
        return self._writers(table)

    def fulfilment(
        self, city: str, as_of: int, view: View = COMMON, since: int | None = None
    ) -> Fulfilment:
        """Return the scores of a city as of a year."""
        return self._scores(city, as_of, view, since)

    def _filter(self, query: ObservationQuery) -> Sequence[Observation]:
        candidates: Sequence[Observation] = self.edition.observations
        if query.indicator is not None:
            code = self.by_slug[query.indicator].code
            candidates = self.edition.by_indicator.get(code, ())
        elif len(query.city) == 1:
            candidates = self.edition.of_city(query.city[0])
        return tuple(
            observation
            for observation in candidates
            if query.fits(observation) and query.defines(self.by_code[observation.code])
        )


def vocabulary_of(edition: Edition) -> Vocabulary:
    """Return the values of an edition that parameters can be held to, by name of the list.

    ``data_points`` begin with ``-``, which stands for an observation of the indicator as a
    whole, as it does in the column ``applies_to`` of the targets.
    """
    indicators, observations = edition.indicators, edition.observations
    years = {year for city in edition.cities for year in years_with_data(edition, city)}
    years |= {edition.year}
    observed_years = {row.year for row in observations if row.year is not None}
    labels = [point.label for indicator in indicators for point in indicator.data_points]
    labels += [row.data_point for row in observations if row.data_point]
    return {
        "cities": tuple(edition.cities),
        "indicators": (
            *(indicator.slug for indicator in indicators),
            *(indicator.code for indicator in indicators),
        ),
        "dimensions": _distinct(indicator.dimension for indicator in indicators),
        "categories": _distinct(indicator.category.en for indicator in indicators),
        "levels": _distinct(indicator.level for indicator in indicators),
        "types": _distinct(indicator.type or UNKNOWN_TYPE for indicator in indicators),
        "data_points": (NO_LABEL, *_distinct(labels)),
        "comparabilities": get_args(Comparability),
        "bands": BANDS,
        "years": tuple(sorted(observed_years)) or (edition.year,),
        "years_as_of": tuple(sorted(years)),
        "span": tuple(range(min(years), edition.year + 1)),
        "views": VIEWS,
        "evidence": EVIDENCE,
        "reasons": tuple(reason for reason in get_args(Reason) if reason != "older"),
        "kinds": get_args(YardstickKind),
        "score_levels": ("city", "dimension", "sub_dimension", "category", "indicator"),
    }


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
