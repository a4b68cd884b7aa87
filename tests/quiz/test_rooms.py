"""Rooms below their pages: codes, steps, members, the answers of a room, its end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from quiz.bank import Bank
from quiz.faults import FullRoom, NoRoom
from quiz.models import RUN_LENGTH, Run
from quiz.room_steps import LAST_STEP
from quiz.rooms import ALPHABET, CODE_LENGTH, LIFETIME_SECONDS, OVER, Room, Rooms, read_code
from quiz.store import Store
from tests.quiz.builders import make_ticket, right_response, wrong_response


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    store = Store(database_url, clock=clock)
    yield store
    store.close()


@pytest.fixture
def rooms(store: Store) -> Rooms:
    return Rooms(store)


def join(store: Store, bank: Bank, room: Room) -> Run:
    return store.start_run(
        make_ticket(), bank, "en", "moscow", origin="room", room=room.code, items=room.items
    )


def step_to(rooms: Rooms, step: int) -> None:
    """Press the presenter's button until the room is at a step."""
    while (room := rooms.presented("secret")) and room.step < step:
        assert rooms.move("secret", room.step)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("KXMT2345", "KXMT2345"),
        (" kxmt-2345 ", "KXMT2345"),
        ("кхмт 2345", "KXMT2345"),
        ("ВСНКРЗБЧ", "BCHKP364"),
        ("KXMT234", ""),
        ("KXMT2340", ""),
        ("KXMT234A", ""),
        ("", ""),
        ("\0" * 9, ""),
        ("K" * 10_000, ""),
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str, code: str) -> None:
    assert read_code(typed) == code


def test_a_code_cannot_be_guessed_in_the_tries_of_a_day() -> None:
    tries_of_an_address, addresses, rooms_at_once = 500, 1000, 100
    codes = len(ALPHABET) ** CODE_LENGTH
    assert tries_of_an_address * rooms_at_once / codes < 1 / 50_000
    assert addresses * tries_of_an_address * rooms_at_once / codes < 1 / 50


def test_a_secret_opens_one_room_and_only_its_hash_is_stored(rooms: Rooms, bank: Bank) -> None:
    room = rooms.open("secret", bank, "moscow", led=True)
    assert rooms.open("secret", bank, "moscow", led=True) == room
    assert rooms.presented("secret") == rooms.find(room.code) == room
    assert rooms.presented("another") is None
    with rooms._store.transaction() as connection:
        stored = connection.exec_driver_sql("SELECT * FROM quiz_rooms").mappings().one()
    assert "secret" not in map(str, stored.values())


def test_all_members_get_the_same_items(rooms: Rooms, store: Store, bank: Bank) -> None:
    room = rooms.open("secret", bank, "moscow", led=False)
    runs = [join(store, bank, room) for _ in range(3)]
    assert {run.items for run in runs} == {room.items}
    assert {(run.origin, run.room, run.series) for run in runs} == {("room", room.code, "room")}
    assert rooms.state(room.code).members == 3


def test_a_led_question_takes_answers_only_while_it_is_open(
    rooms: Rooms, store: Store, bank: Bank
) -> None:
    room = rooms.open("secret", bank, "moscow", led=True)
    run = join(store, bank, room)

    def sent(position: int) -> str:
        response = right_response(run.items[position - 1])
        return store.answer(run.id, position, response, 9.0).outcome

    assert sent(1) == "not_open"
    step_to(rooms, 1)
    assert [sent(1), sent(1), sent(2)] == ["stored", "repeated", "not_open"]
    assert rooms.state(room.code).answered == 1
    step_to(rooms, 4)
    late = join(store, bank, room)
    assert [sent(1), sent(2)] == ["repeated", "closed"]
    assert late.next_position == 3, "who comes late joins at the current question"
    step_to(rooms, 5)
    assert sent(3) == "stored"
    stored = store.find_run(run.id)
    assert stored
    assert [answer.position for answer in stored.answers] == [1, 3]
    assert stored.answer_at(2) is None
    assert stored.next_position == 4
    assert not stored.completed


def test_a_closed_question_takes_no_answers_at_ones_own_pace(
    rooms: Rooms, store: Store, bank: Bank
) -> None:
    room = rooms.open("secret", bank, "moscow", led=False)
    run = join(store, bank, room)
    assert store.answer(run.id, 1, right_response(run.items[0]), 9.0).outcome == "stored"
    step_to(rooms, 4)
    assert store.answer(run.id, 2, right_response(run.items[1]), 9.0).outcome == "closed"
    for position in range(3, RUN_LENGTH + 1):
        response = wrong_response(run.items[position - 1])
        receipt = store.answer(run.id, position, response, 9.0)
        assert receipt.outcome == "stored"
    assert receipt.run
    assert receipt.run.completed
    assert receipt.run.completed_on is None, "a run with a missed question is not complete"
    assert not [key for key in store.counts() if key.name == "score"]


def test_a_press_that_comes_twice_counts_once_and_a_stale_one_does_nothing(
    rooms: Rooms, bank: Bank
) -> None:
    rooms.open("secret", bank, "moscow", led=True)

    def press(step: int) -> tuple[int, str]:
        moved = rooms.move("secret", step)
        assert moved
        return moved[0].step, moved[1]

    assert [press(0), press(0)] == [(1, "moved"), (1, "repeated")]
    assert [press(1), press(0), press(7), press(99)] == [
        *((2, "moved"), (2, "stale"), (2, "stale"), (2, "stale")),
    ]
    step_to(rooms, LAST_STEP)
    assert press(LAST_STEP) == (LAST_STEP, "stale")
    assert rooms.move("wrong", 0) is None


def test_presses_of_many_tabs_at_once_take_one_step(rooms: Rooms, bank: Bank) -> None:
    rooms.open("secret", bank, "moscow", led=True)

    def press(step: int) -> str:
        moved = rooms.move("secret", step)
        assert moved
        return moved[1]

    with ThreadPoolExecutor(4) as tabs:
        outcomes = tabs.map(press, [0] * 4)
    assert sorted(outcomes) == ["moved", "repeated", "repeated", "repeated"]


def test_the_answers_of_a_room_are_counted_also_under_ten(
    rooms: Rooms, store: Store, bank: Bank
) -> None:
    room = rooms.open("secret", bank, "moscow", led=False)
    other = join(store, bank, rooms.open("other", bank, "moscow", led=False))
    store.answer(other.id, 1, right_response(other.items[0]), 9.0)
    for rightly in (True, True, False):
        run = join(store, bank, room)
        item = run.items[0]
        store.answer(run.id, 1, right_response(item) if rightly else wrong_response(item), 9.0)
    assert sorted(rooms.responses(room, 1).values()) == [1, 2]
    assert rooms.scores(room.code) == {1: 2, 0: 1}


def test_a_room_takes_no_more_members_than_it_may(
    rooms: Rooms, store: Store, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.room_steps.MOST_MEMBERS", 2)
    room = rooms.open("secret", bank, "moscow", led=True)
    ticket = make_ticket()
    enter = {"origin": "room", "room": room.code, "items": room.items}
    first = store.start_run(ticket, bank, "en", "moscow", **enter)  # type: ignore[arg-type]
    join(store, bank, room)
    with pytest.raises(FullRoom):
        join(store, bank, room)
    again = store.start_run(ticket, bank, "en", "moscow", **enter)  # type: ignore[arg-type]
    assert again.id == first.id
    assert rooms.state(room.code).members == 2


def test_a_room_ends_after_a_day_and_its_runs_stay(
    rooms: Rooms, store: Store, bank: Bank, clock: Clock
) -> None:
    room = rooms.open("secret", bank, "moscow", led=True)
    run = join(store, bank, room)
    step_to(rooms, 1)
    store.answer(run.id, 1, right_response(run.items[0]), 9.0)
    clock.now += LIFETIME_SECONDS
    assert rooms.find(room.code) is rooms.presented("secret") is rooms.move("secret", 1) is None
    assert rooms.state(room.code) == OVER
    with pytest.raises(NoRoom):
        join(store, bank, room)
    receipt = store.answer(run.id, 2, right_response(run.items[1]), 9.0)
    assert receipt.outcome == "closed"
    rooms.open("next", bank, "moscow", led=True)
    with store.transaction() as connection:
        codes = connection.exec_driver_sql("SELECT code FROM quiz_rooms").scalars().all()
    assert room.code not in codes
    stored = store.find_run(run.id)
    assert stored
    assert (stored.room, stored.series, stored.completed) == (None, "room", True)
    assert len(stored.answers) == 1
    assert [key for key in store.counts() if key.series == "room"]


def test_nobody_joins_once_the_last_question_is_closed(
    rooms: Rooms, store: Store, bank: Bank
) -> None:
    room = rooms.open("secret", bank, "moscow", led=True)
    step_to(rooms, LAST_STEP - 1)
    assert rooms.find(room.code) is None
    with pytest.raises(NoRoom):
        join(store, bank, room)
