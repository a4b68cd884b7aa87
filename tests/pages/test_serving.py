"""How documents travel: compressed, tagged, asked for again cheaply, built once."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Semaphore
from time import sleep
from urllib.parse import urlsplit

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests
from werkzeug.test import TestResponse

from data.models import LANGUAGES, Language
from pages.application import create_app
from pages.context import context_of
from pages.documents import Documents
from pages.operation.concurrency_limit import ConcurrencyLimit
from pages.requests import NoSuchThing
from tests.conftest import settings_of
from tests.operation.running import wait_until

ADDRESSES = ("/ru/", "/en/economy/", "/en/kpi/?q=water", "/ru/kpi/ec-ict-ict-1c/", "/en/method/")
API = ("/api/v1/", "/api/v1/fulfilment", "/api/v1/openapi.json", "/api/v1/docs.md")
FAULTS = ("/en/nothing/", "/en/?as_of=1", "/api/v1/nothing", "/api/v1/cities?x=1")
MADE = ("/sitemap.xml", "/robots.txt", "/atom.xml")
# What a browser takes, and the best form of it.
ENCODINGS = (
    ("br", "br"),
    ("gzip, deflate, br, zstd", "br"),
    ("gzip", "gzip"),
    ("gzip, br;q=0", "gzip"),
    ("*", "br"),
    ("", None),
    ("identity", None),
    ("deflate", None),
)
# Answered before the application, and no documents: tests/files holds what guards them.
PUBLISHED = ("/data/2026.1/observations.csv", "/en/kpi/ec-ict-ict-1c.csv")
FILES = (*MADE, *PUBLISHED)
# A page of each kind, the longest of it where there are many.
KINDS = (
    *("", "economy/", "environment/", "society-culture/", "kpi/", "kpi/?q=water"),
    *("kpi/ec-ict-ict-1c/", "kpi/sc-eh-h-3c/", "quiz/", "quiz/statistics/", "method/", "about/"),
    *("data/", "data/observations/", "data/2026.2/", "compare/", "embed/", "explore/"),
    # Pages with most sources, and with most parts; choices with most words.
    *("data/sources/", "kpi/en-en-aq-1c/", "kpi/sc-sh-sa-9c/", "?yardstick=goals", "?as_of=2016"),
)
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def unpacked(body: bytes, encoding: str | None) -> bytes:
    if encoding == "br":
        return brotli.decompress(body)
    return gzip.decompress(body) if encoding == "gzip" else body


@pytest.mark.parametrize("path", ["", "kpi/", "kpi/ec-ict-ict-1c/"])
def test_a_first_visit_needs_one_window(client: FlaskClient, language: Language, path: str) -> None:
    """Ten packets of 1,460 bytes come before the first acknowledgement (RFC 6928)."""
    answer = client.get(f"/{language}/{path}", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
    assert len(answer.data) + head <= 10 * 1460


@pytest.mark.parametrize("url", ADDRESSES)
def test_gzip_does_not_say_when_it_packed(client: FlaskClient, url: str) -> None:
    """Processes that build a document in different seconds send the same bytes."""
    body = client.get(url, headers={"Accept-Encoding": "gzip"}).data
    assert body[:2] == b"\x1f\x8b"
    assert body[4:8] == bytes(4)


@pytest.mark.parametrize("path", KINDS)
def test_a_document_has_14_kilobytes_at_most(
    client: FlaskClient, language: Language, path: str
) -> None:
    answer = client.get(f"/{language}/{path}", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert len(answer.data) <= 14 * 1024


@pytest.mark.long
def test_every_document_has_14_kilobytes_at_most(client: FlaskClient) -> None:
    sitemap = client.get("/sitemap.xml").get_data(as_text=True)
    addresses = [urlsplit(address).path for address in re.findall("<loc>(.+?)</loc>", sitemap)]
    assert len(addresses) > 200
    for address in addresses:
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert len(answer.data) <= 14 * 1024, address


@pytest.mark.parametrize("address", [*ADDRESSES, *(file for file in FILES if "robots" not in file)])
def test_a_document_comes_in_the_best_form_that_the_browser_takes(
    client: FlaskClient, address: str
) -> None:
    plain = client.get(address).data
    for accepted, encoding in ENCODINGS:
        answer = client.get(address, headers={"Accept-Encoding": accepted})
        assert answer.status_code == 200
        assert answer.headers.get("Content-Encoding") == encoding, accepted
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert unpacked(answer.data, encoding) == plain, accepted


@pytest.mark.parametrize("address", [*ADDRESSES, *FILES, *API])
@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_what_has_not_changed_is_not_sent_again(
    client: FlaskClient, address: str, accepted: str
) -> None:
    headers = {"Accept-Encoding": accepted}
    tag = client.get(address, headers=headers).headers["ETag"]
    again = client.get(address, headers={**headers, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    if address in API:
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    other = client.get(address, headers={**headers, "If-None-Match": '"else"'})
    assert other.status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_form_of_a_document_has_a_tag_of_its_own(client: FlaskClient, address: str) -> None:
    forms = ("br", "gzip", "identity")
    tags = {
        client.get(address, headers={"Accept-Encoding": form}).headers["ETag"] for form in forms
    }
    assert len(tags) == 3


@pytest.mark.parametrize("address", [*ADDRESSES, *FILES, *API, *FAULTS])
def test_a_head_says_what_a_get_would(client: FlaskClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert head.data == b""
    assert head.status_code == got.status_code
    for response in (head, got):
        for name in ("X-Request-Id", "Date"):  # Each request has its own.
            response.headers.pop(name, None)
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("address", [*ADDRESSES, *MADE, "/en/nothing/", "/en/?as_of=1", "/"])
def test_every_answer_guards_its_reader_and_sets_no_cookie(
    client: FlaskClient, address: str
) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in GUARDS} == GUARDS
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    script_sources = next(
        directive for directive in policy.split("; ") if directive.startswith("script-src ")
    )
    assert "unsafe-inline" not in script_sources
    assert "http" not in policy
    assert "Set-Cookie" not in headers


def test_languages_years_and_queries_are_kept_apart(client: FlaskClient) -> None:
    addresses = [
        f"/{language}/{path}"
        for language in LANGUAGES
        for path in ("", "?as_of=2012", "?as_of=2018", "kpi/", "kpi/?q=water", "kpi/?level=core")
    ]
    for _ in range(2):
        bodies = [client.get(address).data for address in addresses]
        assert len(set(bodies)) == len(addresses)


@pytest.mark.parametrize(
    ("path", "more"), [("/en/kpi/", "x=1"), ("/api/v1/indicators", "limit=100&offset=000")]
)
def test_the_order_and_writing_of_a_query_do_not_matter(
    client: FlaskClient, path: str, more: str
) -> None:
    queries = ("level=core&q=water", "q=water&level=core", f"q=+water%20&level=core&{more}")
    tags = {client.get(f"{path}?{query}").headers["ETag"] for query in queries}
    assert len(tags) == 1


class Builder:
    """Builds documents for readers in threads, each with a request of its own."""

    def __init__(self, admit: Callable[[], None] = lambda: None) -> None:
        self.documents = Documents(ConcurrencyLimit(6), admit)
        self._server = Flask("made-up")

    def at(self, key: str, build: Callable[[], str], **options: bool) -> bytes:
        """Ask for a document."""
        with self._server.test_request_context():
            return self.documents.at(key, build, **options).content


@pytest.mark.timing
def test_a_crowd_at_a_cold_document_has_it_built_once_and_is_not_refused() -> None:
    def refuse() -> None:
        raise TooManyRequests

    builder, built, start = Builder(refuse), [], Barrier(32)

    def build() -> str:
        built.append(1)
        sleep(0.1)
        return "page"

    def read(_: int) -> bytes:
        start.wait()
        return builder.at("cold", build)

    with ThreadPoolExecutor(32) as readers:
        assert set(readers.map(read, range(32))) == {b"page"}
    assert len(built) == 1
    with pytest.raises(TooManyRequests):
        builder.at("made up", lambda: "variant", variant=True)


@pytest.mark.timing
def test_a_slow_document_holds_up_no_other() -> None:
    builder, building, may_end = Builder(), Event(), Event()

    def slow() -> str:
        building.set()
        assert may_end.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(builder.at, "slow", slow)
        assert building.wait(10)
        assert builder.at("other", lambda: "other") == b"other"
        may_end.set()
        assert waiting.result() == b"slow"


@pytest.mark.timing
@pytest.mark.parametrize(
    ("language", "words"), [("en", "The site is very busy"), ("ru", "Сейчас очень много")]
)
def test_who_asks_for_endless_variants_leaves_threads_to_others(
    monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    server = create_app(settings_of(REDIS_URL="", THREADS="4")).server
    building, may_end = Semaphore(0), Event()

    def slow(*_: object, **__: object) -> object:
        building.release()
        assert may_end.wait(20)
        raise NoSuchThing

    def ask(query: str) -> TestResponse:
        return server.test_client().get(f"/{language}/kpi/?q={query}")

    kept = ask("kept")
    monkeypatch.setattr("pages.indicator_list.results", slow)
    with ThreadPoolExecutor(8) as crowd:
        futures = [crowd.submit(ask, f"word{number}") for number in range(3)]
        try:
            assert building.acquire(timeout=10)
            limit = context_of(server).documents.limit
            wait_until(lambda: limit.full)
            refused = ask("one-more")
            assert refused.status_code == 503
            assert refused.headers["Retry-After"] == "5"
            assert words in refused.text
            assert ask("kept").data == kept.data
            for address in ("/healthz", f"/{language}/quiz/"):
                assert server.test_client().get(address).status_code == 200
        finally:
            may_end.set()
        assert {future.result().status_code for future in futures} == {404}


def test_who_has_too_many_variants_built_waits_but_gets_the_kept_ones() -> None:
    client = create_app(settings_of(VARIANTS_PER_MINUTE="3", REDIS_URL="")).server.test_client()
    words = ("water", "air", "roads", "schools")
    responses = [client.get(f"/en/kpi/?q={word}") for word in words]
    assert [response.status_code for response in responses] == [200, 200, 200, 429]
    assert int(responses[-1].headers["Retry-After"]) > 0
    assert client.get("/en/kpi/?q=air").status_code == 200
    assert client.get("/en/kpi/").status_code == 200
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/en/kpi/?q=schools", environ_base=other).status_code == 200


def test_a_document_that_cannot_be_built_is_built_again() -> None:
    builder = Builder()

    def fail() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        builder.at("page", fail)
    assert builder.at("page", lambda: "mended") == b"mended"
