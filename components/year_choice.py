"""The choice of a year: a plain GET form that Dash can take over."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html

from components.markup import hyphened
from components.texts import text
from data.models import Language


def year_form(
    id: str, years: Sequence[int], chosen: int, action: str, language: Language
) -> html.Form:
    """A select of the years with data, newest first, and the button that works without scripts.

    Where no year has data there is only the one that is shown.
    """
    options = [{"label": str(year), "value": str(year)} for year in reversed(years or (chosen,))]
    return html.Form(
        [
            html.Label(text("year_label", language), htmlFor=id),
            dbc.Select(id=id, name="as_of", options=options, value=str(chosen)),
            html.Button(text("year_show", language), type="submit", className="button"),
        ],
        action=action,
        method="get",
        className="year-form",
        **hyphened(data_wake=""),
    )
