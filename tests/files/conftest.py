"""Files as readers get them: of the site as it is, and of one with an edition that was replaced."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from data.manifests import PublishedFile
from data.metadata.origin import Origin
from data.models import Words
from pages.files.server import FileServer, ServedFile, served_files
from pages.site import Site
from tests.replaced import Replaced


@dataclass
class Downloads:
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
    downloads: Downloads


def nothing_else(_environ: object, start_response: object) -> list[bytes]:
    """The application behind the files."""
    start_response("404 Not Found", [])
    return []


@pytest.fixture
def served(site: Site) -> Served:
    downloads = Downloads()
    files = served_files(site.files, site.editions, site.city)
    return Served(Client(FileServer(nothing_else, files, downloads)), files, downloads)


@pytest.fixture
def two_editions(replaced: Replaced) -> FlaskClient:
    """A client of a site with an edition and one that corrects a cell of it."""
    return replaced.client


@pytest.fixture(scope="session")
def origin(site: Site) -> Origin:
    """Where the site says that its files come from."""
    names = site.around.site_name
    return Origin(Words(names["en"], names["ru"]), site.around.base_url, site.city)
