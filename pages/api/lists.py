"""Lists of the API: how the records of each are chosen, and what each is in JSON and in CSV."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from data import models
from data.exports.computed import GAPS, SCORES, fulfilment_cells, gap_cells
from data.exports.tables import exports_of
from data.gaps import gaps_of
from data.models import Indicator, Target
from data.records import Cells, record_json
from data.scores import Fulfilment, IndicatorScore, Score
from data.tables import COMPUTED
from data.yardsticks import View
from pages.api import envelopes, items, queries, schemas
from pages.api.catalogue_index import CatalogueIndex
from pages.api.endpoints import Endpoint, List, marks
from pages.api.problems import Fault, Refused
from pages.list_choice import UNKNOWN_TYPE


def endpoints_of(index: CatalogueIndex) -> tuple[Endpoint, ...]:
    """Return the endpoints of the edition, their parameters held to its values."""
    published = exports_of(index.edition)
    lists = [row.endpoint(index) for row in LISTS if row.cells is None or row.name in published]
    indicator = Endpoint(
        "indicator",
        "indicators/{slug}",
        "One indicator, by its slug or its code",
        queries.Nothing,
        envelopes.OneIndicator,
        _indicator,
        {"slug": "indicators"},
    )
    return (lists[0], indicator, *lists[1:])


def _indicator(index: CatalogueIndex, _query: queries.Nothing, slug: str) -> envelopes.OneIndicator:
    indicator = index.by_slug.get(slug) or index.by_code.get(slug)
    if indicator is None:
        fault = Fault(parameter="slug", detail="has no such value", allowed=tuple(index.by_slug))
        raise Refused("not-found", 404, "There is no indicator of this slug or code.", [fault])
    item = items.indicator_item(indicator, index.base_url)
    return envelopes.OneIndicator(item=item, **marks(index))


def _indicators(index: CatalogueIndex, query: queries.IndicatorQuery) -> Iterable[Indicator]:
    return (
        indicator
        for indicator in index.search.find(query.q)
        if query.defines(indicator) and query.type in (None, indicator.type or UNKNOWN_TYPE)
    )


def _cities(index: CatalogueIndex, query: queries.AsOfQuery) -> Sequence[str]:
    """The cities asked for, in table order, or the site's own."""
    return [city for city in index.edition.cities if city in query.city] or [index.default_city]


def _as_of(index: CatalogueIndex, query: queries.AsOfQuery) -> int:
    return query.as_of or index.edition.year


def _fulfilments(
    index: CatalogueIndex, query: queries.FulfilmentQuery
) -> Iterable[tuple[Fulfilment, IndicatorScore, Score]]:
    view = cast(View, query.yardstick)
    for city in _cities(index, query):
        fulfilment = index.fulfilment(city, _as_of(index, query), view, query.since)
        for indicator_score in fulfilment.indicators:
            if not query.defines(indicator_score.indicator):
                continue
            for score in indicator_score.scores:
                evidence = score.observation.evidence if score.observation else None
                if query.band in (None, score.band) and query.evidence in (None, evidence):
                    yield fulfilment, indicator_score, score


def _scored_as_of(index: CatalogueIndex, query: queries.AsOfQuery) -> Mapping[str, Any]:
    return {"city": _cities(index, query)[0], "as_of": _as_of(index, query)}


def _gaps(index: CatalogueIndex, query: queries.GapQuery) -> Iterable[Cells]:
    as_of = _as_of(index, query)
    return (
        gap_cells(gap, city, as_of)
        for city in _cities(index, query)
        for gap in gaps_of(index.edition, city, as_of)
        if query.defines(gap.indicator) and query.reason in (None, gap.reason)
    )


def _targets(index: CatalogueIndex, query: queries.TargetQuery) -> Iterable[Target]:
    return (
        target
        for target in index.edition.targets
        if query.kind in (None, target.yardstick_kind) and query.defines(index.by_code[target.code])
    )


def _scores(index: CatalogueIndex, query: queries.ScoreQuery) -> Iterable[Cells]:
    wanted = {
        "yardstick_view": query.yardstick,
        "as_of": query.as_of and str(query.as_of),
        "level": query.level,
        "dimension": query.dimension,
        "category": query.category,
        "code": query.indicator and index.by_slug[query.indicator].code,
    }
    header = COMPUTED[SCORES].header
    for cells in index.rows(SCORES):
        row = dict(zip(header, cells, strict=True))
        if (
            row["city"] in (query.city or (row["city"],))
            and query.spans(int(row["as_of"]))
            and all(value in (None, row[name]) for name, value in wanted.items())
        ):
            yield cells


def _city_item(index: CatalogueIndex, city: models.City) -> schemas.City:
    return schemas.City(
        city=city.id,
        name=items.both(city.name),
        country=items.both(city.country),
        years=index.years[city.id],
        observations=len(index.edition.of_city(city.id)),
        default=city.id == index.default_city,
    )


def _row(model: type[items.Row], table: str) -> Callable[[CatalogueIndex, Cells], items.Row]:
    return lambda _index, cells: items.row_item(model, table, cells)


def _gap_item(index: CatalogueIndex, cells: Cells) -> schemas.Gap:
    return items.row_item(schemas.Gap, GAPS, cells, slug=index.by_code[cells[0]].slug)


def _written(table: str) -> Callable[[CatalogueIndex, Any], Cells]:
    return lambda index, record: index.writer(table)(record)


def _same(_index: CatalogueIndex, cells: Cells) -> Cells:
    return cells


# Every list, in the order in which the index names them.
LISTS: tuple[List, ...] = (
    List(
        "indicators",
        "The indicators as U4SSC defines them",
        queries.IndicatorQuery,
        envelopes.Indicators,
        _indicators,
        lambda index, indicator: items.indicator_item(indicator, index.base_url),
        _written("indicators"),
    ),
    List(
        "observations",
        "The published values, with source, year, unit and comparability",
        queries.ObservationQuery,
        envelopes.Observations,
        CatalogueIndex.observations,
        lambda _index, observation: items.observation_item(observation),
        _written("observations"),
    ),
    List(
        "values",
        "The published numbers, each with everything that belongs to it, in order of time",
        queries.ObservationQuery,
        envelopes.Values,
        CatalogueIndex.values,
        _row(schemas.JoinedValue, "values"),
        _same,
    ),
    List(
        "fulfilment",
        "How far each data point of a city meets its yardstick as of a year",
        queries.FulfilmentQuery,
        envelopes.Fulfilments,
        _fulfilments,
        lambda index, scored: items.fulfilment_item(index.edition, *scored),
        lambda index, scored: fulfilment_cells(index.edition, scored[0], scored[2]),
        _scored_as_of,
    ),
    List(
        "scores",
        "Scores of cities, groups of indicators and indicators, as of every year with data",
        queries.ScoreQuery,
        envelopes.Scores,
        _scores,
        _row(schemas.LevelScore, SCORES),
        _same,
    ),
    List(
        "targets",
        "The published yardsticks that values may be compared with",
        queries.TargetQuery,
        envelopes.Targets,
        _targets,
        lambda _index, target: items.target_item(target),
        _written("targets"),
    ),
    List(
        "gaps",
        "What has no score as of a year, and why",
        queries.GapQuery,
        envelopes.Gaps,
        _gaps,
        _gap_item,
        _same,
    ),
    List(
        "cities",
        "The cities that have values",
        queries.TableQuery,
        envelopes.Cities,
        lambda index, _query: index.edition.cities.values(),
        _city_item,
        _written("cities"),
    ),
    List(
        "sources",
        "Where it all comes from",
        queries.TableQuery,
        envelopes.Sources,
        lambda index, _query: index.edition.sources.values(),
        lambda _index, source: schemas.Source(**record_json("sources", source)),
        _written("sources"),
    ),
    List(
        "editions",
        "The published editions",
        queries.Paging,
        envelopes.Editions,
        lambda index, _query: index.editions[::-1],  # The one in force first.
        lambda index, edition: items.edition_item(
            edition, edition is index.edition, index.base_url
        ),
    ),
)
