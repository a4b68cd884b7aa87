"""The only door to what is stored: runs, answers, used tokens, counts, downloads."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from weakref import finalize

from sqlalchemy import Connection, func, select

from data.models import Language
from quiz.access import Access
from quiz.bank import Bank
from quiz.connections import (
    BUSY_SECONDS,
    READING,
    WRITING,
    faults_named,
    insert_into,
    open_engine,
)
from quiz.downloads import DownloadCounts, add_downloads, read_downloads
from quiz.drawing import draw
from quiz.faults import StoreUnavailable
from quiz.marking import answer_to, judge
from quiz.migration import REVISION, is_current
from quiz.models import RUN_LENGTH, Answer, Exclusion, Receipt, Run
from quiz.run_rows import asked_before, insert_answer, insert_run, read_run
from quiz.tables import counts, runs, tokens
from quiz.tallies import Counts, Tally, exclusion_tally, tallies_of
from quiz.tokens import Ticket, utc_today
from quiz.turns import Turns

MOST_AT_ONCE = 4
_KEY = [column.name for column in counts.primary_key]


def _close_own(ways: dict[int, Access]) -> None:
    """Close the connections of this process and leave those of its parent alone."""
    if way := ways.pop(os.getpid(), None):
        way.engine.dispose()


class Store:
    """Keeps answers durably: what an operation returned outlives a kill and a power cut.

    Every operation is one transaction: done, or a ``StoreFault`` and nothing done. Threads
    may share a store. It connects on first use, and again in a forked process.
    """

    def __init__(
        self,
        database_url: str,
        busy_seconds: float = BUSY_SECONDS,
        today: Callable[[], date] = utc_today,
        most: int = MOST_AT_ONCE,
    ) -> None:
        """``most`` threads of a process use the database at a time."""
        self._database_url = database_url
        self._busy_seconds = busy_seconds
        self._today = today
        self._most = most
        self._ways: dict[int, Access] = {}
        finalize(self, _close_own, self._ways)
        self._turns = Turns(busy_seconds)
        self._forgotten_on: date | None = None

    def start_run(self, ticket: Ticket, bank: Bank, language: Language, city: str) -> Run:
        """Draw a run and store it; the same ticket gives the same run, however often it comes.

        A ticket that comes back after the run's first answer is counted as replayed. A run
        with a predecessor avoids what its predecessors asked, as long as the bank has more.

        Raises:
            TooFewQuestions: the bank has fewer questions for this city than a run is long.
            StoreFault: nothing was stored.
        """
        self._forget_tokens()
        questions = bank.questions_for(city)
        run_id, seed = secrets.token_urlsafe(16), secrets.token_hex(16)
        with self._transaction() as connection:
            if used_for := self._use(connection, ticket, run_id):
                return self._started_before(connection, used_for)
            # So many that the next run need not repeat, while there is something left to ask.
            recent = (len(questions) - 1) // RUN_LENGTH
            avoid = asked_before(connection, ticket.predecessor, recent)
            run = Run(
                id=run_id,
                language=language,
                city=city,
                seed=seed,
                items=draw(questions, seed, avoid),
                predecessor=ticket.predecessor,
                first=ticket.predecessor is None,
                started_on=self._today(),
                completed_on=None,
            )
            insert_run(connection, run)
            return run

    def find_run(self, run_id: str) -> Run | None:
        """A run with its answers; None where there is no such run."""
        with self._transaction(READING) as connection:
            return read_run(connection, run_id)

    def answer(self, run_id: str, position: int, option_id: str, seconds: float) -> Receipt:
        """Store an answer, once, before this returns; the receipt says what became of it.

        ``seconds`` is how long the question was shown (``Tokens.seconds_shown``). Answers
        out of order or with a foreign option are counted as excluded, and not stored.
        """
        with self._transaction() as connection:
            run = read_run(connection, run_id, lock=True)
            if run is None:
                return Receipt("unknown_question", None, None)
            outcome = judge(run, position, option_id)
            if outcome == "stored":
                item = run.items[position - 1]
                return self._add(connection, run, answer_to(item, position, option_id, seconds))
            if outcome == "out_of_order":
                self._count(connection, [exclusion_tally("impossible_sequence")])
            elif outcome == "foreign_option":
                self._count(connection, [exclusion_tally("foreign_option")])
            return Receipt(outcome, run, run.answer_at(position))

    def _add(self, connection: Connection, run: Run, answer: Answer) -> Receipt:
        """Store an answer, complete its run where it is the last one, and count it."""
        insert_answer(connection, run, answer)
        self._count(connection, tallies_of(run, answer))
        run = replace(run, answers=(*run.answers, answer))
        if run.completed:
            run = replace(run, completed_on=self._today())
            row = runs.update().where(runs.c.id == run.id)
            connection.execute(row.values(completed_on=run.completed_on))
        return Receipt("stored", run, answer)

    def count_exclusion(self, reason: Exclusion, times: int = 1) -> None:
        """Count what was refused before it reached the store; may be called for many at once."""
        with self._transaction() as connection:
            self._count(connection, [exclusion_tally(reason)] * times)

    def counts(self) -> Counts:
        """Everything counted so far: as many rows as the bank has options, times and scores."""
        with self._transaction(READING) as connection:
            rows = connection.execute(select(*(counts.c[name] for name in _KEY), counts.c.total))
            return {Tally(*key): total for *key, total in rows}

    def first_day(self) -> date | None:
        """The day (UTC) of the first run; None before there is one."""
        with self._transaction(READING) as connection:
            first: date | None = connection.scalar(select(func.min(runs.c.started_on)))
        return first

    def add_downloads(self, counted: DownloadCounts) -> None:
        """Add to the counts of downloads, all of them or none."""
        with self._transaction() as connection:
            add_downloads(connection, counted)

    def downloads(self) -> DownloadCounts:
        """Every count of downloads, oldest month first."""
        with self._transaction(READING) as connection:
            return read_downloads(connection)

    def check(self) -> None:
        """Raise a ``StoreFault`` unless the tables can be read and are of this code's form."""
        with self._transaction(READING) as connection:
            revision = connection.scalar(REVISION)
        if not is_current(revision):
            raise StoreUnavailable(f"The tables are at {revision}: run python -m quiz migrate")

    def close(self) -> None:
        """Close the connections of this process; the next operation opens new ones."""
        _close_own(self._ways)

    @contextmanager
    def _transaction(self, begin: str = WRITING) -> Iterator[Connection]:
        # An engine inherited by a fork stays untouched, and referenced: to close a file of
        # SQLite's in the child, even by garbage collection, would disturb the parent's locks.
        way = self._ways.get(os.getpid())
        if way is None:
            opened = Access(open_engine(self._database_url, self._busy_seconds), self._most)
            way = self._ways.setdefault(os.getpid(), opened)
        queued = way.engine.dialect.name == "sqlite" and begin == WRITING
        with (
            way.granted() as engine,
            self._turns.taken() if queued else nullcontext(),
            faults_named(),
            engine.connect().execution_options(begin=begin) as connection,
            connection.begin(),
        ):
            yield connection

    def _use(self, connection: Connection, ticket: Ticket, run_id: str) -> str | None:
        """Note that a ticket was used; the run it was used for where it was before."""
        row = {"nonce": ticket.nonce, "run_id": run_id, "forget_on": ticket.forget_on}
        insert = insert_into(connection, tokens).values(row)
        # A second request with the same ticket waits here for the first one's end.
        fresh = insert.on_conflict_do_nothing().returning(tokens.c.nonce)
        if connection.scalar(fresh) is not None:
            return None
        used = select(tokens.c.run_id).where(tokens.c.nonce == ticket.nonce)
        return str(connection.scalar(used))

    def _started_before(self, connection: Connection, run_id: str) -> Run:
        run = read_run(connection, run_id)
        assert run, "a token is stored with its run"  # noqa: S101  # For the type checker.
        if run.answers:
            self._count(connection, [exclusion_tally("replayed_token")])
        return run

    def _count(self, connection: Connection, grown: list[Tally]) -> None:
        """Add one for each tally, in the order of their keys."""
        insert = insert_into(connection, counts)
        grow = insert.on_conflict_do_update(
            index_elements=_KEY, set_={"total": counts.c.total + insert.excluded.total}
        )
        rows = sorted(Counter(grown).items())
        connection.execute(
            grow, [dict(zip(_KEY, tally, strict=True), total=total) for tally, total in rows]
        )

    def _forget_tokens(self) -> None:
        """Once a day and process, forget the tokens that have expired."""
        today = self._today()
        if self._forgotten_on != today:
            with self._transaction() as connection:
                connection.execute(tokens.delete().where(tokens.c.forget_on < today))
            self._forgotten_on = today
