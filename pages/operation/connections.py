"""A connection to a reader: what has arrived of its next request, and whether that is all."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import TConn

READING_SECONDS = 5.0  # For what a thread asks of a client, which is the exception.
LARGEST_HEAD = 32 * 1024
LARGEST_BODY = 64 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:([^\r\n]*)", re.IGNORECASE)
_MOST_DIGITS = 12  # Without leading zeros; more are too large in any case.
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Connection(TConn):  # type: ignore[misc]  # gunicorn ships no types.
    """A connection with what has arrived of its next request."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.arrived = bytearray()
        self.continued = False
        self.reusable = True
        self.refusal = 0
        self.weighed = 0  # Bytes of ``arrived`` that the worker has noted.
        self.whole_since = 0.0  # When a thread could have begun to answer.
        self.gone = False
        self.data_ready = True  # Threads need not wait: all is there when they get it.

    def is_complete(self) -> bool:
        """Whether a thread can answer without waiting for the client."""
        while self.arrived.startswith(b"\r\n"):
            del self.arrived[:2]  # Left over from a form of long ago; RFC 9112 lets it pass.
        end = self.arrived.find(b"\r\n\r\n")
        if end < 0 or end > LARGEST_HEAD:
            if len(self.arrived) > LARGEST_HEAD:
                line = self.arrived.find(b"\r\n")
                self.refusal = 431 if 0 <= line <= LARGEST_HEAD else 414
            return bool(self.refusal)
        head = bytes(self.arrived[: end + 2])
        if _CHUNKED.search(head):
            self.reusable = False  # The application refuses it without reading on.
            return True
        wanted = _wanted(head)
        if wanted is None:
            self.refusal = 400
            return True
        if wanted > LARGEST_BODY:
            self.reusable = False  # The same.
            return True
        missing = end + 4 + wanted - len(self.arrived)
        if missing > 0 and not self.continued and _awaits_word(head):
            self.continued = True
            with suppress(OSError):  # Whoever is gone is noticed when nothing more arrives.
                self.sock.send(_CONTINUE)
        return missing <= 0

    def close(self, graceful: bool = False) -> None:
        """Hang up."""
        self.gone = True
        super().close(graceful)

    def init(self) -> None:
        """Called by gunicorn before it reads; what it may still read, it reads with a limit."""
        super().init()
        self.sock.settimeout(READING_SECONDS)

    def hand_over(self) -> None:
        """Give what has arrived to the parser of requests."""
        self.init()
        buffer = self.parser.unreader.buf
        buffer.seek(0, 2)
        buffer.write(self.arrived)
        self.arrived = bytearray()
        self.continued = False


def _wanted(head: bytes) -> int | None:
    """The length of the body; None where a length is told twice, or is no number.

    gunicorn reads the same field again, in a thread: whatever it would wait for must be read
    here as it reads it there.
    """
    told = [one.strip(b" \t") for one in _LENGTH.findall(head)]
    if not told:
        return 0
    if len(told) > 1 or not told[0].isdigit():
        return None
    digits = told[0].lstrip(b"0")
    return int(digits or b"0") if len(digits) <= _MOST_DIGITS else LARGEST_BODY + 1


def _awaits_word(head: bytes) -> bool:
    """Whether the client sends the body when it is told to; HTTP/1.0 knows no such word."""
    line = head[: head.index(b"\r\n")]
    return not line.endswith(b"HTTP/1.0") and bool(_EXPECTS.search(head))
