"""The part of a page that Dash takes over: marked in the page, and alone once Dash is there."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components.document import Page
from data.models import Language

EXPLORE, ROOT, PAINTED = "explore", "explore-root", "painted"
LANGUAGE, VARIABLES, QUERY = "explore-language", "explore-place", "explore-query"


def explore_part(page: Page) -> Component | None:
    """Return the component of a page with the id ``explore``, or None."""
    if isinstance(page.main, str):
        return None
    try:
        part = page.main[EXPLORE]
    except KeyError:
        return None
    return part if isinstance(part, Component) else None


def wrap_painted(page: Page) -> None:
    """Put the painted part into a box of its own, which leaves when Dash is there."""
    part = explore_part(page)
    if part is not None:
        part.children = [html.Div(part.children, id=PAINTED)]


def dash_layout(
    part: Component, language: Language, variables: dict[str, Any], query: str
) -> Component:
    """Return the layout that Dash gets: the part, and what its callbacks read and write.

    ``variables`` are the path variables of the page's URL, ``query`` is its query string.
    """
    children = part.children if isinstance(part.children, list | tuple) else [part.children]
    return html.Div(
        [
            *children,
            dcc.Store(id=LANGUAGE, data=language),
            dcc.Store(id=VARIABLES, data=variables),
            dcc.Store(id=QUERY, data=query),
        ],
        id=ROOT,
    )
