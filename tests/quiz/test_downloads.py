"""Counts of downloads in the store: added up exactly, whoever writes at the same time."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quiz.counters import Download
from quiz.faults import StoreFault
from quiz.store import Store

pytestmark = pytest.mark.timing

ROOT = Path(__file__).parents[2]
CSV = Download("2026-11", "data/2026.1/observations.csv", "2026.1")
ZIP = Download("2026-11", "data/2026.1/all.zip", "2026.1")
LATER = Download("2026-12", "data/2026.1/all.zip", "2026.1")
RUSSIAN = Download("2026-11", "ru/kpi/ec-p-em-1c.csv", "2026.1")
AFTER = Download("2026-11", "ru/kpi/ec-p-em-1c.csv", "2026.2")

WRITER = """
import sys
from quiz.counters import Download
from quiz.store import Store
store = Store(sys.argv[1])
files = [Download("2026-11", name, "1") for name in ("a", "b", "c")]
for turn in range(20):
    store.add_downloads({file: 1 for file in (files if turn % 2 else files[::-1])})
"""


def test_nothing_was_downloaded_at_first(store: Store) -> None:
    assert store.downloads() == {}


def test_counts_grow_by_what_is_added(store: Store) -> None:
    store.add_downloads({CSV: 2, ZIP: 1})
    store.add_downloads({CSV: 3, LATER: 10**10})
    store.add_downloads({})
    assert store.downloads() == {CSV: 5, ZIP: 1, LATER: 10**10}


def test_months_come_in_order_then_files_then_editions(store: Store) -> None:
    store.add_downloads(dict.fromkeys([LATER, AFTER, RUSSIAN, ZIP, CSV], 1))
    assert list(store.downloads()) == [ZIP, CSV, RUSSIAN, AFTER, LATER]


def test_threads_lose_no_count(store: Store) -> None:
    def add(_: int) -> None:
        for _ in range(10):
            store.add_downloads({ZIP: 1, CSV: 2})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(8)))
    assert store.downloads() == {CSV: 160, ZIP: 80}


@pytest.mark.slow
def test_processes_lose_no_count(store: Store, database_url: str) -> None:
    command = [sys.executable, "-c", WRITER, database_url]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, errors
    counted = Counter({download.file: total for download, total in store.downloads().items()})
    assert counted == {"a": 80, "b": 80, "c": 80}


def test_counts_that_cannot_be_added_are_refused_as_a_whole(empty_url: str) -> None:
    store = Store(empty_url, busy_seconds=1)  # Never migrated.
    with pytest.raises(StoreFault):
        store.add_downloads({CSV: 1})
    with pytest.raises(StoreFault):
        store.downloads()
    store.close()
