"""The open data as readers meet it: a site at its own address, and one with two editions."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
import yaml
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from data.editions import newest_folder
from data.publishing import publish
from pages.application import create_app
from tests.conftest import settings_of
from tests.data.conftest import EditionCopy

CODE = "EC: P: EM: 1C"
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


@pytest.fixture(scope="session")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Replaced:
    """Unemployment is corrected from a value that meets its target to one far from it."""
    folder = tmp_path_factory.mktemp("replaced")
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
    draft.change("observations", number, value="40")
    text = yaml.safe_dump({"changes": [CORRECTION]}, allow_unicode=True)
    (draft.folder / "changes.yml").write_text(text, "utf-8")
    made = publish(draft.folder, "2026-12-01", folder / "editions")
    client = create_app(settings_of(), folder / "editions").server.test_client()
    return Replaced(client, newest.name, made.version, before, "40", period)


@pytest.fixture(scope="session")
def own_address() -> Iterator[str]:
    """The address of a site whose pages and files name that very address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    app: Dash = create_app(settings_of(BASE_URL=base))
    server = make_server("127.0.0.1", port, app.server, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield base
    server.shutdown()
    thread.join()
    server.server_close()
