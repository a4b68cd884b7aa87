"""Steps of a room and what they mean for the runs of its members.

Step 2n − 1 opens question n where a presenter leads, step 2n closes it, the last one shows the
scores. At one's own pace all questions are open at once, and only the closing steps are taken.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from quiz.faults import FullRoom, NoRoom
from quiz.models import RUN_LENGTH
from quiz.tables import rooms, runs

LAST_STEP = 2 * RUN_LENGTH + 1
# Twice the largest hall that the limits are made for.
MOST_MEMBERS = 1000


class Progress(NamedTuple):
    """Progress of a room as a run needs it: led or not, questions closed and opened so far."""

    led: bool
    closed: int
    opened: int


# Built once: every page of a member's run asks it.
_PROGRESS = select(rooms.c.code, rooms.c.led, rooms.c.step).where(
    rooms.c.code.in_(bindparam("codes", expanding=True)), rooms.c.ends_at > bindparam("now")
)
_LOCKED_PROGRESS = _PROGRESS.order_by(rooms.c.code).with_for_update(read=True)
# Of a room that is over all questions are closed.
OVER = Progress(False, RUN_LENGTH, RUN_LENGTH)


def closed_at(step: int) -> int:
    """Return how many questions are closed, the first ones."""
    return min(step // 2, RUN_LENGTH)


def opened_at(step: int, *, led: bool) -> int:
    """Return how many questions have been opened, the first ones; all at one's own pace."""
    return min((step + 1) // 2, RUN_LENGTH) if led else RUN_LENGTH


def next_step(step: int, *, led: bool) -> int:
    """Return the step after this one."""
    return step + (1 if led or step == LAST_STEP - 1 else 2)


def progress_of(
    connection: Connection, codes: Iterable[str | None], now: float, *, lock: bool
) -> dict[str | None, Progress]:
    """Return the progress of rooms by code; those that are over or deleted are left out.

    ``lock`` lets nobody close a question of them until the transaction ends.
    """
    parameters = {"codes": [code for code in codes if code], "now": now}
    query = _LOCKED_PROGRESS if lock else _PROGRESS
    return {
        code: Progress(led, closed_at(step), opened_at(step, led=led))
        for code, led, step in connection.execute(query, parameters)
    }


def enter_room(connection: Connection, code: str, now: float) -> None:
    """Count one more member.

    Raises:
        NoRoom: there is none, its day is over or its last question is closed.
        FullRoom: it has as many members as it may have.
    """
    is_open = (rooms.c.code == code, rooms.c.ends_at > now, rooms.c.step < LAST_STEP - 1)
    grown = rooms.update().where(*is_open, rooms.c.members < MOST_MEMBERS)
    grown = grown.values(members=rooms.c.members + 1)
    if connection.execute(grown).rowcount:
        return
    if connection.scalar(select(rooms.c.code).where(*is_open)) is None:
        raise NoRoom(code)
    raise FullRoom(code)


def delete_rooms(connection: Connection, now: float) -> None:
    """Delete the rooms whose day is over; their runs stay, without a room."""
    is_over = runs.c.room.in_(select(rooms.c.code).where(rooms.c.ends_at <= now))
    # In the order in which answers lock them, too.
    connection.execute(select(runs.c.id).where(is_over).order_by(runs.c.id).with_for_update())
    connection.execute(runs.update().where(is_over).values(room=None))
    connection.execute(rooms.delete().where(rooms.c.ends_at <= now))
