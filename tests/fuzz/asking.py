"""Asks in raw bytes, and holds every answer to what no answer may break."""

from __future__ import annotations

import json
import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from lxml.html import document_fromstring

from tests.faults.site import Site
from tests.fuzz.figures import WAIT_SECONDS, Part

WORD = "q7z"
MARKER = f"<{WORD}>"
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9]) ")
_MARKUP = ("text/html", "image/svg+xml", "application/xml", "text/xml", "application/atom+xml")
_DISMISSED = 0


@dataclass(frozen=True)
class Sent:
    """One request, as it goes over the line; ``length`` may lie about the body."""

    method: str
    target: bytes
    body: bytes = b""
    fields: tuple[bytes, ...] = ()
    length: int | None = None

    def wire(self) -> bytes:
        """All its bytes."""
        length = len(self.body) if self.length is None else self.length
        lines = [
            self.method.encode() + b" " + self.target + b" HTTP/1.1",
            b"Host: 127.0.0.1",
            b"Connection: close",
            *([b"Content-Length: %d" % length] if self.body or self.length is not None else []),
            *self.fields,
        ]
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body


@dataclass(frozen=True)
class Response:
    """What was answered; status 0 where the server hung up without a word."""

    status: int
    head: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def kind(self) -> str:
        """The media type."""
        return self.head.get("content-type", "").partition(";")[0]


def ask(site: Site, tried: Part, sent: Sent, *, may_fail: tuple[int, ...] = ()) -> Response:
    """Send one request and count it; whatever no answer may be or hold fails.

    ``may_fail`` are the statuses of failures that are promised for it.
    """
    begun = time.monotonic()
    received = _exchange(site, sent)
    seconds = time.monotonic() - begun
    response = _read(received)
    tried.count(seconds, failed=response.status >= 500 and response.status not in may_fail)
    assert seconds < WAIT_SECONDS, f"{seconds:.1f} s for {sent}"
    assert response.status < 500 or response.status in may_fail, (
        response.status,
        sent,
        response.body[:500],
    )
    assert response.status or sent.length is not None, f"no answer to {sent}"
    assert b"Traceback" not in received, sent
    assert f"x-{WORD}" not in response.head, sent
    assert "<q7z" not in "".join(response.head.values()), sent
    _look_for_marker(sent, response)
    return response


def log_of(site: Site) -> list[dict[str, Any]]:
    """What the site wrote down, a line each; what it says before it knows how is left out."""
    lines = site.log.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def _exchange(site: Site, sent: Sent) -> bytes:
    """Everything that is answered; who lied about the length says that nothing more will come."""
    received = b""
    to = ("127.0.0.1", site.port)
    with socket.create_connection(to, timeout=4 * WAIT_SECONDS) as line, suppress(ConnectionError):
        line.sendall(sent.wire())
        if sent.length is not None:
            line.shutdown(socket.SHUT_WR)
        while data := line.recv(1 << 16):
            received += data
    return received


def _read(received: bytes) -> Response:
    head, _, body = received.partition(b"\r\n\r\n")
    status = _STATUS.match(head)
    if not status:
        assert not received, received[:200]
        return Response(_DISMISSED)
    lines = (line.decode("latin-1").partition(":") for line in head.split(b"\r\n")[1:])
    return Response(int(status[1]), {name.lower(): value.strip() for name, _, value in lines}, body)


def _look_for_marker(sent: Sent, response: Response) -> None:
    if response.kind not in _MARKUP or WORD.encode() not in response.body:
        return
    assert MARKER.encode() not in response.body, sent
    page = document_fromstring(response.body)
    # An attribute that was left by a quotation mark, or an element that was opened.
    assert not page.xpath(f"//{WORD} | //@{WORD} | //@on{WORD}"), sent
