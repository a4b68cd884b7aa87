"""Lists of indicators as charts: found by the address of their page, embedded, drawn, refused."""

from __future__ import annotations

from urllib.parse import urlsplit

import brotli
import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from data.models import Language
from pages.list_choice import Choice, chosen_fulfilment
from pages.site import Site
from tests.conftest import BASE_URL
from tests.pictures.places import drawn, words_of

LARGEST = 12 * 1024
QUERIES = {
    "band=0-33": Choice(band="0-33"),
    "category=ict-electricity-supply": Choice(category="ict-electricity-supply"),
    "q=water&topic=water": Choice(q="water", topic="water"),
    "level=core&dimension=economy": Choice(level="core", dimension="economy"),
    "q=no-such-indicator": Choice(q="no-such-indicator"),
    "": Choice(),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_list_is_embedded_with_its_filters(client: FlaskClient, site: Site, query: str) -> None:
    page = document_fromstring(client.get(f"/en/kpi/?{query}").text)
    (described,) = page.xpath("//link[@type='application/json+oembed']/@href")
    answer = client.get(described.removeprefix(BASE_URL)).get_json()
    frame = document_fromstring(answer["html"]).xpath("//iframe/@src")[0]
    framed = document_fromstring(client.get(frame.removeprefix(BASE_URL)).text)
    chart = QUERIES[query].chart
    assert urlsplit(frame).path == f"/embed/en/{chart}"
    members = chosen_fulfilment(site, QUERIES[query]).indicators
    names = {str(link.text_content()) for link in framed.xpath("//main//a[@href]")}
    assert names == {score.indicator.title["en"] for score in members}
    (own,) = page.xpath("//meta[@property='og:image']/@content")
    assert own == answer["thumbnail_url"] == f"{BASE_URL}/en/{chart}/card.png"
    for link in page.xpath("//a[starts-with(@href, '/en/embed/?chart=list')]/@href"):
        panel = client.get(f"{link.partition('#')[0]}&place=frame")
        codes = document_fromstring(panel.text).xpath("string(//main)")
        assert f"/embed/en/{chart}" in codes


@pytest.mark.parametrize("choice", QUERIES.values(), ids=QUERIES)
def test_a_list_is_small_and_says_what_it_holds(
    client: FlaskClient, site: Site, language: Language, choice: Choice
) -> None:
    answer = client.get(f"/embed/{language}/{choice.chart}")
    assert len(brotli.compress(answer.data)) < LARGEST
    members = chosen_fulfilment(site, choice).indicators
    for form in ("", "/card", "/phone"):
        words = " ".join(words_of(drawn(client, language, choice.chart + form)))
        assert words
        if len(members) <= 12 and (form != "/card" or len(members) < 6):
            assert all(score.indicator.title[language].split()[0] in words for score in members)


@pytest.mark.parametrize(
    ("path", "status", "place"),
    [
        ("/en/list/topic-air/band-0-33.svg", 301, "/en/list/band-0-33/topic-air.svg"),
        ("/embed/en/list/topic-air/band-0-33", 301, "/embed/en/list/band-0-33/topic-air"),
        ("/en/list/topic-nothing.svg", 404, None),
        ("/en/list/colour-red.svg", 404, None),
        ("/en/list/topic-air/topic-water.svg", 404, None),
        ("/embed/en/list/topic-nothing", 404, None),
        ("/embed/en/list/topic", 404, None),
        ("/en/kpi/?category=nothing", 400, None),
    ],
)
def test_what_is_no_list_is_refused(
    client: FlaskClient, path: str, status: int, place: str | None
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (status, place)
