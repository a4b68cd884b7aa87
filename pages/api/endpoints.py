"""Endpoints of the API: path, parameters, model of the response, and the function that answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypedDict
from urllib.parse import urlencode

from components.open_data.source_list import terms_of_sources
from components.texts import text
from data.exports.tables import Export, column_types
from data.models import Edition, Language, Words
from data.records import Cells
from pages.api import envelopes, items
from pages.api.catalogue_index import CatalogueIndex
from pages.api.queries import Paging, Query, Values, Vocabulary
from pages.api.query_parser import held_to
from pages.structured_data import LICENCE

ROOT = "/api/v1/"
LICENCE_NAME = "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path below ``/api/v1/``, without its leading slash.

    ``build(index, query, **parts)`` answers; ``parts`` names what stands in braces in ``path``,
    with the list of the vocabulary that holds its values. ``table(index, query)`` answers as CSV,
    where the path is a table. ``state()`` names what the response depends on beside the edition;
    None where there is nothing of the kind.
    """

    name: str
    path: str
    summary: str
    query: type[Query]
    answer: type[envelopes.Answer]
    build: Callable[..., envelopes.Answer]
    parts: Mapping[str, str] = field(default_factory=dict)
    table: Callable[[CatalogueIndex, Any], Export] | None = None
    state: Callable[[], str] | None = None

    @property
    def rule(self) -> str:
        """The path as Flask writes it, below the root of the API."""
        return self.path.replace("{", "<").replace("}", ">")

    def values(self, part: str, vocabulary: Vocabulary) -> Values:
        """Return the values that one pair of braces may hold."""
        return vocabulary[self.parts[part]]


@dataclass(frozen=True, slots=True)
class List:
    """A list of records: how they are chosen, and what each is in JSON and in CSV.

    ``select`` returns the records of all pages, ``item`` what one of them is in the answer,
    ``cells`` the row of it in the published table of this name; None for a list that is no table.
    ``facts`` are what the answer says beside its items.
    """

    name: str
    summary: str
    query: type[Paging]
    answer: type[envelopes.Collection[Any]]
    select: Callable[[CatalogueIndex, Any], Iterable[Any]]
    item: Callable[[CatalogueIndex, Any], Any]
    cells: Callable[[CatalogueIndex, Any], Cells] | None = None
    facts: Callable[[CatalogueIndex, Any], Mapping[str, Any]] = lambda _index, _query: {}

    def endpoint(self, index: CatalogueIndex) -> Endpoint:
        """Return the endpoint, its parameters held to the values of the edition."""
        query = held_to(self.query, index.vocabulary)
        table = partial(self._table, self.cells) if self.cells else None
        return Endpoint(
            self.name, self.name, self.summary, query, self.answer, self._page, table=table
        )

    def _page(self, index: CatalogueIndex, query: Paging) -> envelopes.Answer:
        records = tuple(self.select(index, query))
        end = query.offset + query.limit
        following = None
        if end < len(records):
            parameters = sorted({**query.non_defaults(), "offset": end}.items())
            query_string = urlencode(parameters, doseq=True)
            following = f"{index.base_url}{ROOT}{self.name}?{query_string}"
        return self.answer(
            items=tuple(self.item(index, record) for record in records[query.offset : end]),
            total=len(records),
            limit=query.limit,
            offset=query.offset,
            next=following,
            **self.facts(index, query),
            **marks(index),
        )

    def _table(
        self,
        cells: Callable[[CatalogueIndex, Any], Cells],
        index: CatalogueIndex,
        query: Paging,
    ) -> Export:
        """Return the rows that ``query`` asks for, all of them where it names no limit."""
        types = column_types(index.edition, self.name)
        end = query.offset + query.limit if "limit" in query.model_fields_set else None
        records = tuple(self.select(index, query))[query.offset : end]
        rows = (cells(index, record)[: len(types)] for record in records)
        return Export(self.name, types, tuple(rows))


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
