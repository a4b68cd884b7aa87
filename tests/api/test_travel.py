"""Responses to any origin, as JSON; tests/pages/test_serving has the rest."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.answers import LISTS, ROOT

ADDRESSES = (*LISTS, "", "indicators/ec-ict-ict-1c", "openapi.json", "docs.md", "quiz/statistics")


@pytest.mark.parametrize("address", [*ADDRESSES, "nothing", "cities?x=1"])
def test_any_page_of_the_web_may_read_the_answer(client: FlaskClient, address: str) -> None:
    answer = client.get(ROOT + address, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    kept = "no-store" if answer.status_code >= 400 else "public, max-age=0, must-revalidate"
    assert answer.headers["Cache-Control"] == kept
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_browser_may_ask_before_it_asks(client: FlaskClient, address: str) -> None:
    headers = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = client.options(ROOT + address, headers=headers)
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Headers"] == "*"


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml;q=0.9", "image/*", "nonsense", "text/csv;q=0.1, */*"]
)
def test_whatever_is_accepted_but_csv_the_answer_is_json(client: FlaskClient, accept: str) -> None:
    for address, kind in (
        ("cities", "json"),
        ("cities?x=1", "problem+json"),
        ("no", "problem+json"),
    ):
        answer = client.get(ROOT + address, headers={"Accept": accept})
        assert answer.content_type == f"application/{kind}"
        assert answer.status_code != 406
