"""Reads the interface as a program would: numbers exactly, lists to their end."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from flask.testing import FlaskClient

from tests.conftest import BASE_URL

ROOT = "/api/v1/"
TABLES = (
    *("indicators", "observations", "values", "fulfilment", "scores", "targets", "gaps"),
    *("cities", "sources"),
)
LISTS = (*TABLES, "editions")
Json = dict[str, Any]


def ask(client: FlaskClient, address: str) -> Json:
    """The answer to an address below the root, which must be there."""
    answer = client.get(ROOT + address)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    body: Json = json.loads(answer.text, parse_float=Decimal)
    return body


def every(client: FlaskClient, address: str) -> list[Json]:
    """The items of all pages of a list."""
    items: list[Json] = []
    following: str | None = address
    while following:
        page = ask(client, following)
        items += page["items"]
        following = page["next"] and page["next"].removeprefix(BASE_URL + ROOT)
    assert len(items) == page["total"]
    return items


def problem(client: FlaskClient, address: str, status: int) -> Json:
    """The problem details of an address that must be refused."""
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"
    details: Json = answer.json
    assert details["status"] == status
    assert set(details) == {"type", "title", "status", "detail", "errors"}
    return details
