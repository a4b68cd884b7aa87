"""What an address may ask: any query is answered, and nonsense is refused in plain words."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from components.texts import text
from data.models import LANGUAGES, Language

PAGES = ("", "economy/", "kpi/", "kpi/ec-ict-ict-1c/", "compare/", "method/", "kpi/nothing/")
NAMES = ("as_of", "since", "yardstick", "q", "dimension", "band", "evidence", "level", "type")
NAMES += ("page", "kpi", "city", "utm_source")
MEANINGFUL = (
    "2018",
    "goals",
    "press",
    "вода",
    "economy",
    "none",
    "core",
    "smart",
    "1",
    "2",
    "asker",
)

raw_bytes = st.binary(max_size=60).map(lambda raw: quote(raw, safe="&=+;%"))
pairs = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(MEANINGFUL) | st.text(max_size=120)),
    max_size=6,
).map(lambda given_pairs: urlencode(given_pairs, errors="replace"))
queries = raw_bytes | pairs


def main_of(body: bytes) -> HtmlElement:
    (main,) = document_fromstring(body.decode()).xpath("//main")
    return main


@given(st.sampled_from(LANGUAGES), st.sampled_from(PAGES), queries)
def test_any_query_is_answered_and_never_with_a_failure(
    client: FlaskClient, language: Language, page: str, query: str
) -> None:
    answer = client.get(f"/{language}/{page}?{query}")
    assert answer.status_code in (200, 400, 404)
    assert b"Traceback" not in answer.data
    assert answer.content_type == "text/html; charset=utf-8"


@given(st.text(min_size=1, max_size=60))
def test_any_path_is_answered_and_never_with_a_failure(client: FlaskClient, path: str) -> None:
    # A whole address, since of "//a" alone the test client takes "a" for the host.
    answer = client.get("http://localhost/" + quote(path, safe="/", errors="replace"))
    assert answer.status_code in (200, 302, 308, 400, 404)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("?as_of=1066", "as_of"),
        ("?as_of=0000", "as_of"),
        ("?as_of=201", "as_of"),
        ("?as_of=٢٠١٨", "as_of"),
        ("?as_of=2018%00", "as_of"),
        ("?as_of=2018&as_of=2018", "as_of"),
        ("economy/?as_of=2018.0", "as_of"),
        ("?since=1066", "since"),
        ("?since=2008", "since"),
        ("economy/?since=2027", "since"),
        ("kpi/?since=last", "since"),
        ("?since=2018&since=2019", "since"),
        ("?yardstick=best", "yardstick"),
        ("economy/?yardstick=Goals", "yardstick"),
        ("kpi/?yardstick=own-goals", "yardstick"),
        ("kpi/?as_of=1066", "as_of"),
        ("kpi/?evidence=rumour", "evidence"),
        ("kpi/?band=best", "band"),
        ("kpi/?dimension=society_culture", "dimension"),
        ("kpi/?level=expert", "level"),
        ("kpi/?type=clever", "type"),
        ("kpi/?page=0", "page"),
        ("kpi/?page=99999", "page"),
        ("kpi/?q=a&q=b", "q"),
        ("kpi/?q=%00", "q"),
        (f"kpi/?q={'a' * 101}", "q"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(
    client: FlaskClient, language: Language, address: str, name: str
) -> None:
    answer = client.get(f"/{language}/{address}")
    assert answer.status_code == 400
    main = main_of(answer.data)
    assert main.findtext(".//h1") == text("bad_request_title", language)
    assert text("bad_request_words", language, name=name) in main.text_content()


@pytest.mark.parametrize("query", ["q=%ff", "%c3%28=1", "utm=%f0%28%8c%28", "a" * 2001])
def test_a_query_that_is_no_text_or_too_long_is_refused(
    client: FlaskClient, language: Language, query: str
) -> None:
    answer = client.get(f"/{language}/kpi/?{query}")
    assert answer.status_code == 400
    assert text("bad_request_whole", language) in main_of(answer.data).text_content()


def test_a_wrong_year_is_told_which_years_there_are(client: FlaskClient) -> None:
    message = main_of(client.get("/en/?as_of=1066").data).text_content()
    assert "2018" in message
    assert "2012" in message


def test_a_wrong_choice_is_told_what_can_be_chosen(client: FlaskClient, language: Language) -> None:
    message = main_of(client.get(f"/{language}/?since=1066").data).text_content()
    assert text("years_since", language, first=2009, last=2026) in message
    message = main_of(client.get(f"/{language}/?yardstick=best").data).text_content()
    assert "common, goals, own_goals, without_natural_limits" in message


@pytest.mark.parametrize("tags", ["utm_source=a&fbclid=b", "as_of=", "x=1&x=2"])
def test_names_that_nobody_knows_are_left_alone(client: FlaskClient, tags: str) -> None:
    assert client.get(f"/en/?{tags}").data == client.get("/en/").data


@pytest.mark.parametrize(
    "address",
    [
        "/{}/nothing/",
        "/{}/nothing",
        "/{}/kpi/nothing/",
        "/{}/kpi/EC-ICT-ICT-9Z/",
        "/{}/kpi/?page=99",
        "/{}/kpi/%00/",
        "/{}/%ff/",
        "/{}/economy/nothing/",
        "/{}/society_culture/",
        "/{}/" + "a" * 3000,
    ],
)
def test_an_address_that_leads_nowhere_says_so_in_its_language(
    client: FlaskClient, language: Language, address: str
) -> None:
    other = {"ru": "en", "en": "ru"}[language]
    answer = client.get(address.format(language), headers={"Accept-Language": other})
    assert answer.status_code == 404
    root = document_fromstring(answer.data.decode())
    assert root.get("lang") == language
    assert main_of(answer.data).findtext(".//h1") == text("not_found_title", language)
    assert root.xpath("//main//a[@href=$home]", home=f"/{language}/")
    assert root.xpath("//meta[@name='robots'][@content='noindex']")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en", "en"),
        ("ru", "ru"),
        ("en-GB,en;q=0.9,ru;q=0.8", "en"),
        ("be,uk;q=0.9", "ru"),
        ("de,en;q=0.3", "en"),
        ("", "ru"),
        ("*", "ru"),
        (";;;,q=", "ru"),
        ("en-US,ru;q=0.5", "en"),
        ("en-GB,en-US;q=0.9,ru;q=0.1", "en"),
        ("kk,en-US;q=0.9,ru;q=0.1", "en"),
        ("ru-RU,en;q=0.5", "ru"),
        ("EN-us,ru;q=0.9", "en"),
        ("ru_RU,en_US", "ru"),
        ("en-US,ru-RU", "en"),
        ("en,*", "en"),
        ("*,ru;q=0", "en"),
        ("en;q=0", "ru"),
        ("en-US;q=0.5,en;q=0,ru;q=0.4", "en"),
    ],
)
def test_the_root_leads_to_the_language_that_the_browser_wants(
    client: FlaskClient, accepted: str, language: Language
) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted} if accepted else {})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("language", ["de", "ru-RU", "xx"])
def test_a_language_that_the_site_does_not_speak_is_no_address(
    client: FlaskClient, language: str
) -> None:
    assert client.get(f"/{language}/").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_page_takes_nothing_but_questions(client: FlaskClient, method: str) -> None:
    answer = client.open("/en/", method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    message = main_of(answer.data).text_content()
    assert text("bad_request_whole", "en") not in message
