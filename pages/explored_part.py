"""The part of the page at a URL that Dash takes over; see components/takeover/README.md."""

from typing import Any
from urllib.parse import urlsplit

from dash import Dash, html
from dash.development.base_component import Component
from flask import Flask, abort, has_request_context, request

from components.document import Page
from components.takeover.dash_internals import adopt_callbacks
from components.takeover.explored import dash_layout, explore_part
from components.takeover.mount import mount_dash
from data.models import Language
from pages.registry import Redirect, RegisteredPage, find_page, import_pages
from pages.requests import (
    BadParameter,
    NoSuchThing,
    language_of,
    match_path,
    read_parameters,
    request_with,
)


def create_dash(server: Flask) -> Dash:
    """Mount Dash on ``server`` with all pages and callbacks."""
    app = mount_dash(server, _layout_of_asked_page)
    import_pages()
    adopt_callbacks(app)
    return app


def _layout_of_asked_page() -> Component:
    address = request.args.get("address", "") if has_request_context() else ""
    if not address:
        return html.Div()  # Dash calls this once on its own, during whatever comes first.
    try:
        url = urlsplit(address)
        endpoint, variables = match_path(url.path)
    except ValueError:
        abort(400)
    except NoSuchThing:
        abort(404)
    registered = find_page(endpoint)
    if registered is None or not registered.explores:
        abort(404)
    language = language_of(variables.pop("language", None))
    part = explore_part(_page_at(registered, language, variables, url.query))
    if part is None:
        abort(404)
    return dash_layout(part, language, variables, url.query)


def _page_at(
    registered: RegisteredPage, language: Language, variables: dict[str, Any], query: str
) -> Page:
    try:
        parameters = read_parameters(request_with(query), registered.parameters)
        return registered.layout(language, **variables, **parameters)
    except BadParameter:
        abort(400)
    except NoSuchThing:
        abort(404)
    except Redirect:
        abort(409)
