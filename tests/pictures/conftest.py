"""A site on which an edition was superseded by another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient

from data.editions import newest_folder
from data.publishing import publish
from pages.application import create_app
from tests.conftest import settings_of
from tests.data.conftest import EditionCopy
from tests.pictures.places import CORRECTED, CORRECTION


@pytest.fixture(scope="session")
def two_editions(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a site with the published edition and one that corrects a value of it."""
    folder = tmp_path_factory.mktemp("editions")
    newest = newest_folder()
    shutil.copytree(newest, folder / "published" / newest.name)
    draft = EditionCopy(Path(shutil.copytree(newest, folder / "draft")))
    row = draft.find("observations", city="moscow", code=CORRECTED, period="2023")
    draft.change("observations", row, value="111.1")
    changes = yaml.safe_dump({"changes": [CORRECTION]}, allow_unicode=True)
    (draft.folder / "changes.yml").write_text(changes, "utf-8")
    publish(draft.folder, "2026-12-01", folder / "published")
    return create_app(settings_of(), folder / "published").server.test_client()
