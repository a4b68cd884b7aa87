"""Load on a local server: kept connections that ask for one address again and again."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_RATE = re.compile(r"Requests/sec:\s*([\d.]+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_END = b"\r\n\r\n"


@dataclass
class Outcome:
    """What came back."""

    answers: int = 0
    faults: int = 0
    seconds: list[float] = field(default_factory=list)


def requests_per_second(
    address: str, headers: dict[str, str], clients: int, seconds: float
) -> tuple[float, str]:
    """Answers with 200 a second, and what was measured with: wrk if installed, else ``hammer``."""
    if program := shutil.which("wrk"):
        options = [f"-c{clients}", "-t1", f"-d{seconds:.0f}s"]
        for name, value in headers.items():
            options += ["-H", f"{name}: {value}"]
        done = subprocess.run(
            [program, *options, address], check=True, capture_output=True, text=True
        )
        if "Non-2xx" in done.stdout:
            raise SystemExit(f"{address} answered other than 200:\n{done.stdout}")
        found = _RATE.search(done.stdout)
        return (float(found.group(1)) if found else 0.0), "wrk"
    outcome = asyncio.run(hammer(address, headers, clients, seconds))
    if outcome.faults:
        raise SystemExit(f"{address}: {outcome.faults} answers were not 200")
    return outcome.answers / seconds, "asyncio"


async def hammer(address: str, headers: dict[str, str], clients: int, seconds: float) -> Outcome:
    """Ask over ``clients`` connections for so many seconds."""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    outcome = Outcome()
    end = time.perf_counter() + seconds
    await asyncio.gather(
        *(_client(parts.hostname, parts.port, request, end, outcome) for _ in range(clients))
    )
    return outcome


async def _client(
    host: str | None, port: int | None, request: bytes, end: float, outcome: Outcome
) -> None:
    while time.perf_counter() < end:
        try:
            reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
            try:
                while time.perf_counter() < end:
                    begun = time.perf_counter()
                    writer.write(request)
                    status, kept = await _answer(reader)
                    if time.perf_counter() > end:
                        return
                    outcome.seconds.append(time.perf_counter() - begun)
                    outcome.answers += status == 200
                    outcome.faults += status != 200
                    if not kept:
                        break
            finally:
                writer.close()
        except (OSError, asyncio.IncompleteReadError):
            outcome.faults += 1
            await asyncio.sleep(0.05)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read an answer to its end: its status, and whether the connection is kept."""
    head = await reader.readuntil(_END)
    if found := _LENGTH.search(head):
        await reader.readexactly(int(found.group(1)))
    else:
        while True:  # Chunks.
            size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
            await reader.readexactly(size + 2)
            if not size:
                break
    return int(head[9:12]), b"connection: close" not in head.lower()


async def take_slowly(address: str, clients: int, pieces: int = 20) -> None:
    """Load one file with all clients at once, each in pieces with pauses between them."""
    parts = urlsplit(address)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"

    async def take() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 16)
        writer.write(request.encode())
        head = await reader.readuntil(_END)
        found = _LENGTH.search(head)
        left = int(found.group(1)) if found else 0
        piece = max(1, left // pieces)
        while left > 0:
            content = await reader.readexactly(min(piece, left))
            left -= len(content)
            await asyncio.sleep(0.05)
        writer.close()

    await asyncio.gather(*(take() for _ in range(clients)))
