"""The script that other people's pages load: it turns pictures into live charts."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response

from pages.documents import Document, respond
from pages.inline_assets import without_comments

# Never moves: it stands in pages that nobody will change. What would break them gets a new one.
SCRIPT = "/embed/upgrade.js"
_AN_HOUR = "public, max-age=3600"


def add_embed_script(server: Flask) -> None:
    """Add the address of the script, open to every host."""
    server.add_url_rule(SCRIPT, "embed_script", _view())


def _view() -> Callable[[], Response]:
    document = Document.of(without_comments("embed_loader.js"), "text/javascript; charset=utf-8")

    def view() -> Response:
        response = respond(document, cache_control=_AN_HOUR)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return view
