"""The table of pages beside what others make of them."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.load.addresses import find_addresses
from bench.load.contents import write_contents
from bench.load.rivals import (
    dash_page,
    plain_dash,
    static_site,
    streamlit,
    streamlit_views,
    views,
)
from bench.load.site import Asking, Meter, our_site
from bench.load.wrk import Asked, Outcome, measure
from bench.processes import Server
from data.editions import newest_folder
from pages.operation.cores import usable_cores

_VIEWERS = 8  # More of them at once only make Streamlit slower.
Rivals = dict[str, tuple[Server, Callable[[], Outcome]]]
_COMPARED = {"home page": "/en/", "list of indicators": "/en/kpi/"}


def print_rivals(asking: Asking) -> None:
    """Pages of all rivals in turns, so that a busy moment hits them alike."""
    cores = usable_cores()
    with tempfile.TemporaryDirectory() as name, our_site() as site:
        folder = Path(name)
        folder.chmod(0o755)
        pages = dict(_COMPARED)
        slugs = find_addresses(site.address).indicators
        pages["one indicator"] = next(one for one in slugs if one.startswith("/en/"))
        contents = folder / "contents.json"
        dimensions = [f"/en/{one}/" for one in ("economy", "environment", "society-culture")]
        write_contents(site.address, [*pages.values(), *dimensions], newest_folder().name, contents)
        with (
            plain_dash(contents, cores) as dash,
            streamlit(contents) as other,
            static_site(site.address, list(pages.values()), folder, cores) as static,
        ):
            others = _Others(site, dash, other, static)
            for kind, path in pages.items():
                _compare(kind, others.of(path, asking), asking)


@dataclass(frozen=True, slots=True)
class _Others:
    """The servers that run side by side."""

    site: Server
    dash: Server
    streamlit: Server
    static: Server

    def of(self, path: str, asking: Asking) -> Rivals:
        """What each is asked for one of our pages."""
        bare = path.removeprefix("/en")
        shown = dash_page(self.dash, bare)
        few = min(_VIEWERS, asking.clients)
        return {
            "the site": (self.site, _one(self.site, path, asking)),
            "plain Dash, whole page": (
                self.dash,
                partial(views, self.dash, shown, asking.clients, asking.seconds),
            ),
            "plain Dash, empty first answer": (self.dash, _one(self.dash, bare, asking)),
            f"Streamlit, whole page, {few} connections": (
                self.streamlit,
                partial(streamlit_views, self.streamlit, bare, few, asking.seconds),
            ),
            "Streamlit, empty first answer": (
                self.streamlit,
                _one(self.streamlit, "/", asking),
            ),
            "nginx, our document as a file": (self.static, _one(self.static, path, asking)),
        }


def _one(server: Server, path: str, asking: Asking) -> Callable[[], Outcome]:
    return partial(
        measure,
        server.address,
        [Asked(path)],
        clients=asking.clients,
        seconds=asking.seconds,
    )


def _compare(kind: str, rivals: Rivals, asking: Asking) -> None:
    found: dict[str, list[tuple[Outcome, float]]] = {name: [] for name in rivals}
    for _, ask in rivals.values():
        ask()  # The first turn, in which each fills its caches, does not count.
    for _ in range(asking.turns):
        for name, (server, ask) in rivals.items():
            with Meter(server) as meter:
                outcome = ask()
            found[name].append((outcome, meter.milliseconds(outcome.requests)))
    ours = statistics.median(one.per_second for one, _ in found["the site"])
    print(
        f"\n| {kind}, {asking.clients} connections | a second | p50 ms | p99 ms | ms of CPU | KB |"
        " the site does … times as many | errors |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, outcomes in found.items():
        middle = sorted(outcomes, key=lambda one: one[0].per_second)[len(outcomes) // 2]
        outcome, cost = middle
        print(
            f"| {name} | {outcome.per_second:.0f} | {outcome.p50:.1f} | {outcome.p99:.1f} "
            f"| {cost:.2f} | {outcome.bytes_each / 1000:.1f} | {ours / outcome.per_second:.1f} "
            f"| {sum(one.faults for one, _ in outcomes)} |",
            flush=True,
        )
