"""The recipes of CONTRIBUTING.md work as they stand there, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pages.settings import ROOT, Settings
from tests.conftest import settings_of
from tests.once import share_plotly

RECIPES = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
STEP = re.compile(
    r"(?:^(Create|Append to|Change) `([^`]+)`[^\n]*:\n)?^```(\w+)\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "node_modules", ".*_cache", ".hypothesis", "bench"
)
# Recipes that are checked by the same command are followed one after the other, and checked once.
TOGETHER = (("Add a page",), ("Change a colour", "Add a colour"), ("Add a column",))
# What shows, beside the recipe's own checks, that it did something.
PROOFS = {
    "Add a page": """
from tests.conftest import settings_of
from pages.application import create_app
page = create_app(settings_of()).server.test_client().get("/en/glossary/")
assert page.status_code == 200 and "<h1>Glossary</h1>" in page.text
assert page.text.count('href="/en/glossary/"') == 1
""",
    "Change a colour": """
from components.pictures.style import svg_file
assert "#66a432" in svg_file('<rect class="b3" width="9" height="9"/>', "light", "")
""",
    "Add a colour": """
from components.theme import custom_properties
assert "--note:#5c4a00" in custom_properties("light")
""",
    "Add a column": """
from data.editions import load_editions
from data.exports.csv_files import csv_bytes
from data.exports.tables import EXPORTS, export_of
*_, old, new = load_editions()
assert new.change_log.before == old.version
assert new.observations[0].more["method_note"] == "Counted by the operators."
written = [str(csv_bytes(export_of(edition, "moscow", "observations"))) for edition in (old, new)]
assert ["method_note" in text for text in written] == [False, True]
""",
}


def steps_of(recipe: str) -> list[tuple[str, str, str, str]]:
    """What a recipe asks for: (word, path, language, block), in order."""
    parts = SECTION.split(RECIPES)
    return STEP.findall(parts[parts.index(recipe) + 1])


def patched(text: str, block: str) -> str:
    """``text`` with the lines of a diff in the place of the ones they stand for."""
    lines = block.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    assert text.count(old) == 1, f"these lines are not there once:\n{old}"
    return text.replace(old, "".join(f"{line[1:]}\n" for line in lines if line[0] in " +"))


def follow(project: Path, step: tuple[str, str, str, str], settings: Settings) -> None:
    word, path, language, block = step
    file = project / path
    match word, language:
        case "Create", _:
            file.write_text(block, "utf-8")
        case "Append to", _:
            file.write_text(file.read_text("utf-8") + block, "utf-8")
        case "Change", "diff":
            file.write_text(patched(file.read_text("utf-8"), block), "utf-8")
        case "", "sh":
            run(project, ["sh", "-ec", block], settings)
        case _:
            pytest.fail(f"no step: {step}")


def run(project: Path, command: list[str], settings: Settings) -> None:
    # Files that were compressed or built already are found again.
    environment = {**os.environ, "VAR_FOLDER": str(settings.folder)}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("recipes", TOGETHER, ids=" and ".join)
def test_a_recipe_works_as_it_stands(recipes: tuple[str, ...], tmp_path: Path) -> None:
    project, settings = tmp_path / "project", settings_of()
    shutil.copytree(ROOT, project, ignore=LEFT_OUT)
    (project / ".venv").symlink_to(Path(sys.prefix))
    share_plotly(project)
    steps = [step for recipe in recipes for step in steps_of(recipe)]
    assert {"sh"} < {language for _, _, language, _ in steps}
    for place, step in enumerate(steps):
        if step[2] != "sh" or step not in steps[place + 1 :]:
            follow(project, step, settings)
    run(project, [sys.executable, "-c", "\n".join(PROOFS[recipe] for recipe in recipes)], settings)


def test_every_recipe_is_tried() -> None:
    written = {name for name in SECTION.findall(RECIPES) if steps_of(name)}
    assert written == set(PROOFS) == {name for names in TOGETHER for name in names}
