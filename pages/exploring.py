"""Where Dash lives: it is given the part of a page that a reader explores, and nothing else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Flask, Request, abort, has_request_context, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import EnvironBuilder

from components.document import Page
from components.texts import text
from data.models import LANGUAGES, Language
from pages.callback_guard import guard_callbacks
from pages.registry import REGISTRY, Elsewhere, Registered
from pages.requests import BadParameter, NoSuchThing, read_parameters
from pages.site import Site, current_site

PREFIX = "/_dash/"
EXPLORE, ROOT, PAINTED = "explore", "explore-root", "painted"
# The clientside half of these is in assets/wake.js.
ADDRESS, SHOWN, LANGUAGE, PLACE = (
    "explore-address",
    "explore-shown",
    "explore-language",
    "explore-place",
)


def create_dash(server: Flask) -> Dash:
    """Mount Dash on ``server`` below its prefix and register every page's callbacks."""
    app = Dash(
        "city-indicators",
        server=server,  # type: ignore[arg-type]  # Dash takes a Flask, but does not say so.
        routes_pathname_prefix=PREFIX,
        requests_pathname_prefix=PREFIX,
        include_assets_files=False,
        suppress_callback_exceptions=True,
        update_title=None,  # type: ignore[arg-type]  # None keeps the title, as Dash documents.
        add_log_handler=False,
    )
    app.layout = _layout_of_asked_page
    app.clientside_callback(
        ClientsideFunction("city", "showAddress"),
        Output(SHOWN, "data"),
        Input(ADDRESS, "data"),
        prevent_initial_call=True,
    )
    for page in REGISTRY.values():
        if page.callbacks is not None:
            page.callbacks(app)

    guard_callbacks(server, app, PREFIX)
    return app


def explore_part(page: Page) -> Component | None:
    """The component of a page that Dash takes over, or None."""
    try:
        found = page.main[EXPLORE]
    except KeyError:
        return None
    return found if isinstance(found, Component) else None


def wrap_painted(page: Page, language: Language) -> None:
    """Put the painted part into a box of its own, which leaves when Dash is there.

    Beside it waits what a reader is told should Dash's scripts fail to arrive.
    """
    part = explore_part(page)
    if part is not None:
        failed = html.P(
            text("explore_failed", language), id="explore-failed", hidden=True, role="status"
        )
        part.children = [html.Div(part.children, id=PAINTED), failed]


def language_of(value: Any) -> Language:
    """Read a language that a browser sent back; anything else is refused with 400."""
    found = next((language for language in LANGUAGES if value == language), None)
    return found or abort(400)


def chosen_year(site: Site, value: Any) -> int:
    """Read a year that a browser sent back; one that was not offered is refused with 400."""
    offered = site.years or (site.newest_year,)
    found = next((known for known in offered if str(known) == value), None)
    return found or abort(400)


def _layout_of_asked_page() -> Component:
    """The part to explore of the page whose address the browser names."""
    asked = request.args.get("address", "") if has_request_context() else ""
    if not asked:
        return html.Div()  # Dash calls this once on its own, during whatever comes first.
    try:
        parts = urlsplit(asked)
    except ValueError:
        abort(400)
    adapter = current_site().server.url_map.bind("")
    endpoint, values = _matched(adapter, parts.path)
    registered = REGISTRY.get(endpoint.removeprefix("page."))
    if registered is None or not registered.explores:
        abort(404)
    language = language_of(values.pop("language", None))
    part = explore_part(_page_at(registered, language, values, asked))
    if part is None:
        abort(404)
    return html.Div(
        [
            *_as_list(part.children),
            dcc.Store(id=LANGUAGE, data=language),
            dcc.Store(id=PLACE, data=values),
            dcc.Store(id=ADDRESS),
            dcc.Store(id=SHOWN),
        ],
        id=ROOT,
    )


def _matched(adapter: Any, path: str) -> tuple[str, dict[str, Any]]:
    try:
        endpoint, values = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        abort(404)
    return endpoint, dict(values)


def _page_at(
    registered: Registered, language: Language, values: dict[str, Any], asked: str
) -> Page:
    asking = Request(EnvironBuilder(query_string=urlsplit(asked).query).get_environ())
    try:
        parameters = read_parameters(asking, registered.parameters)
        return registered.layout(current_site(), language, **values, **parameters)
    except BadParameter:
        abort(400)
    except NoSuchThing:
        abort(404)
    except Elsewhere:
        abort(409)


def _as_list(children: Any) -> list[Any]:
    return list(children) if isinstance(children, list | tuple) else [children]
