"""Lets through to Dash only what the site's own pages can send; all else is refused with 400."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import Flask, abort, request

LAYOUT, DEPENDENCIES, UPDATE = "_dash-layout", "_dash-dependencies", "_dash-update-component"
_METHODS = {LAYOUT: ("GET", "HEAD"), DEPENDENCIES: ("GET", "HEAD"), UPDATE: ("POST",)}


def guard_callbacks(server: Flask, app: Dash, prefix: str) -> None:
    """Check every request below ``prefix`` before Dash sees it.

    Dash answers any address there with an empty page of its own, and a body that no browser
    would send with a stack trace. So: 404 for other addresses, 405 for other methods, and 400
    for a body that does not fit a registered callback in outputs, inputs and states.
    """

    @server.before_request
    def refuse_what_no_page_sends() -> None:
        if not request.path.startswith(prefix):
            return
        methods = _METHODS.get(request.path.removeprefix(prefix))
        if methods is None:
            abort(404)
        if request.method not in methods:
            abort(405, valid_methods=methods)
        if request.method == "POST" and not _fits(_body(), app.callback_map):
            abort(400)


def _body() -> Any:
    try:
        return request.get_json()
    except RecursionError:
        abort(400)


def _fits(body: Any, callbacks: Mapping[str, Mapping[str, Any]]) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    known = callbacks.get(body["output"])
    if known is None or "callback" not in known:
        return False
    outputs = body.get("outputs")
    listed = outputs if isinstance(outputs, list) else [outputs]
    return (
        _named(listed) == _properties(known["output"])
        and _named(body.get("inputs")) == _named(known["inputs"])
        and _named(body.get("state", [])) == _named(known["state"])
        and _are_texts(body.get("changedPropIds", []))
    )


def _named(parts: Any) -> list[tuple[str, str]] | None:
    """Id and property of each part, or None where it has another shape."""
    if not isinstance(parts, list):
        return None
    if not all(isinstance(part, dict) for part in parts):
        return None
    return [(part.get("id"), part.get("property")) for part in parts]


def _properties(outputs: Any) -> list[tuple[str, str]]:
    listed = outputs if isinstance(outputs, list | tuple) else [outputs]
    return [(one.component_id, one.component_property) for one in listed]


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
