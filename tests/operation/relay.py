"""A door between the site and a server it needs, which a test can close, block and open again."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread


class Relay:
    """Hands bytes on to ``host:port``, in both directions, while it is open."""

    def __init__(self, host: str = "", port: int = 0) -> None:
        """Without a host it takes connections and never answers."""
        self._target = (host, port) if host else None
        self._flows = Event()
        self._flows.set()
        self._pairs: list[tuple[socket.socket, ...]] = []
        self._ended = False
        self.port = 0
        self.open()

    def open(self) -> None:
        """Take connections, on the same port as before."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for pair in self._pairs:
            for connection in pair:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
                connection.close()
        self._pairs.clear()

    def freeze(self) -> None:
        """Keep everything open and hand nothing on."""
        self._flows.clear()

    def thaw(self) -> None:
        """Hand on again, what waited too."""
        self._flows.set()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if self._target is None:
                self._pairs.append((client,))
                continue
            server = socket.create_connection(self._target)
            self._pairs.append((client, server))
            for taker, giver in ((client, server), (server, client)):
                Thread(target=self._hand_on, args=(taker, giver), daemon=True).start()

    def _hand_on(self, taker: socket.socket, giver: socket.socket) -> None:
        with suppress(OSError):
            while data := taker.recv(65536):
                self._flows.wait()
                giver.sendall(data)
        with suppress(OSError):
            giver.shutdown(socket.SHUT_RDWR)
