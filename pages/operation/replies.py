"""A socket on which no thread ever waits: what its reader does not take at once is kept.

Otherwise sixteen clients that ask for something large and do not read it would hold every thread
of two workers, however fast everybody else is answered.
"""

from __future__ import annotations

import os
import socket
from collections import deque
from typing import Any, Protocol

_AT_ONCE = 1024 * 1024


class _Piece(Protocol):
    """Something to be sent."""

    def send_to(self, reader: int) -> int:
        """Send what the system takes; how many bytes. Raises ``BlockingIOError`` for none."""

    @property
    def left(self) -> int:
        """How many bytes are still to be sent."""

    def close(self) -> None:
        """Give back what is held."""


class _Content:
    """Bytes, which are never copied."""

    def __init__(self, content: Any) -> None:
        self._rest = memoryview(content)

    def send_to(self, reader: int) -> int:
        sent = os.write(reader, self._rest[:_AT_ONCE])
        self._rest = self._rest[sent:]
        return sent

    @property
    def left(self) -> int:
        return len(self._rest)

    def close(self) -> None:
        self._rest = memoryview(b"")


class _File:
    """A part of a file, which whoever opened it may close meanwhile."""

    def __init__(self, file: int, offset: int, count: int) -> None:
        self._file = os.dup(file)
        self._offset = offset
        self.left = count

    def send_to(self, reader: int) -> int:
        sent = os.sendfile(reader, self._file, self._offset, min(self.left, _AT_ONCE))
        if not sent and self.left:
            raise OSError("The file has become shorter")
        self._offset += sent
        self.left -= sent
        return sent

    def close(self) -> None:
        os.close(self._file)


class ReplySocket(socket.socket):
    """The socket of a connection to a reader.

    While it has a timeout, ``sendall`` and ``sendfile`` return at once. Whoever uses it must
    call ``send_on`` whenever the socket can be written, until nothing is left.
    """

    def __init__(self, accepted: socket.socket) -> None:
        """Take over an accepted connection."""
        super().__init__(fileno=accepted.detach())
        self.begun = b""  # Of the request: what a refusal must know when nothing could be read.
        self._unsent: deque[_Piece] = deque()

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all, now or later."""
        if self.gettimeout() is None:
            super().sendall(data, flags)
            return
        self.owe(data)
        self.send_on()

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """Send a part of a file, now or later; how many bytes that is."""
        if self.gettimeout() is None:
            return super().sendfile(file, offset, count)
        length = os.fstat(file.fileno()).st_size - offset if count is None else count
        self._unsent.append(_File(file.fileno(), offset, length))
        self.send_on()
        return length

    def owe(self, data: Any) -> None:
        """Have something sent after what is still to be sent."""
        self._unsent.append(_Content(data))

    def send_on(self) -> bool:
        """Send what the system takes, a megabyte at most; whether nothing is left.

        Raises ``OSError`` where nobody is there any more.
        """
        sent = 0
        while self._unsent and sent < _AT_ONCE:
            piece = self._unsent[0]
            try:
                sent += piece.send_to(self.fileno())
            except BlockingIOError:
                return False
            if not piece.left:
                self._unsent.popleft().close()
        return not self._unsent

    def close(self) -> None:
        """Hang up; what is left is never sent."""
        while self._unsent:
            self._unsent.popleft().close()
        super().close()
