"""What the interface reads: the edition in force, found quickly by city and indicator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from data.fulfilment import Fulfilment, fulfilment_of, years_with_data
from data.models import Edition, Observation
from data.records import NO_LABEL
from data.search import IndicatorSearch
from pages.api.queries import ObservationQuery
from pages.api.vocabulary import Vocabulary, vocabulary_of
from pages.site import Site

_MOST_KEPT_SCORES = 32
_MOST_KEPT_SEARCHES = 8


class Holdings:
    """One edition as the interface asks for it; made once, unchanged after that."""

    def __init__(self, site: Site) -> None:
        """Prepare what is asked for often."""
        self.base_url = site.around.base_url
        self.site_name = site.around.site_name
        self.edition: Edition = site.edition
        self.editions: tuple[Edition, ...] = site.editions
        self.default_city = site.city
        self.vocabulary: Vocabulary = vocabulary_of(site.edition)
        self.search: IndicatorSearch = site.search
        self.by_slug = {one.slug: one for one in site.edition.indicators}
        self.by_code = {one.code: one for one in site.edition.indicators}
        self.years = {city: years_with_data(site.edition, city) for city in site.edition.cities}
        # So that whoever turns the pages of a long list does not search it for each of them.
        self._found = lru_cache(_MOST_KEPT_SEARCHES)(self._find)
        self._scored = lru_cache(_MOST_KEPT_SCORES)(self._score)

    def observations(self, query: ObservationQuery) -> Sequence[Observation]:
        """The observations that fit all filters, in table order, whatever page is asked for."""
        return self._found(query.model_copy(update={"limit": 1, "offset": 0}))

    def _find(self, query: ObservationQuery) -> Sequence[Observation]:
        code = self.by_slug[query.indicator].code if query.indicator else None
        label = "" if query.data_point == NO_LABEL else query.data_point
        candidates: list[Sequence[Observation]] = [self.edition.observations]
        if query.city is not None:
            candidates.append(self.edition.of_city(query.city))
        if code is not None:
            candidates.append(self.edition.by_indicator.get(code, ()))
        return tuple(
            seen
            for seen in min(candidates, key=len)
            if query.city in (None, seen.city)
            and code in (None, seen.code)
            and query.year in (None, seen.year)
            and label in (None, seen.data_point)
            and query.comparability in (None, seen.comparability)
            and self._defined_so(seen.code, query)
        )

    def _defined_so(self, code: str, query: ObservationQuery) -> bool:
        """Whether the indicator of a code has the dimension, category and level asked for."""
        known = self.by_code[code]
        return (
            query.dimension in (None, known.dimension)
            and query.category in (None, known.category.en)
            and query.level in (None, known.level)
        )

    def observed(self, city: str) -> int:
        """How many observations of a city there are."""
        return len(self.edition.of_city(city))

    def newest_year(self, city: str) -> int:
        """The newest year with a number of a city; the edition's own where it has none."""
        return max(self.years[city], default=int(self.edition.date[:4]))

    def fulfilment(self, city: str, as_of: int) -> Fulfilment:
        """The scores of a city as of a year."""
        return self._scored(city, as_of)

    def _score(self, city: str, as_of: int) -> Fulfilment:
        return fulfilment_of(self.edition, city, as_of)
