"""Measures the callback of Explore: ``python -m bench.explore [--pause 1] [--address URL …]``.

``--processor`` prints the CPU time of a callback by view, in one process and without a server.
With ``--cities 100`` both measure the edition of ``bench.growth``, which has so many made-up ones
and 273,000 rows; CITY=made-up-1 makes one of them the site's own.

Sixteen readers choose views, half of them such as others choose, half of them made up, and wait up
to twice ``--pause`` seconds before each. Serves the site with two processes, or asks those that run
at ``--address`` in turn. Prints milliseconds from the request to the last byte, and of processes
that it started also the milliseconds that they computed for an answer.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from bench.growth import LONGEST_START, grow
from bench.processes import Server, family, gunicorn, running
from data.editions import EDITIONS, newest_folder

READERS, TURNS = 16, 4
VIEWS = ("heat-map", "trends", "distance", "changes&before=2015", "cities&city=stavanger", "wheel")
DIMENSIONS = ("", "&dimension=economy", "&dimension=environment", "&dimension=society-culture")
NO_LIMITS = {f"{name}_PER_MINUTE": "0" for name in ("VARIANTS", "CALLBACKS")}


def main() -> None:
    """Measure every site in turns and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", action="append")
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--choices", type=int, default=10)
    parser.add_argument("--processor", action="store_true")
    parser.add_argument("--cities", type=int, default=0)
    options = parser.parse_args()
    with ExitStack() as stack:
        os.environ |= stack.enter_context(_edition(options.cities))
        if options.processor:
            processor_time(_views(options.cities))
            return
        started = [] if options.address else [stack.enter_context(_served())]
        sites = options.address or [site.address for site in started]
        times: dict[str, list[float]] = {site: [] for site in sites}
        before = sum(map(_computed, started))
        for turn in range(TURNS):
            for site in sites:
                times[site] += chosen(site, turn, options)
        computed = sum(map(_computed, started)) - before
    print("| site | answers | p50 ms | p95 ms | ms of CPU |")
    print("|---|---|---|---|---|")
    for site, site_times in times.items():
        twentieths = statistics.quantiles(site_times, n=20)
        each = f"{1000 * computed / len(site_times):.1f}" if started else ""
        print(
            f"| {site} | {len(site_times)} | {twentieths[9]:.0f} | {twentieths[18]:.0f} | {each} |"
        )


@contextmanager
def _edition(cities: int) -> Iterator[dict[str, str]]:
    """Make an edition with so many made-up cities, and give the environment of a site on it."""
    with tempfile.TemporaryDirectory() as name:
        settings = {**NO_LIMITS, "BENCH_EDITIONS": str(EDITIONS), "WEB_CONCURRENCY": "2"}
        if cities:
            today = newest_folder()
            rows = grow(today, Path(name) / today.name, cities, years=30)
            print(f"{rows:,} observations", file=sys.stderr)
            settings |= {"BENCH_EDITIONS": name, "BENCH_FILES": "today"}
        yield settings


def _views(cities: int) -> list[str]:
    return [view.replace("stavanger", "made-up-2") if cities else view for view in VIEWS]


def _served() -> AbstractContextManager[Server]:
    return running(gunicorn("bench.growing_app:server"), "/readyz", {}, LONGEST_START)


def _computed(site: Server) -> float:
    """Return the seconds of CPU time of a server and its processes."""
    ticks = 0
    for pid in family(site.process.pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def processor_time(views: Sequence[str]) -> None:
    """Print the CPU time of twenty callbacks of each view, as picture and as chart."""
    from bench.growing_app import server  # noqa: PLC0415  # Starts the site.

    client = server.test_client()
    drawn = _callback(client.get("/_dash/_dash-dependencies").get_json())
    print("| view | picture, ms (median / most) | chart, ms (median / most) |")
    print("|---|---|---|")
    for view in views:
        queries = [f"view={view}{d}&from={y}" for d in DIMENSIONS for y in range(2010, 2015)]
        cells = []
        for presses in (0, 1):
            times = []
            for query in queries:
                body = _body(drawn, query, presses)
                start = time.process_time()
                answer = client.post("/_dash/_dash-update-component", json=body)
                times.append(1000 * (time.process_time() - start))
                if answer.status_code != HTTPStatus.OK:
                    raise SystemExit(answer.text)
            cells.append(f"{statistics.median(times):.1f} / {max(times):.1f}")
        print(f"| {view} | {' | '.join(cells)} |", flush=True)


def _callback(callbacks: list[dict[str, Any]]) -> dict[str, Any]:
    (drawn,) = (each for each in callbacks if each["output"].startswith("..explore-path.data."))
    return drawn


def chosen(site: str, turn: int, options: argparse.Namespace) -> list[float]:
    """Return the milliseconds of every choice of all readers in one turn."""
    with urllib.request.urlopen(f"{site}/_dash/_dash-dependencies") as answer:
        drawn = _callback(json.load(answer))
    with ThreadPoolExecutor(READERS) as pool:
        readers = [
            pool.submit(
                _read,
                site,
                drawn,
                _queries(READERS * turn + reader, options.choices, _views(options.cities)),
                options.pause,
            )
            for reader in range(READERS)
        ]
        return [milliseconds for reader in readers for milliseconds in reader.result()]


def _queries(seed: int, choices: int, views: Sequence[str]) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # Dice for made-up readers, no secret.
    queries = []
    for place in range(choices):
        query = f"view={chance.choice(views)}{chance.choice(DIMENSIONS)}"
        if place % 2:
            first, last = chance.randrange(2009, 2018), chance.randrange(2019, 2026)
            query += f"&from={first}&as_of={last}"
        queries.append(query)
    return queries


def _read(site: str, drawn: dict[str, Any], queries: Sequence[str], pause: float) -> list[float]:
    chance = random.Random()  # noqa: S311  # Readers do not choose all at once.
    times: list[float] = []
    for query in queries:
        time.sleep(chance.uniform(0, 2 * pause))
        body = json.dumps(_body(drawn, query)).encode()
        request = urllib.request.Request(f"{site}/_dash/_dash-update-component", body)
        request.add_header("Content-Type", "application/json")
        start = time.perf_counter()
        with urllib.request.urlopen(request) as answer:
            answer.read()
        times.append(1000 * (time.perf_counter() - start))
    return times


def _body(drawn: dict[str, Any], query: str, presses: int = 0) -> dict[str, Any]:
    """Return what a browser sends when a choice has changed the address."""
    values = {
        "explore-query": query,
        "explore-chart-button": presses,
        "explore-narrow": False,
        "explore-path": "/en/explore/",
        "explore-language": "en",
    }
    outputs = drawn["output"].strip(".").split("...")
    return {
        "output": drawn["output"],
        "outputs": [
            dict(zip(("id", "property"), output.rsplit(".", 1), strict=True)) for output in outputs
        ],
        "inputs": [{**part, "value": values[part["id"]]} for part in drawn["inputs"]],
        "state": [{**part, "value": values[part["id"]]} for part in drawn["state"]],
        "changedPropIds": ["explore-query.data"],
    }


if __name__ == "__main__":
    main()
