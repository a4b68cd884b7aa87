"""Rooms: a quiz that a class or a hall takes together, joined by a code, for a day."""

import hashlib
import json
import re
import secrets
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, select

from quiz.bank import Bank
from quiz.database import READING
from quiz.drawing import draw
from quiz.drawn_items import drawn_of, items_of
from quiz.faults import StoreUnavailable
from quiz.items import KINDS
from quiz.models import RUN_LENGTH, Item
from quiz.room_steps import LAST_STEP, closed_at, next_step, opened_at
from quiz.store import Store
from quiz.tables import answers, rooms, runs

# Consonants that look the same in Latin and Cyrillic, so that no code is a word, and digits
# that look like none of them. docs/quiz.md works out how hard a code is to guess.
ALPHABET = "BCHKMPTX2345679"
CODE_LENGTH = 8
LIFETIME_SECONDS = 24 * 3600
_FORM_OF_CODES = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")
_LOOK_ALIKES = str.maketrans("ВСНКМРТХЗБЧ8", "BCHKMPTX364B")
_LONGEST_TYPED = 60
_DRAWS_OF_CODES = 5

Move = Literal["moved", "repeated", "stale"]


@dataclass(frozen=True, slots=True)
class Room:
    """An open room. ``step`` is one of ``quiz.room_steps``, ``ends_at`` in seconds since 1970."""

    code: str
    city: str
    items: tuple[Item, ...]
    led: bool
    step: int
    members: int
    ends_at: int

    @property
    def closed(self) -> int:
        """The number of questions that are closed: the first ones."""
        return closed_at(self.step)

    @property
    def open(self) -> int | None:
        """The position of the question that the presenter has opened; None between questions."""
        opened = opened_at(self.step, led=self.led)
        return opened if self.led and opened > self.closed else None

    @property
    def current(self) -> int:
        """The position of the question that is closed next, or was closed last where one leads."""
        return self.open or min(self.closed + (not self.led), RUN_LENGTH)


@dataclass(frozen=True, slots=True)
class RoomState:
    """Step and counts of a room, which change while it is open; ``step`` is -1 once it is over.

    ``answered`` are the members who have answered the question that is closed next, ``finished``
    those who have answered all.
    """

    step: int
    members: int = 0
    answered: int = 0
    finished: int = 0

    def json(self) -> bytes:
        """Return it for browsers."""
        return json.dumps(asdict(self), separators=(",", ":")).encode()


OVER = RoomState(-1)


def read_code(typed: str) -> str:
    """Return the code that somebody typed in its plain form; empty where it can be none.

    Case, spaces and signs between make no difference, nor does the alphabet of a letter.
    """
    letters = "".join(filter(str.isalnum, typed[:_LONGEST_TYPED].upper()))
    code = letters.translate(_LOOK_ALIKES)
    return code if _FORM_OF_CODES.fullmatch(code) else ""


class Rooms:
    """The rooms of a store; every operation is one transaction of it, and raises its faults."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, secret: str, bank: Bank, city: str, *, led: bool) -> Room:
        """Open a room, or return the one that this secret of a presenter has opened.

        All members get the items that are drawn here. Only a hash of the secret is stored.
        """
        items = draw(bank.questions_for(city), secrets.token_hex(16))
        self._store.delete_expired()
        with self._store.transaction() as connection:
            if room := self._find(connection, rooms.c.secret == _hash(secret)):
                return room
            code = _fresh_code(connection)
            ends_at = int(self._store.clock()) + LIFETIME_SECONDS
            room = Room(code, city, items, led, 0, 0, ends_at)
            drawn = [drawn_of(item) for item in items]
            row = {name: getattr(room, name, drawn) for name in rooms.c.keys()}  # noqa: SIM118  # Columns, not a dictionary.
            connection.execute(rooms.insert(), {**row, "secret": _hash(secret)})
            return room

    def find(self, code: str) -> Room | None:
        """Return the room of a code while somebody can join it; None otherwise."""
        with self._store.transaction(READING) as connection:
            room = self._find(connection, rooms.c.code == code)
        return room if room and room.closed < RUN_LENGTH else None

    def presented(self, secret: str) -> Room | None:
        """Return the room of a presenter's secret until its day is over."""
        with self._store.transaction(READING) as connection:
            return self._find(connection, rooms.c.secret == _hash(secret))

    def move(self, secret: str, step: int) -> tuple[Room, Move] | None:
        """Take a room one step on from ``step``; None where there is no such room.

        ``repeated``: this press or one like it did so before; ``stale``: the room is elsewhere
        by now. Nothing is done then.
        """
        with self._store.transaction() as connection:
            condition = rooms.c.secret == _hash(secret)
            room = self._find(connection, condition, lock=True)
            if room is None:
                return None
            following = next_step(step, led=room.led)
            if room.step != step or step >= LAST_STEP:
                return room, "repeated" if room.step == following else "stale"
            connection.execute(rooms.update().where(condition).values(step=following))
            moved = self._find(connection, condition)
            assert moved  # noqa: S101  # For the type checker: its row is locked.
            return moved, "moved"

    def end(self, secret: str) -> bool:
        """End a room as if its day were over; return whether there was one to end."""
        now = self._store.clock()
        is_open = (rooms.c.secret == _hash(secret), rooms.c.ends_at > now)
        with self._store.transaction() as connection:
            ended = connection.execute(rooms.update().where(*is_open).values(ends_at=int(now)))
        return bool(ended.rowcount)

    def state(self, code: str) -> RoomState:
        """Return step and numbers of a room; ``OVER`` where there is none."""
        with self._store.transaction(READING) as connection:
            room = self._find(connection, rooms.c.code == code)
            if room is None:
                return OVER
            finished = select(func.count(runs.c.completed_on)).where(runs.c.room == code)
            answered = (
                select(func.count())
                .select_from(_ANSWERS_OF_ROOMS)
                .where(runs.c.room == code, answers.c.position == room.current)
            )
            return RoomState(
                room.step,
                room.members,
                connection.scalar(answered) or 0,
                connection.scalar(finished) or 0,
            )

    def responses(self, room: Room, position: int) -> Counter[tuple[str, str]]:
        """Count the answers to a question by question id and bin.

        The id is the fallback's where a drawing was answered by its choice.
        """
        query = (
            select(answers.c.question_id, answers.c.option, func.count())
            .select_from(_ANSWERS_OF_ROOMS)
            .where(runs.c.room == room.code, answers.c.position == position)
            .group_by(answers.c.question_id, answers.c.option)
        )
        item, counted = room.items[position - 1], Counter[tuple[str, str]]()
        with self._store.transaction(READING) as connection:
            for question_id, option, number in connection.execute(query):
                counted[question_id, KINDS[item.kind].counters(item, option)] += number
        return counted

    def scores(self, code: str) -> Counter[int]:
        """Count the members who answered anything by their number of right answers."""
        right = func.sum(case((answers.c.right, 1), else_=0))
        query = (
            select(right)
            .select_from(_ANSWERS_OF_ROOMS)
            .where(runs.c.room == code)
            .group_by(answers.c.run_id)
        )
        with self._store.transaction(READING) as connection:
            return Counter(map(int, connection.scalars(query)))

    def _find(
        self, connection: Connection, condition: ColumnElement[bool], *, lock: bool = False
    ) -> Room | None:
        query = select(rooms).where(and_(condition, rooms.c.ends_at > self._store.clock()))
        row = connection.execute(query.with_for_update() if lock else query).first()
        return _room_of(row) if row else None


_ANSWERS_OF_ROOMS = answers.join(runs, answers.c.run_id == runs.c.id)


def _room_of(row: Row[Any]) -> Room:
    return Room(
        row.code, row.city, items_of(row.drawn), row.led, row.step, row.members, row.ends_at
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _fresh_code(connection: Connection) -> str:
    """Return a code that no room has, also none whose day is over."""
    for _ in range(_DRAWS_OF_CODES):
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if connection.scalar(select(rooms.c.code).where(rooms.c.code == code)) is None:
            return code
    raise StoreUnavailable("No free code was drawn")
