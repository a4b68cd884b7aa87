"""Ready markup inside a component tree: how an SVG drawn here becomes part of a page."""

from __future__ import annotations

from html import escape
from typing import Any

from dash.development.base_component import Component


class Markup(Component):
    """A ``div`` or ``span`` that holds markup made by our own drawing functions.

    Dash has no SVG elements, so a picture is drawn as text and set as the element's inner
    HTML: by ``components.paint`` in the document, by assets/markup.js once Dash is awake.
    ``html`` must come from this project's functions, which escape all data they print.
    """

    _children_props: list[str] = []  # noqa: RUF012  # Dash declares these two as lists.
    _base_nodes: list[str] = []  # noqa: RUF012  # The same.
    # Dash imports the namespace at each component; a name that is no package costs a search.
    _namespace = "components"
    _type = "Markup"

    def __init__(
        self,
        html: str = "",
        id: str | None = None,
        className: str | None = None,
        inline: bool = False,
        **attributes: Any,
    ) -> None:
        self._prop_names = ["id", "html", "className", "inline"]
        self._valid_wildcard_attributes = ["data-", "aria-"]
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        given = {"html": html, "id": id, "className": className, "inline": inline, **attributes}
        known = {name: value for name, value in given.items() if value is not None}
        super().__init__(**known)  # type: ignore[no-untyped-call]  # Dash's base has no types.


def attribute(value: object) -> str:
    """Escape a value for use between double quotes of an attribute."""
    return escape(str(value), quote=True)


def content(value: object) -> str:
    """Escape a value for use between tags."""
    return escape(str(value), quote=False)


def hyphened(**given: str) -> dict[str, Any]:
    """Attributes whose names hold a hyphen: ``hyphened(aria_label="x")`` → ``aria-label``."""
    return {name.replace("_", "-"): value for name, value in given.items()}


def current(place: str) -> dict[str, Any]:
    """Mark a link as leading to this very ``"page"``, or to what holds it (``"true"``)."""
    return hyphened(aria_current=place) if place else {}
