"""Measures the callback of Explore: ``python -m bench.explore [--pause 1] [--address URL …]``.

Sixteen readers choose views, half of them such as others choose, half of them made up, and wait up
to twice ``--pause`` seconds before each. Serves the site with two processes, or asks those that run
at ``--address`` in turn. Prints milliseconds from the request to the last byte.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from bench.server import served

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
    asked = parser.parse_args()
    with ExitStack() as stack:
        sites = asked.address or [stack.enter_context(served(workers=2, **NO_LIMITS))]
        times: dict[str, list[float]] = {site: [] for site in sites}
        for turn in range(TURNS):
            for site in sites:
                times[site] += chosen(site, turn, asked.choices, asked.pause)
    print("| site | answers | p50 ms | p95 ms |")
    print("|---|---|---|---|")
    for site, taken in times.items():
        twentieths = statistics.quantiles(taken, n=20)
        print(f"| {site} | {len(taken)} | {twentieths[9]:.0f} | {twentieths[18]:.0f} |")


def chosen(site: str, turn: int, choices: int, pause: float) -> list[float]:
    """Return the milliseconds of every choice of all readers in one turn."""
    with urllib.request.urlopen(f"{site}/_dash/_dash-dependencies") as answer:
        callbacks = json.load(answer)
    (drawn,) = (each for each in callbacks if each["output"].startswith("..explore-path.data."))
    with ThreadPoolExecutor(READERS) as pool:
        readers = [
            pool.submit(_read, site, drawn, _queries(READERS * turn + reader, choices), pause)
            for reader in range(READERS)
        ]
        return [taken for reader in readers for taken in reader.result()]


def _queries(seed: int, choices: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # Dice for made-up readers, no secret.
    queries = []
    for place in range(choices):
        query = f"view={chance.choice(VIEWS)}{chance.choice(DIMENSIONS)}"
        if place % 2:
            first, last = chance.randrange(2009, 2018), chance.randrange(2019, 2026)
            query += f"&from={first}&as_of={last}"
        queries.append(query)
    return queries


def _read(site: str, drawn: dict[str, Any], queries: Sequence[str], pause: float) -> list[float]:
    chance = random.Random()  # noqa: S311  # Readers do not choose all at once.
    taken: list[float] = []
    for query in queries:
        time.sleep(chance.uniform(0, 2 * pause))
        body = json.dumps(_body(drawn, query)).encode()
        request = urllib.request.Request(f"{site}/_dash/_dash-update-component", body)
        request.add_header("Content-Type", "application/json")
        start = time.perf_counter()
        with urllib.request.urlopen(request) as answer:
            answer.read()
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def _body(drawn: dict[str, Any], query: str) -> dict[str, Any]:
    """Return what a browser sends when a choice has changed the address."""
    values = {
        "explore-query": query,
        "explore-chart-button": 0,
        "explore-narrow": False,
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
