"""Which addresses the interface has: what each may be asked, what it answers and who answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pages.api import answers, envelopes
from pages.api.holdings import Holdings
from pages.api.queries import (
    FulfilmentQuery,
    IndicatorQuery,
    Nothing,
    ObservationQuery,
    Paging,
    Query,
    held_to,
)
from pages.api.vocabulary import Values, Vocabulary

Build = Callable[..., envelopes.Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address below ``/api/v1/``, without its leading slash.

    ``build(holdings, query, **parts)`` answers; ``parts`` names what stands in braces in
    ``path``, with the list of the vocabulary that holds what exists. ``state()`` names what the
    answer follows beside the edition; None where there is nothing of the kind.
    """

    name: str
    path: str
    summary: str
    query: type[Query]
    answer: type[envelopes.Answer]
    build: Build
    parts: Mapping[str, str] = field(default_factory=dict)
    state: Callable[[], str] | None = None

    @property
    def rule(self) -> str:
        """The address as Flask writes it, below the root of the interface."""
        return self.path.replace("{", "<").replace("}", ">")

    def values(self, part: str, vocabulary: Vocabulary) -> Values:
        """What may stand in one pair of braces."""
        return vocabulary[self.parts[part]]


def endpoints_of(holdings: Holdings) -> tuple[Endpoint, ...]:
    """The addresses that answer from the edition, their parameters held to what exists in it."""

    def listed(name: str, summary: str, query: type[Query], answer: Any, build: Build) -> Endpoint:
        return Endpoint(name, name, summary, held_to(query, holdings.vocabulary), answer, build)

    return (
        listed(
            "indicators",
            "The indicators as U4SSC defines them",
            IndicatorQuery,
            envelopes.Indicators,
            answers.indicators,
        ),
        Endpoint(
            "indicator",
            "indicators/{slug}",
            "One indicator",
            Nothing,
            envelopes.OneIndicator,
            answers.indicator,
            {"slug": "indicators"},
        ),
        listed(
            "observations",
            "The published values, with source, year, unit and comparability",
            ObservationQuery,
            envelopes.Observations,
            answers.observations,
        ),
        listed(
            "fulfilment",
            "How far one city meets each target as of a year",
            FulfilmentQuery,
            envelopes.Fulfilments,
            answers.fulfilments,
        ),
        listed("cities", "The cities that have values", Paging, envelopes.Cities, answers.cities),
        listed("sources", "Where it all comes from", Paging, envelopes.Sources, answers.sources),
        listed("editions", "The published editions", Paging, envelopes.Editions, answers.editions),
    )
