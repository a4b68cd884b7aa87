"""Turns a Dash component tree into HTML, so that the first answer is the whole page."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVarTuple

from dash.development.base_component import Component

from components.markup import attribute, content
from components.takeover.dash_internals import component_kind, properties_of, radio_id

# Private characters, which neither HTML nor typography changes.
_BLANK = re.compile("\ue004([a-z_]+)\ue005")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})
# Dash keeps state in these; a document has nothing to show for them.
_INVISIBLE = frozenset({"Store", "Location", "Interval", "Download"})
_TAGS = {"MapEl": "map", "ObjectEl": "object"}
_ATTRIBUTES = {"className": "class", "htmlFor": "for", "class_name": "class"}
_NOT_ATTRIBUTES = frozenset(
    {"children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "loading_state"}
)


# Of 2 to 4 KB each: questions in every order of their options, and answers, in two languages.
_MAX_PARTS = 2000
Arguments = TypeVarTuple("Arguments")


class Painted(str):
    """HTML of a part of a page: ``paint`` takes it as it is."""

    __slots__ = ()

    def filled(self, **values: str) -> Painted:
        """Put a value in the place of each ``blank``, escaped unless it is painted.

        All at once, so that none can bring a blank of its own.
        """
        written = {
            name: value if isinstance(value, Painted) else attribute(value)
            for name, value in values.items()
        }
        return Painted(_BLANK.sub(lambda match: written[match[1]], self))


def blank(name: str) -> str:
    """Return what stands in a part for a text that differs with each reader."""
    return f"\ue004{name}\ue005"


class Parts:
    """Parts of pages that are painted once, as long as nothing that they depend on differs.

    The least recently used give way.
    """

    def __init__(self) -> None:
        self._paint = lru_cache(_MAX_PARTS)(_paint_part)

    def paint(self, part: Callable[[*Arguments], Any], *arguments: *Arguments) -> Painted:
        """Return the HTML of what ``part`` returns; the arguments tell all that it depends on."""
        return self._paint(part, *arguments)


def _paint_part(part: Callable[..., Any], *arguments: Hashable) -> Painted:
    return Painted(paint(part(*arguments)))


class Unpaintable(TypeError):
    """The tree holds a component that no painter knows; add one here."""


def paint(tree: Any) -> str:
    """Return the HTML of a component, a text, a number or a sequence of them.

    Knows ``dash.html``, ``Markup`` and the form controls of dash-bootstrap-components that
    the site uses; raises ``Unpaintable`` for anything else rather than leaving it out.
    """
    if tree is None or isinstance(tree, bool):
        return ""
    if isinstance(tree, Painted):
        return tree
    if isinstance(tree, str | int | float):
        return content(tree)
    if isinstance(tree, Component):
        return _paint_component(tree)
    if isinstance(tree, Iterable):
        return "".join(paint(child) for child in tree)
    raise Unpaintable(f"cannot paint {type(tree).__name__}")


def _paint_component(component: Component) -> str:
    namespace, kind = component_kind(component)
    if kind in _INVISIBLE:
        return ""
    if namespace == "dash_html_components":
        tag = _TAGS.get(kind, kind.lower())
        opening = f"<{tag}{_attributes(_properties(component))}>"
        return opening if tag in _VOID else f"{opening}{paint(component.children)}</{tag}>"
    painter = _PAINTERS.get((namespace, kind))
    if painter is None:
        raise Unpaintable(f"no painter for {namespace}.{kind}")
    return painter(_properties(component))


def _properties(component: Component) -> dict[str, Any]:
    properties = properties_of(component)
    if style := properties.get("style"):  # With the names of CSS, custom properties among them.
        properties["style"] = ";".join(f"{name}:{value}" for name, value in style.items())
    return {name: value for name, value in properties.items() if value is not None}


def _attributes(properties: Mapping[str, Any]) -> str:
    written = []
    for name, value in properties.items():
        if name in _NOT_ATTRIBUTES or value is False:
            continue
        html_name = _ATTRIBUTES.get(name) or (name if "-" in name else name.lower())
        written.append(f" {html_name}" if value is True else f' {html_name}="{attribute(value)}"')
    return "".join(written)


def _paint_markup(properties: dict[str, Any]) -> str:
    inner = properties.pop("html", "")
    tag = "span" if properties.pop("inline", False) else "div"
    return f"<{tag}{_attributes(properties)}>{inner}</{tag}>"


def _paint_select(properties: dict[str, Any]) -> str:
    chosen = properties.get("value")
    options = "".join(
        f'<option value="{attribute(option["value"])}"{selected}>{content(option["label"])}'
        "</option>"
        for option in properties.get("options", ())
        for selected in [" selected" if str(option["value"]) == str(chosen) else ""]
    )
    attributes = {"id": properties.get("id"), "name": properties.get("name")}
    classes = _classes("form-select", properties)
    return f"<select{_attributes(_given(attributes))}{classes}>{options}</select>"


def _paint_input(properties: dict[str, Any]) -> str:
    names = ("id", "name", "type", "placeholder", "value", "maxlength", "autocomplete")
    attributes = {name: properties.get(name) for name in names}
    attributes["maxlength"] = properties.get("maxlength", properties.get("maxLength"))
    return f"<input{_attributes(_given(attributes))}{_classes('form-control', properties)}>"


def _paint_form(properties: dict[str, Any]) -> str:
    attributes = {name: properties.get(name) for name in ("id", "action", "method", "class_name")}
    return f"<form{_attributes(_given(attributes))}>{paint(properties.get('children'))}</form>"


def _paint_radio_items(properties: dict[str, Any]) -> str:
    """The radios as Dash will draw them, and ``required``, which it has no property for."""
    return _paint_choices(properties, [properties.get("value")], 'type="radio" required')


def _paint_checklist(properties: dict[str, Any]) -> str:
    return _paint_choices(properties, properties.get("value", ()), 'type="checkbox"')


def _paint_choices(properties: dict[str, Any], chosen: Sequence[Any], kind: str) -> str:
    own = properties.get("id")
    rows = []
    for option in properties.get("options", ()):
        id = option.get("input_id", radio_id(own, option["value"]))
        attributes = {"id": id, "name": properties.get("name"), "value": option["value"]}
        checked = " checked" if option["value"] in chosen else ""
        rows.append(
            f'<div class="form-check"><input{_attributes(attributes)} class="form-check-input"'
            f' {kind}{checked}><label class="form-check-label"'
            f' for="{attribute(id)}">{paint(option["label"])}</label></div>'
        )
    attributes = {"id": own, "class": properties.get("class_name")}
    return f"<div{_attributes(_given(attributes))}>{''.join(rows)}</div>"


def _classes(base: str, properties: Mapping[str, Any]) -> str:
    more = properties.get("class_name") or properties.get("className")
    return f' class="{attribute(f"{base} {more}" if more else base)}"'


def _given(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}


_PAINTERS: Mapping[tuple[str, str], Callable[[dict[str, Any]], str]] = {
    ("components", "Markup"): _paint_markup,
    ("dash_bootstrap_components", "Select"): _paint_select,
    ("dash_bootstrap_components", "Input"): _paint_input,
    ("dash_bootstrap_components", "Form"): _paint_form,
    ("dash_bootstrap_components", "RadioItems"): _paint_radio_items,
    ("dash_bootstrap_components", "Checklist"): _paint_checklist,
}
