"""The list as readers use it: search with slips, topics, and ways on where nothing is found."""

from __future__ import annotations

from urllib.parse import quote

from flask.testing import FlaskClient
from lxml.html import HtmlElement

from components.texts import text
from data.models import Edition, Language
from tests.builders import root_of

ROWS = "//ul[contains(@class, 'rows')]/li"


def shown(client: FlaskClient, language: Language, query: str) -> HtmlElement:
    return root_of(client, f"/{language}/kpi/?{query}")


def slugs(root: HtmlElement) -> list[str]:
    links = root.xpath("//ul[contains(@class, 'rows')]//a/@href")
    return [link.split("/")[3] for link in links]


def test_a_misspelt_word_finds_what_was_meant_and_says_so(
    client: FlaskClient, language: Language
) -> None:
    root = shown(client, language, f"q={quote('безработеца')}")
    assert slugs(root) == ["ec-p-em-1c", "ec-p-em-2c"]
    words = text("list_corrected", language, typed="безработеца", q="безработица")
    assert words in root.xpath("string(//*[@role='status'])")
    assert root.xpath("//form//input[@name='q']/@value") == ["безработеца"]


def test_a_topic_shows_the_indicators_that_the_edition_gives_it(
    client: FlaskClient, edition: Edition
) -> None:
    for topic in edition.topics:
        indicators = [
            indicator.slug for indicator in edition.indicators if topic.topic in indicator.topics
        ]
        root = shown(client, "ru", f"topic={topic.topic}")
        assert slugs(root) == indicators[:50]
        assert root.xpath("string(//select[@name='topic']/option[@selected])") == topic.name["ru"]
    assert client.get("/ru/kpi/?topic=weather").status_code == 400


def test_a_search_without_results_leads_on(
    client: FlaskClient, edition: Edition, language: Language
) -> None:
    root = shown(client, language, "q=smog+zzzz")
    chips = root.xpath("//*[@id='list-results']//*[@class='chip']/@href")
    assert chips[0] == f"/{language}/kpi/en-en-aq-1c/"
    assert len(chips) == 1 + len(edition.topics)
    assert all(client.get(chip).status_code == 200 for chip in chips)


def test_each_filter_that_is_set_can_be_taken_away(client: FlaskClient, language: Language) -> None:
    root = shown(client, language, "q=internet&topic=internet&level=core&as_of=2018")
    chips = root.xpath("//*[@id='list-results']//a[@class='chip']")
    assert [chip.get("href") for chip in chips] == [
        f"/{language}/kpi/?q=internet&topic=internet&as_of=2018",
        f"/{language}/kpi/?q=internet&level=core&as_of=2018",
    ]
    assert text("list_level", language) in chips[0].get("aria-label")


def test_an_indicator_without_a_value_stands_in_the_list_with_its_reason(
    client: FlaskClient, edition: Edition
) -> None:
    rows = [row for page in (1, 2) for row in shown(client, "en", f"page={page}").xpath(ROWS)]
    assert len(rows) == len(edition.indicators)
    assert all(row.xpath("string(.//*[@class='row-verdict'])") for row in rows)
