"""Tables of one thing at a time: kinds of addresses, the store, the start."""

from __future__ import annotations

import os
import tempfile

from bench.load.addresses import every, find_addresses
from bench.load.quiz import take_quiz
from bench.load.site import Asking, Meter, our_site, row, warm
from bench.load.store import store_answers
from bench.load.weighing import processor_seconds
from bench.load.wrk import BROWSER, measure
from pages.settings import usable_cores

_NO_PAUSE = 1e6  # A rate that nobody keeps up with.


def print_documents(asking: Asking) -> None:
    """Each kind of address at full speed."""
    with our_site() as server:
        addresses = find_addresses(server.address)
        warm(server, addresses)
        print(
            f"\n| kind, {asking.clients} connections | addresses | KB | requests/s | p50 ms |"
            " p95 ms | p99 ms | ms of CPU | errors |"
        )
        print("|---|---|---|---|---|---|---|---|---|")
        for kind, paths in addresses.kinds().items():
            with Meter(server) as meter:
                outcome = measure(
                    server.address, every(paths), clients=asking.clients, seconds=asking.seconds
                )
            print(
                f"| {kind} | {len(paths)} | {outcome.bytes_each / 1000:.1f} | {row(outcome)} "
                f"| {meter.milliseconds(outcome.requests):.2f} | {outcome.faults} |",
                flush=True,
            )
        with Meter(server) as meter:
            unchanged = measure(
                server.address,
                every(addresses.pages),
                clients=asking.clients,
                seconds=asking.seconds,
                headers={**BROWSER, "If-None-Match": "*"},
            )
        print(
            f"| pages, unchanged (304) | {len(addresses.pages)} "
            f"| {unchanged.bytes_each / 1000:.1f} "
            f"| {row(unchanged)} | {meter.milliseconds(unchanged.requests):.2f} "
            f"| {unchanged.faults} |"
        )
        with Meter(server) as meter:
            takers = take_quiz(server.address, _NO_PAUSE, asking.seconds)
        count = len(takers.seconds)
        size, rate = takers.bytes / max(count, 1) / 1000, count / asking.seconds
        print(
            f"| quiz, whole runs | – | {size:.1f} | {rate:.0f} | – | – | – "
            f"| {meter.milliseconds(count):.2f} | {takers.errors} |"
        )
        print(
            f"\nOf the quiz's requests, {len(takers.answers)} were answers stored: "
            f"{len(takers.answers) / asking.seconds:.0f} a second."
        )


def print_store(asking: Asking) -> None:
    """The answer store by itself."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/site.db"
        stored = store_answers(url, asking.seconds, usable_cores())
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    print("\n| store, alone | answers/s | p50 ms | p99 ms |")
    print("|---|---|---|---|")
    print(
        f"| {kind} | {stored.answers / asking.seconds:.0f} | {stored.quantile(0.5):.1f} "
        f"| {stored.quantile(0.99):.1f} |"
    )


def print_start(asking: Asking) -> None:
    """Seconds from the command to ready, where the machine has started the site before."""
    starts = []
    # Its address stands in finished files: another one would be a first start each time.
    address = {"BASE_URL": "http://127.0.0.1:8050"}
    with our_site(**address):
        pass
    for _ in range(asking.turns):
        with our_site(**address) as server:
            starts.append((server.start_seconds, processor_seconds(server)))
    seconds, computed = sorted(starts)[len(starts) // 2]
    print("\n| start | seconds to ready | seconds of CPU |")
    print("|---|---|---|")
    print(f"| the site, {usable_cores()} processes | {seconds:.1f} | {computed:.1f} |")
