"""Slow, idle, huge and broken requests on real processes: none of them stops the others."""

from __future__ import annotations

import re
import socket
import struct
import time
from contextlib import ExitStack, suppress

import pytest
from gunicorn.config import Config
from lxml.html import document_fromstring

from components.texts import text
from data.editions import newest_folder
from data.models import LANGUAGES, Language
from pages.operation.arrivals import MOST_ARRIVED
from pages.operation.connections import (
    LARGEST_BODY,
    LARGEST_HEAD,
    READING_SECONDS,
    Connection,
)
from pages.operation.worker import REQUEST_SECONDS
from tests.fuzz.figures import memory
from tests.operation.running import Running, rest_of, until, wait_until

THREADS = 2 * 8
FILE = f"/data/{newest_folder().name}/targets.csv"
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
FORM = b"POST /en/quiz/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = {
    "nothing": b"",
    "half a line": b"GET /heal",
    "half a head": GET + b"X-Name: ",
    "half a body": FORM + b"Content-Length: 100\r\n\r\ntoken=",
    "a length with leading zeros": FORM + b"Content-Length: 0000000000016000\r\n\r\ntoken=",
    "a length of many digits": FORM + b"Content-Length: 9999999999999\r\n\r\ntoken=",
    "a body to be asked for": FORM + b"Expect: 100-continue\r\nContent-Length: 100\r\n\r\n",
}


@pytest.mark.parametrize("begun", SLOW.values(), ids=SLOW.keys())
def test_slow_clients_hold_no_thread(served: Running, begun: bytes) -> None:
    with ExitStack() as opened:
        for _ in range(3 * THREADS):
            opened.enter_context(served.connect(begun))
        for _ in range(THREADS):
            begun = time.monotonic()
            assert served.ask("/healthz")[0] == 200
            assert time.monotonic() - begun < READING_SECONDS


def test_requests_that_are_begun_have_so_many_bytes_in_all(served: Running) -> None:
    heavy = FORM + b"".join(b"X-%d: %b\r\n" % (one, b"a" * 7000) for one in range(4))
    heavy += b"Content-Length: %d\r\n\r\n" % LARGEST_BODY + b"a" * (LARGEST_BODY - 1)
    wait_until(lambda: len(served.workers()) == 2)
    for _ in range(THREADS):
        served.ask("/healthz")
    before = memory(served)
    with ExitStack() as opened:
        light = opened.enter_context(served.connect(GET))
        for _ in range(900):
            with suppress(ConnectionError):
                opened.enter_context(served.connect(heavy))
        for _ in range(THREADS):  # By the end of them, all that was sent has arrived.
            assert served.ask("/healthz")[0] == 200
        assert memory(served) - before < 2 * MOST_ARRIVED / 2**20 + 12
        light.sendall(b"Connection: close\r\n\r\n")
        assert rest_of(light).endswith(b"ok\n")


def test_figures_see_how_long_a_request_waits_for_a_thread(served: Running) -> None:
    asked = b"GET /en/kpi/?q=word%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    about = {"route": "/{language}/kpi/"}
    before = served.figure("city_request_seconds_sum", **about)
    with ExitStack() as opened:
        begun = time.monotonic()
        waiting = [opened.enter_context(served.connect(asked % one)) for one in range(100)]
        waited = 0.0
        for connection in waiting:
            # Who finds too many searches before them is told to come again, and has waited, too.
            assert rest_of(connection).startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 503 "))
            waited += time.monotonic() - begun
    assert served.figure("city_request_seconds_sum", **about) - before > waited / 2
    assert served.figure("city_threads_busy") >= 1
    assert served.figure("city_requests_waiting") == 0


def test_requests_that_wait_for_a_thread_are_counted(served: Running) -> None:
    # Whether somebody waits just when the figures are told is chance, so a crowd comes again.
    seen = (_figures_in_a_crowd(served) for _ in range(20))
    assert any(busy > 0 and waiting > 0 for busy, waiting in seen)


def _figures_in_a_crowd(served: Running) -> tuple[float, float]:
    """Busy threads and waiting requests, as told to one of many who ask at the same moment."""
    asked = b"GET /en/kpi/?q=some%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    figures = b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with ExitStack() as opened:
        # What is asked for after the figures waits while they are told, since all threads are busy.
        sent = [asked % one for one in range(60)] + [figures] + [asked % one for one in range(60)]
        waiting = [opened.enter_context(served.connect(one)) for one in sent]
        told = rest_of(waiting[60]).decode()
        for connection in waiting:
            rest_of(connection)
    found = dict(re.findall(r"^city_(requests_waiting|threads_busy) (\S+)", told, re.MULTILINE))
    return float(found["threads_busy"]), float(found["requests_waiting"])


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
    "a length in words": (FORM + b"Content-Length: three\r\n\r\n", 400),
    "an empty length": (FORM + b"Content-Length:\r\n\r\n", 400),
    "no host": (b"GET /healthz HTTP/1.1\r\n\r\n", 400),
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
    assert b"\r\nContent-Type: text/html; charset=utf-8\r\n" in head
    assert b"\r\nContent-Length: %d" % len(body) in head
    assert len(body) < 1400
    assert served.figure("city_unreadable_requests_total", reason=str(status)) == before + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "status", "title"),
    [
        ("a" * 8200, 414, "address_too_long_title"),
        ("a" * 65536, 414, "address_too_long_title"),
        ("воздух", 400, "unreadable_title"),
    ],
    ids=["too long", "much too long", "Russian letters"],
)
def test_a_refused_address_is_told_so_in_its_language(
    served: Running, language: Language, query: str, status: int, title: str
) -> None:
    sent = f"GET /{language}/kpi/?q={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    head, _, body = served.exchange(sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert f"\r\nContent-Language: {language}\r\n".encode() in head
    root = document_fromstring(body.decode())
    assert root.get("lang") == language
    assert root.xpath("//h1/text()") == [text(title, language)]
    assert root.xpath("//a/@href") == [f"/{language}/"]


def test_where_no_language_can_be_read_both_are_spoken(served: Running) -> None:
    head, _, body = served.exchange(b"\x16\x03\x01\x02\x00\x01\r\n\r\n").partition(b"\r\n\r\n")
    assert b"\r\nContent-Language: ru, en\r\n" in head
    told = document_fromstring(body.decode()).xpath("//h1/text()")
    assert told == [text("unreadable_title", language) for language in LANGUAGES]


def test_a_body_in_pieces_or_too_large_is_refused_and_the_connection_ends(served: Running) -> None:
    chunked = FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    answered = served.exchange(chunked)
    assert answered.startswith(b"HTTP/1.1 411 ")
    assert b"\r\nConnection: close\r\n" in answered
    large = FORM + b"Content-Length: %d\r\n\r\n" % (LARGEST_BODY + 1) + b"a" * LARGEST_BODY
    answered = served.exchange(large)
    assert answered.startswith(b"HTTP/1.1 413 ")
    assert b"\r\nConnection: close\r\n" in answered
    for digits in (b"9" * 13, b"9" * 400, b"0" * 20 + b"99999999"):
        answered = served.exchange(FORM + b"Content-Length: " + digits + b"\r\n\r\na")
        assert answered.startswith(b"HTTP/1.1 413 "), digits


def test_who_asks_before_sending_is_told_to_go_on(served: Running) -> None:
    begun = FORM + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 7\r\n\r\n"
    with served.connect(begun) as connection:
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"token=1")
        assert b"HTTP/1.1 400 " in rest_of(connection)


def test_who_speaks_an_old_version_is_not_told_to_go_on(served: Running) -> None:
    old = FORM.replace(b"HTTP/1.1", b"HTTP/1.0")
    with served.connect(old + b"Expect: 100-continue\r\nContent-Length: 7\r\n\r\n") as connection:
        time.sleep(0.2)
        connection.sendall(b"token=1")
        answered = rest_of(connection)
    assert b" 100 " not in answered
    assert b" 400 " in answered.partition(b"\r\n")[0]


def test_a_version_that_is_not_known_yet_is_answered_in_ours(served: Running) -> None:
    later = GET.replace(b"HTTP/1.1", b"HTTP/1.2") + b"Connection: close\r\n\r\n"
    assert served.exchange(later).startswith(b"HTTP/1.1 200 OK\r\n")
    earlier = b"GET /healthz HTTP/1.0\r\n\r\n"
    assert served.exchange(earlier).partition(b"\r\n")[0].endswith(b" 200 OK")


def test_who_says_that_nothing_more_will_come_gets_all_answers(served: Running) -> None:
    for address in (b"/healthz", FILE.encode(), b"/en/"):
        asked = GET.replace(b"/healthz", address) + b"\r\n"
        with served.connect(asked + asked) as connection:
            connection.shutdown(socket.SHUT_WR)
            assert rest_of(connection).count(b"HTTP/1.1 200 OK\r\n") == 2


def test_the_last_request_of_a_kept_connection_is_answered(served: Running) -> None:
    with served.connect(GET + b"\r\n") as connection:
        assert until(connection, b"ok\n")
        connection.sendall(GET + b"\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert rest_of(connection).endswith(b"ok\n")


def test_who_is_gone_before_being_told_to_go_on_stops_nobody(served: Running) -> None:
    workers = served.workers()
    for _ in range(20):
        begun = FORM + b"Expect: 100-continue\r\nContent-Length: 7\r\n\r\n"
        connection = served.connect(begun)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert served.ask("/healthz")[0] == 200
    assert served.workers() == workers


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
        (b"POST / HTTP/1.1\r\nContent-Length: 9999999999999\r\n\r\n", True, 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 00000000000002\r\n\r\na", False, 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 00000000000002\r\n\r\nab", True, 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", True, 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n", True, 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 1 2\r\n\r\n", True, 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -2\r\n\r\n", True, 400),
        (b"POST / HTTP/1.1\r\nContent-Length: \xb2\r\n\r\n", True, 400),
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
