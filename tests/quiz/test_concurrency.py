"""Many readers at once, double clicks, and processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from quiz.bank import Bank
from quiz.store import Store
from tests.quiz.builders import answer_rightly, start
from tests.quiz.recomputation import raw_answers, recomputed_counts, stored_counts

pytestmark = pytest.mark.timing

ROOT = Path(__file__).parents[2]


def start_readers(url: str, threads: int, runs: int, seed: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.quiz.readers", url, str(threads), str(runs), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def stored_lines(engine: Engine) -> list[str]:
    return sorted(
        f"{answer.run} {answer.position} {answer.response}" for answer in raw_answers(engine)
    )


@pytest.mark.slow
@pytest.mark.parametrize("runs", [2, pytest.param(10, marks=pytest.mark.long)])
def test_runs_at_once_end_with_exactly_the_acknowledged_answers(
    database_url: str, engine: Engine, runs: int
) -> None:
    readers = [start_readers(database_url, threads=5, runs=runs, seed=seed) for seed in range(4)]
    printed = [reader.communicate(timeout=240) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * 4, [errors for _, errors in printed]
    acknowledged = sorted(line for output, _ in printed for line in output.splitlines())
    assert len(acknowledged) == 4 * 5 * runs * 10
    assert stored_lines(engine) == acknowledged
    assert stored_counts(engine) == recomputed_counts(raw_answers(engine))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM quiz_runs")) == 4 * 5 * runs
        finished = "SELECT count(*) FROM quiz_runs WHERE completed_on IS NOT NULL"
        assert connection.scalar(text(finished)) == 4 * 5 * runs


@pytest.mark.slow
def test_a_killed_writer_loses_no_acknowledged_answer(
    database_url: str, engine: Engine, bank: Bank
) -> None:
    threads = 4
    writer = start_readers(database_url, threads, runs=1000, seed=9)
    assert writer.stdout
    assert writer.stderr
    acknowledged = [writer.stdout.readline().rstrip("\n") for _ in range(150)]
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged += writer.stdout.read().splitlines()
    writer.stdout.close()
    writer.stderr.close()
    assert writer.wait() == -signal.SIGKILL

    # The store goes on working; meanwhile PostgreSQL finishes what it had received.
    store = Store(database_url)
    assert all(receipt.outcome == "stored" for receipt in answer_rightly(store, start(store, bank)))
    store.close()

    stored = set(stored_lines(engine))
    assert len(acknowledged) >= 150
    assert set(acknowledged) <= stored
    in_flight = len(stored) - 10 - len(acknowledged)
    assert 0 <= in_flight <= threads
    assert stored_counts(engine) == recomputed_counts(raw_answers(engine))


def test_a_forked_process_opens_connections_of_its_own(store: Store, bank: Bank) -> None:
    run = start(store, bank)
    answer_rightly(store, run, 3)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            stored = store.find_run(run.id)
            receipts = answer_rightly(store, stored, 3) if stored else []
            own = os.getpid() in store._databases
            status = 0 if own and [receipt.outcome for receipt in receipts] == ["stored"] * 3 else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    stored = store.find_run(run.id)
    assert stored
    assert stored.next_position == 7
    assert [receipt.outcome for receipt in answer_rightly(store, stored, 4)] == ["stored"] * 4
