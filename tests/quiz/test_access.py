"""The store is used by a few at a time, by one while it hangs, and anew once it can be written."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event
from typing import Any

import pytest

from quiz.access import Access
from quiz.faults import StoreReadOnly, StoreUnavailable

PATIENCE = 2.0


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Engine:
    """Counts how often all connections were closed."""

    def __init__(self) -> None:
        self.closed = 0

    def dispose(self) -> None:
        self.closed += 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def access(engine: Any, clock: Clock) -> Access:
    return Access(engine, 2, PATIENCE, clock)


@contextmanager
def held(access: Access, number: int = 1, fault: Exception | None = None) -> Iterator[None]:
    """So many others are at the store while the block runs; then they leave, or fail."""
    done, inside = Event(), [Event() for _ in range(number)]

    def hold(entered: Event) -> None:
        with suppress(StoreUnavailable), access.granted():
            entered.set()
            done.wait(30)
            if fault is not None:
                raise fault

    with ThreadPoolExecutor(number) as others:
        under_way = [others.submit(hold, one) for one in inside]
        assert all(one.wait(30) for one in inside)
        try:
            yield
        finally:
            done.set()
        for one in under_way:
            one.result(30)


def use(access: Access) -> None:
    with access.granted():
        pass


def test_as_many_as_are_let_in_use_the_store_side_by_side(access: Access) -> None:
    with held(access):
        use(access)


def test_who_comes_while_all_places_are_taken_waits_for_one(access: Access) -> None:
    with ThreadPoolExecutor(1) as thread:
        with held(access, 2):
            waiting = thread.submit(use, access)
            assert not waiting.done()
        waiting.result(30)


def test_nobody_waits_behind_those_who_wait_too_long_themselves(
    access: Access, clock: Clock
) -> None:
    with held(access, 2):
        clock.now += PATIENCE
        with pytest.raises(StoreUnavailable, match="Others wait"):
            use(access)
    use(access)


def test_while_the_store_hangs_one_asks_and_the_others_are_refused_at_once(
    access: Access, clock: Clock
) -> None:
    with held(access, fault=StoreUnavailable()):
        clock.now += PATIENCE
    with held(access), pytest.raises(StoreUnavailable, match="Others wait"):
        use(access)
    with held(access):
        use(access)  # The one who asked found it well again.


def test_a_fault_that_comes_at_once_holds_nobody_back(access: Access) -> None:
    with held(access, fault=StoreUnavailable()):
        pass
    with held(access):
        use(access)


def test_what_was_opened_read_only_is_closed_when_nobody_uses_it(
    access: Access, engine: Engine
) -> None:
    with ThreadPoolExecutor(1) as thread:
        with held(access):
            with pytest.raises(StoreReadOnly), access.granted():
                raise StoreReadOnly
            waiting = thread.submit(use, access)
            assert not waiting.done()
            assert engine.closed == 0
        waiting.result(30)
    assert engine.closed == 1
    use(access)
    assert engine.closed == 1


def test_another_fault_closes_nothing_and_gives_its_place_back(
    access: Access, engine: Engine
) -> None:
    for _ in range(5):
        with pytest.raises(KeyError), access.granted():
            raise KeyError("a fault of ours")
    use(access)
    assert engine.closed == 0
