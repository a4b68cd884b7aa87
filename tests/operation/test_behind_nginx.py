"""The site behind nginx, both real: copies of pages, counts of downloads, and slow clients."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from lxml.html import document_fromstring

from quiz.store import Store
from tests.databases import new_database
from tests.operation.nginx import NAME, Proxy, proxying
from tests.operation.running import Running, running, wait_until

SLOW = 48
PAGES = ("/en/", "/ru/kpi/", "/embed/en/wheel", "/ru/wheel.svg", "/api/v1/cities")
FILE = "/data/2026.1/targets.csv"
LARGE_FILE = "/data/2026.1/all.zip"
CHANGES = {
    # The clock stands, so that no copy ends while a test looks at it.
    "map $msec": "map 100.0",
    # Slow clients are not cut off before readers were answered, however busy the machine is.
    "client_header_timeout 10s": "client_header_timeout 100s",
    "client_body_timeout 10s": "client_body_timeout 100s",
}


@dataclass
class Stack:
    """A site, the nginx before it, and the database that counts downloads."""

    site: Running
    proxy: Proxy
    database: str

    def downloads(self) -> int:
        """Return how many downloads are stored."""
        store = Store(self.database)
        try:
            return sum(store.downloads().values())
        finally:
            store.close()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("site")
    database = new_database(folder)
    settings = {
        "DATABASE_URL": database,
        "BASE_URL": f"https://{NAME}",
        "TRUSTED_PROXIES": "1",
        "X_ACCEL_REDIRECT": "/_files/",
    }
    with (
        running(folder, **settings) as site,
        proxying(tmp_path_factory.mktemp("nginx"), site.port, CHANGES) as proxy,
    ):
        yield Stack(site, proxy, database)


def content_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that do not tell one connection or request from another."""
    of_request = ("Connection", "Date", "Server", "X-Cache-Status", "X-Request-Id")
    return {name: value for name, value in headers.items() if name not in of_request}


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("path", PAGES)
def test_a_copy_is_what_the_site_says(stack: Stack, path: str, encoding: str) -> None:
    status, headers, body = stack.site.ask(path, Accept_Encoding=encoding)
    copies = [stack.proxy.ask(path, Accept_Encoding=encoding) for _ in range(2)]
    assert [copy[1]["X-Cache-Status"] for copy in copies] == ["MISS", "HIT"]
    for copy in copies:
        assert (copy[0], copy[2]) == (status, body)
        assert content_headers(dict(copy[1])) == content_headers(headers)


@pytest.mark.parametrize(
    ("accept", "table"),
    [
        ("text/csv", "csv"),
        ("TEXT/*, application/json;q=0.5", "csv"),
        ("application/json;q=0.1, */*", "csv"),
        ("application/json", "json"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "json"),
    ],
)
def test_a_table_is_what_each_client_asked_for(stack: Stack, accept: str, table: str) -> None:
    """JSON is copied, CSV never: neither kind reaches those who asked for the other."""
    path = "/api/v1/indicators"
    stack.proxy.ask(path)
    for _ in range(2):
        status, headers, body = stack.proxy.ask(path, Accept=accept)
        assert (status, body) == (200, stack.site.ask(path, Accept=accept)[2])
        assert table in headers["Content-Type"]
        assert headers.get("X-Cache-Status") == ("HIT" if table == "json" else None)
    assert "json" in stack.proxy.ask(path)[1]["Content-Type"]


def test_scripts_and_pictures_of_a_page_are_copied(stack: Stack) -> None:
    page = stack.proxy.ask("/en/")[2].decode()
    paths = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
    assert paths
    for path in paths:
        stack.proxy.ask(path)
        assert stack.proxy.ask(path)[1]["X-Cache-Status"] == "HIT"


def test_each_run_of_the_quiz_is_one_reader_s(stack: Stack) -> None:
    pages = [stack.proxy.ask("/en/quiz/") for _ in range(2)]
    tokens = [
        token
        for _, _, body in pages
        for token in document_fromstring(body).xpath("//input[@name='token']/@value")
    ]
    # A run and a room can be started from each page.
    assert len(set(tokens)) == len(tokens) == 4
    assert {headers["X-Cache-Status"] for _, headers, _ in pages} == {None}


def test_an_error_page_shows_the_id_of_its_own_request(stack: Stack) -> None:
    for _ in range(2):
        status, headers, body = stack.proxy.ask("/en/nothing/")
        assert status == 404
        assert headers["X-Request-Id"].encode() in body


def test_nginx_sends_a_large_file_as_the_site_would_and_it_is_counted_once(stack: Stack) -> None:
    before = stack.downloads()
    direct = stack.site.ask(LARGE_FILE, "HEAD")[1]
    # Several ranges are ignored by the site, hence by nginx, too.
    for fields in ({}, {"Range": "bytes=0-1,5-6"}):
        status, headers, body = stack.proxy.ask(LARGE_FILE, **fields)
        assert (status, len(body)) == (200, int(direct["Content-Length"]))
        assert content_headers(dict(headers)) == content_headers(direct)
    assert stack.proxy.ask(LARGE_FILE, Range="bytes=0-9")[2] == body[:10]
    assert stack.proxy.ask(LARGE_FILE, If_None_Match=direct["ETag"])[0] == 304
    location = stack.site.ask(LARGE_FILE)[1]["X-Accel-Redirect"]
    assert stack.proxy.ask(location)[0] == 404
    # Two by nginx, and what the site was asked for without it.
    wait_until(lambda: stack.downloads() == before + 3)


def test_a_download_is_counted_once(stack: Stack) -> None:
    before = stack.downloads()
    for encoding in ("br", "gzip", "identity"):
        status, headers, body = stack.proxy.ask(FILE, Accept_Encoding=encoding)
        assert (status, len(body)) == (200, int(headers["Content-Length"]))
    assert stack.proxy.ask(FILE, "HEAD")[0] == 200
    assert stack.proxy.ask(FILE, Range="bytes=0-9")[0] == 206
    wait_until(lambda: stack.downloads() >= before + 3)
    # What was counted twice would be stored together with the rest.
    assert stack.downloads() == before + 3


SENT = {
    "half a header": f"GET /en/ HTTP/1.1\r\nHost: {NAME}\r\nX-Slow: ",
    "half a body": f"POST /en/quiz/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 5000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken=",
    "no reading": f"GET {LARGE_FILE} HTTP/1.1\r\nHost: {NAME}\r\n\r\n",
}


@pytest.mark.parametrize("sent", SENT)
def test_slow_clients_hold_up_nobody(stack: Stack, sent: str) -> None:
    alone = {path: seconds(stack.proxy, path) for path in ("/healthz", "/en/", "/en/quiz/")}
    with ExitStack() as opened:
        clients = []
        for _ in range(SLOW):
            # Not the reader's address: no limit of nginx must take the place of its buffers.
            client = opened.enter_context(stack.proxy.connect("127.0.0.2", receive_buffer=4096))
            client.sendall(SENT[sent].encode())
            clients.append(client)
        for path, without in alone.items():
            # The best of three, beside what it took without them: the machine may be slow, too.
            assert min(seconds(stack.proxy, path) for _ in range(3)) < 1 + without, path
        assert all(is_open(client) for client in clients)


def seconds(proxy: Proxy, path: str) -> float:
    began = time.monotonic()
    assert proxy.ask(path)[0] == 200
    return time.monotonic() - began


def is_open(client: ssl.SSLSocket) -> bool:
    """Return whether the server has not hung up."""
    client.setblocking(False)
    try:
        return client.recv(1) != b""
    except ssl.SSLWantReadError:
        return True
