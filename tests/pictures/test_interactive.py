"""An interactive embed shows the same picture first, and what draws it comes from here."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from data.models import Language
from pages.site import Site
from tests.builders import root_of
from tests.pictures.places import TELLING, charts

LARGEST = 20_000


def figure(root: HtmlElement) -> dict[str, object]:
    written: dict[str, object] = json.loads(root.findtext(".//script[@id='figure']"))
    return written


@pytest.mark.parametrize("name", TELLING)
def test_the_picture_and_the_table_are_the_same(
    client: FlaskClient, language: Language, name: str
) -> None:
    plain = root_of(client, f"/embed/{language}/{name}?as_of=2021")
    explored = root_of(client, f"/embed/{language}/{name}?as_of=2021&interactive=1")
    for added in explored.xpath("//main/div[script or div[@id='interactive']]"):
        added.getparent().remove(added)
    assert explored.find(".//main").text_content() == plain.find(".//main").text_content()
    assert len(explored.findall(".//svg")) == len(plain.findall(".//svg"))


@charts
def test_every_chart_with_something_to_explore_has_a_figure(
    client: FlaskClient, names: tuple[str, ...]
) -> None:
    for name in names:
        answer = client.get(f"/embed/en/{name}?interactive=1", headers={"Accept-Encoding": "br"})
        assert len(answer.data) < LARGEST
        root = root_of(client, f"/embed/en/{name}?interactive=1")
        drawn = root.xpath("//*[@id='drawn']")
        assert len(drawn) == len(root.xpath("//script[@id='figure']")) == len(drawn)
        assert len(root.xpath("//script[@src]")) == len(drawn) <= 1
        assert all(str(url).startswith("/assets/") for url in root.xpath("//@src | //@data-plotly"))


def test_the_wheel_to_explore_holds_every_indicator_once(
    client: FlaskClient, site: Site, language: Language
) -> None:
    drawing = figure(root_of(client, f"/embed/{language}/wheel?interactive=1"))
    (rings,) = drawing["data"]
    names = [indicator.slug for indicator in site.edition.indicators]
    assert [id for id in rings["ids"] if id in names] == names
    assert len(set(rings["ids"])) == len(rings["ids"])
    assert set(rings["parents"]) <= {"", *rings["ids"]}


def test_only_an_interactive_embed_may_run_scripts_of_the_site(client: FlaskClient) -> None:
    plain = client.get("/embed/ru/economy").headers["Content-Security-Policy"]
    explored = client.get("/embed/ru/economy?interactive=1").headers["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in explored
    assert "script-src 'sha256-" in plain
    for policy in (plain, explored):
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        assert "frame-ancestors *" in policy


def test_the_scripts_of_an_interactive_embed_are_there(client: FlaskClient) -> None:
    root = root_of(client, "/embed/ru/economy?interactive=1")
    for address in root.xpath("//script/@src | //script/@data-plotly"):
        answer = client.get(str(address))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
