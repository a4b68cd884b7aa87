"""Starting: a broken edition or setting stops the process and says where; nothing is served."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.editions import newest_folder
from pages.settings import ROOT

ROOMS = ("app.py", "assets", "components", "data", "pages", "quiz")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the project, so that its own edition can be broken."""
    for room in ROOMS:
        source = ROOT / room
        if source.is_dir():
            shutil.copytree(source, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / room)
    return tmp_path


def start(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    # No such port can be listened on without being root's guest, so a start would fail later.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **settings}
    return subprocess.run(
        [sys.executable, "app.py"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_broken_edition_stops_the_start_and_says_where(copied: Path) -> None:
    table = copied / "data" / "editions" / newest_folder().name / "observations.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join([lines[0], lines[1].replace(",90,", ",ninety,", 1), *lines[2:]]))
    ended = start(copied)
    assert ended.returncode != 0
    assert "The site did not start" in ended.stderr
    assert "observations.csv" in ended.stderr
    assert "not as it was published" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "The site is at" not in ended.stdout


def test_an_edition_without_a_table_stops_the_start(copied: Path) -> None:
    (copied / "data" / "editions" / newest_folder().name / "targets.csv").unlink()
    ended = start(copied)
    assert ended.returncode != 0
    assert "targets.csv" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_question_with_a_fault_stops_the_start(copied: Path) -> None:
    file = copied / "quiz" / "questions.yml"
    file.write_text(file.read_text("utf-8").replace("answer: d", "answer: x", 1), "utf-8")
    ended = start(copied)
    assert ended.returncode != 0
    assert "questions.yml, row " in ended.stderr
    assert ".answer: " in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "The site is at" not in ended.stdout


def test_words_of_the_interface_without_a_translation_stop_the_start(copied: Path) -> None:
    file = copied / "components" / "texts" / "quiz.yml"
    file.write_text(file.read_text("utf-8") + '\nbroken: {en: "only English"}\n')
    ended = start(copied)
    assert ended.returncode != 0
    assert "quiz.yml: broken has no words in ru" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_texts_of_a_city_without_a_translation_stop_the_start(copied: Path) -> None:
    file = copied / "data" / "cities" / "moscow" / "city.yml"
    file.write_text(file.read_text("utf-8") + '\nbroken:\n  en: "only English"\n')
    ended = start(copied)
    assert ended.returncode != 0
    assert "broken has no words in ru" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_bad_settings_stop_the_start_and_are_all_named() -> None:
    ended = start(ROOT, PORT="none", REDIS_URL="x", CITY="Moscow!")
    assert ended.returncode != 0
    for name in ("PORT", "REDIS_URL", "CITY"):
        assert f"{name}{'' if name == 'REDIS_URL' else '='}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unknown_city_stops_the_start() -> None:
    ended = start(ROOT, CITY="atlantis")
    assert ended.returncode != 0
    assert "karmoy" in ended.stderr
    assert "Traceback" not in ended.stderr
