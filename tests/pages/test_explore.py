"""The page that explores scores: rows shown, downloaded and made by code are the same."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from openpyxl import load_workbook

from components.explore.views import VIEWS
from components.texts import text
from data.exploration.selection import CHARTS
from pages.site import Site
from tests.conftest import BASE_URL
from tests.contracts.readings import content

# Every filter once at least, each query with rows.
QUERIES = (
    "",
    "dimension=economy&age=older&band=95-100,66-95",
    "topic=water,health&level=core&evidence=verified,press&as_of=2018",
    "kind=goal&comparability=exact,reported&city=stavanger&yardstick=goals",
    "kpi=ec-p-em-1c,en-en-aq-1c&age=recent,undated&from=2015",
    "band=none&city=asker,bizerte",
)
Key = tuple[str, str, str, str]


def rows_of(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content, newline="")))


def keys_of(rows: list[dict[str, str]]) -> list[Key]:
    return sorted((row["city"], row["code"], row["data_point"], row["value"]) for row in rows)


def downloaded(client: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/en/explore.csv?{query}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return rows_of(answer.text)


@pytest.mark.parametrize("query", QUERIES)
def test_rows_shown_are_rows_downloaded(client: FlaskClient, query: str) -> None:
    rows = downloaded(client, query)
    assert rows
    root = document_fromstring(client.get(f"/en/explore/?{query}&rows=all").text)
    links = root.xpath("//table[contains(@class, 'explore-rows')]/tbody/tr/th//a[1]")
    slugs = [link.get("href").rpartition("pick=")[2] for link in links]
    assert slugs == [row["code"].lower().replace(": ", "-") for row in rows]


@pytest.mark.parametrize("query", QUERIES)
def test_the_code_of_a_view_makes_its_rows(own_url: str, client: FlaskClient, query: str) -> None:
    root = document_fromstring(client.get(f"/en/explore/?{query}").text)
    code = root.get_element_by_id("explore-code").text_content()
    base = code.split('base = "')[1].split('"')[0]
    names: dict[str, Any] = {}
    exec(code.replace(base, own_url), names)  # noqa: S102  # What a reader would paste and run.
    frame = names["rows"].astype(object).where(names["rows"].notna(), "")
    keys = sorted(
        zip(
            frame["city"],
            frame["code"],
            frame["data_point"],
            map(float, frame["value"]),
            strict=True,
        )
    )
    wanted = [(*key[:3], float(key[3])) for key in keys_of(downloaded(client, query))]
    assert keys == sorted(wanted)


def test_every_form_of_a_file_has_the_same_rows_and_says_where_they_are_from(
    client: FlaskClient,
) -> None:
    query = QUERIES[1]
    rows = keys_of(downloaded(client, query))
    parquet = client.get(f"/ru/explore.parquet?{query}").data
    table = pd.read_parquet(io.BytesIO(parquet))
    assert [tuple(row) for row in table[["city", "code"]].itertuples(index=False)] == [
        (row["city"], row["code"]) for row in downloaded(client, query)
    ]
    workbook = load_workbook(io.BytesIO(client.get(f"/ru/explore.xlsx?{query}").data))
    assert workbook["selection"].max_row == len(rows) + 1
    words = str([cell.value for row in workbook["read me"].rows for cell in row])
    assert "/ru/explore/?" in words
    assert "creativecommons.org" in words
    excel = client.get(f"/ru/explore.ru-excel.csv?{query}").data.decode("utf-8-sig")
    assert len(excel.splitlines()) == len(rows) + 1


def test_what_is_unknown_is_named_and_left_out(client: FlaskClient, language: str) -> None:
    query = "city=atlantis&band=purple&dimension=economy&as_of=1700"
    answer = client.get(f"/{language}/explore/?{query}")
    assert answer.status_code == 200
    root = document_fromstring(answer.text)
    (notice,) = root.xpath("//p[@class='notice']")
    assert "city=atlantis" in content(notice)
    (canonical,) = root.xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith(f"/{language}/explore/?dimension=economy")


@pytest.mark.parametrize(
    "query",
    [
        "age=undated&kind=limit",
        "yardstick=own-goals&band=0-33&dimension=society-culture&level=core",
        "kpi=" + ",".join(["x"] * 400),
        "as_of=2009&age=undated",
        "kpi=ec-p-em-1c&from=2009&as_of=2009",
        "city=rana&evidence=verified",
    ],
)
@pytest.mark.parametrize("view", ["heat-map", "distance", "nonsense"])
def test_odd_choices_have_words(client: FlaskClient, query: str, view: str) -> None:
    answer = client.get(f"/en/explore/?view={view}&{query}")
    assert answer.status_code == 200
    root = document_fromstring(answer.text)
    (finding,) = root.xpath("//p[@class='finding']")
    assert len(content(finding)) > 20


def test_an_address_that_is_too_long_leads_back(client: FlaskClient, language: str) -> None:
    made_up = ",".join(f"made-up-indicator-{place}" for place in range(200))
    answer = client.get(f"/{language}/explore/?kpi={made_up}")
    assert answer.status_code == 400
    (way, *_) = document_fromstring(answer.text).xpath("//main//li/a/@href")
    assert way == f"/{language}/explore/"
    assert client.get(way).status_code == 200


def test_a_search_adds_the_indicators_that_it_finds(client: FlaskClient) -> None:
    root = document_fromstring(client.get("/en/explore/?q=unemployment&dimension=economy").text)
    (canonical,) = root.xpath("//link[@rel='canonical']/@href")
    assert "kpi=" in canonical
    assert "ec-p-em-1c" in canonical


def test_a_choice_counts_the_indicators_that_it_would_leave(
    client: FlaskClient, site: Site
) -> None:
    root = document_fromstring(client.get("/en/explore/?dimension=economy").text)
    label = root.xpath("//label[@for='explore-level-core']")[0]
    count = int(content(label).split()[-1])
    shown = document_fromstring(client.get("/en/explore/?dimension=economy&level=core").text)
    words = text("explore_left", "en", n=count)
    assert words in content(shown.xpath("//main")[0])
    assert count < len(site.edition.indicators)


def test_pages_lead_here(client: FlaskClient) -> None:
    for path, query in (
        ("economy/", "dimension=economy"),
        ("kpi/ec-p-em-1c/", "dimension=economy&pick=ec-p-em-1c"),
    ):
        root = document_fromstring(client.get(f"/en/{path}").text)
        assert f"/en/explore/?{query}" in root.xpath("//main//a/@href")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_a_picture_and_a_frame(client: FlaskClient, view: str) -> None:
    filters = "kpi=sc-sh-si-3c" if view == "cities" else "dimension=environment"
    query = f"view={view}&{filters}&city=asker"
    page = document_fromstring(client.get(f"/en/explore/?{query}").text)
    (finding,) = page.xpath("//p[@class='finding']")
    picture = client.get(f"/en/explore.svg?{query}")
    assert picture.headers["Access-Control-Allow-Origin"] == "*"
    assert "Asker" in picture.text
    frame = client.get(f"/embed/en/explore?{query}")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    root = document_fromstring(frame.text)
    assert content(finding) in content(root.xpath("//main")[0])
    assert root.xpath("//details[@id='numbers']//td")
    assert client.get("/embed/en/explore?theme=pink").status_code == 400
    (link,) = page.xpath("//link[@type='application/json+oembed']/@href")
    described = client.get(link.removeprefix(BASE_URL)).get_json()
    own = page.xpath("//link[@rel='canonical']/@href")[0].partition("?")[2]
    assert f'src="{BASE_URL}/embed/en/explore?{own}"'.replace("&", "&amp;") in described["html"]
    assert described["title"] in page.xpath("//meta[@property='og:title']/@content")
    assert client.get(f"{link.removeprefix(BASE_URL)}&maxheight=300").get_json()["height"] == 300
    for link in root.xpath("//link[contains(@type, 'oembed')]/@href"):
        assert client.get(link.removeprefix(BASE_URL)).status_code == 200


@pytest.mark.parametrize("view", CHARTS)
@pytest.mark.parametrize(
    "choice", ["", "pick=ec-p-em-1c&before=2015", "city=asker,bizerte,stavanger&yardstick=goals"]
)
def test_a_first_response_has_14_kilobytes_at_most(
    client: FlaskClient, language: str, view: str, choice: str
) -> None:
    query = "&".join(part for part in (f"view={view}", choice) if part)
    answer = client.get(f"/{language}/explore/?{query}", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert len(answer.data) <= 14 * 1024


def test_the_comparison_and_its_view_lead_to_each_other(client: FlaskClient) -> None:
    compared = document_fromstring(client.get("/en/compare/?kpi=sc-sh-si-3c&city=asker").text)
    link = "/en/explore/?view=cities&kpi=sc-sh-si-3c&city=asker"
    assert link in [href.replace("%2C", ",") for href in compared.xpath("//main//a/@href")]
    explored = document_fromstring(client.get(link).text)
    assert "/en/compare/?kpi=sc-sh-si-3c&city=asker" in explored.xpath("//main//a/@href")
