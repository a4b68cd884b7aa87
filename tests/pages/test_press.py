"""The press kit: what an article says of a chart, each line to copy by itself."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from data.models import LANGUAGES, Language
from tests.conftest import BASE_URL

PARTS = ("headline", "sentences", "meaning", "picture", "source", "credit", "alternative")


def kit(client: FlaskClient, language: Language, chart: str, query: str = "") -> dict[str, str]:
    answer = client.get(f"/{language}/press/{chart}/{query}")
    assert answer.status_code == 200
    page = document_fromstring(answer.text)
    buttons = [str(id) for id in page.xpath("//button/@data-copy")]
    parts = {id.partition("-")[2]: page.get_element_by_id(id).text_content() for id in buttons}
    (image,) = page.xpath("//main//img")
    assert image.get("alt") == parts["alternative"]
    assert BASE_URL + image.get("src").replace(".svg", ".png") == parts["picture"]
    return parts


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kit_has_each_line_of_an_indicator_and_of_the_city(
    client: FlaskClient, language: Language
) -> None:
    unemployment = kit(client, language, "ec-p-em-1c")
    assert tuple(unemployment) == PARTS
    value = "1.8%" if language == "en" else "1,8\u00a0%"
    for part in ("headline", "sentences", "alternative"):
        assert value in unemployment[part]
        assert "2023" in unemployment[part]
    assert unemployment["sentences"].count(". ") == 1
    assert f"{BASE_URL}/{language}/kpi/ec-p-em-1c/" in unemployment["credit"]
    city = kit(client, language, "wheel")
    assert tuple(city) == tuple(part for part in PARTS if part != "meaning")
    assert city["headline"].startswith("Moscow" if language == "en" else "Москва")
    assert client.get(city["picture"].replace(".png", ".svg")).status_code == 200


def test_a_kit_keeps_its_year(client: FlaskClient) -> None:
    parts = kit(client, "en", "ec-p-em-1c", "?as_of=2015")
    for part in ("headline", "sentences"):
        assert "2015" in parts[part]
        assert "2023" not in parts[part]
    assert parts["picture"].endswith("/ec-p-em-1c/year-2015.png")
    assert "?as_of=2015" in parts["credit"]


def test_what_has_no_kit_says_so(client: FlaskClient) -> None:
    for path, status in (("nothing/", 404), ("wheel/?as_of=1066", 400), ("quiz/", 404)):
        for language in LANGUAGES:
            answer = client.get(f"/{language}/press/{path}")
            assert answer.status_code == status
            assert document_fromstring(answer.text).get("lang") == language
