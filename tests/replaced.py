"""A site on which an edition was superseded by another."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from data.editions import edition_folders, newest_folder
from data.publishing import publish
from pages.application import create_app
from pages.settings import Settings
from tests.data.conftest import Draft, EditionCopy, copy_as_draft

# No question of the quiz rests on it.
CODE, CORRECTED = "EC: P: EM: 4A", "0.44"
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


def publish_correction(folder: Path) -> None:
    """Correct a value that meets its target to one far from it."""
    newest = newest_folder()
    shutil.copytree(newest, folder / "editions" / newest.name)
    draft = Draft(copy_as_draft(newest, folder / "draft"))
    draft.change("observations", newest_row(draft), value=CORRECTED)
    draft.say(CORRECTION)
    publish(draft.folder, "2026-12-01", folder / "editions")


def newest_row(edition: EditionCopy) -> int:
    """The row of the newest rated value of Moscow."""
    rows = enumerate(edition.records("observations"), start=2)
    rated = {"city": "moscow", "code": CODE, "rate": "yes"}
    return max((row["period"], number) for number, row in rows if rated.items() <= row.items())[1]


def replaced_site(folder: Path, settings: Settings) -> Replaced:
    """The site of the editions in a folder that ``publish_correction`` filled."""
    old, new = edition_folders(folder / "editions")
    before = EditionCopy(old)
    row = before.records("observations")[newest_row(before) - 2]
    client = create_app(settings, folder / "editions").server.test_client()
    return Replaced(client, old.name, new.name, row["value"], CORRECTED, row["period"])
