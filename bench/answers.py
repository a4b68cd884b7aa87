"""Measures stored answers: ``python -m bench.answers [crowd] [hall] [room] [pages]``.

Serves the site with its own options (2 workers, 8 threads) on a fresh store, SQLite or
DATABASE_URL, and lets readers take whole runs as browsers with scripts do, all behind one client
IP, with the limits that the site has: ``crowd`` are 32 without a pause, whose limits are off;
``killed`` the same while a worker is killed every second; ``hall`` are 500 who answer every ten
seconds; ``classroom`` are 100 who answer every five; ``room`` is the hall as a led room, whose
phones also ask every three seconds for its state. Compares what was acknowledged with the table
and the counters: none may be refused, lost or doubled. ``pages`` is the processor time of a
question. The bare Flask view with one commit to SQLite that all are compared with is measured
before. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from urllib.parse import urlsplit

from sqlalchemy import make_url, text

from bench.load.weighing import processor_seconds
from bench.processes import Server, family, gunicorn, running
from bench.readers import QUESTIONS, Outcome, Reader, hidden_fields, take_room, take_runs
from quiz.database import open_engine

_BARE_SECONDS = 4.0
_PAGES = 400


@dataclass(frozen=True, slots=True)
class Scene:
    """Some readers and their pace; ``killed`` says that workers are killed meanwhile."""

    readers: int
    runs: int = 1
    pause: float = 0.0
    spread: float = 0.0
    limited: bool = True
    killed: bool = False
    room: bool = False


SCENES = {
    "crowd": Scene(32, runs=12, limited=False),
    "killed": Scene(32, runs=6, limited=False, killed=True),
    "hall": Scene(500, pause=10, spread=10),
    "classroom": Scene(100, pause=5, spread=5),
    "room": Scene(500, room=True),
}


def main() -> None:
    """Measure what was asked for and print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="*", default=[*SCENES, "pages"])
    scenes = parser.parse_args().scenes
    bare, bare_ms = measure_bare_view()
    print(
        f"\nA bare Flask view with one commit to SQLite: {bare:.0f}/s, {bare_ms:.2f} ms of CPU.\n"
    )
    print(
        "| readers | store | acknowledged | refused | finished | answers/s | of bare | p50 ms "
        "| p99 ms | ms of CPU | lost | more | doubled |\n|" + 13 * "---|"
    )
    for name in scenes:
        if name != "pages":
            print(measure(name, SCENES[name], bare), flush=True)
    if "pages" in scenes:
        print_pages(bare_ms)


def measure(name: str, scene: Scene, bare: float) -> str:
    """Return the row of a scene."""
    with site(limited=scene.limited) as (server, url):
        port = urlsplit(server.address).port or 0
        warm = asyncio.run(take_runs(port, 2))
        computed, begun = processor_seconds(server), time.perf_counter()
        with killing(server, every=1.0 if scene.killed else None):
            outcome = asyncio.run(
                take_room(port, scene.readers)
                if scene.room
                else take_runs(port, scene.readers, scene.runs, scene.pause, scene.spread)
            )
        seconds = time.perf_counter() - begun
        computed = processor_seconds(server) - computed
        lost, more, doubled = compare([*warm.acknowledged, *outcome.acknowledged], url)
    answers = len(outcome.acknowledged)
    if outcome.polls:
        wait = outcome.poll_milliseconds(0.99)
        name += f" ({len(outcome.polls) / seconds:.0f} polls/s, p99 {wait:.0f} ms)"
    # What a killed process has computed is not known.
    cpu = "–" if scene.killed else f"{1000 * computed / answers:.2f}"
    store = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    return (
        f"| {name}, {scene.readers} | {store} | {answers} | {outcome.refused} | {outcome.finished} "
        f"| {answers / seconds:.0f} | {answers / seconds / bare:.2f} "
        f"| {outcome.milliseconds(0.5):.0f} | {outcome.milliseconds(0.99):.0f} | {cpu} "
        f"| {lost} | {more} | {doubled} |"
    )


@contextmanager
def site(*, limited: bool) -> Iterator[tuple[Server, str]]:
    """Serve the site on an empty store while the block runs; the server and the store's URL."""
    names = ("STARTS", "ANSWERS", "RUN_ANSWERS")
    limits = {} if limited else {f"{name}_PER_MINUTE": "0" for name in names}
    key = "a key for measuring only, of forty letters"
    with fresh_store() as url:
        settings = {"DATABASE_URL": url, "SECRET_KEY": key, "WEB_CONCURRENCY": "2", **limits}
        with running(gunicorn("app:server"), "/readyz", settings) as server:
            yield server, url


@contextmanager
def fresh_store() -> Iterator[str]:
    """Give the URL of an empty store: a file, or a database on the server of DATABASE_URL."""
    with tempfile.TemporaryDirectory() as folder:
        if not (address := os.environ.get("DATABASE_URL")):
            yield f"sqlite:///{folder}/site.db"
            return
        name = f"bench_{os.getpid()}"
        server = open_engine(address).execution_options(isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(address).set(database=name).render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def killing(server: Server, every: float | None) -> Iterator[None]:
    """Kill one of the server's workers every so many seconds while the block runs."""
    done = Event()

    def kill() -> None:
        while not done.wait(every):
            os.kill(family(server.process.pid)[-1], signal.SIGKILL)

    thread = Thread(target=kill)
    if every:
        thread.start()
    try:
        yield
    finally:
        done.set()
        if every:
            thread.join()


def compare(acknowledged: list[tuple[str, int]], url: str) -> tuple[int, int, int]:
    """Return how many answers are lost, stored but not acknowledged, and counted twice.

    Each is counted once: by its option, or as given too fast.
    """
    counted = "SELECT sum(total) FROM quiz_counts WHERE tally = 'option' OR bucket = 'too_fast'"
    engine = open_engine(url)
    with engine.connect() as store:
        rows = store.execute(text("SELECT run_id, position FROM quiz_answers")).all()
        total = int(store.execute(text(counted)).scalar_one())
    engine.dispose()
    stored, promised = {(run, position) for run, position in rows}, set(acknowledged)
    return len(promised - stored), len(stored - promised), total - len(stored)


def measure_bare_view() -> tuple[float, float]:
    """Return the answers a second of a bare view, and its milliseconds of CPU for each."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"BENCH_FILE": os.devnull, "BENCH_STORE": f"{folder}/bare.db"}
        with running(gunicorn("bench.bare_view:server"), "/file", settings) as server:
            port = urlsplit(server.address).port or 0
            computed, begun = processor_seconds(server), time.perf_counter()
            answers = sum(asyncio.run(post_bare(port, begun + _BARE_SECONDS)))
            computed = processor_seconds(server) - computed
            return answers / (time.perf_counter() - begun), 1000 * computed / answers


async def post_bare(port: int, end: float) -> list[int]:
    """Let 32 readers send answers to the bare view until a moment; how many each."""

    async def post() -> int:
        reader, answers = Reader(port, Outcome()), 0
        while time.perf_counter() < end:
            await reader.ask("POST", "/answer", {"option": "a"}, by_script=True)
            answers += 1
        reader.close()
        return answers

    return await asyncio.gather(*(post() for _ in range(32)))


def print_pages(bare: float) -> None:
    """Print the milliseconds of CPU of the pages of a question and its answer."""
    print("\n| page | ms of CPU | of bare |\n|---|---|---|")
    with site(limited=False) as (server, _):
        for name, milliseconds in asyncio.run(weigh_pages(server)).items():
            print(f"| {name} | {milliseconds:.2f} | {milliseconds / bare:.1f} |", flush=True)


async def weigh_pages(server: Server) -> dict[str, float]:
    """Return the milliseconds of CPU that each page of the quiz takes, gunicorn and all."""
    reader = Reader(urlsplit(server.address).port or 0, Outcome())
    weights = {}

    async def weigh(name: str, path: str, *, by_script: bool = False) -> None:
        for _ in range(20):
            await reader.ask("GET", path, by_script=by_script)
        computed = processor_seconds(server)
        for _ in range(_PAGES):
            await reader.ask("GET", path, by_script=by_script)
        weights[name] = 1000 * (processor_seconds(server) - computed) / _PAGES

    page = await reader.ask("GET", "/en/quiz/")
    start = await reader.ask("POST", "/en/quiz/", hidden_fields(page.text))
    run = start.place.split("/")[3]
    await weigh("question, whole document", start.place)
    await weigh("question, for scripts", start.place, by_script=True)
    await reader.answer(run, 1, (await reader.ask("GET", start.place)).text)
    await weigh("answer, whole document", start.place)
    await weigh("answer, for scripts", start.place, by_script=True)
    for position in range(2, QUESTIONS + 1):
        page = await reader.ask("GET", f"/en/quiz/{run}/{position}/")
        await reader.answer(run, position, page.text)
    await weigh("result", f"/en/quiz/{run}/result/")
    return weights


if __name__ == "__main__":
    main()
