"""Readers in a process of their own: ``python -m tests.quiz.readers URL THREADS RUNS SEED``.

Prints each answer that the store acknowledged, as soon as it has. Some readers press twice,
others answer in two tabs at once.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from data.editions import load_edition
from quiz.bank import Bank, read_bank
from quiz.faults import StoreUnavailable
from quiz.models import Receipt, Run
from quiz.store import Store
from tests.quiz.builders import make_ticket, right_response, wrong_response

Outcome = TypeVar("Outcome")


class Readers:
    def __init__(self, store: Store, bank: Bank, seed: str) -> None:
        self.store = store
        self.bank = bank
        self.seed = seed

    def take_runs(self, thread: int, runs: int) -> None:
        dice = random.Random(f"{self.seed}-{thread}")  # noqa: S311  # Dice, no secrets.
        with ThreadPoolExecutor(2) as hands:
            for _ in range(runs):
                self.take_run(self.started(dice, hands), dice, hands)

    def started(self, dice: random.Random, hands: ThreadPoolExecutor) -> Run:
        ticket = make_ticket()
        pressed = 2 if dice.random() < 0.3 else 1
        language = dice.choice(["ru", "en"])
        jobs = [
            hands.submit(
                insist, partial(self.store.start_run, ticket, self.bank, language, "moscow")
            )
            for _ in range(pressed)
        ]
        run, *repeats = [job.result() for job in jobs]
        assert all(other == run for other in repeats), "one ticket, one run"
        return run

    def take_run(self, run: Run, dice: random.Random, hands: ThreadPoolExecutor) -> None:
        for position, item in enumerate(run.items, 1):
            option, other = dice.sample([right_response(item), wrong_response(item)], 2)
            sent = dice.choices([[option], [option, option], [option, other]], [6, 2, 2])[0]
            seconds = dice.uniform(0.5, 30)
            jobs = [
                hands.submit(insist, partial(self.store.answer, run.id, position, option, seconds))
                for option in sent
            ]
            receipts = [job.result() for job in jobs]
            check(sent, receipts)
            for response, receipt in zip(sent, receipts, strict=True):
                if receipt.outcome == "stored":
                    # In one write, as several threads print.
                    sys.stdout.write(f"{run.id} {position} {response}\n")
                    sys.stdout.flush()


def insist(operation: Callable[[], Outcome]) -> Outcome:
    """Do something again until the store has time for it: on a busy machine it refuses some."""
    while True:
        with suppress(StoreUnavailable):
            return operation()


def check(sent: list[str], receipts: list[Receipt]) -> None:
    outcomes = sorted(receipt.outcome for receipt in receipts)
    second = [] if len(sent) == 1 else ["repeated" if sent[0] == sent[1] else "changed"]
    assert outcomes == sorted(["stored", *second]), (sent, outcomes)
    assert len({receipt.answer for receipt in receipts}) == 1, "all see the same answer"


def main(url: str, threads: int, runs: int, seed: str) -> None:
    # Nobody is refused for good, however slow the disk: all that is sent must be stored.
    store = Store(url, busy_seconds=60, pool_size=4 * threads)
    readers = Readers(store, read_bank(load_edition()), seed)
    with ThreadPoolExecutor(threads) as pool:
        for job in [pool.submit(readers.take_runs, thread, runs) for thread in range(threads)]:
            job.result()
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
