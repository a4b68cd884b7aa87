"""Static files: made once, named by content, compressed ahead, silent about the server."""

from __future__ import annotations

import gzip
import json
import platform
import re
import shutil
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from dash import Dash
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from werkzeug.test import TestResponse

from pages import application, static_files
from pages.operation.response_cache import ResponseCache
from pages.site import Site
from tests.conftest import settings_of


def fetch(client: FlaskClient, address: str, accepted: str = "identity") -> TestResponse:
    """Read a whole file, so that it is closed again."""
    return client.get(address, headers={"Accept-Encoding": accepted}, buffered=True)


@pytest.fixture(scope="module")
def parts(site: Site, client: FlaskClient) -> dict[str, list[str]]:
    """The scripts that a page loads when it wakes, for a chart, and for the grid."""
    wake = site.around.assets["dash_takeover.js"]
    settings = re.search(r"settings = (\{.*?\});\n", fetch(client, wake).text)
    assert settings
    scripts = json.loads(settings.group(1))
    return {part: scripts[part] for part in ("scripts", "chart", "grid")}


@pytest.fixture(scope="module")
def addresses(site: Site, parts: dict[str, list[str]]) -> list[str]:
    """Every script that a page may load, in the end."""
    # The last ones are what Dash asks for by a plain name.
    later = (*parts["chart"][:-1], *parts["grid"][:-1])
    return [*site.around.assets.values(), *parts["scripts"], *later]


def test_the_walk_sees_our_files_and_those_of_dash(addresses: list[str]) -> None:
    assert any("/dash-renderer/" in address for address in addresses)
    assert any("/markup." in address for address in addresses)
    assert any("/plotly." in address for address in addresses)


def test_every_static_file_is_kept_for_good_and_compressed_ahead(
    client: FlaskClient, addresses: list[str]
) -> None:
    for address in addresses:
        plain = fetch(client, address, "identity")
        assert plain.status_code == 200, address
        assert "immutable" in plain.headers["Cache-Control"], address
        assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
        assert plain.headers["X-Content-Type-Options"] == "nosniff"
        # A sandbox takes the origin of embeds away, and with it that of their scripts.
        policy = "cross-origin" if re.search(r"/(embed_chart|plotly)\.", address) else "same-origin"
        assert plain.headers["Cross-Origin-Resource-Policy"] == policy, address
        assert plain.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        # A tiny file would grow.
        if len(plain.data) > 2000:
            small = fetch(client, address, "br")
            assert small.headers["Content-Encoding"] == "br", address
            assert brotli.decompress(small.data) == plain.data
            small = fetch(client, address, "gzip")
            assert gzip.decompress(small.data) == plain.data


def test_every_name_carries_a_mark_of_its_content(site: Site) -> None:
    for name, address in site.around.assets.items():
        stem, ending = name.rsplit(".", 1)
        assert re.fullmatch(rf"/assets/{stem}\.[0-9a-f]{{12}}\.{ending}", address)


@pytest.mark.parametrize(
    "address",
    [
        "/assets/",
        "/assets/dash_takeover.js",
        "/assets/../app.py",
        "/manifest.json",
        "/assets/%2e%2e/app.py",
    ],
)
def test_no_other_file_can_be_fetched(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_nothing_tells_strangers_what_the_server_runs_on(
    client: FlaskClient, addresses: list[str]
) -> None:
    bodies = [client.get(address).data for address in ("/en/", "/en/nothing/", "/healthz")]
    bodies += [client.get(f"/_dash/{name}").data for name in ("_dash-layout", "_dash-dependencies")]
    bodies.append(client.get("/_dash/_dash-update-component").data)
    bodies += [
        fetch(client, address).data for address in addresses if "/assets/dash_takeover." in address
    ]
    for body in bodies:
        assert b"python_version" not in body
        assert platform.python_version().encode() not in body
        assert f'version":"{version("flask")}'.encode() not in body
    for address in ("/en/", "/en/nothing/"):
        headers = str(client.get(address).headers).lower()
        assert "werkzeug" not in headers
        assert "python" not in headers


@pytest.fixture
def published(dash_app: Dash, tmp_path: Path) -> Path:
    """A copy of the folder of the static files, which a test may add to."""
    folder, _ = static_files.publish(dash_app, settings_of().folder / "public")
    shutil.copytree(folder, tmp_path / "public" / folder.name)
    return tmp_path / "public"


def test_making_them_again_changes_nothing(dash_app: Dash, site: Site, published: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in published.rglob("*")}
    folder, addresses = static_files.publish(dash_app, published)
    assert {file: file.stat().st_mtime_ns for file in published.rglob("*")} == before
    assert [folder] == list(published.iterdir())
    assert addresses == site.around.assets


def test_another_installation_of_the_same_packages_has_the_same_addresses(
    dash_app: Dash, site: Site, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dash puts the time of installation into the names; machines must not disagree by it."""
    scripts_html = dash_app._generate_scripts_html

    def elsewhere() -> str:
        return re.sub(r"m\d+(?=\.)", "m1700000000", scripts_html())

    monkeypatch.setattr(dash_app, "_generate_scripts_html", elsewhere)
    folder, addresses = static_files.publish(dash_app, published)
    assert addresses == site.around.assets
    assert [folder] == list(published.iterdir())


def test_no_served_script_names_a_version_in_its_address(
    client: FlaskClient, site: Site, addresses: list[str]
) -> None:
    for address in addresses:
        bare = re.sub(r"\.[0-9a-f]{12}\.", ".", address)
        assert not re.search(r"\d", bare), address
    wake = fetch(client, site.around.assets["dash_takeover.js"]).text
    assert not re.search(r"\.v\d+_\d+", wake)
    assert version("dash") not in wake


def test_machines_with_other_files_share_no_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks: list[str] = []

    def noted(*arguments: Any) -> ResponseCache:
        marks.append(arguments[-1])
        return ResponseCache(*arguments)

    monkeypatch.setattr(application, "ResponseCache", noted)
    for _ in range(2):
        application.create_app(settings_of(REDIS_URL=""))
    assert marks[0] == marks[1]
    (tmp_path / f"plotly-{static_files.get_plotlyjs_version()}.min.js").write_text("other")
    monkeypatch.setattr(static_files, "BUNDLES", tmp_path)
    application.create_app(settings_of(REDIS_URL=""))
    assert marks[2] != marks[0]


def test_dash_finds_its_later_files_beside_its_scripts(
    client: FlaskClient, addresses: list[str]
) -> None:
    """Its loader takes the folder from the script that is running, and asks for plain names."""
    (folder,) = {address.rpartition("/")[0] for address in addresses if "/dash/dcc/" in address}
    for later in ("async-graph.js", "async-markdown.js"):
        answer = fetch(client, f"{folder}/{later}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=3600, public"


def test_a_page_from_before_an_upgrade_still_gets_its_files(
    dash_app: Dash, site: Site, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets = Path(shutil.copytree(static_files.ASSETS, tmp_path / "assets"))
    (assets / "wheel.js").write_text("changed")
    monkeypatch.setattr(static_files, "ASSETS", assets)
    folder, addresses = static_files.publish(dash_app, published)
    changed = {name for name in addresses if addresses[name] != site.around.assets[name]}
    assert changed == {"wheel.js"}
    upgraded: Any = SimpleNamespace(server=Flask("upgraded", static_folder=None))
    static_files.serve(upgraded, folder)
    reader = upgraded.server.test_client()
    for address in (addresses["wheel.js"], site.around.assets["wheel.js"]):
        assert fetch(reader, address).status_code == 200


# Bytes that Explore loads once a reader acts and opens a chart, and for the grid.
AWAKE, WITH_GRID = 530_000, 490_000


def test_scripts_of_explore_do_not_grow(
    site: Site, client: FlaskClient, parts: dict[str, list[str]]
) -> None:
    own = [site.around.assets[name] for name in ("copy.js", "explore.js", "dash_takeover.js")]

    def weight(addresses: list[str]) -> int:
        return sum(len(fetch(client, address, "br").data) for address in addresses)

    assert weight([*own, *parts["scripts"], *parts["chart"]]) <= AWAKE
    assert parts["grid"]
    assert weight(parts["grid"]) <= WITH_GRID


def test_scripts_are_loaded_only_on_pages_that_explore(client: FlaskClient) -> None:
    for address, expected in (
        ("/en/", True),
        ("/en/kpi/", True),
        ("/en/method/", False),
        ("/en/about/", False),
        ("/en/nothing/", False),
    ):
        root = document_fromstring(client.get(address).text)
        (own,) = root.xpath("//script[not(@type)]")  # It fetches the sheet for paper as well.
        assert bool(own.get("data-load")) == expected, address
        assert not own.get("src")
