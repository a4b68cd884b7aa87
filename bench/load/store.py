"""How many answers the store takes by itself: two processes of eight threads, no pages around."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass

from data.editions import load_editions
from quiz.bank import read_bank
from quiz.migration import migrate
from quiz.store import Store
from quiz.tokens import Tokens

_KEY = "a key for measuring only, of forty letters"
_CITY = "moscow"


@dataclass(frozen=True, slots=True)
class Stored:
    """Answers stored, and seconds that each took, sorted."""

    answers: int
    seconds: list[float]

    def quantile(self, share: float) -> float:
        """Milliseconds that this share of the answers took at most."""
        return 1000 * self.seconds[min(len(self.seconds) - 1, int(len(self.seconds) * share))]


def store_answers(database_url: str, seconds: float, processes: int, threads: int = 8) -> Stored:
    """Take runs as fast as the store lets; its tables are made where they lack."""
    migrate(database_url, 5.0)
    with ProcessPoolExecutor(processes) as pool:
        work = [pool.submit(_process, database_url, seconds, threads) for _ in range(processes)]
        took = sorted(second for process in work for second in process.result())
    return Stored(len(took), took)


def _process(database_url: str, seconds: float, threads: int) -> list[float]:
    bank = read_bank(load_editions()[-1])
    # Nobody is refused for having waited: what is asked is how much the store takes.
    store, tokens = Store(database_url, busy_seconds=30.0, pool_size=threads), Tokens(_KEY)
    end = time.perf_counter() + seconds

    def take() -> list[float]:
        took = []
        while time.perf_counter() < end:
            run = store.start_run(tokens.read_start(tokens.start()), bank, "en", _CITY)
            for position, item in enumerate(run.items, 1):
                begun = time.perf_counter()
                receipt = store.answer(run.id, position, item.right, 5.0)
                if not receipt.acknowledged:
                    raise SystemExit(f"an answer was not stored: {receipt.outcome}")
                took.append(time.perf_counter() - begun)
                if begun >= end:
                    break
        return took

    with ThreadPoolExecutor(threads) as pool:
        work = [pool.submit(take) for _ in range(threads)]
        return [second for process in work for second in process.result()]
