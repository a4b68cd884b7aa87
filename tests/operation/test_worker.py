"""Slow, idle, huge and broken requests on real processes: none of them stops the others."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

import pytest
from gunicorn.config import Config

from pages.operation.connections import LARGEST_BODY, LARGEST_HEAD, Connection
from pages.operation.worker import REQUEST_SECONDS
from tests.operation.running import Running, rest_of, until

THREADS = 2 * 8
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
FORM = b"POST /en/quiz/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = {
    "nothing": b"",
    "half a line": b"GET /heal",
    "half a head": GET + b"X-Name: ",
    "half a body": FORM + b"Content-Length: 100\r\n\r\ntoken=",
    "a body to be asked for": FORM + b"Expect: 100-continue\r\nContent-Length: 100\r\n\r\n",
}


@pytest.mark.parametrize("begun", SLOW.values(), ids=SLOW.keys())
def test_slow_clients_hold_no_thread(served: Running, begun: bytes) -> None:
    with ExitStack() as opened:
        for _ in range(3 * THREADS):
            opened.enter_context(served.connect(begun))
        for _ in range(THREADS):
            assert served.ask("/healthz")[0] == 200


def test_a_thousand_idle_connections_leave_room_for_readers(served: Running) -> None:
    with ExitStack() as opened:
        for _ in range(1000):
            opened.enter_context(served.connect())
        assert served.ask("/en/")[0] == 200


def test_who_never_finishes_is_hung_up_on(served: Running) -> None:
    with served.connect(GET) as waiting:
        waiting.settimeout(REQUEST_SECONDS + 5)
        assert waiting.recv(100) == b""


REFUSED = {
    "a long line": (b"GET /en/?q=" + b"a" * 65536 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "a line just too long": (b"GET /" + b"a" * 8200 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "many fields": (GET + b"".join(b"X-%d: 1\r\n" % one for one in range(70)) + b"\r\n", 431),
    "a long field": (GET + b"X-Name: " + b"a" * 9000 + b"\r\n\r\n", 431),
    "a head without an end": (GET + b"X-Name: " + b"a" * LARGEST_HEAD, 431),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
    "two lengths": (FORM + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
    "a length that is none": (FORM + b"Content-Length: +3\r\n\r\nabc", 400),
    "length and pieces": (
        FORM + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "a name with a space": (GET + b"X Name: 1\r\n\r\n", 400),
    "an unknown coding": (FORM + b"Transfer-Encoding: secret\r\n\r\n", 501),
}


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_request_is_refused_in_few_words(
    served: Running, sent: bytes, status: int
) -> None:
    before = served.figure("city_unreadable_requests_total", reason=str(status))
    answered = served.exchange(sent)
    head, _, body = answered.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nX-Request-Id: " in head
    assert b"\r\nServer:" not in head
    assert len(body) < 50
    assert served.figure("city_unreadable_requests_total", reason=str(status)) == before + 1


def test_a_body_in_pieces_or_too_large_is_refused_and_the_connection_ends(served: Running) -> None:
    chunked = FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    assert served.exchange(chunked).startswith(b"HTTP/1.1 411 ")
    large = FORM + b"Content-Length: %d\r\n\r\n" % (LARGEST_BODY + 1) + b"a" * LARGEST_BODY
    assert served.exchange(large).startswith(b"HTTP/1.1 413 ")


def test_who_asks_before_sending_is_told_to_go_on(served: Running) -> None:
    begun = FORM + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 7\r\n\r\n"
    with served.connect(begun) as connection:
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"token=1")
        assert b"HTTP/1.1 400 " in rest_of(connection)


def test_requests_sent_together_are_answered_in_turn(served: Running) -> None:
    last = GET + b"Connection: close\r\n\r\n"
    answered = served.exchange(b"\r\n" + GET + b"\r\n" + GET + b"\r\n" + last)
    assert answered.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert answered.count(b"\r\n\r\nok\n") == 3


def test_a_request_in_single_bytes_is_answered(served: Running) -> None:
    with served.connect() as connection:
        for one in GET + b"Connection: close\r\n\r\n":
            connection.sendall(bytes([one]))
        assert rest_of(connection).endswith(b"ok\n")


def test_a_kept_connection_is_used_again_after_a_pause(served: Running) -> None:
    with served.connect(GET + b"\r\n") as connection:
        assert until(connection, b"ok\n")
        time.sleep(0.2)
        connection.sendall(GET + b"\r\n")
        assert until(connection, b"ok\n")


def test_a_client_that_never_hangs_up_stops_nobody(served: Running) -> None:
    with ExitStack() as opened:
        for _ in range(3 * THREADS):
            connection = opened.enter_context(served.connect(GET + b"Connection: close\r\n\r\n"))
            assert until(connection, b"ok\n")
        assert served.ask("/healthz")[0] == 200


def test_no_answer_says_which_software_serves(served: Running) -> None:
    for address in ("/en/", "/robots.txt", "/en/nothing/", "/_dash/_dash-layout"):
        status, headers, body = served.ask(address)
        assert headers["Server"] == "city-indicators", address
        told = f"{headers} {body.decode()}".lower()
        for name in ("gunicorn", "werkzeug", "flask", "python/", "dash_version"):
            assert name not in told, (address, name, status)


@pytest.mark.parametrize(
    ("arrived", "complete", "refusal"),
    [
        (b"", False, 0),
        (b"GET / HTTP/1.1\r\n", False, 0),
        (b"GET / HTTP/1.1\r\n\r\n", True, 0),
        (b"\r\n\r\n", False, 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na", False, 0),
        (b"POST / HTTP/1.1\r\ncontent-length:2 \r\n\r\nab", True, 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n", True, 0),
        (b"a" * (LARGEST_HEAD + 1), True, 414),
        (b"GET / HTTP/1.1\r\n" + b"a" * LARGEST_HEAD, True, 431),
    ],
)
def test_a_request_is_complete_when_nothing_more_is_to_come(
    arrived: bytes, complete: bool, refusal: int
) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        connection = Connection(Config(), ours, ("", 0), ("", 0))
        connection.arrived += arrived
        assert connection.is_complete() is complete
        assert connection.refusal == refusal
