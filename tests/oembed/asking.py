"""How a test asks for oEmbed, and what the specification says of an answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

# Section 2.3.4 of the specification: what any answer may hold, and what one of type rich must.
TEXTS = {
    "type", "version", "title", "author_name", "author_url", "provider_name", "provider_url",
    "thumbnail_url", "html",
}  # fmt: skip
NUMBERS = {"cache_age", "thumbnail_width", "thumbnail_height", "width", "height"}
REQUIRED = {"type", "version", "html", "width", "height"}


def ask(client: FlaskClient, url: str, **more: object) -> TestResponse:
    """What the provider answers."""
    return client.get(f"/oembed?{urlencode({'url': url, **more})}")


def described(client: FlaskClient, url: str, **more: object) -> dict[str, Any]:
    """The description of an address, from JSON."""
    answer = ask(client, url, **more)
    assert answer.status_code == 200, url
    fields: dict[str, Any] = answer.get_json()
    return fields


def described_in_xml(client: FlaskClient, url: str, **more: object) -> dict[str, str]:
    """The same from XML; every value is text there."""
    answer = ask(client, url, format="xml", **more)
    assert answer.status_code == 200, url
    root = etree.fromstring(answer.data)
    assert root.tag == "oembed"
    return {element.tag: element.text or "" for element in root}
