"""Reads runs and their answers from the tables of the answer store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, select

from quiz.drawn_items import items_of
from quiz.models import Answer, Item, Run
from quiz.room_steps import OVER, progress_of
from quiz.statements import Statement
from quiz.tables import answers, runs

# What an id may look like. A URL may hold anything, even what no database can compare.
_RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
ANSWER_FIELDS = tuple(Answer.__slots__)
_HEAD = tuple(column.name for column in runs.columns if column is not runs.c.drawn)
_MAX_READ = 500


# Of one run: those of several answers that come together are few, and each takes as little time.
_IS_ASKED = runs.c.id == bindparam("run_id")
# The items come as text, which is read once.
_READ = Statement(
    select(
        *(runs.c[name] for name in _HEAD),
        cast(runs.c.drawn, Text),
        *(answers.c[name] for name in ANSWER_FIELDS),
    )
    .join_from(runs, answers, isouter=True)
    .where(_IS_ASKED)
    .order_by(answers.c.position)
)
_LOCK = Statement(select(runs.c.id).where(_IS_ASKED).with_for_update())
COMPLETE = (
    runs.update()
    .where(runs.c.id.in_(bindparam("run_ids", expanding=True)))
    .values(completed_on=bindparam("day"))
)


def read_runs(
    connection: Connection, run_ids: Iterable[str], now: float, *, lock: bool = False
) -> dict[str, Run]:
    """Return the runs that there are, with their answers, by id.

    ``lock`` makes others wait who want to add an answer to them, until the transaction ends.
    """
    ids = sorted({run_id for run_id in run_ids if _RUN_ID.fullmatch(run_id)})
    if lock and connection.dialect.name != "sqlite":
        # By itself, and in one order: what is read beside a lock may be older than the lock.
        for run_id in ids:
            _LOCK.rows(connection, {"run_id": run_id})
    read: dict[str, Run] = {}
    for run_id in ids:
        if rows := _READ.rows(connection, {"run_id": run_id}):
            read[run_id] = _run_of(rows)
    if codes := {run.room for run in read.values() if run.origin == "room"}:
        progress = progress_of(connection, codes, now, lock=lock)
        for run in read.values():
            if run.origin == "room":
                read[run.id] = replace(run, **progress.get(run.room, OVER)._asdict())
    return read


def _run_of(rows: list[tuple[Any, ...]]) -> Run:
    """Return a run from its row, which comes once for each answer."""
    place = len(_HEAD)
    answered = [row[place + 1 :] for row in rows]
    return Run(
        items=_items_of(rows[0][place]),
        **dict(zip(_HEAD, rows[0], strict=False)),
        # A run that has none comes with an empty one.
        answers=tuple(Answer(*fields) for fields in answered if fields[0] is not None),
    )


@lru_cache(_MAX_READ)
def _items_of(drawn: str) -> tuple[Item, ...]:
    """Return the items of a run from the text in which they are stored; no run changes it."""
    return items_of(json.loads(drawn))


def asked_before(connection: Connection, run_id: str | None, most: int) -> dict[str, int]:
    """Return the ids of the questions of a run and those before it, ``most`` runs in all.

    Each has the number of runs since, 1 for the run itself.
    """
    runs_ago: dict[str, int] = {}
    for ago in range(1, most + 1):
        query = select(cast(runs.c.drawn, Text), runs.c.predecessor).where(runs.c.id == run_id)
        row = connection.execute(query).first() if run_id is not None else None
        if row is None:
            break
        for item in _items_of(row[0]):
            runs_ago.setdefault(item.question_id, ago)
        run_id = row.predecessor
    return runs_ago
