"""Runs as rows, with their answers, in the tables of the answer store."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Text, bindparam, case, cast, func, select

from quiz.counter_rows import INSERT, grow
from quiz.counters import exclusion_counter
from quiz.drawn_items import drawn_of, items_of
from quiz.models import RUN_LENGTH, Answer, Item, Response, Run
from quiz.room_steps import OVER, progress_of
from quiz.statements import Statement
from quiz.tables import answers, counts, runs, tokens
from quiz.tokens import Ticket

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


def complete_responses(connection: Connection) -> dict[Response, int]:
    """Return how often each answer was given in complete runs of the site.

    They are by language and score of the run.
    """
    complete = (
        select(answers.c.run_id, func.sum(case((answers.c.right, 1), else_=0)).label("score"))
        .group_by(answers.c.run_id)
        .having(func.count() == RUN_LENGTH, func.count(answers.c.excluded) == 0)
        .subquery()
    )
    keys = (
        *(answers.c.question_id, answers.c.version, answers.c.option, answers.c.right),
        *(runs.c.language, complete.c.score),
    )
    query = (
        select(*keys, func.count())
        .join_from(answers, runs, answers.c.run_id == runs.c.id)
        .join(complete, complete.c.run_id == runs.c.id)
        .where(runs.c.origin == "site")
        .group_by(*keys)
    )
    return {Response(*key): number for *key, number in connection.execute(query)}


def use_ticket(connection: Connection, ticket: Ticket, run_id: str) -> str | None:
    """Note that a ticket was used; return the run it was used for where it was before."""
    row = {"nonce": ticket.nonce, "run_id": run_id, "forget_on": ticket.forget_on}
    insert = INSERT[connection.dialect.name](tokens).values(row)
    # A second request with the same ticket waits here for the first one's end.
    fresh = insert.on_conflict_do_nothing().returning(tokens.c.nonce)
    if connection.scalar(fresh) is not None:
        return None
    return str(connection.scalar(select(tokens.c.run_id).where(tokens.c.nonce == ticket.nonce)))


def insert_run(connection: Connection, run: Run) -> None:
    """Store a run that has no answers yet."""
    drawn = [drawn_of(item) for item in run.items]
    row = {column.name: getattr(run, column.name, drawn) for column in runs.columns}
    connection.execute(runs.insert(), row)


def started_before(connection: Connection, run_id: str, now: float) -> Run:
    """Return the run that a ticket was used for; one that has answers is counted as replayed."""
    run = read_runs(connection, [run_id], now).get(run_id)
    assert run, "a token is stored with its run"  # noqa: S101  # For the type checker.
    if run.answers:
        grow(connection, counts, {exclusion_counter("replayed_token"): 1})
    return run
