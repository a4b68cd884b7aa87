"""A second edition with a new column, table and city, beside the first: both are served.

The product is copied and changed as CONTRIBUTING.md says, then published and started with its own
commands, so that nothing of this process takes part.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.editions import edition_folders, load_edition, newest_folder
from tests.conftest import VAR_FOLDER
from tests.data.conftest import EditionCopy, copy_as_draft
from tests.once import share_plotly

ROOT = Path(__file__).parents[2]
PARTS = ("app.py", "assets", "components", "data", "docs", "pages", "quiz")
OLD = newest_folder().name
# One old edition says it all, and each takes its time to build.
SUPERSEDED = tuple(edition.name for edition in edition_folders()[:-1])
CITY = "kazan"
WORDS = {"en": "Words of a new edition.", "ru": "Слова нового издания."}
COLUMN: list[dict[str, Any]] = [
    {
        "name": name,
        "type": "string",
        "title": f"Note on the method, {language}",
        "title@ru": f"Примечание о методике, {language}",
        "description": "How the source measured.",
        "description@ru": "Как измерял источник.",
        "since": 3,
    }
    for name, language in (("method_note", "English"), ("method_note_ru", "Russian"))
]
TABLE: dict[str, Any] = {
    "order": 8,
    "since": 3,
    "title": "Plans",
    "title@ru": "Планы",
    "description": "Published plans of cities, one a row.",
    "description@ru": "Опубликованные планы городов, по одному в строке.",
    "primaryKey": ["city", "year"],
    "foreignKeys": [
        {"fields": ["city"], "reference": {"resource": "cities", "fields": ["city"]}},
    ],
    "fields": [
        {
            "name": name,
            "type": kind,
            "title": name,
            "title@ru": f"{name} по-русски",
            "description": "A plan.",
            "description@ru": "План.",
            "constraints": {"required": True},
        }
        for name, kind in (("city", "string"), ("year", "year"), ("plan", "number"))
    ],
}
# Runs in the copy: the answers of its site to the paths of its arguments, as JSON.
SITE = """
import json, sys
from pages.application import create_app
from pages.settings import read_settings
client = create_app(read_settings()).server.test_client()
answers = {path: client.get(path) for path in sys.argv[1:]}
print(json.dumps({path: [answer.status_code, answer.text] for path, answer in answers.items()}))
"""
SHARED = ("observations", "cities", "fulfilment", "gaps")
PATHS = (
    "/en/",
    "/en/kpi/ec-ict-ict-1c/",
    "/en/compare/",
    "/en/data/",
    "/ru/data/plans/",
    f"/en/data/{OLD}/",
    "/sitemap.xml",
    "/catalog.ttl",
    "/api/v1/editions",
    "/api/v1/cities",
    "/api/v1/observations?limit=1",
    *(f"/data/{OLD}/{table}.{form}" for table in SHARED for form in ("csv", "json")),
    "/data/latest/plans.json",
)


class Product:
    """A copy of the product, with commands that run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", *SUPERSEDED)
                shutil.copytree(source, folder / part, ignore=ignored)
            else:
                shutil.copy(source, folder / part)
        share_plotly(folder)

    def run(self, *arguments: str, **environment: str) -> str:
        """What a Python of its own prints."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        settings = {
            # Static files are compressed already; the editions of the copy are built beside.
            "VAR_FOLDER": VAR_FOLDER or str(ROOT / "var"),
            "DATABASE_URL": f"sqlite:///{self.folder / 'answers.db'}",
            "BASE_URL": "http://city.example",
        }
        command = [sys.executable, *arguments]
        ran = subprocess.run(  # The interpreter of these tests.
            command,
            cwd=self.folder,
            env=kept | settings | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def answers(self, city: str, *paths: str) -> dict[str, tuple[int, str]]:
        """Status and text of each path on the site of a city."""
        answers: dict[str, tuple[int, str]] = json.loads(
            self.run("-c", SITE, *paths, CITY=city).splitlines()[-1]
        )
        return answers


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Product:
    """A product whose tables were extended, with its second edition."""
    folder = tmp_path_factory.mktemp("product")
    product = Product(folder)
    declared = folder / "data" / "declarations"
    observations = yaml.safe_load((declared / "observations.yml").read_text("utf-8"))
    observations["fields"] += COLUMN
    (declared / "observations.yml").write_text(yaml.safe_dump(observations), "utf-8")
    (declared / "plans.yml").write_text(yaml.safe_dump(TABLE), "utf-8")
    draft = EditionCopy(copy_as_draft(folder / "data" / "editions" / OLD, folder / "draft"))
    header, *rows = draft.lines("observations")
    noted = [
        [*row, *(WORDS.values() if number == 0 else ("", ""))] for number, row in enumerate(rows)
    ]
    draft.write("observations", [[*header, "method_note", "method_note_ru"], *noted])
    draft.write("cities", [*draft.lines("cities"), [CITY, "Kazan", "Казань", "Russia", "Россия"]])
    draft.append("observations", 2, city=CITY)
    draft.write("plans", [["city", "year", "plan"], [CITY, "2025", "12.50"]])
    change = {"kind": "added", "en": "A city, a column, a table.", "ru": "Город, столбец, таблица."}
    (draft.folder / "changes.yml").write_text(yaml.safe_dump({"changes": [change]}), "utf-8")
    assert "is fine" in product.run("-m", "data", "check", "draft")
    product.run("-m", "data", "publish", "draft", "--date", load_edition().date)
    return product


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# Each builds the files of all editions; the new city asks more of them.
@pytest.mark.slow
@pytest.mark.parametrize("city", [pytest.param("moscow", marks=pytest.mark.long), CITY])
def test_both_editions_are_read_on_the_sites_of_an_old_and_a_new_city(
    product: Product, city: str
) -> None:
    folder = newest_folder(product.folder / "data" / "editions").name
    new = [f"/data/{folder}/observations.{form}" for form in ("csv", "json")]
    answers = product.answers(city, *PATHS, *new, f"/data/{folder}/datapackage.json")
    assert {path for path, (status, _) in answers.items() if status not in (200, 302)} == set()
    texts = {path: text for path, (_, text) in answers.items()}
    # The first edition has what it had.
    before = (ROOT / "data" / "editions" / OLD / "observations.csv").read_text("utf-8")
    assert texts[f"/data/{OLD}/observations.csv"] == before
    assert "method_note" not in texts[f"/data/{OLD}/observations.json"]
    cities = {row["city"] for row in rows_of(texts[f"/data/{OLD}/cities.csv"])}
    assert CITY not in cities
    assert bool(rows_of(texts[f"/data/{OLD}/fulfilment.csv"])) == (city in cities)
    # The second has what is new, in one shape of JSON, which the API shares.
    first = rows_of(texts[new[0]])[0]
    assert (first["method_note"], first["method_note_ru"]) == tuple(WORDS.values())
    assert json.loads(texts[new[1]])[0]["method_note"] == WORDS
    assert json.loads(texts["/api/v1/observations?limit=1"])["items"][0]["method_note"] == WORDS
    package = json.loads(texts[f"/data/{folder}/datapackage.json"])
    assert package["schemaVersion"] == 3
    fields = {field["name"]: field for field in package["resources"][2]["schema"]["fields"]}
    assert fields["method_note"]["title@ru"] == COLUMN[0]["title@ru"]
    listed = {
        edition["version"]: edition["tables"]
        for edition in json.loads(texts["/api/v1/editions"])["items"]
    }
    assert ("plans" in listed[OLD], "plans" in listed[folder]) == (False, True)


def test_new_tables_columns_and_cities_make_a_minor_edition(product: Product) -> None:
    folder = newest_folder(product.folder / "data" / "editions").name
    major, minor = OLD.split(".")
    assert folder == f"{major}.{int(minor) + 1}"
