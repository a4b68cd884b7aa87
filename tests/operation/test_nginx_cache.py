"""The cache of deploy/nginx: what it takes copies of, for whom and for how long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.operation.nginx import CONFIGURATION, Proxy, proxying
from tests.operation.running import wait_until

PUBLIC = {"Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Accept-Encoding"}
# A clock that stands, so that no copy ends while a test looks at it.
_STANDING = {"map $msec": "map 100.0"}
# Who waits for another's copy goes on waiting on a busy machine, too.
_LASTING = {**_STANDING, "200 10s": "200 1h", "lock_timeout 200ms": "lock_timeout 20s"}
_RENEWED = {**_STANDING, "200 10s": "200 1s"}
_SHORT_PERIODS = {"200 10s": "200 1s", r"[0-4]\d\.": r"[0-4]\.", r"[5-9]\d\.": r"[5-9]\."}


@dataclass
class Upstream:
    """A stand-in for the site: the next answer, and the requests that reached it."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(PUBLIC))
    may_answer: Event = field(default_factory=Event)
    requests: list[tuple[str, str, Message]] = field(default_factory=list)
    port: int = 0

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return a handler that answers as this object says."""
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"] or 0))
                upstream.requests.append((self.command, self.path, self.headers))
                assert upstream.may_answer.wait(20)
                body = f"{self.headers['Accept-Encoding']} {len(upstream.requests)}".encode()
                self.send_response(upstream.status)
                for name, value in upstream.headers.items():
                    self.send_header(name, value)
                self.send_header("X-Request-Id", self.headers["X-Request-Id"])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(b"" if self.command == "HEAD" else body)

            do_GET = do_HEAD = do_POST = answer  # noqa: N815  # Names of http.server.

            def log_message(self, *_arguments: Any) -> None:
                """Log nothing."""

        return Handler


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    upstream = Upstream()
    server = ThreadingHTTPServer(("127.0.0.1", 0), upstream.handler())
    upstream.port = server.server_port
    upstream.may_answer.set()
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield upstream
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(tmp_path: Path, upstream: Upstream) -> Iterator[Proxy]:
    with proxying(tmp_path, upstream.port, _LASTING) as proxy:
        yield proxy


def hits(proxy: Proxy, path: str, **headers: str) -> list[str | None]:
    """Ask twice and return what the cache did each time."""
    return [proxy.ask(path, **headers)[1]["X-Cache-Status"] for _ in range(2)]


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/ru/kpi/?q=x",
        "/embed/en/wheel",
        "/ru/wheel.svg",
        "/assets/a.js",
        "/en/quiz/card.png?score=3",
    ],
)
def test_what_is_public_is_asked_for_once(proxy: Proxy, upstream: Upstream, path: str) -> None:
    responses = [proxy.ask(path) for _ in range(3)]
    assert [headers["X-Cache-Status"] for _, headers, _ in responses] == ["MISS", "HIT", "HIT"]
    assert len(upstream.requests) == 1
    assert len({body for _, _, body in responses}) == 1
    for name, value in PUBLIC.items():
        assert {headers[name] for _, headers, _ in responses} == {value}
    ids = [headers.get_all("X-Request-Id") for _, headers, _ in responses]
    assert len({request_id for (request_id,) in ids}) == 3, "each reader's own"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, max-age=60"},
        {"Cache-Control": "public, no-cache"},
        {**PUBLIC, "Vary": "Accept-Language"},
        {**PUBLIC, "Vary": "Accept-Encoding, Cookie"},
        {**PUBLIC, "Set-Cookie": "a=b"},
    ],
    ids=str,
)
def test_what_is_for_one_reader_or_moment_is_never_kept(
    proxy: Proxy, upstream: Upstream, headers: dict[str, str]
) -> None:
    upstream.headers = headers
    assert "HIT" not in hits(proxy, "/en/")
    assert len(upstream.requests) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/healthz",
        "/metrics",
        "/en/quiz/",
        "/en/quiz/K3Jx_-9aBcDeFgHiJkLmNo/1/",
        "/quiz/statistics.csv",
        "/_dash/_dash-layout",
        "/data/2026.1/targets.csv",
        "/data/downloads.csv",
        "/catalog.ttl",
        "/ru/kpi/ec-p-em-1c.json",
    ],
)
def test_quiz_health_and_downloads_reach_the_site_whatever_they_say(
    proxy: Proxy, upstream: Upstream, path: str
) -> None:
    assert hits(proxy, path) == [None, None]
    proxy.ask(path, "HEAD", Range="bytes=0-1", If_None_Match='"x"')
    assert [method for method, _, _ in upstream.requests] == ["GET", "GET", "HEAD"]
    *_, (_, _, request) = upstream.requests
    assert (request["Range"], request["If-None-Match"]) == ("bytes=0-1", '"x"')


@pytest.mark.parametrize("status", [302, 404, 429, 503])
def test_no_refusal_is_kept(proxy: Proxy, upstream: Upstream, status: int) -> None:
    upstream.status = status
    assert "HIT" not in hits(proxy, "/en/")
    upstream.status = 200
    assert proxy.ask("/en/")[0] == 200


def test_what_is_sent_in_is_not_answered_from_a_copy(proxy: Proxy, upstream: Upstream) -> None:
    proxy.ask("/en/")
    for _ in range(2):
        proxy.ask("/en/", "POST", b"option=a")
    assert [method for method, _, _ in upstream.requests] == ["GET", "POST", "POST"]


def test_a_copy_answers_conditions_and_questions_for_the_head(
    proxy: Proxy, upstream: Upstream
) -> None:
    upstream.headers["ETag"] = '"state"'
    proxy.ask("/en/")
    status, headers, body = proxy.ask("/en/", If_None_Match='"state"')
    assert (status, headers["ETag"], body) == (304, '"state"', b"")
    assert proxy.ask("/en/", "HEAD")[0] == 200
    assert len(upstream.requests) == 1


def test_one_request_fills_for_all_who_ask_at_the_same_time(
    proxy: Proxy, upstream: Upstream
) -> None:
    upstream.may_answer.clear()
    with ThreadPoolExecutor(20) as readers:
        futures = [readers.submit(proxy.ask, "/en/") for _ in range(20)]
        wait_until(lambda: upstream.requests)
        upstream.may_answer.set()
        responses = [reader.result() for reader in futures]
    assert {(status, body) for status, _, body in responses} == {(200, b"identity 1")}
    assert len(upstream.requests) == 1


def test_who_has_waited_for_a_copy_asks_the_site_itself(tmp_path: Path, upstream: Upstream) -> None:
    upstream.may_answer.clear()
    with proxying(tmp_path, upstream.port, _STANDING) as proxy, ThreadPoolExecutor(3) as readers:
        futures = [readers.submit(proxy.ask, "/en/") for _ in range(3)]
        wait_until(lambda: len(upstream.requests) == 3)
        upstream.may_answer.set()
        assert {reader.result()[0] for reader in futures} == {200}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br", "br"),
        ("gzip;q=0.5, br;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br ; q=0.000, gzip ;q=0.1", "gzip"),
        ("GZIP", "gzip"),
        ("brotli, x-gzip", "identity"),
        ("*", "identity"),
        ("", "identity"),
    ],
)
def test_the_site_is_asked_for_one_of_three_encodings(
    proxy: Proxy, upstream: Upstream, accepted: str, encoding: str
) -> None:
    proxy.ask("/en/", Accept_Encoding=accepted)
    ((_, _, request),) = upstream.requests
    assert request["Accept-Encoding"] == encoding


def test_encodings_do_not_mix(proxy: Proxy, upstream: Upstream) -> None:
    bodies = Counter(
        proxy.ask("/en/", Accept_Encoding=accepted)[2].split()[0]
        for _ in range(2)
        for accepted in ("gzip, deflate, br", "br, gzip", "gzip, deflate", "gzip", "identity")
    )
    assert bodies == {b"br": 4, b"gzip": 4, b"identity": 2}
    assert len(upstream.requests) == 3


def test_while_a_copy_is_renewed_readers_go_on_with_the_old_one(
    tmp_path: Path, upstream: Upstream
) -> None:
    with proxying(tmp_path, upstream.port, _RENEWED) as proxy:
        proxy.ask("/en/")
        upstream.may_answer.clear()
        wait_until(lambda: proxy.ask("/en/")[1]["X-Cache-Status"] == "STALE")
        for _ in range(20):
            _, headers, body = proxy.ask("/en/")
            assert (headers["X-Cache-Status"], body) == ("UPDATING", b"identity 1")
        upstream.may_answer.set()
        wait_until(lambda: proxy.ask("/en/")[2] != b"identity 1")


def test_no_copy_outlives_its_period_even_where_it_cannot_be_renewed(
    tmp_path: Path, upstream: Upstream
) -> None:
    with proxying(tmp_path, upstream.port, _SHORT_PERIODS) as proxy:
        proxy.ask("/en/")
        upstream.status, upstream.headers = 404, {"Cache-Control": "no-store"}
        wait_until(lambda: proxy.ask("/en/")[0] == 404)


def test_no_copy_is_more_than_a_minute_behind_a_new_edition() -> None:
    written = CONFIGURATION.read_text("utf-8")
    begin = written.index("map $msec $city_period")
    patterns = re.findall(r'"~(\S+)" \$(tens-\w+);', written[begin : written.index("}\n", begin)])

    def period(second: int) -> str:
        ((match, name),) = (
            (match, name)
            for pattern, name in patterns
            if (match := re.match(pattern.replace("?<", "?P<"), f"{second}.123"))
        )
        return name.replace("tens", match["tens"])

    began = 1_800_000_000
    seconds = Counter(period(second) for second in range(began, began + 1000))
    assert set(seconds.values()) == {50}
    (fresh,) = re.findall(r"proxy_cache_valid 200 (\d+)s;", written)
    assert int(fresh) == 10
