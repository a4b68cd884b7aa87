"""Files as readers get them: of the site as it is, and of one with an edition that was replaced."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient
from werkzeug.test import Client

from data.editions import newest_folder
from data.manifests import PublishedFile
from data.metadata.origin import Origin
from data.models import Words
from data.publishing import publish
from pages.application import create_app
from pages.files.server import FileServer, ServedFile, served_files
from pages.site import Site
from tests.conftest import settings_of
from tests.data.conftest import EditionCopy

CORRECTION = {
    "kind": "corrected",
    "table": "observations",
    "en": "A digit was wrong.",
    "ru": "В числе была опечатка.",
}


@dataclass
class Taken:
    """What a server said was taken whole, and by whom."""

    files: list[str] = field(default_factory=list)
    user_agents: list[str] = field(default_factory=list)

    def __call__(self, file: PublishedFile, user_agent: str) -> None:
        self.files.append(file.path)
        self.user_agents.append(user_agent)


@dataclass
class Served:
    """A server of the site's files alone, with what it counted."""

    client: Client
    files: dict[str, ServedFile]
    taken: Taken


def nothing_else(_environ: object, start_response: object) -> list[bytes]:
    """The application behind the files."""
    start_response("404 Not Found", [])
    return []


@pytest.fixture
def served(site: Site) -> Served:
    taken = Taken()
    files = served_files(site.files, site.editions, site.city)
    return Served(Client(FileServer(nothing_else, files, taken)), files, taken)


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published edition, and one after it that corrects a cell, made as editors do."""
    folder = tmp_path_factory.mktemp("published")
    newest = newest_folder()
    shutil.copytree(newest, folder / "editions" / newest.name)
    draft = EditionCopy(Path(shutil.copytree(newest, folder / "draft")))
    draft.change("observations", 2, value="91")
    text = yaml.safe_dump({"changes": [CORRECTION]}, allow_unicode=True)
    (draft.folder / "changes.yml").write_text(text, "utf-8")
    publish(draft.folder, "2026-12-01", folder / "editions")
    return folder / "editions"


@pytest.fixture(scope="session")
def two_editions(editions: Path) -> FlaskClient:
    """A client of a site with both."""
    return create_app(settings_of(), editions).server.test_client()


@pytest.fixture(scope="session")
def origin(site: Site) -> Origin:
    """Where the site says that its files come from."""
    names = site.around.site_name
    return Origin(Words(names["en"], names["ru"]), site.around.base_url, site.city)
