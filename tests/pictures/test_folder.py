"""PNG files on the disk: drawn by one process, read by all, bounded, and never in the way."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pages.operation.claims import Claims
from pages.operation.places import Places
from pages.pictures.folder import Folder
from pages.pictures.pixels import Pixels
from pages.pictures.renders import Renders
from tests.pictures.test_renders import Pen, admit, near


def process(folder: Path, mark: str = "", admitted: Callable[[], None] = admit) -> Renders:
    """What one process of a machine has: its own memory, and the folder of all."""
    return Renders(Folder(near(), folder, mark), Claims(), admitted, Places(16))


def pictures(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.png"))


def test_processes_of_a_machine_draw_once_between_them(tmp_path: Path) -> None:
    folder, pen = tmp_path / "pictures", Pen()
    processes = [process(folder) for _ in range(3)]
    with ThreadPoolExecutor(9) as crowd:
        files = list(crowd.map(lambda number: processes[number % 3].at("key", pen), range(18)))
    assert pen.drawn == 1
    assert {one.tag for one in files} == {Pixels.of(b"pixels").tag}
    assert process(folder).at("key", pen).content == b"pixels"
    assert pen.drawn == 1
    assert [one.read_bytes() for one in folder.iterdir()] == [b"pixels"]


def test_what_other_code_drew_is_not_taken(tmp_path: Path) -> None:
    pen = Pen()
    for mark in ("old", "new", "new"):
        process(tmp_path, mark).at("key", pen)
    assert pen.drawn == 2


def test_what_was_asked_for_longest_ago_makes_room(tmp_path: Path) -> None:
    folder = Folder(near(), tmp_path, most_files=3)
    for number in range(3):
        folder.set(f"key {number}", Pixels.of(b"pixels"))
        os.utime(folder._file(f"key {number}"), (number + 1, number + 1))
    assert Folder(near(), tmp_path).get("key 0")
    folder.set("key 3", Pixels.of(b"pixels"))
    kept = [key for key in range(4) if Folder(near(), tmp_path).get(f"key {key}")]
    assert kept == [0, 2, 3]
    small = Folder(near(), tmp_path, most_bytes=13)
    small.set("key 4", Pixels.of(b"pixels"))
    assert len(pictures(tmp_path)) == 2


def test_a_process_that_died_at_it_blocks_others_no_longer(tmp_path: Path) -> None:
    folder, pen = Folder(near(), tmp_path), Pen()
    assert not folder.taken("key")
    assert Folder(near(), tmp_path).taken("key")
    os.utime(folder._claim("key"), (1, 1))
    assert process(tmp_path).at("key", pen).content == b"pixels"
    assert not list(tmp_path.glob("*.claim"))


def test_who_fails_leaves_the_picture_to_others(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        process(tmp_path).at("key", fail)
    assert process(tmp_path).at("key", Pen()).content == b"pixels"


def test_a_folder_that_cannot_be_used_is_in_nobodys_way(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("no folder")
    alone, pen = process(no_folder), Pen()
    for _ in range(2):
        assert alone.at("key", pen).content == b"pixels"
    assert pen.drawn == 1


def test_a_full_disk_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    alone, pen = process(tmp_path), Pen()
    for _ in range(2):
        assert alone.at("key", pen).content == b"pixels"
    assert pen.drawn == 1
    assert pictures(tmp_path) == []
