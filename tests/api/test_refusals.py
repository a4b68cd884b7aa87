"""What cannot be answered is told as problem details that list what exists, and never fails."""

from __future__ import annotations

from contextlib import ExitStack
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from pages.api import routes
from pages.application import create_app
from pages.context import context_of
from pages.documents import Documents
from pages.operation.concurrency_limit import ConcurrencyLimit
from pages.site import Site
from tests.api.answers import LISTS, ROOT, Json, problem
from tests.builders import table_rows
from tests.conftest import BASE_URL, settings_of
from tests.contracts import recount

RESOURCES = (*LISTS, "", "indicators/ec-ict-ict-1c", "quiz/statistics", "openapi.json", "docs.md")
PERIODS = [int(row["period"][:4]) for row in table_rows("observations") if row["period"]]
SPAN = list(range(min(PERIODS), recount.EDITION_YEAR + 1))
NAMES = ("city", "indicator", "dimension", "year", "as_of", "band", "q", "limit", "offset", "x")
queries = st.binary(max_size=60).map(lambda raw: quote(raw, safe="&=+;%")) | st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(("moscow", "2018", "1")) | st.text()),
    max_size=6,
).map(lambda pairs: urlencode(pairs, errors="replace"))


@given(st.sampled_from(RESOURCES), queries)
def test_any_query_is_answered_or_refused_with_a_problem(
    client: FlaskClient, resource: str, query: str
) -> None:
    answer = client.get(f"{ROOT}{resource}?{query}")
    if answer.status_code != 200:
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


@given(st.text(max_size=60), st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH"]))
def test_any_address_below_api_is_answered_in_json(
    client: FlaskClient, path: str, method: str
) -> None:
    answer = client.open("/api/" + quote(path, safe="/", errors="replace"), method=method)
    assert answer.status_code in (200, 404, 405)
    assert answer.content_type.startswith("application/")
    assert b"<" not in answer.data[:1]


@pytest.mark.parametrize(
    ("address", "parameter", "allowed"),
    [
        ("observations?city=oslo", "city", [row["city"] for row in table_rows("cities")]),
        ("observations?city=", "city", [row["city"] for row in table_rows("cities")]),
        ("observations?city=Moscow", "city", [row["city"] for row in table_rows("cities")]),
        ("fulfilment?band=best", "band", ["95-100", "66-95", "33-66", "0-33", "none"]),
        ("indicators?level=expert", "level", ["core", "advanced"]),
        (
            "indicators?dimension=society-culture",
            "dimension",
            ["economy", "environment", "society_culture"],
        ),
        ("cities?colour=red", "colour", ["limit", "offset", "format"]),
        ("?x=1", "x", []),
        ("openapi.json?x=1", "x", []),
        ("observations?limit=0", "limit", None),
        ("observations?limit=501", "limit", None),
        ("observations?limit=99999999999999999999", "limit", None),
        ("observations?limit=-1", "limit", None),
        ("observations?limit=%2B1", "limit", None),
        ("observations?limit=1.0", "limit", None),
        ("observations?limit=1_0", "limit", None),
        ("observations?limit=٣", "limit", None),
        ("observations?limit=1&limit=1", "limit", None),
        ("observations?level=core&level=core", "level", None),
        (
            "observations?city=moscow&city=oslo",
            "city",
            [row["city"] for row in table_rows("cities")],
        ),
        ("cities?format=xml", "format", ["json", "csv"]),
        ("editions?format=csv", "format", ["limit", "offset"]),
        ("fulfilment?yardstick=best", "yardstick", list(recount.VIEWS)),
        ("fulfilment?since=old", "since", SPAN),
        ("fulfilment?since=2027", "since", SPAN),
        ("values?year_from=1066", "year_from", SPAN),
        ("observations?offset=1000001", "offset", None),
        ("indicators?q=", "q", None),
        ("indicators?q=%00", "q", None),
        (f"indicators?q={'a' * 101}", "q", None),
        ("cities?limit=%ff", None, None),
        ("cities?%c3%28=1", None, None),
        (f"cities?{'a' * 2001}", None, None),
        ("cities?" + "&".join(f"a{n}=" for n in range(51)), None, None),
    ],
)
def test_a_bad_parameter_is_named_with_what_exists(
    client: FlaskClient, address: str, parameter: str | None, allowed: list[str] | None
) -> None:
    details = problem(client, ROOT + address, 400)
    assert details["type"].endswith("#/components/responses/bad-parameter")
    assert {"parameter": parameter, "allowed": allowed}.items() <= details["errors"][0].items()
    assert details["errors"][0]["detail"] in details["detail"]


def test_the_years_that_exist_are_listed_as_numbers(client: FlaskClient) -> None:
    (error,) = problem(client, f"{ROOT}observations?year=1066", 400)["errors"]
    periods = {int(row["period"][:4]) for row in table_rows("observations") if row["period"]}
    assert error["allowed"] == sorted(periods)


def test_every_fault_is_listed_at_once(client: FlaskClient) -> None:
    details = problem(client, f"{ROOT}observations?city=x&year=x&limit=x&offset=x&a=x&a=y", 400)
    assert {error["parameter"] for error in details["errors"]} == {
        "city",
        "year",
        "limit",
        "offset",
        "a",
    }


@pytest.mark.parametrize(
    "address",
    [
        "/api",
        "/api/",
        "/api/v1/nothing",
        "/api/v2/",
        "/api//v1/",
        "/api/v1//cities",
        "/api/v1/cities/",
        "/api/%00",
        "/api/v1/%ff",
        "/api/../x",
    ],
)
def test_an_unknown_address_lists_those_that_exist(client: FlaskClient, address: str) -> None:
    (error,) = problem(client, address, 404)["errors"]
    for resource in error["allowed"]:
        path = resource.replace("{slug}", "ec-ict-ict-1c")
        assert client.get(path).status_code == 200, resource


def test_an_unknown_indicator_lists_those_that_exist(client: FlaskClient) -> None:
    (error,) = problem(client, f"{ROOT}indicators/none", 404)["errors"]
    assert error["parameter"] == "slug"
    assert len(error["allowed"]) == len(table_rows("indicators"))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_the_interface_can_only_be_read(client: FlaskClient, method: str) -> None:
    answer = client.open(f"{ROOT}cities", method=method, data=b"{}")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_the_type_of_a_problem_leads_to_its_description(client: FlaskClient) -> None:
    description = client.get(f"{ROOT}openapi.json").json
    for address, status in ((f"{ROOT}cities?x=1", 400), ("/api/x", 404)):
        details = problem(client, address, status)
        place, _, pointer = details["type"].partition("#/")
        assert place == f"{BASE_URL}{ROOT}openapi.json"
        part = description
        for step in pointer.split("/"):
            part = part[step]
        assert part["description"] == details["title"]


def described(client: FlaskClient, path: str) -> dict[str, Json]:
    """The answers that the description knows at a path, each with what it refers to."""
    description = client.get(f"{ROOT}openapi.json").json
    responses = description["paths"][path]["get"]["responses"]
    named = description["components"]["responses"]
    return {
        status: named[response["$ref"].rpartition("/")[2]] if "$ref" in response else response
        for status, response in responses.items()
    }


def assert_described(client: FlaskClient, address: str, status: int) -> None:
    """Ask for what is refused for a while; the description must have all of the answer."""
    answer = client.get(address)
    assert answer.status_code == status
    documented = described(client, address.partition("?")[0])[str(status)]
    assert list(documented["content"]) == [answer.content_type] == ["application/problem+json"]
    assert documented["headers"]["Retry-After"]["required"]
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.json["title"] == documented["description"]


def test_who_asks_too_often_is_told_as_described_when_to_come_again() -> None:
    client = create_app(settings_of(VARIANTS_PER_MINUTE="2", REDIS_URL="")).server.test_client()
    statuses = [client.get(f"{ROOT}cities?limit={number}").status_code for number in (1, 2)]
    assert statuses == [200, 200]
    for resource in LISTS:
        assert_described(client, f"{ROOT}{resource}?limit=3", 429)
    assert client.get(f"{ROOT}cities?limit=1").status_code == 200, "what is at hand is no work"
    for path in ("", "quiz/statistics", "openapi.json", "docs.md"):
        assert client.get(ROOT + path).status_code == 200, "these cannot be asked for endlessly"
        assert "429" not in described(client, ROOT + path)


def test_who_asks_while_much_is_made_is_told_as_described_when_to_come_again() -> None:
    server = create_app(settings_of(REDIS_URL="")).server
    client, limit = server.test_client(), context_of(server).documents.limit
    with ExitStack() as slots:
        while not limit.full:
            slots.enter_context(limit.slot())
        assert_described(client, f"{ROOT}cities?limit=4", 503)


def test_a_fault_of_ours_is_described_at_every_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    server = Flask("interface")
    routes.add_api(server, site, Documents(ConcurrencyLimit(6)))
    client = server.test_client()
    paths = {
        path: described(client, path) for path in client.get(f"{ROOT}openapi.json").json["paths"]
    }
    monkeypatch.setattr(routes, "read_query", fail)
    for path, responses in paths.items():
        answer = client.get(path.replace("{slug}", "ec-ict-ict-1c"))
        assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
        assert answer.headers["Retry-After"]
        assert answer.json["title"] == responses["503"]["description"]
        assert "secret" not in answer.text


def test_pages_beside_the_interface_stay_pages(client: FlaskClient) -> None:
    for address in ("/apix", "/en/api/", "/nothing"):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert "Access-Control-Allow-Origin" not in answer.headers
