"""Counts wait in memory, reach the store soon, and outlive its absence and an orderly stop."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from data.manifests import PublishedFile, described_file
from pages.files.downloads import Downloads
from pages.readings import Reading
from pages.settings import ROOT
from quiz.counters import Download
from quiz.faults import StoreFault
from quiz.migration import migrate
from quiz.store import Store

pytestmark = pytest.mark.timing

MONTH = "2026-11"
FILES = [described_file(f"data/1/{name}.csv", b"x", "1") for name in ("a", "b", "c")]
NEVER = 3600.0
PROGRAM = """
import os, signal, sys, time
from data.manifests import described_file
from pages.files.downloads import Downloads
from quiz.store import Store
file = described_file("data/1/a.csv", b"x", "1")
downloads = Downloads(Store(sys.argv[1]), month=lambda: "2026-11", every=0.2)
{body}
"""
Open = Callable[..., Downloads]


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    migrate(url)
    return url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url, busy_seconds=0.2)
    yield store
    store.close()


@pytest.fixture
def opened(store: Store) -> Iterator[Open]:
    started = []

    def build(every: float = NEVER, **changes: object) -> Downloads:
        started.append(Downloads(store, every=every, month=lambda: MONTH, **changes))
        return started[-1]

    yield build
    for downloads in started:
        downloads._stopping.set()
        if downloads._thread:
            downloads._thread.join()


def key(file: PublishedFile, month: str = MONTH) -> Download:
    return Download(month, file.path, file.edition)


def run(body: str, url: str) -> subprocess.CompletedProcess[str]:
    # The figures of this process are no other program's to begin anew.
    alone = {name: value for name, value in os.environ.items() if "PROMETHEUS" not in name}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body), url],
        cwd=ROOT,
        env=alone,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def test_counting_only_adds_in_memory(store: Store, opened: Open) -> None:
    downloads = opened()
    for _ in range(3):
        downloads.count(FILES[0])
    assert store.downloads() == {}
    downloads.write()
    assert store.downloads() == {key(FILES[0]): 3}
    downloads.write()
    assert store.downloads() == {key(FILES[0]): 3}


def test_a_thread_writes_without_being_asked(store: Store, opened: Open) -> None:
    downloads = opened(every=0.05)
    downloads.count(FILES[0])
    wait_until(lambda: store.downloads() == {key(FILES[0]): 1})
    downloads.count(FILES[0])
    wait_until(lambda: store.downloads() == {key(FILES[0]): 2})


def test_no_thread_runs_before_there_is_something_to_count(opened: Open) -> None:
    assert opened()._thread is None


def test_counts_of_many_threads_are_exact(store: Store, opened: Open) -> None:
    downloads = opened(every=0.01)

    def take(_: int) -> None:
        for turn in range(3000):
            downloads.count(FILES[turn % 3])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(take, range(8)))
    downloads.stop()
    assert store.downloads() == {key(file): 8000 for file in FILES}


def test_a_count_belongs_to_the_month_in_which_the_file_was_taken(store: Store) -> None:
    months = iter(["2026-11", "2026-12"])
    downloads = Downloads(store, month=lambda: next(months), every=NEVER)
    downloads.count(FILES[0])
    downloads.count(FILES[0])
    downloads.stop()
    assert store.downloads() == {key(FILES[0], "2026-11"): 1, key(FILES[0], "2026-12"): 1}


def test_counts_wait_while_the_store_is_away_and_go_in_later(tmp_path: Path) -> None:
    place = tmp_path / "away" / "site.db"
    url = f"sqlite:///{place}"
    downloads = Downloads(
        Store(url, 0.2), prepare=lambda: migrate(url), month=lambda: MONTH, every=NEVER
    )
    (tmp_path / "away").write_text("no folder")
    for _ in range(5):
        downloads.count(FILES[0])
        downloads.count(FILES[1])
        with pytest.raises(StoreFault):
            downloads.write()
    # One number for each file, however long it lasts.
    assert len(downloads._waiting) == 2
    (tmp_path / "away").unlink()
    downloads.stop()
    other = Store(url)
    assert other.downloads() == {key(FILES[0]): 5, key(FILES[1]): 5}
    other.close()
    downloads._store.close()


def test_the_thread_goes_on_after_a_fault(
    store: Store, opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pages.files.downloads._PAUSE_AFTER_FAULT", 0.05)
    faults = iter([StoreFault("away"), RuntimeError("whatever"), StoreFault("away")])
    add = store.add_downloads

    def fail_at_first(counted: object) -> None:
        if fault := next(faults, None):
            raise fault
        add(counted)

    monkeypatch.setattr(store, "add_downloads", fail_at_first)
    downloads = opened(every=0.02)
    downloads.count(FILES[0])
    wait_until(lambda: bool(store.downloads()))
    assert store.downloads() == {key(FILES[0]): 1}
    assert caplog.text.count("downloads wait to be counted") == 3


def test_a_locked_store_delays_counts_and_never_a_download(
    store: Store, url: str, opened: Open
) -> None:
    downloads = opened(every=0.02)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(2000):
        downloads.count(FILES[0])
    other.execute("ROLLBACK")
    other.close()
    downloads.stop()
    assert store.downloads() == {key(FILES[0]): 2000}


def test_a_process_that_stops_in_order_loses_no_count(store: Store, url: str) -> None:
    ended = run("for _ in range(55): downloads.count(file)", url)
    assert ended.returncode == 0, ended.stderr
    assert store.downloads() == {key(FILES[0]): 55}


def test_a_killed_process_loses_the_last_moments_only(store: Store, url: str) -> None:
    body = """
for _ in range(50): downloads.count(file)
while not Store(sys.argv[1]).downloads(): time.sleep(0.02)
for _ in range(5): downloads.count(file)
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert run(body, url).returncode == -signal.SIGKILL
    assert 50 <= store.downloads()[key(FILES[0])] <= 55


def test_a_forked_process_counts_for_itself_and_its_parents_counts_stay_with_it(
    store: Store, url: str
) -> None:
    body = """
for _ in range(3): downloads.count(file)
child = os.fork()
if child == 0:
    for _ in range(10): downloads.count(file)
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
"""
    ended = run(body, url)
    assert ended.returncode == 0, ended.stderr
    assert store.downloads() == {key(FILES[0]): 13}


def test_readings_are_shared_for_a_while(store: Store, opened: Open) -> None:
    now = [0.0]
    downloads = opened(clock=lambda: now[0])
    assert downloads.read() == {}
    assert downloads.tag() == "0.0"
    store.add_downloads({key(FILES[0]): 7})
    assert downloads.read() == {}
    now[0] += 31
    assert downloads.read() == {key(FILES[0]): 7}
    assert downloads.at_hand() == {key(FILES[0]): 7}
    assert downloads.tag() == "1.7"


def test_who_reads_counts_learns_that_the_store_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    downloads = Downloads(Store(f"sqlite:///{tmp_path / 'file' / 'site.db'}", 0.2))
    with pytest.raises(StoreFault):
        downloads.read()
    assert downloads.at_hand() is None
    assert downloads.tag() == ""


def test_a_page_does_not_wait_for_a_store_that_hangs() -> None:
    now, goes_on, ended = [0.0], Event(), Event()

    def read() -> int:
        if now[0]:
            goes_on.wait(60)
            ended.set()
        return 7 + int(now[0])

    reading = Reading("made up", read, 30.0, lambda: now[0])
    assert reading.at_hand() == 7
    now[0] += 31
    assert [reading.at_hand() for _ in range(5)] == [7] * 5
    assert not ended.is_set(), "nobody waited until the store had answered"
    goes_on.set()
    assert reading.read() == 38
