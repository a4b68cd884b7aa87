"""A connection to a reader: what has arrived of its next request, and whether that is all."""

from __future__ import annotations

import re
from typing import Any

from gunicorn.workers.gthread import TConn

READING_SECONDS = 5.0  # For what a thread asks of a client, which is the exception.
LARGEST_HEAD = 32 * 1024
LARGEST_BODY = 64 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*(?=\r\n)", re.IGNORECASE)
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
        length = _LENGTH.search(head)
        wanted = int(length[1]) if length else 0
        if wanted > LARGEST_BODY:
            self.reusable = False  # The same.
            return True
        missing = end + 4 + wanted - len(self.arrived)
        if missing > 0 and not self.continued and _EXPECTS.search(head):
            self.continued = True
            self.sock.send(_CONTINUE)
        return missing <= 0

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
