"""A PNG is drawn once: not twice at a time, not again while it is kept, not without end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock, Semaphore
from time import sleep
from typing import Any

import pytest
from flask import Flask
from flask_caching import Cache

from components.pictures.png import png
from pages.application import create_app
from pages.operation.claims import Claims
from pages.operation.places import Busy, Places
from pages.pictures import charts, pixels
from pages.pictures.pixels import Pixels, drawn_apart
from pages.pictures.renders import Renders
from tests.conftest import settings_of
from tests.pictures.places import nothing_drawn


class Shared:
    """What several machines see: a cache, and names that only one of them can set."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.names: set[str] = set()
        self.lock = Lock()

    def get(self, key: str) -> Any:
        return self.kept.get(key)

    def set(self, key: str, value: Any = None, **options: Any) -> Any:
        if not options:
            self.kept[key] = value
            return None
        with self.lock:
            fresh = key not in self.names
            self.names.add(key)
        return fresh

    def delete(self, key: str) -> None:
        self.names.discard(key)

    def ask(self, question: Callable[[Any], Any], _otherwise: Any) -> Any:
        """Answers as the link to Redis does."""
        return question(self)


class Pen:
    """Draws slowly and remembers how often, and how many drew at once."""

    def __init__(self) -> None:
        self.drawn = self.now = self.most = 0

    def __call__(self) -> bytes:
        self.drawn += 1
        self.now += 1
        self.most = max(self.most, self.now)
        sleep(0.05)
        self.now -= 1
        return b"pixels"


def admit() -> None:
    """Everybody may."""


def near() -> Cache:
    return Cache(Flask("test"), config={"CACHE_TYPE": "SimpleCache"})


def test_many_who_ask_at_once_get_one_drawing() -> None:
    renders, pen = Renders(near(), Claims(), admit, Places(16)), Pen()
    with ThreadPoolExecutor(8) as crowd:
        files = list(crowd.map(lambda _: renders.at("key", pen), range(16)))
    assert pen.drawn == 1
    assert {one.content for one in files} == {b"pixels"}
    renders.at("another", pen)
    assert pen.drawn == 2


def test_a_drawing_that_ended_just_before_is_taken_over() -> None:
    shared, pen = Shared(), Pen()
    renders = Renders(shared, Claims(shared), admit, Places(16))
    claim = shared.set

    def late(key: str, value: Any = None, **options: Any) -> Any:
        if options:
            shared.kept["key"] = Pixels.of(b"of another machine")
        return claim(key, value, **options)

    shared.set = late
    assert renders.at("key", pen).content == b"of another machine"
    assert pen.drawn == 0
    assert not shared.names


def test_different_pictures_are_drawn_one_after_another() -> None:
    renders, pen = Renders(near(), Claims(), admit, Places(16)), Pen()
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda number: renders.at(f"key {number}", pen), range(6)))
    assert (pen.drawn, pen.most) == (6, 1)


def test_machines_that_share_a_cache_draw_once_between_them() -> None:
    shared, pen = Shared(), Pen()
    machines = [Renders(shared, Claims(shared), admit, Places(16)) for _ in range(2)]
    with ThreadPoolExecutor(8) as crowd:
        files = list(crowd.map(lambda number: machines[number % 2].at("key", pen), range(16)))
    assert pen.drawn == 1
    assert len({one.tag for one in files}) == 1
    assert not shared.names


def test_a_machine_that_fails_leaves_the_picture_to_others() -> None:
    shared, pen = Shared(), Pen()
    first, second = (Renders(shared, Claims(shared), admit, Places(16)) for _ in range(2))

    def fail() -> bytes:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        first.at("key", fail)
    assert second.at("key", pen).content == b"pixels"


def test_only_who_makes_it_draw_needs_admission() -> None:
    asked: list[int] = []
    renders = Renders(near(), Claims(), lambda: asked.append(1), Places(16))
    for _ in range(5):
        renders.at("key", Pen())
    assert len(asked) == 1


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Flask, list[str]]:
    """An application that admits three drawings a minute, and what it drew."""
    drawn: list[str] = []

    def draw(svg: str) -> bytes:
        drawn.append(svg)
        sleep(0.02)
        return b"\x89PNG"

    monkeypatch.setattr(charts, "drawn_apart", draw)
    nothing_drawn(monkeypatch, tmp_path)
    # Without Redis, where other applications may have drawn the same or used up the limit; with
    # as many threads as the readers below need, half of which may draw or wait for a picture.
    settings = settings_of(RENDERS_PER_MINUTE="3", REDIS_URL="", THREADS="16")
    return create_app(settings).server, drawn


def test_readers_of_one_picture_make_the_site_draw_once(
    fresh: tuple[Flask, list[str]],
) -> None:
    server, drawn = fresh
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _: server.test_client().get("/ru/wheel.png"), range(24)))
    assert {one.status_code for one in answers} == {200}
    assert len(drawn) == 1


def test_each_language_and_size_is_drawn_once(fresh: tuple[Flask, list[str]]) -> None:
    server, drawn = fresh
    client = server.test_client()
    for _ in range(3):
        for address in ("/ru/wheel.png", "/en/wheel.png", "/en/wheel.png?width=500"):
            assert client.get(address).status_code == 200
    assert len(drawn) == len(set(drawn)) == 3


def test_half_of_the_threads_draw_and_the_next_is_told_to_come_again() -> None:
    drawing, may_end = Semaphore(0), Event()

    def draw() -> bytes:
        drawing.release()
        assert may_end.wait(10)
        return b"pixels"

    renders = Renders(near(), Claims(), admit, Places(8))
    with ThreadPoolExecutor(4) as crowd:
        asked = [crowd.submit(renders.at, f"key {number % 2}", draw) for number in range(4)]
        assert drawing.acquire(timeout=10)
        while renders._places._drawing < 4:
            sleep(0.01)
        with pytest.raises(Busy):
            renders.at("another", draw)
        may_end.set()
        assert {one.result().content for one in asked} == {b"pixels"}


def test_a_picture_that_is_being_drawn_holds_nobody_up() -> None:
    """Resvg keeps Python's lock; hence it must not run in this process."""
    circles = "".join(
        f'<circle cx="{step % 90}" cy="50" r="40" fill="#123" opacity=".5"/>' for step in range(300)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900">{circles}</svg>'
    with ThreadPoolExecutor(1) as pen:
        drawing = pen.submit(drawn_apart, svg)
        ticks = 0
        while not drawing.done():
            sleep(0.001)
            ticks += 1
    assert drawing.result() == png(svg)
    assert ticks > 20


def test_a_picture_that_cannot_be_drawn_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pixels, "_COMMAND", (sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(Busy):
        drawn_apart("<svg/>")


def test_who_asks_for_too_many_new_pictures_waits_but_gets_the_kept_ones(
    fresh: tuple[Flask, list[str]],
) -> None:
    server, drawn = fresh
    client = server.test_client()
    widths = [client.get(f"/ru/wheel.png?width={300 + step}") for step in range(5)]
    assert [one.status_code for one in widths] == [200, 200, 200, 429, 429]
    assert int(widths[-1].headers["Retry-After"]) > 0
    assert client.get("/ru/wheel.png?width=301").status_code == 200
    assert client.get("/ru/wheel.svg?width=304").status_code == 200
    assert len(drawn) == 3
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/ru/wheel.png?width=304", environ_base=other).status_code == 200
