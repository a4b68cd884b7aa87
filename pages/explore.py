"""Scores to explore: filters, views and rows whose state is the address."""

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
    ctx,
    dcc,
    html,
    no_update,
    register_page,
)
from dash.development.base_component import Component
from flask import abort

from components import urls
from components.document import Page
from components.explore.form import Explored, chips, filter_form, form_state, tabs
from components.explore.grid import GRID, grid, grid_rows
from components.explore.tools import file_url
from components.explore.views import VIEWS
from components.markup import Markup, hyphened, page_opening
from components.takeover.explored import LANGUAGE, QUERY
from components.takeover.paint import paint
from components.texts import text
from data.exploration.selection import Selection
from data.models import Language
from pages import explored_parts
from pages.exploration import (
    PARAMETERS,
    explored_at,
    selection_at,
)
from pages.explored_chart import ExploredChart
from pages.explored_parts import FIGURE
from pages.open_data.reuse import day_of_access
from pages.registry import HEADER
from pages.requests import BadParameter, language_of, read_parameters, request_with
from pages.site import current_site
from pages.structured_data import breadcrumbs

INTERACTIVE, NARROW = "explore-chart-button", "explore-narrow"
GRID_BUTTON, GRID_BOX = "explore-grid-button", "explore-grid-box"
SAID, CHIPS, TABS, VIEW, CHART, ROWS, TOOLS, PATH, CHOSEN = (
    f"explore-{name}"
    for name in ("said", "chips", "tabs", "picture", "chart", "rows", "tools", "path", "chosen")
)


def layout(language: Language, **query: tuple[str, ...]) -> Page:
    """Return the view of a selection; whatever is unknown in the address is named and left out."""
    site = current_site()
    explored = explored_at(site, language, query)
    main = html.Div(
        [
            page_opening(
                text("explore_title", language),
                text("explore_lead", language),
                html.P(html.A(text("share", language), href=f"#{TOOLS}")),
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
        picture=file_url(explored, "png", size="card").removeprefix(f"/{language}/"),
        charted=True,
        shared_title=ExploredChart(site, explored).title,
        patterned=True,
        scripts=("copy.js", "explore.js", "dash_takeover.js"),
        structured=(breadcrumbs(site, language, ((title, "explore/"),)),),
    )


def _parts(explored: Explored, query: Mapping[str, Any]) -> list[Component]:
    language = explored.language
    shown = html.Div(
        [
            html.Div(explored_parts.said(explored), id=SAID),
            Markup(paint(chips(explored)), id=CHIPS),
            html.Nav(
                Markup(paint(tabs(VIEWS, explored)), id=TABS),
                **hyphened(aria_label=text("explore_views", language)),
            ),
            _button(INTERACTIVE, "explore_interactive", "chart", language),
            Markup(explored_parts.picture(explored), id=VIEW, className="explore-view"),
            html.Div(id=CHART),
            html.H2(text("explore_table", language), className="small"),
            _button(GRID_BUTTON, "explore_grid", "grid", language),
            html.Div(id=GRID_BOX),
            Markup(explored_parts.rows(explored, query), id=ROWS),
            dcc.Store(id=NARROW, data=False),
            Markup(explored_parts.reuse(explored), id=TOOLS, className="explore-tools"),
            dcc.Store(id=PATH, data=explored.url()),
            dcc.Store(id=CHOSEN),
        ],
        className="explore-shown",
    )
    return [filter_form(explored), shown]


def _button(id: str, key: str, needs: str, language: Language) -> html.Button:
    """Return the button that opens what takes further scripts; hidden without scripts."""
    return html.Button(
        text(key, language),
        id=id,
        type="button",
        n_clicks=0,
        className="button quiet needs-scripts",
        **hyphened(data_wake="", aria_expanded="false", data_needs=needs),
    )


@callback(
    Output(PATH, "data"),
    Output(CHOSEN, "data"),
    *(Output(name, "html") for name in (CHIPS, TABS, TOOLS, VIEW, ROWS)),
    *(Output(name, "children") for name in (SAID, CHART, INTERACTIVE)),
    Output(INTERACTIVE, "aria-expanded"),
    Input(QUERY, "data"),
    Input(INTERACTIVE, "n_clicks"),
    State(NARROW, "data"),
    State(PATH, "data"),
    State(LANGUAGE, "data"),
    prevent_initial_call=True,
)
def explore(query: Any, presses: Any, narrow: Any, path: Any, spoken: str) -> list[Any]:
    """Draw the selection of the address, and say which address it has."""
    language = language_of(spoken)
    live = isinstance(presses, int) and presses % 2 == 1
    if not isinstance(narrow, bool) or not isinstance(query, str):
        abort(400)
    explored, asked = _sent(query, language)
    before = selection_at(current_site(), _asked(_query_of(path, language)))
    is_choice = ctx.triggered_id == QUERY and "rows" not in asked
    if is_choice and _differ_in_mark(before, explored.selection):
        # The links that keep what is picked; the browser has drawn the mark.
        return [*_led(explored), *[no_update] * 6]
    return [
        *_led(explored),
        "" if live else explored_parts.picture(explored),
        explored_parts.rows(explored, asked),
        explored_parts.said(explored),
        explored_parts.chart(explored, narrow=narrow) if live else [],
        text("explore_picture" if live else "explore_interactive", language),
        "true" if live else "false",
    ]


def _differ_in_mark(before: Selection, now: Selection) -> bool:
    """Return whether one indicator is picked instead of another, and everything keeps its place."""
    return (
        VIEWS[now.chart].keeps_places
        and before.highlighted != now.highlighted
        and not now.ignored
        and replace(before, highlighted=now.highlighted) == now
    )


def _led(explored: Explored) -> list[Any]:
    links = paint(chips(explored)), paint(tabs(VIEWS, explored)), explored_parts.reuse(explored)
    return [explored.url(), form_state(explored), *links]


def _sent(query: Any, language: Language) -> tuple[Explored, dict[str, Any]]:
    """Return what a query string that a browser sent back selects; refuse others with 400."""
    asked = _asked(query)
    return explored_at(current_site(), language, asked), asked


def _asked(query: Any) -> dict[str, Any]:
    if not isinstance(query, str):
        abort(400)
    try:
        return read_parameters(request_with(query), PARAMETERS)
    except BadParameter:
        abort(400)


def _query_of(path: Any, language: Language) -> str:
    """Return the query string of an address that a browser sent back; refuse others with 400."""
    page, _, query = str(path).partition("?")
    if page != urls.explore(language):
        abort(400)
    return query


@callback(
    Output(GRID_BOX, "children"),
    Output(GRID_BUTTON, "children"),
    Output(GRID_BUTTON, "aria-expanded"),
    Input(GRID_BUTTON, "n_clicks"),
    State(QUERY, "data"),
    State(LANGUAGE, "data"),
    prevent_initial_call=True,
)
def open_grid(presses: Any, query: Any, spoken: str) -> tuple[list[Component], str, str]:
    """Open the grid, or close it."""
    language = language_of(spoken)
    explored, _ = _sent(query, language)
    if isinstance(presses, int) and presses % 2 == 1:
        return grid(explored), text("explore_grid_close", language), "true"
    return [], text("explore_grid", language), "false"


@callback(
    Output(GRID, "rowData"),
    Input(PATH, "data"),
    State(LANGUAGE, "data"),
    prevent_initial_call=True,
)
def fill_grid(path: Any, spoken: str) -> list[dict[str, Any]]:
    """Put the rows of the selection that is shown into the grid."""
    language = language_of(spoken)
    return grid_rows(_sent(_query_of(path, language), language)[0])


for _function, _source in (
    ("pressed", (FIGURE, "clickData")),
    ("cell", (GRID, "cellClicked")),
):
    clientside_callback(
        ClientsideFunction("explore", _function),
        Output(NARROW, "data", allow_duplicate=True),
        Input(*_source),
        prevent_initial_call=True,
    )
clientside_callback(
    ClientsideFunction("explore", "settle"),
    Output(PATH, "modified_timestamp"),
    Input(PATH, "data"),  # At once, too: a choice may have waited for Dash under another address.
    Input(CHOSEN, "data"),
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
