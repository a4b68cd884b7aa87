"""Runs and answers as rows of the store's tables, and back."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, select

from quiz.models import Answer, Item, Run
from quiz.tables import answers, runs

# What an id may look like. An address may hold anything, even what no database can compare.
_RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ANSWER_FIELDS = tuple(Answer.__slots__)


def insert_run(connection: Connection, run: Run) -> None:
    """Store a new run, which has no answers yet."""
    drawn = [[item.question_id, item.version, item.options, item.right] for item in run.items]
    names = (column.name for column in runs.columns if column.name != "drawn")
    row = {name: getattr(run, name) for name in names}
    connection.execute(runs.insert(), {**row, "drawn": drawn})


def insert_answer(connection: Connection, run: Run, answer: Answer) -> None:
    """Store one more answer of a run."""
    row = {name: getattr(answer, name) for name in _ANSWER_FIELDS}
    connection.execute(answers.insert(), {"run_id": run.id, **row})


def read_run(connection: Connection, run_id: str, *, lock: bool = False) -> Run | None:
    """A run with its answers; None where there is none.

    ``lock`` makes others wait who want to add an answer to it, until the transaction ends.
    """
    if not _RUN_ID.fullmatch(run_id):
        return None
    asked = select(runs).where(runs.c.id == run_id)
    row = connection.execute(asked.with_for_update() if lock else asked).mappings().first()
    if row is None:
        return None
    columns = (answers.c[name] for name in _ANSWER_FIELDS)
    given = select(*columns).where(answers.c.run_id == run_id).order_by(answers.c.position)
    fields = dict(row)
    return Run(
        items=_items_of(fields.pop("drawn")),
        **fields,
        answers=tuple(Answer(*answer) for answer in connection.execute(given)),
    )


def asked_before(connection: Connection, run_id: str | None, most: int) -> frozenset[str]:
    """The ids of the questions of a run and those before it, ``most`` runs in all."""
    asked: set[str] = set()
    while run_id is not None and most > 0:
        found = select(runs.c.drawn, runs.c.predecessor).where(runs.c.id == run_id)
        row = connection.execute(found).first()
        if row is None:
            break
        asked.update(item.question_id for item in _items_of(row.drawn))
        run_id, most = row.predecessor, most - 1
    return frozenset(asked)


def _items_of(stored: list[list[Any]]) -> tuple[Item, ...]:
    return tuple(
        Item(question_id, version, tuple(options), right)
        for question_id, version, options, right in stored
    )
