"""deploy/nginx: the real program in front of a stand-in for the site."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
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
from pages.settings import ROOT
from tests.operation.running import free_port, wait_until

CONFIGURATION = ROOT / "deploy" / "nginx" / "city-indicators.conf"
NAME = "indicators.example.org"
# Debian keeps it where only root looks for programs.
PROGRAM = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
PLACES = {
    "/etc/letsencrypt/live/indicators.example.org": "{folder}",
    "/var/log/nginx": "{folder}/log",
    "/srv/city-indicators/current": str(ROOT),
}


class Site(BaseHTTPRequestHandler):
    """Answers with 200, remembers what it was told, and gives the id of the request back."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[Message]] = []

    def do_GET(self) -> None:
        """Answer."""
        self.seen.append(self.headers)
        self.send_response(200)
        self.send_header("X-Request-Id", self.headers["X-Request-Id"])
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@dataclass
class Proxy:
    """nginx with our configuration, but for ports, places and a narrower limit."""

    folder: Path
    site: ThreadingHTTPServer
    plain: int = field(default_factory=free_port)
    tls: int = field(default_factory=free_port)

    def write(self) -> Path:
        """What nginx reads."""
        written = CONFIGURATION.read_text("utf-8")
        for place, here in PLACES.items():
            written = written.replace(place, here.format(folder=self.folder))
        written = re.sub(r"\n +listen \[::\].*", "", written)
        written = re.sub("listen 80;", f"listen 127.0.0.1:{self.plain};", written)
        written = re.sub("listen 443", f"listen 127.0.0.1:{self.tls}", written)
        written = written.replace("127.0.0.1:8050", f"127.0.0.1:{self.site.server_port}")
        written = written.replace("burst=200", "burst=20").replace("rate=50r/s", "rate=5r/s")
        (self.folder / "site.conf").write_text(written)
        (self.folder / "log").mkdir()
        spools = "".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = self.folder / "nginx.conf"
        whole.write_text(
            f"daemon off; pid {self.folder}/pid; error_log {self.folder}/main.log;"
            f"events {{}} http {{ {spools} include {self.folder}/site.conf; }}"
        )
        return whole

    def ask(
        self, address: str, method: str = "GET", body: bytes | None = None
    ) -> tuple[int, Message, str]:
        """Ask once by TLS."""
        context = ssl._create_unverified_context()  # noqa: S323  # The certificate is our own.
        connection = http.client.HTTPSConnection("127.0.0.1", self.tls, timeout=20, context=context)
        connection.request(method, address, body, {"Host": NAME})
        answer = connection.getresponse()
        told = answer.status, answer.headers, answer.read().decode()
        connection.close()
        return told

    def listens(self) -> bool:
        """Whether it can be reached."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.tls)) == 0

    def logs(self) -> str:
        """Everything that was written down."""
        files = [self.folder / "main.log", *(self.folder / "log").iterdir()]
        return "".join(file.read_text("utf-8") for file in files)


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    """nginx, as it stands before the site."""
    assert PROGRAM, "run: sh tools/nginx.sh"
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    keys = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subprocess.run([*certificate, *keys], check=True, capture_output=True)
    Site.seen.clear()
    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=site.serve_forever, daemon=True).start()
    proxy = Proxy(tmp_path, site)
    command = [PROGRAM, "-p", str(tmp_path), "-e", str(tmp_path / "main.log")]
    command += ["-c", str(proxy.write())]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command)
    try:
        wait_until(proxy.listens)
        yield proxy
    finally:
        process.terminate()
        process.wait(20)
        site.shutdown()
        site.server_close()


def test_pages_of_nginx_say_the_words_of_the_texts() -> None:
    written = {file.name: file.read_text("utf-8") for file in FOLDER.iterdir()}
    assert written == proxy_pages(), "run: python -m pages.operation.proxy_pages"


def test_every_page_that_nginx_is_told_of_is_there() -> None:
    told = re.findall(r"/nginx-errors/(\S+\.html)", CONFIGURATION.read_text("utf-8"))
    assert sorted(told) == sorted(proxy_pages())


def is_a_page_of_ours(answer: tuple[int, Message, str], title: str) -> None:
    """Whether nginx said it in both languages, with the id of the request."""
    _, headers, page = answer
    (known,) = headers.get_all("X-Request-Id") or []
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Server"] == "nginx", "without its version"
    root = document_fromstring(page)
    for language in LANGUAGES:
        (part,) = root.xpath(f"//section[@lang='{language}']")
        assert part.findtext("h1") == text(title, language)
        assert part.findtext(".//code") == known


def test_what_nginx_answers_itself_is_a_page_in_both_languages(proxy: Proxy) -> None:
    large = proxy.ask("/en/quiz/", "POST", b"x" * 70_000)
    assert large[0] == 413
    is_a_page_of_ours(large, "refused_title")
    too_many = next(one for one in (proxy.ask("/en/") for _ in range(200)) if one[0] != 200)
    assert too_many[0] == 429
    is_a_page_of_ours(too_many, "too_many_title")
    assert int(too_many[1]["Retry-After"]) > 0


def test_while_the_site_is_away_nginx_says_so(proxy: Proxy) -> None:
    proxy.site.shutdown()
    proxy.site.server_close()
    away = proxy.ask("/en/")
    assert away[0] == 502
    is_a_page_of_ours(away, "failure_title")
    assert int(away[1]["Retry-After"]) > 0


def test_nginx_writes_down_no_reader(proxy: Proxy) -> None:
    proxy.ask("/en/quiz/K3Jx_-9aBcDeFgHiJkLmNo/1/", "POST", b"x" * 70_000)
    for _ in range(60):
        proxy.ask("/en/kpi/?q=private")
    proxy.site.shutdown()
    proxy.site.server_close()
    proxy.ask("/en/quiz/K3Jx_-9aBcDeFgHiJkLmNo/1/")
    wait_until(lambda: proxy.logs().count('"request_id"') == 62)
    told = proxy.logs()
    for private in ("private", "K3Jx", "client:", "127.0.0.1,", "Mozilla"):
        assert private not in told, private


def test_nginx_tells_the_site_who_asks_and_asks_it_for_the_figures(proxy: Proxy) -> None:
    status, headers, _ = proxy.ask("/metrics")
    assert status == 200, "the site decides, by METRICS_TOKEN"
    (seen,) = Site.seen
    assert seen.get_all("X-Forwarded-For") == ["127.0.0.1"]
    assert seen["X-Forwarded-Proto"] == "https"
    assert headers.get_all("X-Request-Id") == [seen["X-Request-Id"]]


def test_nginx_leads_nobody_to_a_claimed_host(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=20)
    connection.request("GET", "/ru/?q=1", headers={"Host": "evil.example"})
    answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == f"https://{NAME}/ru/?q=1"
    connection.close()
