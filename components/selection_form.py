"""The choice of a year, of yardsticks and of recent values: a plain GET form."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.markup import hidden_fields, hyphened
from components.texts import text
from data.models import Language
from data.scores import Fulfilment
from data.yardsticks import View

# What assets/swap.js and the form without scripts need of a form that reacts at once.
REACTING = {"method": "get", "autoComplete": "off", **hyphened(data_swap="", data_wake="")}
# The value of the switch: recent at the year that the same form sends.
RECENT = "recent"


def selection_form(
    years: Sequence[int],
    fulfilment: Fulfilment,
    rated: Mapping[View, int],
    action: str,
    language: Language,
    **kept: str,
) -> html.Form:
    """Return the switch of recent values, and year and yardsticks folded under what is chosen.

    ``years`` are offered, and the one that is shown in any case; ``rated`` has the number of rated
    indicators of each view; ``kept`` are other parameters of the address that a choice keeps.
    """
    chosen = text(
        "choice_summary",
        language,
        year=fulfilment.as_of,
        view=text(f"view_{fulfilment.view}", language),
    )
    fields = selection_fields(years, fulfilment, rated, language)
    return html.Form(
        [
            since_switch(years, fulfilment, language),
            html.Details([html.Summary(chosen), html.Div(fields, className="choice-fields")]),
            submit_button("choice_show", language),
            hidden_fields(**kept) if any(kept.values()) else None,
        ],
        action=action,
        className="year-form",
        **REACTING,
    )


def edition_notice(version: str, newest: str, address: str, language: Language) -> list[html.P]:
    """Say which earlier edition a page keeps to, and link the ``newest`` one at ``address``.

    Nothing where that is in force.
    """
    if version == newest:
        return []
    link = html.A(text("edition_newest", language, version=newest), href=address)
    words = text("edition_frozen", language, version=version)
    return [html.P([words, " ", link], className="notice")]


def submit_button(key: str, language: Language) -> html.Button:
    """Return the button of a form that reacts at once where scripts run; hidden there."""
    return html.Button(text(key, language), type="submit", className="button scriptless")


def field(label: str, control: Any) -> html.Div:
    """Return a control of a form, which has an id, below its label."""
    return html.Div([html.Label(label, htmlFor=control.id), control], className="field")


def selection_fields(
    years: Sequence[int],
    fulfilment: Fulfilment,
    rated: Mapping[View, int],
    language: Language,
) -> list[Component]:
    """Return the selects of the year and of the yardsticks, each with its label."""
    as_of = fulfilment.as_of
    dates = [{"label": str(year), "value": str(year)} for year in sorted({*years, as_of})[::-1]]
    views = [
        {
            "label": text("view_option", language, name=text(f"view_{view}", language), n=count),
            "value": view,
        }
        for view, count in rated.items()
    ]
    year = dbc.Select(id="choice-year", name="as_of", options=dates, value=str(as_of))
    yardstick = dbc.Select(
        id="choice-yardstick", name="yardstick", options=views, value=fulfilment.view
    )
    return [
        field(text("choice_year", language), year),
        field(text("choice_yardstick", language), yardstick),
    ]


def since_switch(years: Sequence[int], fulfilment: Fulfilment, language: Language) -> dbc.Checklist:
    """Return the switch of recent values, or of values since the year asked for."""
    recent = max([fulfilment.recent_from, *years[:1]])
    year = fulfilment.since or recent
    key, value = ("choice_since", RECENT) if year == recent else ("choice_since_other", str(year))
    option = {
        "label": text(key, language, year=year),
        "value": value,
        "input_id": "choice-since",
    }
    return dbc.Checklist(
        name="since",
        options=[option],
        value=[] if fulfilment.since is None else [value],
        class_name="switch",
    )
