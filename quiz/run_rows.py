"""Reads runs and their answers from the tables of the answer store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, bindparam, cast, select

from quiz.drawn_items import items_of
from quiz.models import Answer, Item, Run
from quiz.room_steps import OVER, progress_of
from quiz.tables import answers, runs

# What an id may look like. A URL may hold anything, even what no database can compare.
_RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
ANSWER_FIELDS = tuple(Answer.__slots__)
_HEAD = tuple(column.name for column in runs.columns if column is not runs.c.drawn)
_MAX_READ = 500


def _statements(condition: ColumnElement[bool]) -> tuple[Select[Any], Select[Any]]:
    """Return what reads the runs of a condition with their answers, and what locks them.

    The items come as text, which is read once.
    """
    read = (
        select(
            *(runs.c[name] for name in _HEAD),
            cast(runs.c.drawn, Text),
            *(answers.c[name] for name in ANSWER_FIELDS),
        )
        .join_from(runs, answers, isouter=True)
        .where(condition)
        .order_by(runs.c.id, answers.c.position)
    )
    return read, select(runs.c.id).where(condition).order_by(runs.c.id).with_for_update()


# Built once: every page of a run asks them. To ask for one run by "=" takes a fifth less time.
_IS_ASKED = runs.c.id.in_(bindparam("run_ids", expanding=True))
_SEVERAL = _statements(_IS_ASKED)
_SINGLE = _statements(runs.c.id == bindparam("run_id"))
COMPLETE = runs.update().where(_IS_ASKED).values(completed_on=bindparam("day"))


def read_runs(
    connection: Connection, run_ids: Iterable[str], now: float, *, lock: bool = False
) -> dict[str, Run]:
    """Return the runs that there are, with their answers, by id.

    ``lock`` makes others wait who want to add an answer to them, until the transaction ends.
    """
    ids = list({run_id for run_id in run_ids if _RUN_ID.fullmatch(run_id)})
    query, locking = _SINGLE if len(ids) == 1 else _SEVERAL
    asked = {"run_id": ids[0]} if len(ids) == 1 else {"run_ids": ids}
    if lock and connection.dialect.name != "sqlite":
        # By itself: what is read beside a lock may be older than the lock.
        connection.execute(locking, asked)
    read: dict[str, Run] = {}
    for run_id, group in groupby(connection.execute(query, asked), key=itemgetter(0)):
        rows = [(row[: len(_HEAD)], row[len(_HEAD)], row[len(_HEAD) + 1 :]) for row in group]
        head, drawn, _ = rows[0]
        read[run_id] = Run(
            items=_items_of(drawn),
            **dict(zip(_HEAD, head, strict=True)),
            # A run that has none comes with an empty one.
            answers=tuple(Answer(*answer) for _, _, answer in rows if answer[0] is not None),
        )
    if codes := {run.room for run in read.values() if run.origin == "room"}:
        progress = progress_of(connection, codes, now, lock=lock)
        for run in read.values():
            if run.origin == "room":
                read[run.id] = replace(run, **progress.get(run.room, OVER)._asdict())
    return read


@lru_cache(_MAX_READ)
def _items_of(drawn: str) -> tuple[Item, ...]:
    """Return the items of a run from the text in which they are stored; no run changes it."""
    return items_of(json.loads(drawn))


def asked_before(connection: Connection, run_id: str | None, most: int) -> dict[str, int]:
    """Return the ids of the questions of a run and those before it, ``most`` runs in all.

    Each has the number of runs since, 1 for the run itself.
    """
    asked: dict[str, int] = {}
    for ago in range(1, most + 1):
        query = select(cast(runs.c.drawn, Text), runs.c.predecessor).where(runs.c.id == run_id)
        row = connection.execute(query).first() if run_id is not None else None
        if row is None:
            break
        for item in _items_of(row[0]):
            asked.setdefault(item.question_id, ago)
        run_id = row.predecessor
    return asked
