"""Scores to explore: filters, views and rows whose state is the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import (
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    dcc,
    html,
    register_page,
)
from dash.development.base_component import Component
from flask import abort

from components.document import Page
from components.explore.form import (
    CHIPS,
    CONTROLS,
    Explored,
    chips,
    filter_form,
    form_values,
    tabs,
)
from components.explore.rows import FEW, rows_table
from components.explore.tools import tools
from components.explore.views import VIEWS
from components.explore.views.protocol import Context
from components.markup import hyphened
from components.takeover.explored import LANGUAGE, QUERY
from components.texts import text
from data.exploration.export import selection_code
from data.models import Language
from pages.exploration import PARAMETERS, cited_view, explored_at
from pages.open_data.reuse import day_of_access
from pages.registry import HEADER
from pages.requests import BadParameter, language_of, read_parameters, request_with
from pages.site import current_site
from pages.structured_data import breadcrumbs

SAID, TABS, VIEW, ROWS, TOOLS, PATH = (
    f"explore-{name}" for name in ("said", "tabs", "picture", "rows", "tools", "path")
)


def layout(language: Language, **query: tuple[str, ...]) -> Page:
    """Return the view of a selection; whatever is unknown in the address is named and left out."""
    site = current_site()
    explored = explored_at(site, language, query)
    main = html.Div(
        [
            html.Div(
                [
                    html.H1(text("explore_title", language)),
                    html.P(text("explore_lead", language), className="lead"),
                ],
                className="opening",
            ),
            html.Div(_parts(explored, query), id="explore", className="explore"),
        ],
        className="page explore-page",
    )
    title = text("explore_title", language)
    return Page(
        title=title,
        description=text("explore_description", language, **site.city_words(language)),
        path=explored.url().removeprefix(f"/{language}/"),
        main=main,
        section="explore",
        patterned=True,
        scripts=("copy.js", "explore.js", "dash_takeover.js"),
        structured=(breadcrumbs(site, language, ((title, "explore/"),)),),
    )


def _parts(explored: Explored, query: Mapping[str, Any]) -> list[Component]:
    """Return what Dash takes over."""
    language = explored.language
    shown = html.Div(
        [
            html.Div(_said(explored), id=SAID),
            html.Div(chips(explored), id=CHIPS),
            html.Nav(
                tabs(VIEWS, explored),
                id=TABS,
                **hyphened(aria_label=text("explore_views", language)),
            ),
            html.Div(_view(explored), id=VIEW, className="explore-view"),
            html.Div(_rows(explored, query), id=ROWS),
            html.Div(_tools(explored), id=TOOLS, className="explore-tools"),
            dcc.Store(id=PATH),
        ],
        className="explore-shown",
    )
    return [filter_form(explored), shown]


def _context(explored: Explored) -> Context:
    site = current_site()
    return Context(
        tuple(explored.editions),
        explored.language,
        site.city_words(explored.language),
        lambda indicator: explored.url(replace(explored.selection, highlighted=indicator.code)),
    )


def _said(explored: Explored) -> list[Component]:
    """Say what is shown, and how much filters and missing data leave out."""
    language, left_out = explored.language, explored.selected.left_out
    view, context = VIEWS[explored.selection.chart], _context(explored)
    finding = view.sentence(explored.selected, context)
    counts = [text("explore_left", language, n=explored.selected.count)]
    counts += [
        text(f"explore_left_{name}", language, n=left_out[name])
        for name in ("filters", "no_value")
        if left_out[name]
    ]
    parts: list[Component] = [
        html.P(finding, className="finding", role="status"),
        html.P(" ".join(counts), className="note"),
    ]
    if ignored := explored.selection.ignored:
        words = ", ".join(ignored[:5])
        parts.append(html.P(text("explore_ignored", language, words=words), className="notice"))
    return parts


def _view(explored: Explored) -> list[Component]:
    view, context = VIEWS[explored.selection.chart], _context(explored)
    if view.reason_empty(explored.selected, context):
        return []
    key = f"explore_view_{explored.selection.chart.replace('-', '_')}"
    heading = html.H2(text(key, explored.language), className="small")
    return [heading, view.paint(explored.selected, context)]


def _rows(explored: Explored, query: Mapping[str, Any]) -> list[Component]:
    if not len(explored.selected.rows):
        return []
    heading = html.H2(text("explore_table", explored.language), className="small")
    return [heading, *rows_table(explored, None if "all" in query.get("rows", ()) else FEW)]


def _tools(explored: Explored) -> list[Component]:
    site = current_site()
    code = selection_code(site.edition, explored.selection, site.around.base_url)
    return tools(explored, cited_view(site, explored), code)


@callback(
    Output(PATH, "data"),
    *(Output(name, "children") for name in (SAID, CHIPS, TABS, VIEW, ROWS, TOOLS)),
    *(Output(*control) for control in CONTROLS),
    Input(QUERY, "data"),
    State(LANGUAGE, "data"),
    prevent_initial_call=True,
)
def explore(query: Any, spoken: str) -> list[Any]:
    """Draw the selection of the address, and say which address it has."""
    language = language_of(spoken)
    if not isinstance(query, str):
        abort(400)
    try:
        asked = read_parameters(request_with(query), PARAMETERS)
    except BadParameter:
        abort(400)
    explored = explored_at(current_site(), language, asked)
    return [
        explored.url(),
        _said(explored),
        chips(explored),
        tabs(VIEWS, explored),
        _view(explored),
        _rows(explored, asked),
        _tools(explored),
        *form_values(explored),
    ]


clientside_callback(
    ClientsideFunction("explore", "settle"),
    Output(PATH, "modified_timestamp"),
    Input(PATH, "data"),
    prevent_initial_call=True,
)


register_page(
    __name__,
    name="explore",
    path_template="/<language>/explore/",
    layout=layout,
    order=4,
    navigation=(HEADER,),
    parameters=PARAMETERS,
    explores=True,
    follows=lambda _language: day_of_access(),
    warm=True,
)
