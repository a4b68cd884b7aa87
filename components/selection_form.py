"""The choice of a year, of yardsticks and of recent values: a GET form that Dash can take over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, html
from dash.development.base_component import Component

from components.markup import hyphened
from components.texts import text
from data.models import Language
from data.scores import Fulfilment
from data.yardsticks import View


@dataclass(frozen=True, slots=True)
class SelectionIds:
    """Ids of the three fields of one page."""

    year: str
    yardstick: str
    since: str

    @classmethod
    def of(cls, page: str) -> SelectionIds:
        """Return the ids of a page of this name."""
        return cls(f"{page}-year", f"{page}-yardstick", f"{page}-since")


def selection_inputs(ids: SelectionIds) -> tuple[Input, ...]:
    """Return what a callback reads of the three fields: year, yardsticks, recent values."""
    return tuple(Input(id, "value") for id in (ids.year, ids.yardstick, ids.since))


def selection_outputs(ids: SelectionIds) -> tuple[Output, ...]:
    """Return what follows a choice: the counts beside the yardsticks, and the switch's year."""
    return (
        Output(ids.yardstick, "options"),
        Output(ids.since, "options"),
        Output(ids.since, "value"),
    )


def selection_form(
    ids: SelectionIds,
    years: Sequence[int],
    fulfilment: Fulfilment,
    rated: Mapping[View, int],
    action: str,
    language: Language,
) -> html.Form:
    """A form of the three fields, and the button that works without scripts."""
    return html.Form(
        [
            *selection_fields(ids, years, fulfilment, rated, language),
            html.Button(text("choice_show", language), type="submit", className="button"),
        ],
        action=action,
        method="get",
        className="year-form",
        **hyphened(data_wake=""),
    )


def selection_fields(
    ids: SelectionIds,
    years: Sequence[int],
    fulfilment: Fulfilment,
    rated: Mapping[View, int],
    language: Language,
) -> list[Component]:
    """Year, yardsticks and the switch of recent values, each with its label.

    ``years`` are offered, and the one that is shown in any case; ``rated`` has the number of rated
    indicators of each view.
    """
    shown = fulfilment.as_of
    options = [{"label": str(year), "value": str(year)} for year in sorted({*years, shown})[::-1]]
    return [
        html.Div(
            [
                html.Label(text("choice_year", language), htmlFor=ids.year),
                dbc.Select(id=ids.year, name="as_of", options=options, value=str(shown)),
            ],
            className="field",
        ),
        html.Div(
            [
                html.Label(text("choice_yardstick", language), htmlFor=ids.yardstick),
                dbc.Select(
                    id=ids.yardstick,
                    name="yardstick",
                    options=view_options(rated, language),
                    value=fulfilment.view,
                ),
            ],
            className="field",
        ),
        dbc.Checklist(
            id=ids.since,
            name="since",
            options=since_options(ids, years, fulfilment, language),
            value=since_value(fulfilment),
            class_name="switch",
        ),
    ]


def view_options(rated: Mapping[View, int], language: Language) -> list[dict[str, str]]:
    """Return the views of the yardsticks, each with the number of indicators that it rates."""
    return [
        {
            "label": text("view_option", language, name=text(f"view_{view}", language), n=count),
            "value": view,
        }
        for view, count in rated.items()
    ]


def since_options(
    ids: SelectionIds, years: Sequence[int], fulfilment: Fulfilment, language: Language
) -> list[dict[str, Any]]:
    """Return the one option of the switch: recent values, or those since the year asked for."""
    recent = max([fulfilment.recent_from, *years[:1]])
    year = fulfilment.since or recent
    key = "choice_since" if year == recent else "choice_since_other"
    words = text(key, language, year=year)
    return [{"label": words, "value": str(year), "input_id": f"{ids.since}-on"}]


def since_value(fulfilment: Fulfilment) -> list[str]:
    """Return what the switch has chosen: the year, or nothing."""
    return [] if fulfilment.since is None else [str(fulfilment.since)]
