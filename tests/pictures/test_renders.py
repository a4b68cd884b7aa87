"""A PNG is drawn once: not twice at a time, not again while it is kept, not without end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from flask import Flask

from components.pictures.png import png
from pages.application import create_app
from pages.operation.concurrency_limit import Busy, ConcurrencyLimit
from pages.pictures import renders as module
from pages.pictures.renders import Renders, drawn_apart
from tests.conftest import settings_of
from tests.operation.running import wait_until
from tests.pictures.places import nothing_drawn

pytestmark = pytest.mark.timing


class Pen:
    """Draws slowly and remembers how often, and how many drew at once."""

    def __init__(self) -> None:
        self.drawn = self.now = self.most = 0
        self.seconds = 0.05

    def __call__(self, _svg: str, _module: str) -> bytes:
        self.drawn += 1
        self.now += 1
        self.most = max(self.most, self.now)
        sleep(self.seconds)
        self.now -= 1
        return b"pixels"


@pytest.fixture
def pen(monkeypatch: pytest.MonkeyPatch) -> Pen:
    """Draws in place of resvg."""
    pen = Pen()
    monkeypatch.setattr(module, "drawn_apart", pen)
    return pen


def process(
    folder: Path, fingerprint: str = "", admit: Callable[[], None] = lambda: None, slots: int = 16
) -> Renders:
    """What one process of a machine has."""
    return Renders(Flask("test"), folder, fingerprint, ConcurrencyLimit(slots), admit)


def svg() -> str:
    return "<svg/>"


def test_many_who_ask_at_once_get_one_drawing(pen: Pen, tmp_path: Path) -> None:
    renders = process(tmp_path)
    with ThreadPoolExecutor(8) as crowd:
        files = list(crowd.map(lambda _: renders.at("key", svg), range(16)))
    assert (pen.drawn, set(files)) == (1, {b"pixels"})
    renders.at("another", svg)
    assert pen.drawn == 2


def test_what_one_process_drew_another_takes_if_it_has_the_same_code(
    pen: Pen, tmp_path: Path
) -> None:
    for fingerprint in ("old", "old", "new", "new"):
        assert process(tmp_path, fingerprint).at("key", svg) == b"pixels"
    assert pen.drawn == 2


def test_different_pictures_are_drawn_one_after_another(pen: Pen, tmp_path: Path) -> None:
    renders = process(tmp_path)
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda number: renders.at(f"key {number}", svg), range(6)))
    assert (pen.drawn, pen.most) == (6, 1)


def test_the_folder_keeps_so_many_pictures(
    pen: Pen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_FILES", 5)
    monkeypatch.setattr(pen, "seconds", 0)
    kept = process(tmp_path)
    for number in range(20):
        kept.at(f"key {number}", svg)
    assert len(list(tmp_path.iterdir())) <= 7


def test_a_folder_that_cannot_be_written_is_done_without(pen: Pen, tmp_path: Path) -> None:
    renders = process(tmp_path / "folder")
    shutil.rmtree(tmp_path / "folder")
    (tmp_path / "folder").write_text("in the way")
    assert renders.at("key", svg) == b"pixels"
    assert pen.drawn == 1


def test_only_who_makes_it_draw_needs_admission(pen: Pen, tmp_path: Path) -> None:
    admissions: list[int] = []
    renders = process(tmp_path, admit=lambda: admissions.append(1))
    for _ in range(5):
        renders.at("key", svg)
    assert len(admissions) == pen.drawn == 1


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Flask, list[str]]:
    """An application that admits three drawings a minute, and what it drew."""
    drawn: list[str] = []

    def draw(svg: str, _module: str) -> bytes:
        drawn.append(svg)
        sleep(0.02)
        return b"\x89PNG"

    monkeypatch.setattr(module, "drawn_apart", draw)
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
    assert {answer.status_code for answer in answers} == {200}
    assert len(drawn) == 1


def test_each_language_and_size_is_drawn_once(fresh: tuple[Flask, list[str]]) -> None:
    server, drawn = fresh
    client = server.test_client()
    for _ in range(3):
        for address in ("/ru/wheel.png", "/en/wheel.png", "/en/wheel.png?width=500"):
            assert client.get(address).status_code == 200
    assert len(drawn) == len(set(drawn)) == 3


def test_who_finds_too_many_drawings_before_it_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    may_end = Event()

    def draw(_svg: str, _module: str) -> bytes:
        assert may_end.wait(10)
        return b"pixels"

    monkeypatch.setattr(module, "drawn_apart", draw)
    limit = ConcurrencyLimit(2)
    pictures = Renders(Flask("test"), tmp_path, "", limit, lambda: None)
    with ThreadPoolExecutor(2) as crowd:
        renders = [crowd.submit(pictures.at, f"key {number}", svg) for number in range(2)]
        wait_until(lambda: limit.full)
        with pytest.raises(Busy):
            pictures.at("another", svg)
        may_end.set()
        assert {render.result() for render in renders} == {b"pixels"}


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


@pytest.mark.parametrize("module", ["components.pictures", "components.factsheet"])
def test_a_file_that_cannot_be_drawn_is_asked_for_again(module: str) -> None:
    with pytest.raises(Busy):
        drawn_apart("neither SVG nor JSON", module)
