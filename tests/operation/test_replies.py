"""What a reader does not take at once is sent later, whole and in order, and holds no thread."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.operation.replies import ReplySocket
from tests.operation.running import Running, rest_of

LARGE = os.urandom(3_000_000)
LARGE_FILE = "/_dash/_dash-component-suites/dash/dcc/async-mathjax.js"


@pytest.fixture
def ends() -> Iterator[tuple[ReplySocket, socket.socket]]:
    """The two ends of a connection: ours, and that of a reader."""
    ours, reader = socket.socketpair()
    reply = ReplySocket(ours)
    reply.settimeout(5)
    with reply, reader:
        yield reply, reader


def taken(reply: ReplySocket, reader: socket.socket, size: int) -> bytes:
    """What the reader gets, who takes a little at a time."""
    received = b""
    while len(received) < size:
        received += reader.recv(50_000)
        reply.send_on()
    return received


def test_sending_returns_at_once_and_everything_arrives_in_order(
    ends: tuple[ReplySocket, socket.socket],
) -> None:
    reply, reader = ends
    reply.sendall(b"head ")
    reply.sendall(LARGE)
    reply.sendall(b" end")
    assert not reply.send_on()
    expected = b"head " + LARGE + b" end"
    assert taken(reply, reader, len(expected)) == expected
    assert reply.send_on()


def test_a_part_of_a_file_is_sent_though_it_was_closed_meanwhile(
    ends: tuple[ReplySocket, socket.socket], tmp_path: Path
) -> None:
    reply, reader = ends
    (tmp_path / "large").write_bytes(LARGE)
    with (tmp_path / "large").open("rb") as file:
        assert reply.sendfile(file, offset=10, count=2_000_000) == 2_000_000
        assert reply.sendfile(file, offset=len(LARGE) - 5) == 5
    expected = LARGE[10:2_000_010] + LARGE[-5:]
    assert taken(reply, reader, len(expected)) == expected
    assert reply.send_on()


def test_who_is_gone_is_noticed(ends: tuple[ReplySocket, socket.socket]) -> None:
    reply, reader = ends
    reply.sendall(LARGE)
    reader.close()
    with pytest.raises(OSError, match=r"Broken pipe|reset"):
        reply.send_on()


def test_a_file_that_became_shorter_ends_the_connection(
    ends: tuple[ReplySocket, socket.socket], tmp_path: Path
) -> None:
    reply, _ = ends
    (tmp_path / "short").write_bytes(b"12345")
    with (tmp_path / "short").open("rb") as file, pytest.raises(OSError, match="shorter"):
        reply.sendfile(file, count=10)


def test_what_was_held_is_given_back_when_the_connection_ends(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(LARGE)
    before = len(list(Path("/proc/self/fd").iterdir()))
    ours, reader = socket.socketpair()
    with reader, ReplySocket(ours) as reply, (tmp_path / "large").open("rb") as file:
        reply.settimeout(5)
        reply.sendfile(file)
        assert len(list(Path("/proc/self/fd").iterdir())) == before + 4
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_an_answer_that_is_taken_in_pieces_is_whole_and_its_connection_is_kept(
    served: Running,
) -> None:
    _, _, whole = served.ask(LARGE_FILE)
    last = b"Connection: close\r\n\r\n"
    asked = f"GET {LARGE_FILE} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n".encode()
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(30)
        client.connect(("127.0.0.1", served.port))
        client.sendall(asked + b"\r\n" + b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + last)
        received = rest_of(client)
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert b"\r\n\r\n" + whole + b"HTTP/1.1 200 OK\r\n" in received
    assert received.endswith(b"\r\n\r\nok\n")


def test_who_takes_nothing_holds_no_thread(served: Running) -> None:
    asked = f"GET {LARGE_FILE} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n".encode()
    clients = [socket.socket() for _ in range(50)]
    for client in clients:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", served.port))
        client.sendall(asked)
    for _ in range(20):
        assert served.ask("/en/")[0] == 200
    for client in clients:
        client.close()
