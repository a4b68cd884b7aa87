"""Counts views of a Streamlit page: ``python streamlit_views.py ADDRESS PAGE CLIENTS SECONDS``.

A view is what a browser does: it opens a websocket, asks to run the script for the page and
reads until the script has finished. Runs in Streamlit's own environment; prints JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect


async def view(address: str, page: str) -> int:
    """Read one page to its end and return its bytes."""
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode({"page": page})
    size = 0
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(stream, max_size=None, subprotocols=["streamlit"]) as socket:
        await socket.send(asked.SerializeToString())
        async for content in socket:
            size += len(content)
            told = ForwardMsg.FromString(content)
            if told.WhichOneof("type") == "script_finished":
                return size
    return size


async def visit(
    address: str, page: str, end: float, seconds: list[float], sizes: list[int]
) -> None:
    """View a page again and again."""
    while (begun := time.perf_counter()) < end:
        sizes.append(await view(address, page))
        seconds.append(time.perf_counter() - begun)


async def main(address: str, page: str, clients: int, lasting: float) -> None:
    """Count."""
    seconds: list[float] = []
    sizes: list[int] = []
    begun = time.perf_counter()
    end = begun + lasting
    await asyncio.gather(*(visit(address, page, end, seconds, sizes) for _ in range(clients)))
    took = time.perf_counter() - begun
    found = sorted(seconds)
    print(
        json.dumps(
            {
                "per_second": len(found) / took,
                "requests": len(found),
                "p50": 1000 * found[len(found) // 2],
                "p95": 1000 * found[int(len(found) * 0.95)],
                "p99": 1000 * found[int(len(found) * 0.99)],
                "bytes_each": sum(sizes) / len(sizes),
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
