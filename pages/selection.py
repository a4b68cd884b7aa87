"""A reader's choice: a year, yardsticks, values since a year, and an edition for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask import abort

from components.selection_form import RECENT
from data.scores import RECENT_YEARS, Fulfilment
from data.yardsticks import COMMON, VIEWS, View
from pages.editions import LATEST, Editions, NoSuchEdition, edition_version
from pages.requests import BadParameter, Parameter, one_of, read_parameters, request_with, year
from pages.site import Site, current_site


def _first_year(value: str) -> int | str:
    return RECENT if value == RECENT else year(value)


PARAMETERS = (
    Parameter("as_of", year),
    Parameter("since", _first_year),
    Parameter("yardstick", one_of(VIEWS)),
    Parameter("edition", edition_version),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The parameters of an URL; None, ``common`` and "" where it has none."""

    as_of: int | None = None
    since: int | None = None
    yardstick: View = COMMON
    edition: str = ""

    def query(self) -> dict[str, Any]:
        """Return the parameters of an URL that leads to the same choice."""
        yardstick = "" if self.yardstick == COMMON else self.yardstick
        query = {
            "as_of": self.as_of,
            "since": self.since,
            "yardstick": yardstick,
            "edition": self.edition,
        }
        return {name: value for name, value in query.items() if value}

    def fulfilment(self, site: Site) -> Fulfilment:
        """Return the scores of this choice.

        Raises:
            BadParameter: a year is none with data, or ``since`` lies outside the data.
        """
        if self.since is not None:
            years = site.years or (site.edition.year,)
            if not years[0] <= self.since <= max(years[-1], site.edition.year):
                raise BadParameter("since")
        return site.fulfilment(self.as_of, self.yardstick, self.since)

    def links(self, site: Site) -> dict[str, Any]:
        """Return the same for links, which need no year where it is the edition's."""
        query = self.query()
        return query | {"as_of": None} if self.as_of == site.edition.year else query

    def before(self, site: Site) -> Selection | None:
        """Return the choice of the offered year before the one asked for, None without one."""
        if self.as_of is None:
            return None
        earlier = [offered for offered in site.scored_years if offered < self.as_of]
        return replace(self, as_of=earlier[-1]) if earlier else None

    def rated(self, site: Site, dimension: str = "") -> dict[View, int]:
        """Return the number of rated indicators under each view, of a dimension or of the city."""
        return {
            view: sum(
                score.share is not None and dimension in ("", score.indicator.dimension)
                for score in site.fulfilment(self.as_of, view, self.since).indicators
            )
            for view in VIEWS
        }


def site_of(edition: str) -> Site:
    """Return the site of an edition, that in force for "".

    Raises:
        BadParameter: the edition was never published.
    """
    try:
        return _editions(current_site()).at(edition or None)
    except NoSuchEdition as missing:
        raise BadParameter("edition") from missing


@lru_cache(1)
def _editions(site: Site) -> Editions:
    return Editions(site)


def selection_in(query: Mapping[str, Any]) -> Selection:
    """Return the selection among the parameters of an URL.

    ``since=recent``, which the switch of a form sends, becomes the first recent year of the year
    chosen.
    """
    values = {
        parameter.name: query[parameter.name]
        for parameter in PARAMETERS
        if query.get(parameter.name) is not None
    }
    if values.get("edition") == LATEST:
        del values["edition"]
    if values.get("since") == RECENT:
        site = site_of(values.get("edition", ""))
        as_of = values.get("as_of") or site.edition.year
        values["since"] = max([as_of - RECENT_YEARS, *site.scored_years[:1]])
    return Selection(**values)


def selection_at(query: Any) -> Selection:
    """Return the selection of the query string that a browser sent back; refuse others with 400."""
    try:
        selection = selection_in(read_parameters(request_with(str(query)), PARAMETERS))
        selection.fulfilment(site_of(selection.edition))
    except BadParameter:
        abort(400)
    return selection
