"""A real server of its own, with its processes, its log and raw connections to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pages.settings import ROOT
from tests.conftest import BASE_URL, free_port
from tests.databases import REDIS, new_database

KEY = "only for the servers of these tests"
# Seconds. A machine that does other work too may be slow; no test is about that.
PATIENCE = 240
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Running:
    """A site that is served by gunicorn with its own configuration."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(
        self, address: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """Ask once, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, address, body=body, headers=sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def connect(self, begun: bytes = b"") -> socket.socket:
        """A raw connection on which ``begun`` is sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sendall(begun)
        return connection

    def exchange(self, sent: bytes) -> bytes:
        """Everything that is answered until the server hangs up."""
        with self.connect(sent) as connection:
            return rest_of(connection)

    def workers(self) -> set[int]:
        """The processes that serve."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(pid) for pid in listed.split()}

    def lines(self) -> list[dict[str, Any]]:
        """The log, a line each."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def figure(self, name: str, **labels: str) -> float:
        """A figure of ``/metrics``; the sum over the labels that are not named."""
        total = 0.0
        for line in self.ask("/metrics")[2].decode().splitlines():
            matches = all(f'{label}="{value}"' in line for label, value in labels.items())
            if line.startswith((f"{name} ", f"{name}{{")) and matches:
                total += float(line.rpartition(" ")[2])
        return total


def rest_of(connection: socket.socket) -> bytes:
    """What is sent on a connection until it is closed."""
    received = b""
    while data := connection.recv(65536):
        received += data
    return received


def until(connection: socket.socket, end: bytes) -> bytes:
    """What is sent on a connection up to an end; the connection stays open."""
    received = b""
    while not received.endswith(end):
        data = connection.recv(65536)
        assert data, received
        received += data
    return received


def wait_until(what: Any, seconds: float = PATIENCE) -> None:
    """Wait until ``what()`` is true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Running]:
    """Serve the site while the block runs; its log and its answers are in ``folder``."""
    port, log = free_port(), folder / "log"
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "BASE_URL": BASE_URL,
        "SECRET_KEY": KEY,
        "DATABASE_URL": settings.get("DATABASE_URL") or new_database(folder),
        "REDIS_URL": REDIS,
        "VAR_FOLDER": os.environ.get("VAR_FOLDER", ""),
        "WEB_CONCURRENCY": "2",
        **settings,
    }
    command = [sys.executable, "-m", "gunicorn"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out)
    site = Running(process, port, log)
    try:
        wait_until(lambda: process.poll() is not None or _answers(site))
        assert process.poll() is None, log.read_text("utf-8")
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _answers(site: Running) -> bool:
    try:
        return site.ask("/healthz")[0] == 200
    except OSError:
        return False
