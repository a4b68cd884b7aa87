"""A Redis server that can be stopped, frozen and begun again at the same address."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis, RedisError

from tests.conftest import free_port
from tests.operation.running import wait_until


class RedisServer:
    """A server that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.begin()

    def begin(self) -> None:
        """Begin, empty, and wait until it answers."""
        kept = ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), *kept],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self.answers)

    def stop(self) -> None:
        """Kill it; it has nothing to lose."""
        self.process.kill()
        self.process.wait()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it keep its connections and say nothing."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def answers(self) -> bool:
        """Whether it is there."""
        with Redis(port=self.port) as client:
            try:
                return bool(client.ping())
            except RedisError:
                return False

    def keys(self) -> int:
        """How many things it keeps."""
        with Redis(port=self.port) as client:
            return int(client.dbsize())
