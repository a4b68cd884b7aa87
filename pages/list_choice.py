"""Filters of the list, read from a URL or a browser, and applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort

from components import urls
from data.scores import IndicatorScore
from data.scoring import BANDS
from pages.requests import one_of, search_words
from pages.site import Site

FILTERS = ("dimension", "band", "level", "type")
UNKNOWN_TYPE = "unknown"


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters of the list; an empty string means no restriction."""

    q: str = ""
    dimension: str = ""
    band: str = ""
    level: str = ""
    type: str = ""

    def query(self) -> dict[str, str]:
        """The parameters of the address that shows this choice."""
        given = {name: getattr(self, name) for name in ("q", *FILTERS)}
        given["dimension"] = urls.DIMENSION_SLUGS.get(self.dimension, "")
        return {name: value for name, value in given.items() if value}


def find(site: Site, choice: Choice) -> tuple[IndicatorScore, ...]:
    """The indicators of one choice in table order, scored as of the newest year."""
    codes = {indicator.code for indicator in site.search.find(choice.q)}
    return tuple(
        score
        for score in site.fulfilment().indicators
        if score.indicator.code in codes
        and choice.dimension in ("", score.indicator.dimension)
        and choice.band in ("", score.band)
        and choice.level in ("", score.indicator.level)
        and choice.type in ("", score.indicator.type or UNKNOWN_TYPE)
    )


def values_of(name: str, site: Site) -> tuple[str, ...]:
    """The levels or types that the indicators really have."""
    given = (getattr(indicator, name) or UNKNOWN_TYPE for indicator in site.edition.indicators)
    return tuple(dict.fromkeys(given))


def dimension_key(slug: str) -> str:
    """The key of a dimension by its slug; raises ``ValueError`` for an unknown one."""
    for key, known in urls.DIMENSION_SLUGS.items():
        if known == slug:
            return key
    raise ValueError(slug)


def choice_of(site: Site, *given: Any) -> Choice:
    """Read a choice that a browser sent back; what the form cannot send is refused with 400."""
    q, dimension, band, level, kind = (value or "" for value in given)
    try:
        choice = Choice(
            search_words(str(q)),
            dimension_key(dimension) if dimension else "",
            one_of(("", *BANDS))(band),
            one_of(("", *values_of("level", site)))(level),
            one_of(("", *values_of("type", site)))(kind),
        )
    except (ValueError, TypeError):
        abort(400)
    return choice
