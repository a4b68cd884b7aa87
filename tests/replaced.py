"""A site on which an edition was superseded by another."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml
from flask.testing import FlaskClient

from data.editions import newest_folder
from data.publishing import publish
from pages.application import create_app
from pages.settings import Settings
from tests.data.conftest import EditionCopy

CODE, CORRECTED = "EC: P: EM: 1C", "41.7"
CORRECTION = {
    "kind": "corrected",
    "table": "observations",
    "code": CODE,
    "en": "A digit was wrong.",
    "ru": "В числе была опечатка.",
}


@dataclass
class Replaced:
    """A site with a superseded edition, and the cell that the newer one corrected."""

    client: FlaskClient
    old: str
    new: str
    before: str
    after: str
    period: str


def replace_edition(folder: Path, settings: Settings) -> Replaced:
    """Unemployment is corrected from a value that meets its target to one far from it."""
    newest = newest_folder()
    shutil.copytree(newest, folder / "editions" / newest.name)
    draft = EditionCopy(Path(shutil.copytree(newest, folder / "draft")))
    rated = [
        (row["year"] if "year" in row else row["period"], number)
        for number, row in enumerate(draft.records("observations"), start=2)
        if (row["city"], row["code"], row["rate"]) == ("moscow", CODE, "yes")
    ]
    period, number = max(rated)
    before = draft.cell("observations", number, "value")
    draft.change("observations", number, value=CORRECTED)
    text = yaml.safe_dump({"changes": [CORRECTION]}, allow_unicode=True)
    (draft.folder / "changes.yml").write_text(text, "utf-8")
    made = publish(draft.folder, "2026-12-01", folder / "editions")
    client = create_app(settings, folder / "editions").server.test_client()
    return Replaced(client, newest.name, made.version, before, CORRECTED, period)
