"""The worker of gunicorn that sends whole files from memory without bothering a thread."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from functools import partial
from typing import Any

from pages.operation.connections import Connection
from pages.operation.parcels import PARCELS, Parcel, Parcels
from pages.operation.worker import Worker

_AT_ONCE = 64 * 1024


class QuickWorker(Worker):
    """Sends a parcel as soon as its request is there; everything else goes the usual way."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.parcels: Parcels | None = None

    def load_wsgi(self) -> None:
        """Called by gunicorn; afterwards the application is there."""
        super().load_wsgi()
        self.parcels = getattr(self.wsgi, "extensions", {}).get(PARCELS)

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """The next request of a connection; it stays watched if its answer leaves at once."""
        with suppress(OSError):
            conn.arrived += client.recv(_AT_ONCE)
        parcel = self._parcel_for(conn)
        if parcel is None:
            super().on_client_socket_readable(conn, client)
            return
        left = self._send(conn, parcel)
        if left == 0:
            self.keepalived_conns.remove(conn)
            conn.set_timeout()
            self.keepalived_conns.append(conn)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._send_rest(conn, parcel, left)

    def _go_on(self, conn: Connection) -> None:
        parcel = self._parcel_for(conn)
        if parcel is None:
            super()._go_on(conn)
            return
        left = self._send(conn, parcel)
        if left == 0:
            self._keep(conn)
        else:
            self._send_rest(conn, parcel, left)

    def _send(self, conn: Connection, parcel: Parcel) -> int | None:
        """Send what the system takes; how much is left, or None where nobody is there."""
        conn.arrived.clear()
        self.arrivals.weigh(conn)
        conn.continued = False
        try:
            sent: int = conn.sock.sendmsg((parcel.head, parcel.body))
        except BlockingIOError:
            sent = 0
        except OSError:
            return None
        if sent == parcel.size:
            parcel.sent()
        return parcel.size - sent

    def _send_rest(self, conn: Connection, parcel: Parcel, left: int | None) -> None:
        """Let the loop send to a reader who takes an answer in pieces."""
        if left is None:
            self._drop(conn)
            return
        if (of_head := left - len(parcel.body)) > 0:
            conn.sock.owe(parcel.head[-of_head:])
        conn.sock.owe(memoryview(parcel.body)[-left:])
        self._send_later(conn, partial(self._after_rest, conn, parcel))

    def _parcel_for(self, conn: Connection) -> Parcel | None:
        """The answer, where there is one and the connection can be kept after it."""
        if self.parcels is None or conn.refusal or not self.alive or self.cfg.is_ssl:
            return None
        if not conn.reusable or len(self.keepalived_conns) >= self.max_keepalived:
            return None
        return self.parcels.find(conn.arrived)

    def _after_rest(self, conn: Connection, parcel: Parcel) -> None:
        parcel.sent()
        if self.alive:
            self._keep(conn)
        else:
            self._hang_up(conn)

    def _keep(self, conn: Connection) -> None:
        """Wait for the next request, as gunicorn does after an answer."""
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        callback = partial(self.on_client_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, callback)
