"""The worker of gunicorn that serves: threads get a request only when all of it has arrived.

gunicorn's own threads wait for the rest of a request, for a client to take its answer, and to hang
up: sixteen clients that send or take a byte now and then would stop a site of two workers with
eight threads. Here the loop that watches all connections collects what arrives, within limits of
size and time, and sends what is left. Who has sent more than a fair share is hung up on when all
together have sent more than a process should hold.
"""

from __future__ import annotations

import logging
import selectors
import socket
import time
from functools import partial
from itertools import takewhile
from typing import Any

from gunicorn.http import wsgi
from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidHeader,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

from pages.operation.connections import READING_SECONDS, Connection
from pages.operation.journal import ARRIVED, new_request_id
from pages.operation.metrics import BUSY, QUEUED, UNREADABLE
from pages.operation.patient_worker import PatientWorker
from pages.operation.refusals import BEGINNING, refusal
from pages.operation.replies import ReplySocket

REQUEST_SECONDS = 10.0  # From the first moment until all of a request is there.
_AT_ONCE = 64 * 1024
_STATUS_OF: dict[type[Exception], int] = {
    LimitRequestLine: 414,
    ExpectationFailed: 417,
    LimitRequestHeaders: 431,
    UnsupportedTransferCoding: 501,
}
_LOG = logging.getLogger(__name__)

# What the header Server says; which software serves is nobody's business.
wsgi.SERVER = "city-indicators"


class Worker(PatientWorker):
    """Serves many connections with few threads; slow and idle ones hold none of them."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # Idle connections may take up half of the room, never all of it.
        self.max_keepalived = self.worker_connections // 2

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection and wait for its request."""
        try:
            client, address = listener.accept()
        except OSError:
            return  # It is gone already, or another worker has it.
        self.nr_conns += 1
        conn = Connection(self.cfg, ReplySocket(client), address, listener.getsockname())
        self._await_request(conn)

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """A connection that was kept begins with its next request."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await_request(conn)

    def on_pending_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """More of a request has arrived."""
        if conn.gone:  # By what happened to another one in the same turn of the loop.
            return
        if self._receive(conn):
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self._go_on(conn)
        else:
            self._make_room()

    def _await_request(self, conn: Connection) -> None:
        """Collect the next request, which may be there already."""
        conn.sock.setblocking(False)
        if self._receive(conn):
            self._go_on(conn)
            return
        conn.timeout = time.monotonic() + REQUEST_SECONDS
        self.pending_conns.append(conn)
        callback = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, callback)
        self._make_room()

    def _receive(self, conn: Connection) -> bool:
        """Take what has arrived; true when the connection needs no more waiting."""
        try:
            data = conn.sock.recv(_AT_ONCE)
            over = not data  # It sends nothing more, but may wait for what it has asked.
            conn.arrived += data
        except BlockingIOError:
            over = False
        except OSError:
            over = True
            conn.arrived.clear()
        self.arrivals.weigh(conn)
        if conn.arrived and conn.is_complete():
            return True
        if over:
            conn.arrived.clear()
        return over

    def _make_room(self) -> None:
        """Hang up on who has sent most, while all together have sent too much."""
        while self.arrivals.over and self.pending_conns:
            heaviest = max(self.pending_conns, key=lambda conn: conn.weighed)
            if not self.arrivals.too_much(heaviest):
                return
            self._forget_pending(heaviest)

    def _forget_pending(self, conn: Connection) -> None:
        self.pending_conns.remove(conn)
        self.poller.unregister(conn.sock)
        self._drop(conn)

    def _go_on(self, conn: Connection) -> None:
        if conn.arrived and not self.arrivals.too_much(conn):
            conn.whole_since = time.perf_counter()
            self.enqueue_req(conn)
        else:
            self._drop(conn)

    def enqueue_req(self, conn: Connection) -> None:
        """Let a thread answer as soon as one is free."""
        QUEUED.inc()
        super().enqueue_req(conn)

    def handle(self, conn: Connection) -> Any:
        """Answer a request that is complete; in a thread."""
        QUEUED.dec()
        conn.sock.begun = bytes(conn.arrived[:BEGINNING])
        with BUSY.track_inprogress():
            if conn.refusal:
                self._refuse(conn.sock, conn.refusal)
                return False
            conn.hand_over()
            return super().handle(conn)

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Answer without waiting for the reader; what does not fit the limits is the last."""
        conn.sock.settimeout(READING_SECONDS)
        req.version = min(req.version, (1, 1))  # What we speak of what it speaks.
        if req.version == (1, 1) and all(name != "HOST" for name, _ in req.headers):
            raise InvalidHeader("HOST", req=req)
        if not conn.reusable:
            req.force_close()
        before = ARRIVED.set(conn.whole_since)
        try:
            return super().handle_request(req, conn)
        finally:
            ARRIVED.reset(before)

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """Send what is left of an answer, then wait for the next request, or hang up."""
        if conn.refusal:
            conn.arrived.clear()
        self.arrivals.weigh(conn)
        try:
            kept = not fs.cancelled() and fs.result()
            whole = conn.sock.send_on()
        except Exception:  # noqa: BLE001  # Whatever it was, the connection is of no more use.
            self._drop(conn)
            return
        after = partial(self._after_answer, conn, fs, kept)
        if whole:
            after()
        else:
            self._send_later(conn, after)

    def _after_answer(self, conn: Connection, fs: Any, kept: bool) -> None:
        """Go on with a connection whose answer was sent."""
        if not kept:
            self._hang_up(conn)
        elif begun := conn.parser.unreader.take_buffered():
            conn.arrived += begun  # The client sent its next request along with the last one.
            self._await_request(conn)
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Hang up on requests that take too long, and on clients that never do."""
        now = time.monotonic()
        # When the worker stops, they are in no order: see below.
        sift = takewhile if self.alive else filter
        for conn in list(sift(lambda one: one.timeout <= now, self.pending_conns)):
            self._forget_pending(conn)
        self.end_slow_readers(now)

    def _cap_keepalive(self, deadline: float) -> None:
        """Called when the worker stops: who has sent nothing yet is not waited for long."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            if not conn.arrived:
                conn.timeout = min(conn.timeout, deadline)

    def handle_error(self, _req: Any, client: socket.socket, _addr: Any, exc: Exception) -> None:
        """Refuse what is no request, in few words; neither address nor content is written down."""
        status = next((one for kind, one in _STATUS_OF.items() if isinstance(exc, kind)), 400)
        if not isinstance(exc, ParseException):
            _LOG.error("a request could not be answered", exc_info=exc)
            status = 500
        self._refuse(client, status)

    def _refuse(self, client: socket.socket, status: int) -> None:
        UNREADABLE.labels(str(status)).inc()
        known = new_request_id()
        _LOG.info("unreadable request", extra={"request_id": known, "status": status})
        answer = refusal(status, getattr(client, "begun", b""), known)
        try:
            client.settimeout(1.0)
            client.sendall(answer)
        except OSError:
            return
