"""Answers from an edition: what a question finds, and the page of it that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypedDict, TypeVar
from urllib.parse import urlencode

from components.open_data.source_list import terms_of_sources
from components.texts import text
from data.fulfilment import IndicatorScore, Score
from data.models import Edition, Language, Words
from pages.api import envelopes, items, schemas
from pages.api.holdings import Holdings
from pages.api.problems import Fault, Refused
from pages.api.queries import FulfilmentQuery, IndicatorQuery, Nothing, ObservationQuery, Paging
from pages.list_choice import UNKNOWN_TYPE
from pages.structured_data import LICENCE

ROOT = "/api/v1/"
LICENCE_NAME = "CC BY 4.0"
Record = TypeVar("Record")
Item = TypeVar("Item")


class Marks(TypedDict):
    """What every answer says beside its matter."""

    edition: envelopes.EditionMark
    licence: envelopes.Licence


class Place(Marks):
    """What a page of a list says beside its items."""

    total: int
    limit: int
    offset: int
    next: str | None


def marks(holdings: Holdings) -> Marks:
    """The edition and the terms of use."""
    edition = holdings.edition
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


def _part(
    holdings: Holdings,
    resource: str,
    query: Paging,
    records: Iterable[Record],
    item: Callable[[Record], Item],
) -> tuple[tuple[Item, ...], Place]:
    """The items of one page, and its place among all ``records``."""
    found = records if isinstance(records, Sequence) else tuple(records)
    end = query.offset + query.limit
    following = None
    if end < len(found):
        asked = {**query.given(), "offset": end}
        following = f"{holdings.base_url}{ROOT}{resource}?{urlencode(sorted(asked.items()))}"
    place = Place(
        **marks(holdings),
        total=len(found),
        limit=query.limit,
        offset=query.offset,
        next=following,
    )
    return tuple(item(one) for one in found[query.offset : end]), place


def indicators(holdings: Holdings, query: IndicatorQuery) -> envelopes.Indicators:
    """The indicators that fit all filters, in table order."""
    found = (
        one
        for one in holdings.search.find(query.q)
        if query.dimension in (None, one.dimension)
        and query.category in (None, one.category.en)
        and query.level in (None, one.level)
        and query.type in (None, one.type or UNKNOWN_TYPE)
    )
    matter, place = _part(
        holdings,
        "indicators",
        query,
        found,
        lambda one: items.indicator_item(one, holdings.base_url),
    )
    return envelopes.Indicators(items=matter, **place)


def indicator(holdings: Holdings, _query: Nothing, slug: str) -> envelopes.OneIndicator:
    """One indicator; raises ``Refused`` with 404 where there is none of this slug."""
    found = holdings.by_slug.get(slug)
    if found is None:
        fault = Fault(parameter="slug", detail="has no such value", allowed=tuple(holdings.by_slug))
        raise Refused("not-found", 404, "There is no indicator of this slug.", [fault])
    item = items.indicator_item(found, holdings.base_url)
    return envelopes.OneIndicator(item=item, **marks(holdings))


def observations(holdings: Holdings, query: ObservationQuery) -> envelopes.Observations:
    """The observations that fit all filters, in table order."""
    found = holdings.observations(query)
    matter, place = _part(holdings, "observations", query, found, items.observation_item)
    return envelopes.Observations(items=matter, **place)


def fulfilments(holdings: Holdings, query: FulfilmentQuery) -> envelopes.Fulfilments:
    """The data points of a city that fit all filters, with their scores, in table order."""
    city = query.city or holdings.default_city
    as_of = query.as_of or holdings.newest_year(city)

    def item(pair: tuple[IndicatorScore, Score]) -> schemas.Fulfilment:
        return items.fulfilment_item(city, as_of, *pair)

    found = (
        (one, score)
        for one in holdings.fulfilment(city, as_of).indicators
        for score in one.scores
        if query.indicator in (None, one.indicator.slug)
        and query.dimension in (None, one.indicator.dimension)
        and query.category in (None, one.indicator.category.en)
        and query.level in (None, one.indicator.level)
        and query.band in (None, score.band)
    )
    matter, place = _part(holdings, "fulfilment", query, found, item)
    return envelopes.Fulfilments(items=matter, city=city, as_of=as_of, **place)


def cities(holdings: Holdings, query: Paging) -> envelopes.Cities:
    """The cities that have observations, in table order."""

    def item(city: str) -> schemas.City:
        known = holdings.edition.cities[city]
        return schemas.City(
            city=city,
            name=items.both(known.name),
            country=items.both(known.country),
            years=holdings.years[city],
            observations=holdings.observed(city),
            default=city == holdings.default_city,
        )

    matter, place = _part(holdings, "cities", query, holdings.edition.cities, item)
    return envelopes.Cities(items=matter, **place)


def sources(holdings: Holdings, query: Paging) -> envelopes.Sources:
    """The sources of values, targets and definitions, in table order."""
    every = holdings.edition.sources.values()
    matter, place = _part(holdings, "sources", query, every, items.source_item)
    return envelopes.Sources(items=matter, **place)


def editions(holdings: Holdings, query: Paging) -> envelopes.Editions:
    """The editions that are served, the one in force first."""
    matter, place = _part(
        holdings,
        "editions",
        query,
        holdings.editions[::-1],
        lambda one: items.edition_item(one, one is holdings.edition, holdings.base_url),
    )
    return envelopes.Editions(items=matter, **place)
