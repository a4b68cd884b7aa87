"""Mounts Dash on a Flask server below a prefix, and refuses what the site's pages never send."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import Dash
from dash.development.base_component import Component
from flask import Flask, abort, request

from components.takeover.dash_internals import DEPENDENCIES, LAYOUT, UPDATE

PREFIX = "/_dash/"
_METHODS = {LAYOUT: ("GET", "HEAD"), DEPENDENCIES: ("GET", "HEAD"), UPDATE: ("POST",)}


def mount_dash(server: Flask, layout: Callable[[], Component]) -> Dash:
    """Mount Dash on ``server``; ``layout`` returns the part of the page that a request names.

    Dash's own pages are off: below a prefix they answer 500, ``<language>`` would span slashes,
    and values of the query would override path variables.
    """
    app = Dash(
        "city-indicators",
        server=server,  # type: ignore[arg-type]  # Dash takes a Flask, but does not say so.
        use_pages=False,
        routes_pathname_prefix=PREFIX,
        requests_pathname_prefix=PREFIX,
        include_assets_files=False,
        suppress_callback_exceptions=True,
        update_title=None,  # type: ignore[arg-type]  # None keeps the title, as Dash documents.
        add_log_handler=False,
    )
    app.layout = layout
    _guard(server, app)
    return app


def _guard(server: Flask, app: Dash) -> None:
    """Refuse requests below the prefix that the site's own pages never send.

    Dash answers any path there with an empty page of its own, and a body that no browser would
    send with a traceback. So: 404 for other paths, 405 for other methods, 400 for other bodies.
    """

    @server.before_request
    def refuse_what_no_page_sends() -> None:
        if not request.path.startswith(PREFIX):
            return
        methods = _METHODS.get(request.path.removeprefix(PREFIX))
        if methods is None:
            abort(404)
        if request.method not in methods:
            abort(405, valid_methods=methods)
        if request.method == "POST" and not _is_valid(_body(), app.callback_map):
            abort(400)


def _body() -> Any:
    try:
        return request.get_json()
    except RecursionError:
        abort(400)


def _is_valid(body: Any, callbacks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether a body fits a registered callback in outputs, inputs and states."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    callback = callbacks.get(body["output"])
    if callback is None or "callback" not in callback:
        return False
    outputs = body.get("outputs")
    return (
        _named(_as_list(outputs)) == _properties(callback["output"])
        and _named(body.get("inputs")) == _named(callback["inputs"])
        and _named(body.get("state", [])) == _named(callback["state"])
        and _are_texts(body.get("changedPropIds", []))
    )


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _named(parts: Any) -> list[tuple[str, str]] | None:
    """Return id and property of each part, or None where it has another shape."""
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        return None
    return [(part.get("id"), part.get("property")) for part in parts]


def _properties(outputs: Any) -> list[tuple[str, str]]:
    return [(output.component_id, output.component_property) for output in _as_list(outputs)]


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
