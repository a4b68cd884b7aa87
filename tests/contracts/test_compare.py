"""The comparison of cities says what the tables say, draws only like with like, ranks nobody."""

from __future__ import annotations

from collections import defaultdict

import pytest
from dash import Dash
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from components.formats import period
from components.texts import text
from data.models import LANGUAGES, Language
from tests.builders import Row, shown_quantity, table_rows
from tests.contracts.documents import slug_of
from tests.contracts.readings import INDICATORS, Pages, content, unit
from tests.contracts.recount import CITY, EDITION_YEAR, RANK, year_of

CITIES = {row["city"]: row for row in table_rows("cities")}
ONE = "sc-sh-si-3c"
RECENT = EDITION_YEAR - 5
Articles = dict[Language, dict[str, HtmlElement]]
Shown = tuple[str, str, str, str]


def rows_by_rule() -> dict[str, list[Row]]:
    """Of each city and data point the row its colour rests on, else the newest; by code."""
    numbers: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in table_rows("observations"):
        if row["value"]:
            numbers[row["city"], row["code"], row["data_point"]].append(row)
    chosen: dict[str, list[Row]] = defaultdict(list)
    for rows in numbers.values():
        rated = [row for row in rows if row["rate"] == "yes" and row["period"]]
        best = min(rated or rows, key=lambda row: (-year_of(row), RANK[row["comparability"]]))
        chosen[best["code"]].append(best)
    return chosen


RULE = rows_by_rule()
COMPARED = {code: rows for code, rows in RULE.items() if any(row["city"] != CITY for row in rows)}


def drawn_rows(rows: list[Row]) -> list[Row]:
    """What may stand on one scale: the same part and unit, rated, no count, two cities."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["rate"] == "yes" and row["unit"] not in ("number", "yes/no"):
            groups[row["data_point"], row["unit"]].append(row)
    return [
        row for group in groups.values() if len({row["city"] for row in group}) > 1 for row in group
    ]


def expected_cells(row: Row, language: Language) -> Shown:
    city = CITIES[row["city"]]
    country = city["country_ru"] if language == "ru" else city["country"]
    words = unit(row["code"], row["data_point"], language)
    return (
        f"{city[f'name_{language}']}, {country}",
        shown_quantity(row["value"], words, language),
        period(row["period"], language),
        text(f"comparability_{row['comparability']}", language),
    )


@pytest.fixture(scope="module")
def articles(dash_app: Dash) -> Articles:
    """The comparison of each indicator that another city has a number for, by its slug."""
    client = dash_app.server.test_client()
    articles: Articles = {}
    for language in LANGUAGES:
        for slug in map(slug_of, COMPARED):
            root = document_fromstring(client.get(f"/{language}/compare/?kpi={slug}").text)
            (article,) = root.xpath("//article")
            articles.setdefault(language, {})[slug] = article
    return articles


def shown(article: HtmlElement) -> list[Shown]:
    rows = []
    for row in article.xpath(".//tbody/tr"):
        cells = {str(cell.get("class")): cell for cell in row.iter("td")}
        assert cells["c-source"].xpath(".//a[starts-with(@href, '#source-')]")
        standing = cells["c-comparability"]
        rows.append(
            (
                content(row.find("th")),
                content(cells["c-value"]),
                content(cells["c-period"]),
                (standing.text or "").strip(),
            )
        )
    return rows


def test_every_value_is_that_of_the_tables_with_year_and_comparability(
    articles: Articles, language: Language
) -> None:
    for code, rows in COMPARED.items():
        values = shown(articles[language][slug_of(code)])
        assert sorted(values) == sorted(expected_cells(row, language) for row in rows)


def test_a_city_has_one_row_and_a_dot_where_its_value_may_be_compared(
    articles: Articles, language: Language
) -> None:
    dots = 0
    for code, values in COMPARED.items():
        article, drawn = articles[language][slug_of(code)], drawn_rows(values)
        rows = article.xpath(".//ul[@class='beside']/li")
        assert len(rows) == len(values)
        wanted = {}
        for value in values:
            name, number, when, standing = expected_cells(value, language)
            wanted[name.split(", ")[0], number] = value, when, standing
        for row in rows:
            city, when = (content(part) for part in row.xpath("./*[@class='b-city']/span"))
            value, period, standing = wanted[city, content(row.xpath("./*[@class='b-value']")[0])]
            assert when == (period or text("period_unknown", language))
            classes = row.xpath(".//circle/@class")
            older = not value["period"] or year_of(value) < RECENT
            kind = "own" if value["city"] == CITY else "other"
            assert classes == ([f"dot {kind}{' o' if older else ''}"] if value in drawn else [])
            same = value["comparability"] in ("reported", "exact")
            assert same == (standing not in content(row))
            dots += len(classes)
        if not drawn:
            reasons = ("compare_counts", "compare_alone")
            assert any(text(reason, language) in content(article) for reason in reasons)
    assert dots > 40


def test_dots_stand_where_their_values_are(articles: Articles, language: Language) -> None:
    article, code = articles[language][ONE], code_of(ONE)
    values = drawn_rows(RULE[code])
    places = [float(at.rstrip("%")) for at in article.xpath(".//circle/@cx")]
    ends = {
        round(float(value["value"]) / place, 3) for value, place in zip(values, places, strict=True)
    }
    assert len(places) > 2
    assert max(ends) - min(ends) < 0.002
    assert max(places) <= 100


def code_of(slug: str) -> str:
    return next(code for code in INDICATORS if slug_of(code) == slug)


def test_cities_stand_in_a_fixed_order_with_our_own_first(
    articles: Articles, pages: Pages, language: Language
) -> None:
    order = [CITY, *(city for city in CITIES if city != CITY)]
    names = [CITIES[city][f"name_{language}"] for city in order]
    for article in articles[language].values():
        places = [names.index(name.split(", ")[0]) for name, *_ in shown(article)]
        assert places == sorted(places)
    said_of_ranks = content(pages[f"/{language}/compare/"].root.xpath("//main")[0])
    name = CITIES[CITY][f"name_{language}"]
    assert text("compare_no_ranking", language, city=name) in said_of_ranks


def test_reports_without_a_number_are_told(articles: Articles, language: Language) -> None:
    comparisons = articles[language]
    silent = [row for row in table_rows("observations") if row["city"] != CITY and not row["value"]]
    compared = [row for row in silent if row["code"] in COMPARED]
    assert compared
    for row in compared:
        assert CITIES[row["city"]][f"name_{language}"] in content(comparisons[slug_of(row["code"])])


def test_one_indicator_comes_with_the_wording_of_its_sources(
    pages: Pages, language: Language
) -> None:
    page = pages[f"/{language}/compare/?kpi={ONE}"]
    assert page.root.xpath("//article/@id") == [ONE]
    quoted = [content(quotation) for quotation in page.root.xpath("//main//q")]
    wanted = [row["value_text"] for row in RULE[code_of(ONE)]]
    assert quoted == [words for words in wanted if words and not words.startswith("[")]
    assert page.root.xpath("//select[@name='kpi']/optgroup/option[@selected]/@value") == [ONE]


def test_without_a_choice_the_indicator_with_most_cities_is_shown(
    client: FlaskClient, language: Language
) -> None:
    cities = {
        code: len({row["city"] for row in drawn_rows(rows)}) for code, rows in COMPARED.items()
    }
    root = document_fromstring(client.get(f"/{language}/compare/").text)
    (slug,) = root.xpath("//article/@id")
    assert cities[code_of(slug)] == max(cities.values())
    (href,) = root.xpath("//main//a[contains(@href, 'kpi=all')]/@href")
    every = document_fromstring(client.get(href).text)
    links = [link.partition("kpi=")[2] for link in every.xpath("//ul[@class='every']//a/@href")]
    assert sorted(links) == sorted(slug_of(code) for code in COMPARED)
    assert every.xpath("//option[@selected]/@value") == ["all"]


def test_chosen_cities_are_the_only_ones_and_stay_chosen(client: FlaskClient) -> None:
    root = document_fromstring(client.get(f"/en/compare/?kpi={ONE}&city=bizerte&city=asker").text)
    assert root.xpath("//input[@name='city'][@checked]/@value") == ["bizerte", "asker"]
    heads = {content(head).split(", ")[0] for head in root.xpath("//article//tbody/tr/th")}
    assert heads == {"Moscow", "Bizerte", "Asker"}
    canonical = root.xpath("//link[@rel='canonical']/@href")[0]
    assert canonical.endswith(f"/en/compare/?kpi={ONE}&city=asker&city=bizerte")


def test_the_order_of_cities_in_the_address_changes_nothing(client: FlaskClient) -> None:
    response = client.get("/en/compare/?city=stavanger&city=asker&city=asker")
    other = client.get("/en/compare/?city=asker&city=stavanger&kpi=")
    assert response.data == other.data
    assert response.headers["ETag"] == other.headers["ETag"]


def test_an_indicator_that_no_other_city_has_says_so(client: FlaskClient) -> None:
    slug = next(slug_of(code) for code in INDICATORS if code not in COMPARED)
    root = document_fromstring(client.get(f"/en/compare/?kpi={slug}").text)
    assert text("compare_none", "en") in content(root.xpath("//main")[0])
    assert root.xpath("//option[@selected]/@value") == [slug]


@pytest.mark.parametrize("query", ["kpi=EC:%20P", "kpi=-", "city=%00", "city=a_b", "kpi=a&kpi=b"])
def test_what_names_nothing_at_all_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/ru/compare/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["kpi=nothing", "city=atlantis", f"city={CITY}", "city=rana"])
def test_an_indicator_or_city_that_is_not_compared_is_not_found(
    client: FlaskClient, query: str
) -> None:
    assert client.get(f"/ru/compare/?{query}").status_code == 404


def test_the_files_behind_the_page_are_linked(pages: Pages, client: FlaskClient) -> None:
    links = pages["/en/compare/"].root.xpath("//main//ul[@class='forms']//a/@href")
    assert {str(link).rpartition("/")[2] for link in links} >= {"observations.csv", "cities.csv"}
    assert {client.get(str(link), buffered=True).status_code for link in links} == {200}


def test_indicators_and_the_menu_lead_here(pages: Pages, language: Language) -> None:
    for code in INDICATORS:
        here = f"/{language}/compare/?kpi={slug_of(code)}"
        links = pages[f"/{language}/kpi/{slug_of(code)}/"].root.xpath("//main//a/@href")
        assert (here in links) == (code in COMPARED)
    menu = pages[f"/{language}/kpi/"].root.xpath("//header//nav//a/@href")
    assert f"/{language}/compare/" in menu


def test_a_chosen_city_without_a_value_is_named(client: FlaskClient, language: Language) -> None:
    name = {"en": "Stavanger", "ru": "Ставангер"}[language]
    remark = text("compare_absent", language, cities=name)
    for slug, code in (("ec-p-em-1c", "EC: P: EM: 1C"), ("ec-ict-ict-1c", "EC: ICT: ICT: 1C")):
        cities = {row["city"] for row in table_rows("observations") if row["code"] == code}
        page = client.get(f"/{language}/compare/?kpi={slug}&city=stavanger").text
        assert (remark in page) is ("stavanger" not in cities)
