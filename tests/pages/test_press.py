"""The press kit: what an article says of a chart, each line to copy by itself."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from data.models import LANGUAGES, Language
from tests.conftest import BASE_URL

PARTS = ("headline", "sentences", "meaning", "picture", "source", "credit", "alternative")


def kit(
    client: FlaskClient, language: Language, chart: str, query: str = "", *, own: bool = True
) -> dict[str, str]:
    """The kit in the page's own language, or the other one."""
    answer = client.get(f"/{language}/press/{chart}/{query}")
    assert answer.status_code == 200
    page = document_fromstring(answer.text)
    sections = page.xpath("//main//section[@lang]")
    first, *other_languages = (str(section.get("lang")) for section in sections)
    assert first == language
    assert {language, *other_languages} == set(LANGUAGES)
    return [lines(client, page, section) for section in sections][0 if own else 1]


def lines(client: FlaskClient, page: HtmlElement, section: HtmlElement) -> dict[str, str]:
    """The lines of a kit in one language, and that one button copies all of them."""
    everything, *buttons = (str(ids) for ids in section.xpath(".//button/@data-copy"))
    assert everything.split() == buttons
    parts = {id.split("-")[2]: page.get_element_by_id(id).text_content() for id in buttons}
    (image,) = section.xpath(".//img")
    assert image.get("alt") == parts["alternative"]
    assert BASE_URL + image.get("src").replace(".svg", ".png") == parts["picture"]
    assert client.get(image.get("src")).status_code == 200
    return parts


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


def test_a_kit_keeps_its_year(client: FlaskClient) -> None:
    parts = kit(client, "en", "ec-p-em-1c", "?as_of=2015")
    for part in ("headline", "sentences"):
        assert "2015" in parts[part]
        assert "2023" not in parts[part]
    assert parts["picture"].endswith("/ec-p-em-1c/year-2015.png")
    assert "?as_of=2015" in parts["credit"]


def test_each_kit_is_the_same_on_the_page_of_the_other_language(client: FlaskClient) -> None:
    for chart, query in (("ec-p-em-1c", ""), ("wheel", ""), ("economy", "?as_of=2015")):
        russian = kit(client, "en", chart, query, own=False)
        assert russian == kit(client, "ru", chart, query)
        assert kit(client, "ru", chart, query, own=False) == kit(client, "en", chart, query)


def test_what_has_no_kit_says_so(client: FlaskClient) -> None:
    for path, status in (("nothing/", 404), ("wheel/?as_of=1066", 400), ("quiz/", 404)):
        for language in LANGUAGES:
            answer = client.get(f"/{language}/press/{path}")
            assert answer.status_code == status
            assert document_fromstring(answer.text).get("lang") == language
