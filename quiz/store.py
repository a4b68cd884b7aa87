"""The answer store: runs, answers, used start tokens, counters of answers and downloads."""

import os
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from weakref import finalize

from sqlalchemy import Connection, func, select

from data.models import Language
from quiz.answer_rows import Sent, add_answers
from quiz.bank import Bank
from quiz.counter_rows import grow, totals_of
from quiz.counters import CounterKey, Counts, Download, DownloadCounts, exclusion_counter
from quiz.database import (
    BUSY_SECONDS,
    NO_TRANSACTION,
    PATIENCE_SECONDS,
    POOL_SIZE,
    READING,
    WRITING,
    Database,
)
from quiz.drawing import draw
from quiz.faults import StoreUnavailable
from quiz.group_commit import GroupCommit
from quiz.migration import REVISION, is_current
from quiz.models import RUN_LENGTH, Exclusion, Item, Origin, Receipt, Response, Run
from quiz.room_steps import delete_rooms, enter_room
from quiz.run_rows import (
    asked_before,
    complete_responses,
    insert_run,
    read_runs,
    started_before,
    use_ticket,
)
from quiz.tables import counts, downloads, runs, tokens
from quiz.tokens import Ticket, utc_today

_HOUR = 3600


class Alone(NamedTuple):
    """An answer to one question in a frame: the response, and how long it was shown."""

    response: str
    seconds: float


class Store:
    """Keeps answers durably: what an operation returned outlives a kill and a power cut.

    Every operation is one transaction: done, or a ``StoreFault`` and nothing done. Where a store
    hangs during a commit nobody knows which: to do the same again settles it. Threads may share
    a store. It connects on first use, and again in a forked process.
    """

    def __init__(
        self,
        database_url: str,
        busy_seconds: float = BUSY_SECONDS,
        today: Callable[[], date] = utc_today,
        pool_size: int = POOL_SIZE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``pool_size`` threads of a process use the database at a time."""
        self._database_url = database_url
        self._busy_seconds = busy_seconds
        self._today = today
        self._pool_size = pool_size
        self.clock = clock
        # An engine inherited by a fork stays untouched, and referenced: to close a file of
        # SQLite's in the child, even by garbage collection, would disturb the parent's locks.
        self._databases: dict[int, Database] = {}
        self._commits: dict[int, GroupCommit[Sent, Receipt]] = {}
        finalize(self, _close_own, self._databases)
        self._deleted_in: tuple[date, float] | None = None

    def start_run(
        self,
        ticket: Ticket,
        bank: Bank,
        language: Language,
        city: str,
        *,
        origin: Origin = "site",
        room: str | None = None,
        items: tuple[Item, ...] = (),
    ) -> Run:
        """Draw a run and store it; the same ticket gives the same run, however often it comes.

        ``items`` are those of a run that is drawn already, of a room.

        A ticket that comes back after the run's first answer is counted as replayed. A run
        with a predecessor avoids what its predecessors asked, as long as the bank has more.

        Raises:
            TooFewQuestions: the bank has fewer questions for this city than a run is long.
            StoreFault: nothing was stored.
        """
        self.delete_expired()
        run = self._fresh_run(ticket, language, city, origin)
        with self.transaction() as connection:
            if used_for := use_ticket(connection, ticket, run.id):
                return started_before(connection, used_for, self.clock())
            if room:
                enter_room(connection, room, self.clock())
            if not items:
                questions = bank.questions_for(city)
                # So many that all questions may have been asked.
                most = -(-len(questions) // RUN_LENGTH)
                runs_ago = asked_before(connection, ticket.predecessor, most)
                items = draw(questions, run.seed, runs_ago)
            run = replace(run, items=items, room=room)
            insert_run(connection, run)
            return read_runs(connection, [run.id], self.clock())[run.id] if room else run

    def answer_alone(
        self, ticket: Ticket, item: Item, language: Language, city: str, sent: Alone
    ) -> Receipt:
        """Store the answer to one question in a frame, as a run of its own in one transaction.

        The same ticket gives the same run again; its first answer stands.
        """
        self.delete_expired()
        run = replace(self._fresh_run(ticket, language, city, ticket.origin), items=(item,))
        with self.transaction() as connection:
            if used_for := use_ticket(connection, ticket, run.id):
                run = started_before(connection, used_for, self.clock())
            else:
                insert_run(connection, run)
            answer = Sent(run.id, 1, sent.response, sent.seconds)
            return add_answers(connection, {run.id: run}, [answer], self._today)[0]

    def _fresh_run(self, ticket: Ticket, language: Language, city: str, origin: Origin) -> Run:
        return Run(
            id=secrets.token_urlsafe(16),
            language=language,
            city=city,
            seed=secrets.token_hex(16),
            items=(),
            predecessor=ticket.predecessor,
            first=ticket.predecessor is None,
            started_on=self._today(),
            completed_on=None,
            origin=origin,
        )

    def find_run(self, run_id: str) -> Run | None:
        """Return a run with its answers; None where there is no such run."""
        # One statement is as good as a transaction, and cheaper.
        with self.transaction(NO_TRANSACTION) as connection:
            return read_runs(connection, [run_id], self.clock()).get(run_id)

    def answer(self, run_id: str, position: int, response: str, seconds: float) -> Receipt:
        """Store an answer, once, before this returns; the receipt says what became of it.

        ``response`` is what the kind of the item reads (``quiz.items``), ``seconds`` how long the
        question was shown (``Tokens.seconds_shown``). Answers out of order or with a foreign
        option are counted as excluded, and not stored; what is no number of a line is not stored.
        """
        database = self._database()
        database.check_admission()
        commits = self._commits.get(os.getpid())
        if commits is None:
            fresh = GroupCommit(self._take_answers, PATIENCE_SECONDS)
            commits = self._commits.setdefault(os.getpid(), fresh)
        with database.noticing_hang():
            return commits.submit(Sent(run_id, position, response, seconds))

    def _take_answers(self, sent: Sequence[Sent]) -> list[Receipt]:
        """Store answers that came together, and their counts, in one transaction."""
        with self.transaction() as connection:
            run_ids = [answer.run_id for answer in sent]
            before = read_runs(connection, run_ids, self.clock(), lock=True)
            return add_answers(connection, before, sent, self._today)

    def count_exclusion(self, reason: Exclusion, times: int = 1) -> None:
        """Count what was refused before it reached the store; may be called for many at once."""
        with self.transaction() as connection:
            grow(connection, counts, {exclusion_counter(reason): times})

    def counts(self) -> Counts:
        """Return all counters: as many as the bank has options, times and scores."""
        with self.transaction(READING) as connection:
            return {CounterKey(*key): total for *key, total in totals_of(connection, counts)}

    def responses(self) -> dict[Response, int]:
        """Return how often each answer was given in complete runs of the site.

        They are by language and score of the run.
        """
        with self.transaction(READING) as connection:
            return complete_responses(connection)

    def first_day(self) -> date | None:
        """Return the day (UTC) of the first run; None before there is one."""
        with self.transaction(READING) as connection:
            first: date | None = connection.scalar(select(func.min(runs.c.started_on)))
        return first

    def add_downloads(self, counted: DownloadCounts) -> None:
        """Add to the counts of downloads, all of them or none."""
        with self.transaction() as connection:
            grow(connection, downloads, counted)

    def downloads(self) -> DownloadCounts:
        """Return every count of downloads, oldest month first, then by file and edition."""
        with self.transaction(READING) as connection:
            rows = totals_of(connection, downloads)
        return dict(sorted((Download(*key), total) for *key, total in rows))

    def check(self) -> None:
        """Raise a ``StoreFault`` unless the tables can be read and are of this code's form."""
        with self.transaction(READING) as connection:
            revision = connection.scalar(REVISION)
        if not is_current(revision):
            raise StoreUnavailable(f"The tables are at {revision}: run python -m quiz migrate")

    def close(self) -> None:
        """Close the connections of this process; the next operation opens new ones."""
        _close_own(self._databases)

    def transaction(self, begin: str = WRITING) -> AbstractContextManager[Connection]:
        """Return one transaction: committed at the end of its block, or nothing is done."""
        return self._database().transaction(begin)

    def _database(self) -> Database:
        database = self._databases.get(os.getpid())
        if database is None:
            opened = Database(self._database_url, self._busy_seconds, self._pool_size)
            database = self._databases.setdefault(os.getpid(), opened)
        return database

    def delete_expired(self) -> None:
        """Delete the used tokens that have expired and the rooms that are over, once an hour."""
        today, now = self._today(), self.clock()
        if self._deleted_in != (today, now // _HOUR):
            with self.transaction() as connection:
                connection.execute(tokens.delete().where(tokens.c.forget_on < today))
                delete_rooms(connection, now)
            self._deleted_in = (today, now // _HOUR)


def _close_own(databases: dict[int, Database]) -> None:
    """Close the connections of this process and leave those of its parent alone."""
    if database := databases.pop(os.getpid(), None):
        database.engine.dispose()
