"""Endpoints of the API: path, parameters, model of the response, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, TypeVar
from urllib.parse import urlencode

from components.open_data.source_list import terms_of_sources
from components.texts import text
from data.models import Edition, Language, Words
from data.scores import IndicatorScore, Score
from pages.api import envelopes, items, schemas
from pages.api.catalogue_index import CatalogueIndex
from pages.api.problems import Fault, Refused
from pages.api.queries import (
    FulfilmentQuery,
    IndicatorQuery,
    Nothing,
    ObservationQuery,
    Paging,
    Query,
    Values,
    Vocabulary,
    held_to,
)
from pages.list_choice import UNKNOWN_TYPE
from pages.structured_data import LICENCE

ROOT = "/api/v1/"
LICENCE_NAME = "CC BY 4.0"
_Record = TypeVar("_Record")
_Collection = TypeVar("_Collection", bound=envelopes.Collection[Any])


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path below ``/api/v1/``, without its leading slash.

    ``build(index, query, **parts)`` answers; ``parts`` names what stands in braces in ``path``,
    with the list of the vocabulary that holds its values. ``state()`` names what the response
    depends on beside the edition; None where there is nothing of the kind.
    """

    name: str
    path: str
    summary: str
    query: type[Query]
    answer: type[envelopes.Answer]
    build: Callable[..., envelopes.Answer]
    parts: Mapping[str, str] = field(default_factory=dict)
    state: Callable[[], str] | None = None

    @property
    def rule(self) -> str:
        """The path as Flask writes it, below the root of the API."""
        return self.path.replace("{", "<").replace("}", ">")

    def values(self, part: str, vocabulary: Vocabulary) -> Values:
        """Return the values that one pair of braces may hold."""
        return vocabulary[self.parts[part]]


def endpoints_of(index: CatalogueIndex) -> tuple[Endpoint, ...]:
    """Return the endpoints of the edition, their parameters held to its values."""

    def listed(name: str, summary: str, query: type[Query], answer: Any, build: Any) -> Endpoint:
        return Endpoint(name, name, summary, held_to(query, index.vocabulary), answer, build)

    values = "The published values, with source, year, unit and comparability"
    scores = "How far one city meets each target as of a year"
    indicators = "The indicators as U4SSC defines them"
    return (
        listed("indicators", indicators, IndicatorQuery, envelopes.Indicators, _indicators),
        Endpoint(
            "indicator",
            "indicators/{slug}",
            "One indicator",
            Nothing,
            envelopes.OneIndicator,
            _indicator,
            {"slug": "indicators"},
        ),
        listed("observations", values, ObservationQuery, envelopes.Observations, _observations),
        listed("fulfilment", scores, FulfilmentQuery, envelopes.Fulfilments, _fulfilments),
        listed("cities", "The cities that have values", Paging, envelopes.Cities, _cities),
        listed("sources", "Where it all comes from", Paging, envelopes.Sources, _sources),
        listed("editions", "The published editions", Paging, envelopes.Editions, _editions),
    )


class Marks(TypedDict):
    """The fields that every response has."""

    edition: envelopes.EditionMark
    licence: envelopes.Licence


def marks(index: CatalogueIndex) -> Marks:
    """Return the edition and the terms of use."""
    edition = index.edition
    note = Words(en=_terms(edition, "en"), ru=_terms(edition, "ru"))
    return Marks(
        edition=envelopes.EditionMark(
            version=edition.version, date=edition.date, digest=edition.digest
        ),
        licence=envelopes.Licence(name=LICENCE_NAME, url=LICENCE, note=items.both(note)),
    )


def _terms(edition: Edition, language: Language) -> str:
    ours = text("terms_ours", language)
    return f"{ours} {LICENCE_NAME}. {terms_of_sources(edition.sources.values(), language)}"


def _page(
    model: type[_Collection],
    index: CatalogueIndex,
    resource: str,
    query: Paging,
    records: Iterable[_Record],
    item: Callable[[_Record], Any],
    **fields: Any,
) -> _Collection:
    """Return the page of a list that ``query`` asks for, out of all ``records``."""
    every = records if isinstance(records, Sequence) else tuple(records)
    end = query.offset + query.limit
    following = None
    if end < len(every):
        parameters = {**query.given(), "offset": end}
        following = f"{index.base_url}{ROOT}{resource}?{urlencode(sorted(parameters.items()))}"
    return model(
        items=tuple(item(record) for record in every[query.offset : end]),
        total=len(every),
        limit=query.limit,
        offset=query.offset,
        next=following,
        **fields,
        **marks(index),
    )


def _indicators(index: CatalogueIndex, query: IndicatorQuery) -> envelopes.Indicators:
    indicators = (
        indicator
        for indicator in index.search.find(query.q)
        if query.defines(indicator) and query.type in (None, indicator.type or UNKNOWN_TYPE)
    )
    return _page(
        envelopes.Indicators,
        index,
        "indicators",
        query,
        indicators,
        lambda indicator: items.indicator_item(indicator, index.base_url),
    )


def _indicator(index: CatalogueIndex, _query: Nothing, slug: str) -> envelopes.OneIndicator:
    indicator = index.by_slug.get(slug)
    if indicator is None:
        fault = Fault(parameter="slug", detail="has no such value", allowed=tuple(index.by_slug))
        raise Refused("not-found", 404, "There is no indicator of this slug.", [fault])
    item = items.indicator_item(indicator, index.base_url)
    return envelopes.OneIndicator(item=item, **marks(index))


def _observations(index: CatalogueIndex, query: ObservationQuery) -> envelopes.Observations:
    observations = index.observations(query)
    return _page(
        envelopes.Observations, index, "observations", query, observations, items.observation_item
    )


def _fulfilments(index: CatalogueIndex, query: FulfilmentQuery) -> envelopes.Fulfilments:
    city = query.city or index.default_city
    as_of = query.as_of or index.edition.year

    def item(pair: tuple[IndicatorScore, Score]) -> schemas.Fulfilment:
        return items.fulfilment_item(city, as_of, *pair)

    scores = (
        (indicator_score, score)
        for indicator_score in index.fulfilment(city, as_of).indicators
        for score in indicator_score.scores
        if query.indicator in (None, indicator_score.indicator.slug)
        and query.defines(indicator_score.indicator)
        and query.band in (None, score.band)
    )
    return _page(
        envelopes.Fulfilments, index, "fulfilment", query, scores, item, city=city, as_of=as_of
    )


def _cities(index: CatalogueIndex, query: Paging) -> envelopes.Cities:
    def item(city: str) -> schemas.City:
        row = index.edition.cities[city]
        return schemas.City(
            city=city,
            name=items.both(row.name),
            country=items.both(row.country),
            years=index.years[city],
            observations=len(index.edition.of_city(city)),
            default=city == index.default_city,
        )

    return _page(envelopes.Cities, index, "cities", query, index.edition.cities, item)


def _sources(index: CatalogueIndex, query: Paging) -> envelopes.Sources:
    sources = index.edition.sources.values()
    return _page(envelopes.Sources, index, "sources", query, sources, items.source_item)


def _editions(index: CatalogueIndex, query: Paging) -> envelopes.Editions:
    return _page(
        envelopes.Editions,
        index,
        "editions",
        query,
        index.editions[::-1],  # The one in force first.
        lambda edition: items.edition_item(edition, edition is index.edition, index.base_url),
    )
