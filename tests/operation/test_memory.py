"""A document that is remembered is the same answer as the one that was built, in every field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, Response, request

from pages.operation.memory import (
    MOST_BYTES,
    MOST_BYTES_WITH_QUERY,
    Memory,
    lasts,
    smallest_encoding,
)
from pages.requests import Parameter, read_parameters
from tests.operation.running import Running

LASTING = [
    "/en/",
    "/ru/kpi/?dimension=economy",
    "/embed/en/wheel",
    "/en/wheel.svg",
    "/en/wheel.png",
]
BROWSER = "gzip, deflate, br, zstd"


@pytest.fixture
def asked() -> list[str]:
    """Every address that reached the application."""
    return []


@pytest.fixture
def application(asked: list[str]) -> Flask:
    """An application whose one page lasts as long as its state, behind a memory."""
    server = Flask("made-up")
    server.config["STATE"] = "one"

    def state() -> str:
        return str(server.config["STATE"])

    @server.route("/page/")
    def page() -> Response:
        asked.append(request.full_path)
        lasts("pages", state(), state)
        response = Response(f"state {state()}")
        response.set_etag(state())
        return response

    @server.route("/once/")
    def once() -> Response:
        asked.append(request.full_path)
        lasts("pages")
        return Response("for you", headers={"Cache-Control": "no-store"})

    @server.route("/fault/")
    def fault() -> tuple[str, int]:
        asked.append(request.full_path)
        lasts("pages")
        return "no", 404

    @server.route("/picture-<int:kibibytes>/")
    @server.route("/picture-<int:kibibytes>/<name>")
    def picture(kibibytes: int, name: str = "") -> Response:
        asked.append(f"{request.full_path} {name}")
        read_parameters(request, (Parameter("q", str),))
        lasts("pictures")
        return Response(b"x" * 1024 * kibibytes, content_type="image/png")

    server.wsgi_app = Memory(server.wsgi_app)
    return server


def memory_of(application: Flask) -> Memory:
    memory = application.wsgi_app
    assert isinstance(memory, Memory)
    return memory


def test_a_document_is_built_once(application: Flask, asked: list[str]):
    client = application.test_client()
    first, second = client.get("/page/"), client.get("/page/")
    assert (first.data, first.headers) == (second.data, second.headers)
    assert len(asked) == 1


def test_it_is_built_again_as_soon_as_what_it_shows_has_changed(application, asked):
    client = application.test_client()
    client.get("/page/")
    application.config["STATE"] = "two"
    assert client.get("/page/").data == b"state two"
    assert client.get("/page/").data == b"state two"
    assert len(asked) == 2


def test_a_reader_who_has_it_is_told_so(application: Flask, asked: list[str]):
    client = application.test_client()
    tag = client.get("/page/").headers["ETag"]
    unchanged = client.get("/page/", headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert unchanged.headers["ETag"] == tag
    assert "Content-Length" not in unchanged.headers
    assert client.get("/page/", headers={"If-None-Match": '"other"'}).status_code == 200
    assert len(asked) == 1


def test_who_asks_for_the_head_gets_no_body(application: Flask, asked: list[str]):
    client = application.test_client()
    whole = client.get("/page/")
    head = client.head("/page/")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers == whole.headers
    assert len(asked) == 1


@pytest.mark.parametrize("address", ["/once/", "/fault/"])
def test_what_is_for_one_reader_or_a_fault_is_not_remembered(application, asked, address):
    client = application.test_client()
    client.get(address)
    client.get(address)
    assert len(asked) == 2


@pytest.mark.parametrize(
    "headers", [{"Range": "bytes=0-3"}, {"If-Match": '"x"'}, {"If-Modified-Since": "x"}]
)
def test_unusual_requests_go_the_long_way(application, asked, headers):
    client = application.test_client()
    client.get("/page/")
    client.get("/page/", headers=headers)
    assert len(asked) == 2


def test_an_address_that_hides_a_query_in_its_path_is_another_one(application, asked):
    client = application.test_client()
    client.get("/page/?a=b")
    assert client.get("/page/%3Fa=b").status_code == 404
    assert len(asked) == 1


def test_made_up_queries_do_not_fill_the_memory(application: Flask):
    client = application.test_client()
    for number in range(700):
        client.get(f"/page/?n={number}")
    memory = memory_of(application)
    assert sum(memory.find(f"/page/?n={number}") is not None for number in range(700)) <= 300


def test_parameters_that_a_view_does_not_know_are_not_remembered(application: Flask):
    client = application.test_client()
    for number in range(5):
        for accepted in (BROWSER, "gzip", "identity"):
            client.get(f"/picture-1/?q=a&y={number}", headers={"Accept-Encoding": accepted})
    assert memory_of(application).size == 0


def test_what_is_the_same_in_every_encoding_is_remembered_once(application: Flask, asked):
    client = application.test_client()
    for accepted in (BROWSER, "gzip", "identity"):
        answer = client.get("/picture-100/?q=a", headers={"Accept-Encoding": accepted})
        assert len(answer.data) == 100 * 1024
    assert len(asked) == 1
    assert memory_of(application).size < 2 * 100 * 1024


def test_the_memory_has_so_many_bytes_whatever_is_asked(application: Flask):
    client, memory = application.test_client(), memory_of(application)
    for number in range(300):
        client.get(f"/picture-200/?q={number}")
        assert memory.size <= MOST_BYTES_WITH_QUERY
    for number in range(150):
        client.get(f"/picture-200/{number}")
        assert memory.size <= MOST_BYTES + MOST_BYTES_WITH_QUERY
    assert memory.find("/picture-200/149")
    assert not memory.find("/picture-200/0")
    assert memory.find("/picture-200/?q=299")
    assert not memory.find("/picture-200/?q=0")


def test_what_is_large_is_left_to_its_shelf(application: Flask):
    client = application.test_client()
    client.get("/picture-300/")
    assert memory_of(application).size == 0


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        (BROWSER, "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("identity", "identity"),
        ("", "identity"),
        ("br, " * 100, "identity"),
    ],
)
def test_the_smallest_form_that_is_taken_is_sent(accepted: str, form: str):
    assert smallest_encoding(accepted) == form


@pytest.mark.parametrize("address", LASTING)
@pytest.mark.parametrize("accepted", [BROWSER, "gzip", "identity"])
def test_the_site_answers_the_same_before_and_after(
    served: Running, address: str, accepted: str, same: Callable[..., bool]
):
    answers = [served.ask(address, Accept_Encoding=accepted) for _ in range(8)]
    assert all(same(answers[0], one) for one in answers)
    assert len({headers["X-Request-Id"] for _, headers, _ in answers}) == 8


@pytest.fixture
def same() -> Callable[..., bool]:
    """Whether two answers are alike but for the moment and the id of the request."""

    def compare(
        one: tuple[int, dict[str, str], bytes], other: tuple[int, dict[str, str], bytes]
    ) -> bool:
        own = ("Date", "X-Request-Id", "Connection")
        bare = [
            (status, {name: value for name, value in headers.items() if name not in own}, body)
            for status, headers, body in (one, other)
        ]
        return bare[0] == bare[1]

    return compare
