"""CITY names another city: a complete site about it that never speaks of Moscow as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from components.bands import class_of
from components.texts import text
from data.editions import newest_folder
from data.models import LANGUAGES, Language
from pages.application import create_app
from pages.context import context_of
from pages.site import Site
from tests.builders import nesting_faults
from tests.conftest import settings_of
from tests.contracts.documents import KINDS, WITHDRAWN, paths, slug_of

CITY, UNDATED = "karmoy", "rana"
NAMES = {"ru": "Кармёй", "en": "Karmøy"}
MOSCOW = re.compile("moscow|москв|москов", re.IGNORECASE)
# What the shared tables say: sources with their notes, other cities' rows, definitions.
OF_THE_TABLES = (
    "//*[contains(@class, 'source')] | //*[@class='references'] | //q | //*[@lang]"
    "[not(self::html)] | //dt[. = $note]/following-sibling::dd | //table[.//td[@class='c-period']]"
    " | //table[contains(@class, 'cells') or contains(@class, 'columns')] | //*[@class='told']"
    " | //*[@class='works']"
    " | //*[@class='beside-cities'] | //ul[@class='beside'] | //*[@class='city-values']"
    " | //*[@id='explore-city'] | //*[@class='scale-box']"
)
# These cities have too few questions for a quiz.
REFUSED = ("nothing/", "?as_of=1066", "quiz/", "quiz/statistics/")
# It is about an earlier edition, which these sites do not have.
WITHDRAWN_PAGE = f"value/{WITHDRAWN[0]}/"
NOTE = {"ru": "Примечание", "en": "Note"}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition in force alone: the files of each edition are built anew for each city."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / newest_folder().name).symlink_to(newest_folder())
    return folder


@pytest.fixture(scope="module")
def other(editions: Path) -> FlaskClient:
    return create_app(settings_of(CITY=CITY), editions).server.test_client()


@pytest.fixture(scope="module")
def undated(editions: Path) -> FlaskClient:
    return create_app(settings_of(CITY=UNDATED), editions).server.test_client()


def words_of(root: HtmlElement, language: Language) -> str:
    for element in root.xpath(OF_THE_TABLES, note=NOTE[language]):
        if element.getparent() is not None:
            element.drop_tree()
    for element in root.xpath("//style"):
        element.drop_tree()
    attributes = root.xpath("//@content | //@aria-label | //@title | //@alt")
    # The data of all cities are there to download, and search engines are told so.
    words = re.sub(r'{"@type":"Place",[^}]*}', "", root.text_content())
    return " ".join([words, *map(str, attributes)])


def read(client: FlaskClient, language: Language, step: int) -> Iterator[tuple[str, HtmlElement]]:
    for number, path in enumerate(paths()[::step]):
        # The pages of indicators share their words: each is read in one language, by turns.
        if path.startswith(("kpi/e", "kpi/s")) and LANGUAGES[number % 2] != language:
            continue
        # A page of a value is a row of the tables, whichever city it is of.
        if "as_of" not in path and path not in REFUSED and not path.startswith("value/moscow-"):
            answer = client.get(f"/{language}/{path}")
            assert answer.status_code == 200, path
            assert not nesting_faults(answer.text), path
            yield path, document_fromstring(answer.text)


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_every_page_of_another_city_is_complete_and_about_it(
    other: FlaskClient, language: Language, step: int
) -> None:
    spoken_of: dict[str, list[str]] = {}
    named = 0
    for path, root in read(other, language, step):
        assert root.xpath("//main//h1")[0].text_content()
        words = words_of(root, language)
        named += NAMES[language] in words
        if named_so := MOSCOW.findall(words):
            around = [
                words[max(0, match.start() - 60) : match.end() + 40]
                for match in MOSCOW.finditer(words)
            ]
            spoken_of[path] = [*around[:2], str(len(named_so))]
    assert not spoken_of
    assert named > 60 // step


def test_a_city_with_fewer_than_ten_questions_has_no_quiz_and_promises_none(
    other: FlaskClient, language: Language
) -> None:
    for path in ("quiz/", "quiz/?score=3", "quiz/statistics/", "quiz/sample/"):
        assert other.get(f"/{language}/{path}").status_code == 404
    own = {"Sec-Fetch-Site": "same-origin"}
    for path in ("quiz/", "quiz/rooms/"):
        posted = other.post(f"/{language}/{path}", data={"token": "x"}, headers=own)
        assert posted.status_code == 404
    for path in ("", "kpi/", "about/", "method/", "data/"):
        page = document_fromstring(other.get(f"/{language}/{path}").text)
        assert not [href for href in page.xpath("//a/@href") if f"/{language}/quiz/" in href], path
    assert "/quiz/" not in other.get("/sitemap.xml").text


def test_no_file_of_a_quiz_stands_or_is_named_where_there_is_none(other: FlaskClient) -> None:
    files = ("statistics.csv", "statistics.json", "codebook.csv", "catalog.ttl", "catalog.jsonld")
    for path in (*files, "statistics/2026-11.csv"):
        assert other.get(f"/quiz/{path}").status_code == 404, path
    assert other.get("/api/v1/quiz/statistics").status_code == 404
    for path in ("/catalog.ttl", "/catalog.jsonld", "/api/v1/", "/api/v1/openapi.json"):
        assert "quiz" not in other.get(path).text, path


def test_its_numbers_are_its_own(other: FlaskClient) -> None:
    site: Site = context_of(other.application).site
    assert site.city == CITY
    observations = site.edition.of_city(CITY)
    assert observations
    scored = [score for score in site.fulfilment().indicators if score.has_value]
    assert len(scored) == len(
        {observation.code for observation in observations if observation.value is not None}
    )


def test_its_file_holds_its_rows_only(other: FlaskClient) -> None:
    site: Site = context_of(other.application).site
    slug = slug_of(site.edition.of_city(CITY)[0].code)
    header, *rows = other.get(f"/en/kpi/{slug}.csv").text.splitlines()
    assert rows
    assert header.startswith("city,")
    assert all(row.startswith(f"{CITY},") for row in rows)


def test_a_year_of_another_city_is_no_year_of_this_one(other: FlaskClient) -> None:
    site: Site = context_of(other.application).site
    assert 2012 not in site.years
    assert other.get("/en/?as_of=2012").status_code == 400


def test_two_cities_in_one_process_do_not_mix(other: FlaskClient, client: FlaskClient) -> None:
    for address in ("/en/", "/ru/kpi/", "/en/method/"):
        assert other.get(address).data != client.get(address).data


def test_a_site_about_a_city_without_dated_numbers_serves_a_page_of_each_kind(
    undated: FlaskClient,
) -> None:
    site: Site = context_of(undated.application).site
    for language in LANGUAGES:
        for path in (kind for kind in KINDS if kind not in (*REFUSED, WITHDRAWN_PAGE)):
            answer = undated.get(f"/{language}/{path}")
            assert answer.status_code == 200, path
            assert not nesting_faults(answer.text), path
        root = document_fromstring(undated.get(f"/{language}/").text)
        sectors = root.xpath("//use[@href='#w-reach']/following-sibling::circle/@class")
        scores = site.fulfilment().indicators
        assert sectors == [class_of(score) for score in scores]
        refused = undated.get(f"/{language}/?as_of=1066")
        assert refused.status_code == 400
        assert all(str(year) in refused.text for year in site.years)


def test_a_city_without_a_dated_number_is_shown_as_of_the_year_of_the_edition(
    undated: FlaskClient,
) -> None:
    site: Site = context_of(undated.application).site
    assert not site.years
    assert str(site.edition.year) == site.edition.date[:4]
    assert all(score.share is None for score in site.fulfilment().indicators)
    root = document_fromstring(undated.get("/en/").text)
    assert root.xpath("//select[@name='as_of']/option/text()") == [str(site.edition.year)]
    assert text("fact_years", "en") not in undated.get("/en/data/").text
    assert text("years_with_data", "en", years="") not in undated.get("/en/?as_of=1066").text
