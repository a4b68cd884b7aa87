"""Plain requests for files are answered at once, in every field as any other request would be."""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Iterator

import pytest
from dash import Dash

from data.editions import newest_folder
from data.manifests import PublishedFile
from pages.operation.parcels import PARCELS, Parcels
from pages.site import Site
from tests.operation.running import Running, rest_of, wait_until

DATA = f"/data/{newest_folder().name}"
CSV, ZIP = f"{DATA}/observations.csv", f"{DATA}/all.zip"
LINE = f"GET {CSV} HTTP/1.1\r\n"
HOST = "Host: x\r\n"
PLAIN = [
    LINE + HOST,
    LINE + HOST + "Accept-Encoding: gzip, deflate, br, zstd\r\nUser-Agent: somebody\r\n",
    LINE + "HOST:x\r\nConnection: Keep-Alive\r\naccept: */*\r\n",
    LINE + HOST + "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\nCookie: a=b\r\n",
    f"GET {ZIP} HTTP/1.1\r\n{HOST}Accept-Language: ru\r\n",
]
# For the usual way: what changes the answer, what has a body, and what is not in order.
OTHERS = [
    LINE,
    LINE + HOST + HOST,
    LINE + HOST + "Range: bytes=0-9\r\n",
    LINE + HOST + 'If-None-Match: "x"\r\n',
    LINE + HOST + "if-modified-since: x\r\n",
    LINE + HOST + "Connection: close\r\n",
    LINE + HOST + "Connection: keep-alive, Upgrade\r\nUpgrade: h2c\r\n",
    LINE + HOST + "Content-Length: 3\r\n",
    LINE + HOST + "Transfer-Encoding: chunked\r\n",
    LINE + HOST + "Expect: 100-continue\r\n",
    LINE + HOST + "No colon\r\n",
    LINE + HOST + "Name : space\r\n",
    LINE + HOST + "Folded: a\r\n b\r\n",
    LINE + HOST + "Control: \x01\r\n",
    LINE + HOST + "Bare: a\nOther: b\r\n",
    LINE + HOST + "Foreign: \u00e9\r\n",
    LINE + HOST + "Many: x\r\n" * 70,
    LINE + HOST + f"Long: {'x' * 9000}\r\n",
    LINE.replace("GET", "HEAD") + HOST,
    LINE.replace("GET", "get") + HOST,
    LINE.replace("1.1", "1.0") + HOST,
    LINE.replace("1.1", "2.0") + HOST,
    LINE.replace("observations", "secrets") + HOST,
    LINE.replace(CSV, f"{CSV}?a=b") + HOST,
    LINE.replace(CSV, f"http://x{CSV}") + HOST,
    LINE.replace(f"GET {CSV}", f"GET  {CSV}") + HOST,
    "GET /en/quiz/ HTTP/1.1\r\n" + HOST,
]
# A condition that is never true: everything else of the answer stays as it is.
DETOUR = 'If-None-Match: "detour"\r\n'


class Taken:
    """What was sent whole."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str]] = []

    def __call__(self, file: PublishedFile, user_agent: str) -> None:
        self.files.append((f"/{file.path}", user_agent))


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
def parcels(dash_app: Dash, taken: Taken) -> Iterator[Parcels]:
    known: Parcels = dash_app.server.extensions[PARCELS]
    before, known._taken = known._taken, taken
    yield known
    known._taken = before


def asked(head: str) -> bytearray:
    return bytearray((head + "\r\n").encode("latin-1"))


def split(answer: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    line, *fields = head.decode("latin-1").split("\r\n")
    told = dict(one.split(": ", 1) for one in fields)
    assert len(told) == len(fields)
    return line, told, body


@pytest.mark.parametrize("head", PLAIN)
def test_a_plain_request_finds_its_file(parcels: Parcels, site: Site, head: str) -> None:
    parcel = parcels.find(asked(head))
    assert parcel
    line, fields, body = split(parcel.head + parcel.body)
    assert line == "HTTP/1.1 200 OK"
    assert int(fields["Content-Length"]) == len(body)
    path = head.split(" ")[1].lstrip("/")
    if "Content-Encoding" not in fields:
        assert body == (site.files.public / path).read_bytes()


@pytest.mark.parametrize("head", OTHERS)
def test_whatever_is_less_plain_goes_the_usual_way(parcels: Parcels, head: str) -> None:
    assert parcels.find(asked(head)) is None


def test_what_is_not_exactly_one_request_goes_the_usual_way(parcels: Parcels) -> None:
    whole = asked(PLAIN[0])
    assert parcels.find(whole)
    for arrived in (
        whole + whole,
        whole + b"x",
        whole[:-2],
        whole[:40],
        bytearray(),
        b"\r\n" + whole,
    ):
        assert parcels.find(arrived) is None


@pytest.mark.parametrize("name", ["User-Agent", "X-Request-Id", "Accept-Encoding", "Connection"])
def test_no_field_takes_the_loop_long_however_it_is_filled(parcels: Parcels, name: str) -> None:
    begun = time.thread_time()
    parcels.find(asked(PLAIN[0] + f"{name}: x{' ' * 7900}y\r\n"))
    assert time.thread_time() - begun < 0.02


def test_a_field_is_read_without_the_spaces_around_it(parcels: Parcels, taken: Taken) -> None:
    parcel = parcels.find(asked(LINE + HOST + "User-Agent: \t some body \t \r\n"))
    assert parcel
    parcel.sent()
    assert taken.files == [(CSV, "some body")]


def test_who_takes_many_encodings_gets_the_plain_file(parcels: Parcels) -> None:
    parcel = parcels.find(asked(LINE + HOST + f"Accept-Encoding: {'br, ' * 100}\r\n"))
    assert parcel
    assert b"Content-Encoding" not in parcel.head


def test_a_parcel_is_counted_when_it_was_sent_and_not_before(
    parcels: Parcels, taken: Taken
) -> None:
    parcel = parcels.find(asked(PLAIN[1]))
    assert parcel
    assert taken.files == []
    parcel.sent()
    assert taken.files == [(CSV, "somebody")]


def test_the_id_of_a_request_is_that_of_a_proxy_that_is_trusted(dash_app: Dash) -> None:
    known: Parcels = dash_app.server.extensions[PARCELS]
    for trusted, same in ((True, True), (False, False)):
        files = {path.decode(): one for path, one in known._files.items()}
        parcels = Parcels(files, Taken(), trusted, encrypted=True)
        parcel = parcels.find(asked(PLAIN[0] + "X-Request-Id: abcdefgh12345678\r\n"))
        assert parcel
        fields = split(parcel.head)[1]
        assert (fields["X-Request-Id"] == "abcdefgh12345678") == same
        assert fields["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize("head", PLAIN)
def test_an_answer_is_the_same_on_both_ways(served: Running, head: str) -> None:
    answers = []
    for extra in ("", DETOUR):
        with served.connect(bytes(asked(head + extra))) as connection:
            line, fields, body = split(received(connection))
        assert re.fullmatch("[0-9a-f]{16}", fields.pop("X-Request-Id"))
        assert fields.pop("Date").endswith(" GMT")
        answers.append((line, fields, body))
    assert answers[0] == answers[1]


def test_a_connection_goes_on_in_either_way(served: Running) -> None:
    with served.connect() as connection:
        for head in (
            PLAIN[0],
            PLAIN[0] + DETOUR,
            PLAIN[1],
            PLAIN[1],
            PLAIN[4],
            LINE + HOST + DETOUR,
        ):
            connection.sendall(asked(head))
            line, fields, body = split(received(connection))
            assert line == "HTTP/1.1 200 OK"
            assert len(body) == int(fields["Content-Length"])


def test_a_request_may_come_in_pieces_or_two_at_once(served: Running) -> None:
    whole = bytes(asked(PLAIN[0]))
    with served.connect() as connection:
        connection.sendall(whole)
        expected = split(received(connection))[2]
        for piece in (whole[:30], whole[30:-1], whole[-1:]):
            connection.sendall(piece)
            time.sleep(0.1)
        assert split(received(connection))[2] == expected
        last = bytes(asked(LINE + HOST + "Connection: close\r\n"))
        connection.sendall(whole + last)
        assert rest_of(connection).count(expected) == 2


def test_a_reader_who_takes_a_file_slowly_gets_it_whole(served: Running) -> None:
    head = bytes(asked(f"GET {ZIP} HTTP/1.1\r\n{HOST}"))
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", served.port))
        connection.sendall(head)
        time.sleep(0.5)
        assert served.ask(CSV)[0] == 200
        body = split(received(connection))[2]
        assert body == served.ask(ZIP)[2]
        connection.sendall(head)
        assert split(received(connection))[2] == body


def test_readers_who_go_away_leave_the_others_alone(served: Running) -> None:
    for head in (PLAIN[0], PLAIN[4]) * 10:
        connection = served.connect(bytes(asked(head)))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert served.ask(ZIP)[0] == 200
    assert len(served.workers()) == 2


def test_answers_of_both_ways_are_in_the_log_and_the_figures(served: Running) -> None:
    def told() -> float:
        return served.figure("city_requests_total", route="file", method="GET", status="200")

    before = told()
    ids = [served.ask(CSV, **extra)[1]["X-Request-Id"] for extra in ({}, {"If_None_Match": '"x"'})]
    assert told() == before + 2
    wait_until(lambda: {*ids} <= {one.get("request_id") for one in served.lines()})
    lines = [one for one in served.lines() if one.get("request_id") in ids]
    for one in lines:
        one.pop("request_id")
        assert one.pop("time").endswith("Z")
        assert one.pop("milliseconds") >= 0
    assert lines[0] == lines[1]
    assert lines[0]["route"] == "file"
    assert lines[0]["bytes"] > 100_000


def received(connection: socket.socket) -> bytes:
    """One answer, read to the length that it tells."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    line, fields, begun = split(answer)
    assert line
    left = int(fields["Content-Length"]) - len(begun)
    while left > 0:
        data = connection.recv(65536)
        assert data
        left -= len(data)
        answer += data
    return answer
