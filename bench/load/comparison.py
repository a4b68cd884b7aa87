"""Pages behind nginx beside the same bytes as static files; the application beside plain Dash."""

from __future__ import annotations

import tempfile
import urllib.request
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bench.load.addresses import find_addresses
from bench.load.contents import write_contents
from bench.load.proxy import STATIC, behind_nginx
from bench.load.site import Asking, our_site
from bench.load.wrk import BROWSER, Asked, Outcome, measure
from bench.processes import Server, gunicorn, running
from data.editions import newest_folder
from pages.settings import usable_cores

Rivals = Mapping[str, Callable[[], Outcome]]


def print_comparison(asking: Asking) -> None:
    """Each table in turns, so that a busy moment hits all its rows alike."""
    cores = usable_cores()
    with tempfile.TemporaryDirectory() as name, our_site(TRUSTED_PROXIES="1") as site:
        folder = Path(name)
        folder.chmod(0o755)
        slug = find_addresses(site.address).indicators[0].split("/")[3]
        file = f"/data/{newest_folder().name}/observations.csv"
        paths = {
            "home page": "/en/",
            "one indicator": f"/en/kpi/{slug}/",
            "embed": f"/embed/en/{slug}",
            "file, counted": file,
        }
        _save_bytes(site, folder / "static", paths)
        contents = folder / "contents.json"
        pages = ["/en/", "/en/kpi/", f"/en/kpi/{slug}/"]
        write_contents(site.address, pages, newest_folder().name, contents)
        settings = {"WEB_CONCURRENCY": str(cores)}
        bare = settings | {"BENCH_FILE": str(folder / "static" / "file, counted".replace(" ", "_"))}
        dash = settings | {"BENCH_CONTENTS": str(contents)}
        with (
            behind_nginx(site, folder, cores) as proxy,
            running(gunicorn("bench.bare_view:server"), "/file", bare) as view,
            running(gunicorn("bench.plain_dash:server"), "/_dash-layout", dash) as stock,
        ):
            for kind, path in paths.items():
                rivals = {
                    "nginx, the same bytes as a file": (proxy, STATIC + kind.replace(" ", "_")),
                    "the site behind nginx": (proxy, path),
                    "the application alone": (site, path),
                }
                if path == file:
                    rivals["a bare Flask view with the same bytes"] = (view, "/file")
                if kind == "home page":
                    rivals["plain Dash, its empty first answer"] = (stock, "/")
                _print(kind, {n: _asking(*rival, asking) for n, rival in rivals.items()}, asking)


def _save_bytes(site: Server, folder: Path, paths: Mapping[str, str]) -> None:
    """Write what a browser gets of each path, as it is compressed, to a file."""
    folder.mkdir()
    for kind, path in paths.items():
        request = urllib.request.Request(site.address + path, headers=BROWSER)
        with urllib.request.urlopen(request) as response:
            (folder / kind.replace(" ", "_")).write_bytes(response.read())


def _asking(server: Server, path: str, asking: Asking) -> Callable[[], Outcome]:
    requests = [Asked(path)]
    return partial(
        measure, server.address, requests, clients=asking.clients, seconds=asking.seconds
    )


def _print(kind: str, rivals: Rivals, asking: Asking) -> None:
    """The median outcome of each rival, and how its rate compares with the first one's."""
    for ask in rivals.values():
        ask()  # The first turn, in which each fills its caches, does not count.
    outcomes: dict[str, list[Outcome]] = {name: [] for name in rivals}
    for _ in range(asking.turns):
        for name, ask in rivals.items():
            outcomes[name].append(ask())
    first = _middle(next(iter(outcomes.values()))).per_second
    print(
        f"\n| {kind}, {asking.clients} connections | requests/s | × the first | p50 ms | p99 ms |"
        " KB | errors |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, measured in outcomes.items():
        middle = _middle(measured)
        print(
            f"| {name} | {middle.per_second:.0f} | {middle.per_second / first:.2f} "
            f"| {middle.p50:.1f} | {middle.p99:.1f} | {middle.bytes_each / 1000:.1f} "
            f"| {sum(outcome.faults for outcome in measured)} |",
            flush=True,
        )


def _middle(outcomes: list[Outcome]) -> Outcome:
    return sorted(outcomes, key=lambda outcome: outcome.per_second)[len(outcomes) // 2]
