"""deploy/nginx: the real program in front of a stand-in for the site."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from lxml.html import document_fromstring

from components.texts import text
from data.models import LANGUAGES
from pages.operation.proxy_pages import FOLDER, proxy_pages
from tests.operation.nginx import CONFIGURATION, NAME, Proxy, Response, proxying
from tests.operation.running import wait_until


class Upstream(BaseHTTPRequestHandler):
    """Answers with 200, remembers the headers of requests, and gives the request's id back."""

    protocol_version = "HTTP/1.1"
    requests: ClassVar[list[Message]] = []

    def do_GET(self) -> None:
        """Answer."""
        self.requests.append(self.headers)
        self.send_response(200)
        self.send_header("X-Request-Id", self.headers["X-Request-Id"])
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""


@pytest.fixture
def upstream() -> Iterator[ThreadingHTTPServer]:
    """What stands in for the site."""
    Upstream.requests.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(tmp_path: Path, upstream: ThreadingHTTPServer) -> Iterator[Proxy]:
    """A running nginx with narrower limits."""
    narrow = {"burst=200": "burst=20", "rate=50r/s": "rate=5r/s"}
    with proxying(tmp_path, upstream.server_port, narrow) as proxy:
        yield proxy


def test_pages_of_nginx_say_the_words_of_the_texts() -> None:
    written = {file.name: file.read_text("utf-8") for file in FOLDER.iterdir()}
    assert written == proxy_pages(), "run: python -m pages.operation.proxy_pages"


def test_every_page_that_nginx_is_told_of_is_there() -> None:
    names = re.findall(r"/nginx-errors/(\S+\.html)", CONFIGURATION.read_text("utf-8"))
    assert sorted(names) == sorted(proxy_pages())


def is_a_page_of_ours(response: Response, title: str) -> None:
    """Assert that nginx's own page is in both languages and shows the id of the request."""
    _, headers, page = response
    (request_id,) = headers.get_all("X-Request-Id") or []
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Server"] == "nginx", "without its version"
    root = document_fromstring(page)
    for language in LANGUAGES:
        (part,) = root.xpath(f"//section[@lang='{language}']")
        assert part.findtext("h1") == text(title, language)
        assert part.findtext(".//code") == request_id


def test_what_nginx_answers_itself_is_a_page_in_both_languages(proxy: Proxy) -> None:
    large = proxy.ask("/en/quiz/", "POST", b"x" * 70_000)
    assert large[0] == 413
    is_a_page_of_ours(large, "refused_title")
    too_many = next(r for r in (proxy.ask("/en/") for _ in range(200)) if r[0] != 200)
    assert too_many[0] == 429
    is_a_page_of_ours(too_many, "too_many_title")
    assert int(too_many[1]["Retry-After"]) > 0


def test_a_hall_behind_one_address_may_ask_for_its_room(proxy: Proxy) -> None:
    assert {proxy.ask("/quiz/rooms/token.json")[0] for _ in range(200)} == {200}


def test_while_the_site_is_away_nginx_says_so(proxy: Proxy, upstream: ThreadingHTTPServer) -> None:
    upstream.shutdown()
    upstream.server_close()
    away = proxy.ask("/en/")
    assert away[0] == 502
    is_a_page_of_ours(away, "failure_title")
    assert int(away[1]["Retry-After"]) > 0


def test_nginx_writes_down_no_reader(proxy: Proxy, upstream: ThreadingHTTPServer) -> None:
    proxy.ask("/en/quiz/K3Jx_-9aBcDeFgHiJkLmNo/1/", "POST", b"x" * 70_000)
    for _ in range(60):
        proxy.ask("/en/kpi/?q=private")
    upstream.shutdown()
    upstream.server_close()
    proxy.ask("/en/quiz/K3Jx_-9aBcDeFgHiJkLmNo/1/")
    wait_until(lambda: proxy.logs().count('"request_id"') == 62)
    logs = proxy.logs()
    for private in ("private", "K3Jx", "client:", "127.0.0.1,", "Mozilla"):
        assert private not in logs, private


def test_nginx_tells_the_site_who_asks_and_asks_it_for_the_figures(proxy: Proxy) -> None:
    status, headers, _ = proxy.ask("/metrics", X_Forwarded_For="192.0.2.1", X_Request_Id="mine")
    assert status == 200, "the site decides, by METRICS_TOKEN"
    (request,) = Upstream.requests
    assert request.get_all("X-Forwarded-For") == ["127.0.0.1"]
    assert request["X-Forwarded-Proto"] == "https"
    assert headers.get_all("X-Request-Id") == [request["X-Request-Id"]] != ["mine"]


def test_nginx_leads_nobody_to_a_claimed_host(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=20)
    connection.request("GET", "/ru/?q=1", headers={"Host": "evil.example"})
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == f"https://{NAME}/ru/?q=1"
    connection.close()
