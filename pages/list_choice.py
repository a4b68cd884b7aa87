"""Filters of the list, read from a URL and applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from components import urls
from data.models import EVIDENCE
from data.scores import IndicatorScore
from pages.selection import Selection
from pages.site import Site

FILTERS = ("dimension", "band", "evidence", "level", "type", "topic")
UNKNOWN_TYPE = "unknown"


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters of the list, and the selection it is scored by; an empty string restricts nothing.

    ``evidence`` is that of a scored value.
    """

    q: str = ""
    dimension: str = ""
    band: str = ""
    evidence: str = ""
    level: str = ""
    type: str = ""
    topic: str = ""
    selection: Selection = field(default_factory=Selection)

    def query(self) -> dict[str, Any]:
        """The parameters of the address that shows this choice."""
        query = {name: getattr(self, name) for name in ("q", *FILTERS)}
        query["dimension"] = urls.DIMENSION_SLUGS.get(self.dimension, "")
        return {name: value for name, value in query.items() if value} | self.selection.query()


def find(site: Site, choice: Choice) -> tuple[IndicatorScore, ...]:
    """The indicators of one choice, scored by its selection, in the order of the search.

    Raises:
        BadParameter: the selection has a year without data.
    """
    scores = {score.indicator.code: score for score in choice.selection.fulfilment(site).indicators}
    return tuple(
        score
        for score in (scores[indicator.code] for indicator in site.search.find(choice.q))
        if choice.dimension in ("", score.indicator.dimension)
        and choice.band in ("", score.band)
        and choice.evidence in ("", *_evidence(score))
        and choice.level in ("", score.indicator.level)
        and choice.type in ("", score.indicator.type or UNKNOWN_TYPE)
        and (not choice.topic or choice.topic in score.indicator.topics)
    )


def _evidence(indicator_score: IndicatorScore) -> set[str]:
    """Return the evidence of the scored values of an indicator."""
    values = (score.observation for score in indicator_score.scored)
    return {value.evidence for value in values if value is not None and value.evidence}


def values_of(name: str, site: Site) -> tuple[str, ...]:
    """The levels, types and topics of the edition; every kind of evidence there is."""
    if name == "evidence":
        return EVIDENCE
    if name == "topic":
        return tuple(topic.topic for topic in site.edition.topics)
    given = (getattr(indicator, name) or UNKNOWN_TYPE for indicator in site.edition.indicators)
    return tuple(dict.fromkeys(given))


def dimension_key(slug: str) -> str:
    """The key of a dimension by its slug; raises ``ValueError`` for an unknown one."""
    for key, known in urls.DIMENSION_SLUGS.items():
        if known == slug:
            return key
    raise ValueError(slug)
