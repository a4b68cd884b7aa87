"""Clients that idle, dawdle or never read hold no thread: readers are answered all the while."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.outcomes import heals, note
from tests.faults.plan import LEAST
from tests.faults.readers import busy
from tests.faults.site import Site, serving
from tests.faults.watching import LONGEST_WAIT, watching

IDLE, SLOW = 1000, 100
LARGE = "/_dash/_dash-component-suites/dash/dcc/async-mathjax.js"
FORM = b"POST /en/quiz/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
BEGUN = {
    "a head": b"GET /en/ HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "a body": FORM + b"Content-Length: 5000\r\n\r\ntoken=",
}


@pytest.fixture(autouse=True)
def files_enough() -> Iterator[None]:
    """Let this process and the sites that it begins open as many files as they are allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard == resource.RLIM_INFINITY or hard >= 4096, "raise it: ulimit -Hn 4096"
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def connected(site: Site, sent: bytes = b"") -> socket.socket:
    """A connection that takes little at a time, on which something was sent."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(30)
    client.connect(("127.0.0.1", site.port))
    client.sendall(sent)
    return client


def test_readers_are_served_beside_a_thousand_idle_and_hundreds_of_slow_clients(
    tmp_path: Path,
) -> None:
    least = LEAST["slow clients"]
    with serving(tmp_path) as site, ExitStack() as opened:
        with busy(site) as ledger, watching(site) as watch:
            for _ in range(IDLE // 2):
                opened.enter_context(connected(site))
                kept = opened.enter_context(
                    connected(site, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                )
                assert kept.recv(100).startswith(b"HTTP/1.1 200 ")
            slow = [
                opened.enter_context(connected(site, begun))
                for _ in range(SLOW)
                for begun in BEGUN.values()
            ]
            for _ in range(20):
                ledger.wait_for_more(least // 20)
                drip(slow)
            healed = heals(site, ledger)
        assert not ledger.refusals
        assert watch.failures == {}
        assert watch.longest < LONGEST_WAIT
        note("slow clients", site, ledger, healed, least)


def drip(clients: list[socket.socket]) -> None:
    """Send one more byte on each connection; the site may have hung up on some."""
    for client in clients:
        try:
            client.sendall(b"a")
        except OSError:
            continue


def test_readers_are_served_beside_clients_who_take_nothing_of_what_they_asked_for(
    tmp_path: Path,
) -> None:
    asked = f"GET {LARGE} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n".encode()
    least = LEAST["clients who do not read"]
    with serving(tmp_path) as site, ExitStack() as opened:
        status, _, body = site.ask(LARGE)
        assert status == 200
        assert len(body) > 1_000_000
        with busy(site) as ledger, watching(site) as watch:
            for _ in range(SLOW):
                opened.enter_context(connected(site, asked))
            ledger.wait_for(least)
            healed = heals(site, ledger)
        assert not ledger.refusals
        assert watch.failures == {}
        assert watch.longest < LONGEST_WAIT
        note("clients who do not read", site, ledger, healed, least)
