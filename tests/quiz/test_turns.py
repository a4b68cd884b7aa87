"""Turns at writing: one at a time, and nobody waits for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from quiz.faults import StoreUnavailable
from quiz.turns import Turns


def test_only_one_thread_writes_at_a_time() -> None:
    turns = Turns(5)
    inside: list[int] = []
    most: list[int] = []

    def write(number: int) -> None:
        with turns.taken():
            inside.append(number)
            most.append(len(inside))
            Event().wait(0.002)
            inside.remove(number)

    with ThreadPoolExecutor(16) as writers:
        list(writers.map(write, range(48)))
    assert len(most) == 48
    assert max(most) == 1


def test_a_turn_that_does_not_come_is_a_fault_of_the_store() -> None:
    turns = Turns(0.02)
    held, done = Event(), Event()

    def hold() -> None:
        with turns.taken():
            held.set()
            done.wait(10)

    with ThreadPoolExecutor(1) as writer:
        writing = writer.submit(hold)
        assert held.wait(10)
        with pytest.raises(StoreUnavailable, match="did not end in time"), turns.taken():
            pass
        done.set()
        writing.result(10)


def test_a_writer_that_fails_gives_its_turn_back() -> None:
    turns = Turns(1)
    with pytest.raises(KeyError), turns.taken():
        raise KeyError("a fault while writing")
    with turns.taken():
        pass
