"""The site as the benches serve it: gunicorn on a free loopback port, stopped afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
_WAIT_SECONDS = 60


@contextmanager
def served(*, workers: int = 1, **settings: str) -> Iterator[str]:
    """Serve the site while the block runs, and give its address without a final slash.

    ``settings`` are environment variables beside those of whoever measures. Ends the program
    where the site does not answer within a minute.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        str(ROOT / ".venv/bin/gunicorn"),
        "app:server",
        f"--bind=127.0.0.1:{port}",
        f"--workers={workers}",
        "--worker-class=gthread",
        "--threads=8",
        "--preload",
        "--no-control-socket",
    ]
    environment = {**os.environ, "PORT": str(port), "BASE_URL": address, **settings}
    quiet = subprocess.DEVNULL
    site = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        _wait_for(address)
        yield address
    finally:
        site.terminate()
        site.wait()


def _free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/readyz"):
                return
        except OSError:
            time.sleep(0.25)
    message = "the site did not start within a minute"
    raise SystemExit(message)
