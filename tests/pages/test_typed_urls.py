"""URLs typed in capitals or with punctuation glued to them, and unknown indicators."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from components.texts import text


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("/RU/", "/ru/"),
        ("/EN", "/en/"),
        ("/ru/KPI/EN-EN-AQ-1C/", "/ru/kpi/en-en-aq-1c/"),
        ("/ru/kpi/en-en-aq-1c)", "/ru/kpi/en-en-aq-1c/"),
        ("/ru/kpi/en-en-aq-1c/).", "/ru/kpi/en-en-aq-1c/"),
        ("/ru/kpi/en-en-aq-1c,", "/ru/kpi/en-en-aq-1c/"),
        ("/ru/kpi/en-en-aq-1c.", "/ru/kpi/en-en-aq-1c/"),
        ("/ru/kpi/en-en-aq-1c%C2%BB", "/ru/kpi/en-en-aq-1c/"),
        ("/en/economy/&fbclid=a1", "/en/economy/?fbclid=a1"),
        (
            "/en/economy&utm_source=x&as_of=2018?since=2014",
            "/en/economy/?utm_source=x&as_of=2018&since=2014",
        ),
        ("/EN/?as_of=2018", "/en/?as_of=2018"),
    ],
)
def test_a_mistyped_url_leads_to_the_page_that_exists(
    client: FlaskClient, typed: str, target: str
) -> None:
    for ask in (client.get, client.head):
        response = ask(typed)
        assert (response.status_code, response.headers["Location"]) == (301, target)
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/ru/kpi/EN-EN-AQ-9Z/",
        "/EVIL.EXAMPLE/ru/",
        "/ru/nothing)",
        "/API/v1/indicators",
        "/ru/QUIZ/token/1/",
        "/&next=https://evil.example/",
    ],
)
def test_what_is_no_page_leads_nowhere(client: FlaskClient, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    assert "Location" not in response.headers
    assert client.post("/RU/").status_code in (404, 405)


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("/en/kpi/en-en-aq-1d/", "en-en-aq-1c"),
        ("/en/kpi/EN-EN-AQ-1D", "en-en-aq-1c"),
        ("/en/kpi/unemployment/", "ec-p-em-1c"),
    ],
)
def test_an_unknown_indicator_names_the_nearest(client: FlaskClient, url: str, slug: str) -> None:
    response = client.get(url, follow_redirects=True)
    assert response.status_code == 404
    root = document_fromstring(response.text)
    assert root.xpath("string(//*[@class='lead'])") == text("not_found_similar", "en")
    assert root.xpath("//main//li/a/@href")[0] == f"/en/kpi/{slug}/"


def test_a_404_without_a_likeness_names_no_indicator(client: FlaskClient) -> None:
    root = document_fromstring(client.get("/en/kpi/qqqq-wwww/").text)
    assert root.xpath("string(//*[@class='lead'])") == text("not_found_words", "en")
