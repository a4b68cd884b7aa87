"""A response from the cache is the one that was built, as long as it holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, Response, request

from pages.operation.response_cache import ResponseCache, cacheable
from pages.requests import Parameter, read_parameters
from tests.operation.running import Answer, Running

CACHED = ["/en/", "/ru/kpi/?dimension=economy", "/embed/en/wheel", "/en/wheel.svg", "/en/wheel.png"]
BROWSER = "gzip, deflate, br, zstd"


@pytest.fixture
def requests() -> list[str]:
    """Every URL that reached the application."""
    return []


@pytest.fixture
def application(requests: list[str]) -> Flask:
    """An application with a page that is cached as long as its state stays."""
    server = Flask("made-up")
    server.config["STATE"] = "one"

    def state() -> str:
        return str(server.config["STATE"])

    def respond(body: str, cache_control: str = "public, max-age=0") -> Response:
        requests.append(request.full_path)
        response = Response(body, headers={"Cache-Control": cache_control})
        response.set_etag(state())
        return response.make_conditional(request)

    @server.route("/page/")
    def page() -> Response:
        read_parameters(request, (Parameter("q", str),))
        cacheable(state)
        return respond(f"state {state()}")

    @server.route("/personal/")
    def personal() -> Response:
        cacheable()
        return respond("for you", "no-store")

    @server.route("/unmarked/")
    def unmarked() -> Response:
        return respond("public, yet nothing is said of how long it holds")

    @server.route("/fault/")
    def fault() -> tuple[Response, int]:
        cacheable()
        return respond("no"), 404

    @server.route("/large/")
    def large() -> Response:
        cacheable()
        return respond("x" * (200 << 10))

    server.wsgi_app = ResponseCache(server, "")
    return server


def test_a_response_is_built_once(application: Flask, requests: list[str]) -> None:
    client = application.test_client()
    first, second, head = client.get("/page/"), client.get("/page/"), client.head("/page/")
    assert (first.data, first.headers) == (second.data, second.headers)
    assert (head.data, head.headers) == (b"", first.headers)
    assert len(requests) == 1


def test_it_is_built_again_as_soon_as_its_state_has_changed(
    application: Flask, requests: list[str]
) -> None:
    client = application.test_client()
    client.get("/page/")
    application.config["STATE"] = "two"
    assert client.get("/page/").data == client.get("/page/").data == b"state two"
    assert len(requests) == 2


def test_a_client_that_has_it_is_told_so(application: Flask, requests: list[str]) -> None:
    client = application.test_client()
    etag = client.get("/page/").headers["ETag"]
    unchanged = client.get("/page/", headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert unchanged.headers["ETag"] == etag
    assert "Content-Length" not in unchanged.headers
    assert client.get("/page/", headers={"If-None-Match": '"other"'}).status_code == 200
    assert len(requests) == 1


def test_what_a_client_revalidates_is_cached_for_the_next(
    application: Flask, requests: list[str]
) -> None:
    client = application.test_client()
    for _ in range(4):  # The first tells of the path, the second fills.
        assert client.get("/page/", headers={"If-None-Match": '"one"'}).status_code == 304
    assert client.get("/page/").data == b"state one"
    assert len(requests) == 2


@pytest.mark.parametrize("url", ["/personal/", "/unmarked/", "/fault/", "/large/"])
def test_what_is_personal_unmarked_a_fault_or_large_is_not_cached(
    application: Flask, requests: list[str], url: str
) -> None:
    client = application.test_client()
    assert client.get(url).data == client.get(url).data
    assert len(requests) == 2


@pytest.mark.parametrize(
    "headers", [{"Range": "bytes=0-3"}, {"If-Match": '"x"'}, {"If-Modified-Since": "x"}]
)
def test_unusual_requests_reach_the_application(
    application: Flask, requests: list[str], headers: dict[str, str]
) -> None:
    client = application.test_client()
    client.get("/page/")
    client.get("/page/", headers=headers)
    assert len(requests) == 2


def test_parameters_that_a_view_does_not_read_make_no_difference(
    application: Flask, requests: list[str]
) -> None:
    client = application.test_client()
    for query in ("q=a", "q=a&utm_source=x", "fbclid=1&q=a", "q=b", "utm_source=%D0%B0"):
        assert client.get(f"/page/?{query}").status_code == 200
    assert [url for url in requests if "q=a" in url] == ["/page/?q=a"]
    assert len(requests) == 3


def test_a_query_that_the_application_refuses_stays_refused(application: Flask) -> None:
    client = application.test_client()
    assert client.get("/page/?q=a").status_code == 200
    for query in ("q=a&x=%ff", "q=a&x=" + "y" * 2000):
        assert client.get(f"/page/?{query}").status_code == 500, "as the view has it"
    assert client.get("/page/%3Fq=a").status_code == 404


def test_made_up_queries_leave_the_cache_bounded_and_pages_in_it(
    application: Flask, requests: list[str]
) -> None:
    client = application.test_client()
    client.get("/page/")
    for number in range(1200):
        client.get(f"/page/?q={number}")
    before = len(requests)
    client.get("/page/")
    assert len(requests) == before
    client.get("/page/?q=0")
    assert len(requests) == before + 1


@pytest.mark.parametrize("url", CACHED)
@pytest.mark.parametrize("accepted", [BROWSER, "gzip", "identity", "br;q=0, gzip;q=0.5"])
def test_the_site_responds_the_same_before_and_after(
    served: Running, url: str, accepted: str, bare: Callable[[Answer], object]
) -> None:
    responses = [served.ask(url, Accept_Encoding=accepted) for _ in range(8)]
    assert [bare(response) for response in responses] == [bare(responses[0])] * 8
    assert len({headers["X-Request-Id"] for _, headers, _ in responses}) == 8


@pytest.fixture
def bare() -> Callable[[Answer], object]:
    """Leaves out of a response the moment and the id of the request."""

    def without_moment(response: Answer) -> object:
        status, headers, body = response
        own = ("Date", "X-Request-Id", "Connection")
        return status, {name: headers[name] for name in headers if name not in own}, body

    return without_moment
