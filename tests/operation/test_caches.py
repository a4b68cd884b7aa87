"""What is kept near has so many bytes, and readers share it."""

from __future__ import annotations

from flask import Flask

from pages.operation.caches import Shelves
from pages.operation.sized_cache import SizedCache
from pages.pictures.renders import Pixels

SIZE = 100_000


def pixels(number: int) -> Pixels:
    return Pixels(bytes([number]) * SIZE, str(number))


def test_a_shelf_has_so_many_bytes_and_the_oldest_goes_first() -> None:
    shelf = SizedCache(threshold=1000, default_timeout=3600, most_bytes=10 * SIZE)
    for number in range(30):
        shelf.set(str(number), pixels(number))
        assert shelf.size <= 10 * SIZE
    assert shelf.get("29") == pixels(29)
    assert shelf.get("21") == pixels(21)
    assert shelf.get("0") is None


def test_a_shelf_has_so_many_things_however_small() -> None:
    shelf = SizedCache(threshold=5, default_timeout=3600, most_bytes=SIZE)
    for number in range(30):
        shelf.set(str(number), number)
    kept = [number for number in range(30) if shelf.get(str(number)) is not None]
    assert kept == list(range(25, 30))


def test_who_asks_for_a_thing_gets_no_copy_of_it() -> None:
    shelf = Shelves(Flask("made-up")).open("pictures", 5, 2 * SIZE)
    one = pixels(1)
    shelf.set("one", one)
    assert shelf.get("one").content is one.content
    for number in (2, 3):
        shelf.set(str(number), pixels(number))
    assert shelf.get("one") is None
