"""A reader's choice on overview pages: a year, yardsticks, and values since a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dash import ctx
from flask import abort

from components.selection_form import SelectionIds, since_options, since_value, view_options
from data.models import Language
from data.scores import RECENT_YEARS, Fulfilment
from data.yardsticks import COMMON, VIEWS, View
from pages.requests import BadParameter, Parameter, one_of, year
from pages.site import Site

PARAMETERS = (
    Parameter("as_of", year),
    Parameter("since", year),
    Parameter("yardstick", one_of(VIEWS)),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The three parameters of an URL; None and ``common`` where it has none."""

    as_of: int | None = None
    since: int | None = None
    yardstick: View = COMMON

    def query(self) -> dict[str, Any]:
        """Return the parameters of an URL that leads to the same choice."""
        yardstick = "" if self.yardstick == COMMON else self.yardstick
        query = {"as_of": self.as_of, "since": self.since, "yardstick": yardstick}
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


def selection_of(
    site: Site, ids: SelectionIds, as_of: Any, yardstick: Any, since: Any
) -> Selection:
    """Read a choice that a browser sent back; what the form cannot send is refused with 400.

    What is recent follows the year: where that was chosen, the switch means the years before it.
    The edition's own year is in the address only where it was chosen just now.
    """
    shown, newly_dated = _chosen_year(site, as_of), ctx.triggered_id == ids.year
    if yardstick not in VIEWS or not isinstance(since, list) or len(since) > 1:
        abort(400)
    first: int | None = None
    if since:
        try:
            first = year(since[0])
        except (TypeError, ValueError):
            abort(400)
        if newly_dated:
            first = max([shown - RECENT_YEARS, *site.years[:1]])
    dated = newly_dated or shown != site.edition.year
    selection = Selection(shown if dated else None, first, yardstick)
    try:
        selection.fulfilment(site)
    except BadParameter:
        abort(400)
    return selection


def updated_fields(
    ids: SelectionIds, site: Site, selection: Selection, language: Language, dimension: str = ""
) -> tuple[Any, ...]:
    """Return what ``selection_outputs`` names for a choice."""
    fulfilment = selection.fulfilment(site)
    return (
        view_options(selection.rated(site, dimension), language),
        since_options(ids, site.scored_years, fulfilment, language),
        since_value(fulfilment),
    )


def _chosen_year(site: Site, value: Any) -> int:
    known = (*site.years, site.edition.year)
    return next((known_year for known_year in known if str(known_year) == value), None) or abort(
        400
    )
