"""Ready markup inside a component tree, such as an SVG drawn here, and parts that pages share."""

from html import escape
from typing import Any

from dash import html

from components.takeover.dash_internals import OwnComponent


class Markup(OwnComponent):
    """A ``div`` or ``span`` that holds markup made by our own drawing functions.

    Dash has no SVG elements, so a picture is drawn as text and set as the element's inner
    HTML: by ``components.takeover.paint`` in the document, by assets/markup.js once Dash is awake.
    ``html`` must come from this project's functions, which escape all data they print.
    """

    def __init__(
        self,
        html: str = "",
        id: str | None = None,
        className: str | None = None,
        inline: bool = False,
        **attributes: Any,
    ) -> None:
        """Take the markup, and attributes whose names begin with ``data-`` or ``aria-``."""
        super().__init__(html=html, id=id, className=className, inline=inline, **attributes)


def attribute(value: object) -> str:
    """Escape a value for use between double quotes of an attribute."""
    return escape(str(value), quote=True)


def content(value: object) -> str:
    """Escape a value for use between tags."""
    return escape(str(value), quote=False)


def hidden_fields(**values: str) -> Markup:
    """Return the fields that a form carries along unseen; none for an empty value."""
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{attribute(value)}">'
        for name, value in values.items()
        if value
    )
    return Markup(fields, inline=True)


def headed(title: Any, *parts: Any, **attributes: Any) -> html.Section:
    """Return parts of a page below their heading."""
    return html.Section([html.H2(title), *parts], **attributes)


def page_opening(title: Any, lead: str, *parts: Any, **attributes: Any) -> html.Div:
    """Return the heading of a page and its first words, and what else stands beside them."""
    first = [html.H1(title), html.P(lead, className="lead")]
    return html.Div([*first, *parts], className="opening", **attributes)


def folded(title: Any, *parts: Any, **attributes: Any) -> html.Details:
    """Return a disclosure of the browser's own, closed."""
    return html.Details([html.Summary(title), *parts], **attributes)


def hyphened(**attributes: str) -> dict[str, Any]:
    """Attributes whose names hold a hyphen: ``hyphened(aria_label="x")`` → ``aria-label``."""
    return {name.replace("_", "-"): value for name, value in attributes.items()}


def current(place: str) -> dict[str, Any]:
    """Mark a link as leading to this very ``"page"``, or to what holds it (``"true"``)."""
    return hyphened(aria_current=place) if place else {}
