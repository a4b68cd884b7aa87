"""A frozen chart keeps its edition, and says so once another is in force."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from data.editions import newest_folder
from data.models import Language
from pages.application import create_app
from tests.builders import root_of, shown_number
from tests.conftest import BASE_URL, settings_of
from tests.data.conftest import change_the_rule
from tests.pictures.places import TELLING, address, charts
from tests.replaced import Replaced

OLD = newest_folder().name
NEW = f"{OLD}.1"
CHART = "ec-p-em-4a"


def frame(client: FlaskClient, language: Language, name: str, query: str = "") -> HtmlElement:
    return root_of(client, f"/embed/{language}/{name}{query}")


def test_a_live_chart_follows_the_edition_in_force(replaced: Replaced, language: Language) -> None:
    for query in ("", "?edition=latest", f"?edition={NEW}"):
        root = frame(replaced.client, language, CHART, query)
        assert shown_number(replaced.after, language) in root.text_content()
        assert NEW in root.find(".//footer").text_content()
        assert not root.xpath("//*[@class='superseded']")


def test_a_frozen_chart_keeps_its_numbers_and_names_the_newer_edition(
    replaced: Replaced, client: FlaskClient, language: Language
) -> None:
    root = frame(replaced.client, language, CHART, f"?edition={OLD}")
    before = frame(client, language, CHART)
    assert shown_number(replaced.after, language) not in root.text_content()
    assert root.find(".//table").text_content() == before.find(".//table").text_content()
    (note,) = root.xpath("//main/*[@class='superseded']")
    assert OLD in note.text
    (link,) = note.findall("a")
    assert NEW in link.text
    assert link.get("href") == f"{BASE_URL}/{language}/kpi/{CHART}/"


@charts
def test_every_chart_can_be_frozen(replaced: Replaced, names: tuple[str, ...]) -> None:
    for name in names:
        root = frame(replaced.client, "ru", name, f"?edition={OLD}&as_of=2019&theme=dark&title=0")
        assert root.xpath("//*[@class='superseded']"), name


def test_the_year_of_a_frozen_chart_is_kept_together_with_its_edition(
    replaced: Replaced,
) -> None:
    root = frame(replaced.client, "en", "wheel", f"?edition={OLD}&as_of=2015&table=1")
    assert "Values up to 2015" in root.find(".//main").text_content()
    assert root.xpath("string(//footer//a/@href)") == (f"{BASE_URL}/en/?as_of=2015&edition={OLD}")
    described = str(root.xpath("string(//link[@type='application/json+oembed']/@href)"))
    answer = replaced.client.get(described.removeprefix(BASE_URL)).get_json()
    assert f"as_of=2015&amp;edition={OLD}&amp;table=1" in answer["html"]
    assert f"/edition-{OLD}/" in answer["thumbnail_url"]


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("name", TELLING[:6])
def test_a_picture_can_be_frozen(
    replaced: Replaced, client: FlaskClient, name: str, form: str
) -> None:
    where = f"{address('en', name, form)}?width=400"
    before = client.get(f"{where}&edition={OLD}")
    frozen = replaced.client.get(f"{where}&edition={OLD}")
    live = replaced.client.get(where)
    assert frozen.data == before.data
    assert live.data != before.data  # Its edition stands in the picture.
    assert re.search(rf"-{OLD}-en\.{form}", frozen.headers["Content-Disposition"])
    assert replaced.client.get(f"{where}&edition=1999.1").status_code == 404
    assert replaced.client.get(f"{where}&edition=newest").status_code == 400


def test_an_edition_that_was_never_published_is_named_with_the_one_in_force(
    replaced: Replaced,
) -> None:
    answer = replaced.client.get("/embed/en/wheel?edition=1999.1")
    assert answer.status_code == 404
    content = document_fromstring(answer.text).find(".//main").text_content()
    assert "1999.1" in content
    assert NEW in content


@charts
def test_a_frozen_chart_keeps_its_numbers_and_bands_under_another_rule(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    frozen = f"?edition={newest_folder().name}"
    places = [f"/embed/en/{name}{frozen}{query}" for name in names for query in ("", "&as_of=2018")]
    before = [client.get(place).text for place in places]
    change_the_rule(monkeypatch)
    other = create_app(settings_of()).server.test_client()
    assert [other.get(place).text for place in places] == before
