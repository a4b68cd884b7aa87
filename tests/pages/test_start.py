"""Starting: a broken edition or setting stops the process and says where; nothing is served."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.editions import newest_folder
from pages.settings import ROOT
from tests.conftest import BASE_URL, free_port, settings_of
from tests.once import share_plotly

PARTS = ("app.py", "assets", "components", "data", "pages", "quiz")
OBSERVATIONS = f"data/editions/{newest_folder().name}/observations.csv"
VAR = str(settings_of().folder)
ENGLISH = 'broken: {en: "only English"}\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, so that its own files can be broken."""
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy2
        copy(ROOT / part, folder / part)
    share_plotly(folder)
    return folder


def refusal(folder: Path, **settings: str) -> str:
    """Start a site that must not come up, and return what it says."""
    command = [sys.executable, "app.py"]
    # The files that other tests have built serve here, too.
    environment = {**os.environ, "BASE_URL": BASE_URL, "VAR_FOLDER": VAR, "PORT": str(free_port())}
    ended = subprocess.run(
        command,
        cwd=folder,
        env={**environment, **settings},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 1
    assert "The site did not start.\n" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "The site is at" not in ended.stdout
    return ended.stderr


@pytest.mark.parametrize(
    ("file", "pattern", "broken", "words"),
    [
        (OBSERVATIONS, ",90,", ",ninety,", ["observations.csv", "not as it was published"]),
        ("quiz/questions.yml", "answer: d", "answer: x", ["questions.yml, row ", ".answer: "]),
        ("components/texts/quiz.yml", "^", ENGLISH, ["quiz.yml: broken has no words in ru"]),
        ("data/cities/moscow/city.yml", "$", f"\n{ENGLISH}", ["broken has no words in ru"]),
    ],
    ids=["edition", "question", "text", "city"],
)
def test_a_fault_in_a_file_stops_the_start_and_is_named_with_its_place(
    project: Path, file: str, pattern: str, broken: str, words: list[str]
) -> None:
    path = project / file
    whole = path.read_text("utf-8")
    path.write_text(re.sub(pattern, broken, whole, count=1), "utf-8")
    try:
        message = refusal(project)
    finally:
        path.write_text(whole, "utf-8")
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "none", "REDIS_URL": "x", "CITY": "Moscow!"}, ["PORT=", "REDIS_URL", "CITY="]),
        ({"CITY": "atlantis"}, ["karmoy"]),
    ],
    ids=["all faults", "unknown city"],
)
def test_bad_settings_stop_the_start_and_are_all_named(
    settings: dict[str, str], words: list[str]
) -> None:
    message = refusal(ROOT, **settings)
    assert all(word in message for word in words), message
