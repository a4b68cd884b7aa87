"""Measures what statistics cost: ``python -m bench.quiz_statistics [ANSWERS …]``.

Fills a throwaway SQLite store with simulated runs (drawn, marked and counted by the quiz's own
functions, inserted in bulk, since only the reading is measured) and times reading the counts and
summarising them: the best of nine. Prints a Markdown row per size.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine

from data.editions import load_edition
from quiz.bank import Bank, read_bank
from quiz.counters import CounterKey, counters_of
from quiz.drawing import draw
from quiz.drawn_items import drawn_of
from quiz.marking import answer_to
from quiz.migration import migrate
from quiz.models import Run
from quiz.statistics import summarise
from quiz.store import Store
from quiz.tables import answers, counts, runs

CHUNK = 2000
DAY = date(2026, 1, 1)


def main(sizes: list[int]) -> None:
    """Fill a store of each size and print what reading it costs."""
    bank = read_bank(load_edition())
    print("| answers stored | counters | counts + summary, ms |")
    print("|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'site.db'}"
            migrate(url)
            counters = fill(url, bank, size // 10)
            print(f"| {size} | {counters} | {cost(url, bank) * 1000:.1f} |", flush=True)


def fill(url: str, bank: Bank, number: int) -> int:
    """Store complete simulated runs; return how many counters they make."""
    chance = random.Random(1)  # noqa: S311  # Dice of imagined readers, no secret.
    questions = bank.questions_for("moscow")
    counted: Counter[CounterKey] = Counter()
    engine = create_engine(url)
    for start in range(0, number, CHUNK):
        run_rows, answer_rows = [], []
        for index in range(start, min(start + CHUNK, number)):
            run = simulated_run(f"run-{index}", questions, chance)
            for position, item in enumerate(run.items, start=1):
                right = chance.random() < 0.5
                option = item.right if right or not item.options else chance.choice(item.options)
                answer = answer_to(item, position, option, chance.uniform(2, 60))
                counted.update(counters_of(run, answer))
                run = replace(run, answers=(*run.answers, answer))
                fields = {name: getattr(answer, name) for name in type(answer).__slots__}
                answer_rows.append({"run_id": run.id, **fields})
            run_rows.append(run_row(run))
        with engine.begin() as connection:
            connection.execute(runs.insert(), run_rows)
            connection.execute(answers.insert(), answer_rows)
    with engine.begin() as connection:
        names = [column.name for column in counts.columns if column.name != "total"]
        rows = [dict(zip(names, key, strict=True), total=n) for key, n in counted.items()]
        connection.execute(counts.insert(), rows)
    engine.dispose()
    return len(counted)


def simulated_run(run_id: str, questions: tuple, chance: random.Random) -> Run:
    """A run of a reader who does not exist."""
    seed = f"{chance.getrandbits(64):x}"
    return Run(
        id=run_id,
        language=chance.choice(("ru", "en")),
        city="moscow",
        seed=seed,
        items=draw(questions, seed),
        predecessor=None,
        first=True,
        started_on=DAY,
        completed_on=DAY,
    )


def run_row(run: Run) -> dict[str, object]:
    """A run as a row of its table."""
    drawn = [drawn_of(item) for item in run.items]
    names = (column.name for column in runs.columns if column.name != "drawn")
    return {**{name: getattr(run, name) for name in names}, "drawn": drawn}


def cost(url: str, bank: Bank) -> float:
    """Seconds for what a reader of the statistics waits for when nothing is cached."""
    store = Store(url)
    times = []
    for _ in range(9):
        begun = time.perf_counter()
        summarise(store.counts(), bank, store.first_day())
        times.append(time.perf_counter() - begun)
    store.close()
    return min(times)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 100_000, 1_000_000])
