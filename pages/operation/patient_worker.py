"""The part of our worker that waits for readers: until they took all, and until they hung up."""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from pages.operation.arrivals import Arrivals
from pages.operation.connections import Connection

SENDING_SECONDS = 60.0  # As long as a reader takes nothing of an answer.
_LINGER_SECONDS = 2.0
_AT_ONCE = 64 * 1024


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types.
    """Lets the loop wait for readers, so that no thread does."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.lingering: deque[Connection] = deque()
        self.sending: deque[Connection] = deque()
        self.arrivals = Arrivals(self.worker_connections)

    def end_slow_readers(self, now: float) -> None:
        """Hang up on readers who take nothing, and on clients that never hang up."""
        while self.sending and self.sending[0].timeout <= now:
            self._forget_sending(self.sending[0])
        while self.lingering and self.lingering[0].timeout <= now:
            conn = self.lingering.popleft()
            self.poller.unregister(conn.sock)
            self._drop(conn)

    def _drop(self, conn: Connection) -> None:
        self.nr_conns -= 1
        self.arrivals.leave(conn)
        conn.close()

    def _send_later(self, conn: Connection, after: Callable[[], None]) -> None:
        """Send the rest whenever its reader takes some of it, then do what comes after."""
        if len(self.sending) >= self.worker_connections // 2:
            self._forget_sending(self.sending[0])  # Who has taken nothing for the longest time.
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + SENDING_SECONDS
        self.sending.append(conn)
        callback = partial(self._on_writable, conn, after)
        self.poller.register(conn.sock, selectors.EVENT_WRITE, callback)

    def _on_writable(self, conn: Connection, after: Callable[[], None], _client: Any) -> None:
        if conn.gone:  # By what happened to another one in the same turn of the loop.
            return
        try:
            whole = conn.sock.send_on()
        except OSError:
            self._forget_sending(conn)
            return
        self.sending.remove(conn)
        if whole:
            self.poller.unregister(conn.sock)
            after()
        else:
            conn.timeout = time.monotonic() + SENDING_SECONDS
            self.sending.append(conn)

    def _forget_sending(self, conn: Connection) -> None:
        self.sending.remove(conn)
        self.poller.unregister(conn.sock)
        self._drop(conn)

    def _hang_up(self, conn: Connection) -> None:
        """Say that nothing more will come, and let the client read in peace."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            callback = partial(self._on_lingering, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, callback)
        except (OSError, ValueError):
            self._drop(conn)
            return
        conn.timeout = time.monotonic() + _LINGER_SECONDS
        self.lingering.append(conn)

    def _on_lingering(self, conn: Connection, client: socket.socket) -> None:
        try:
            if client.recv(_AT_ONCE):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.poller.unregister(client)
        self.lingering.remove(conn)
        self._drop(conn)
