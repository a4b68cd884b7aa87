"""What anybody can ask for without end leaves threads to all others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from pages.operation.places import Busy, Places


@pytest.fixture
def inside() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_what_is_endless_takes_three_quarters_of_the_threads_at_most(inside: ExitStack) -> None:
    places = Places(8)
    for _ in range(6):
        inside.enter_context(places.taken())
    with pytest.raises(Busy) as refused:
        inside.enter_context(places.taken())
    assert refused.value.code == 503
    assert refused.value.retry_after
    inside.close()
    with places.taken():
        pass


def test_pictures_leave_places_to_documents(inside: ExitStack) -> None:
    places = Places(8)
    for _ in range(4):
        inside.enter_context(places.taken(drawing=True))
    with pytest.raises(Busy):
        inside.enter_context(places.taken(drawing=True))
    for _ in range(2):
        inside.enter_context(places.taken())
    with pytest.raises(Busy):
        inside.enter_context(places.taken())


def test_who_fails_leaves_the_place() -> None:
    places = Places(1)
    for _ in range(3):
        with pytest.raises(RuntimeError), places.taken(drawing=True):
            raise RuntimeError
    with places.taken():
        pass
