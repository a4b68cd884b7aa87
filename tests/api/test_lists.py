"""Lists: filters find what the tables hold, pages cover it all exactly once."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, product
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from data.editions import newest_folder
from tests.api.answers import LISTS, ROOT, Json, ask, every
from tests.builders import Row, table_rows
from tests.conftest import BASE_URL
from tests.contracts.documents import slug_of

INDICATORS = {row["code"]: row for row in table_rows("indicators")}
Fits = Callable[[Row], bool]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", [1, 7, 100, 500])
def test_pages_cover_every_item_exactly_once(client: FlaskClient, name: str, limit: int) -> None:
    whole = ask(client, f"{name}?limit=500")
    assert whole["next"] is None
    assert every(client, f"{name}?limit={limit}") == whole["items"]
    assert len(whole["items"]) == whole["total"] > 0


@pytest.mark.parametrize("name", LISTS)
def test_every_page_says_where_it_is_and_on_what_terms(client: FlaskClient, name: str) -> None:
    page = ask(client, f"{name}?limit=1&offset=0")
    assert (page["limit"], page["offset"], len(page["items"])) == (1, 0, 1)
    if page["total"] > 1:
        assert page["next"] == f"{BASE_URL}{ROOT}{name}?limit=1&offset=1"
    assert page["edition"]["version"] == newest_folder().name
    assert page["licence"]["url"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert all(page["licence"]["note"].values())
    assert not any("{" in words for words in page["licence"]["note"].values())


def test_no_sentence_has_a_gap_where_a_word_should_stand(client: FlaskClient) -> None:
    for address in ("", *LISTS, "openapi.json"):
        words = client.get(f"{ROOT}{address}").text
        assert not re.findall(r"\{[a-z_]+\}", re.sub(r"/\{slug\}", "", words)), address


def test_the_terms_count_the_sources_that_state_any(client: FlaskClient) -> None:
    rows = table_rows("sources")
    stated = sum(row["licence"] != "" for row in rows)
    note = ask(client, "cities")["licence"]["note"]
    assert f"Of {len(rows)} sources {stated} state terms" in note["en"]
    assert f"Из {len(rows)} источников условия указали {stated}" in note["ru"]


def test_a_page_behind_the_last_one_is_empty(client: FlaskClient) -> None:
    page = ask(client, "observations?offset=1000000")
    assert (page["items"], page["next"]) == ([], None)
    assert page["total"] == len(table_rows("observations"))


def test_the_next_page_keeps_the_filters(client: FlaskClient) -> None:
    page = ask(client, "observations?city=moscow&comparability=exact&limit=3")
    again = ask(client, page["next"].removeprefix(BASE_URL + ROOT))
    assert again["total"] == page["total"]
    assert {(one["city"], one["comparability"]) for one in again["items"]} == {("moscow", "exact")}


def dimension_of(row: Row) -> str:
    return INDICATORS[row["code"]]["dimension"]


OBSERVATIONS: list[tuple[dict[str, str], Fits]] = [
    ({"city": "moscow"}, lambda row: row["city"] == "moscow"),
    ({"indicator": "en-en-aq-1c"}, lambda row: slug_of(row["code"]) == "en-en-aq-1c"),
    ({"dimension": "society_culture"}, lambda row: dimension_of(row) == "society_culture"),
    (
        {"category": "Water and Sanitation"},
        lambda row: INDICATORS[row["code"]]["category"] == "Water and Sanitation",
    ),
    ({"level": "advanced"}, lambda row: INDICATORS[row["code"]]["level"] == "advanced"),
    ({"year": "2020"}, lambda row: row["period"][:4] == "2020"),
    ({"data_point": "4G"}, lambda row: row["data_point"] == "4G"),
    ({"data_point": "-"}, lambda row: row["data_point"] == ""),
    ({"comparability": "proxy"}, lambda row: row["comparability"] == "proxy"),
    (
        {"city": "moscow", "dimension": "economy", "year": "2018", "comparability": "reported"},
        lambda row: (
            (row["city"], dimension_of(row), row["period"][:4], row["comparability"])
            == ("moscow", "economy", "2018", "reported")
        ),
    ),
    (
        {"city": "rana", "indicator": "ec-p-em-1c", "year": "2009"},
        lambda row: (
            (row["city"], slug_of(row["code"]), row["period"][:4]) == ("rana", "ec-p-em-1c", "2009")
        ),
    ),
]


@pytest.mark.parametrize(
    ("asked", "fits"), OBSERVATIONS, ids=[str(asked) for asked, _ in OBSERVATIONS]
)
def test_filters_find_the_observations_of_the_table(
    client: FlaskClient, asked: dict[str, str], fits: Fits
) -> None:
    found = every(client, f"observations?{urlencode({**asked, 'limit': 9})}")
    wanted = [row for row in table_rows("observations") if fits(row)]
    told = [(one["city"], one["code"], one["source_id"], one["value_digits"]) for one in found]
    assert told == [
        (row["city"], row["code"], row["source_id"], row["value"] or None) for row in wanted
    ]


def test_filters_that_fit_nothing_together_find_nothing(client: FlaskClient) -> None:
    rows = table_rows("observations")
    known = {(row["city"], row["code"]) for row in rows}
    both = product(sorted({row["city"] for row in rows}), sorted({row["code"] for row in rows}))
    city, code = next(pair for pair in both if pair not in known)
    page = ask(client, f"observations?city={city}&indicator={slug_of(code)}")
    assert (page["items"], page["total"], page["next"]) == ([], 0, None)


@pytest.mark.parametrize(
    "column",
    ["dimension", "category", "level", "type"],
)
def test_filters_find_the_indicators_of_the_table(client: FlaskClient, column: str) -> None:
    for value in {row[column] for row in INDICATORS.values()}:
        found = every(client, f"indicators?{urlencode({column: value or 'unknown'})}")
        wanted = [code for code, row in INDICATORS.items() if row[column] == value]
        assert [one["code"] for one in found] == wanted


@pytest.mark.parametrize("words", ["water", "вода", "  ВОДА ", "EC: ICT: ICT: 1C", "больницы"])
def test_words_find_what_the_search_of_the_site_finds(client: FlaskClient, words: str) -> None:
    found = every(client, f"indicators?{urlencode({'q': words})}")
    page = client.get(f"/en/kpi/?{urlencode({'q': words})}").text
    listed = [code for code in INDICATORS if f'/en/kpi/{slug_of(code)}/"' in page]
    assert found
    assert {one["code"] for one in found} >= set(listed)


@pytest.mark.parametrize("column", ["dimension", "category", "level"])
def test_filters_find_the_scores_of_their_indicators(client: FlaskClient, column: str) -> None:
    whole = every(client, "fulfilment")
    seen: list[Json] = []
    for value in dict.fromkeys(row[column] for row in INDICATORS.values()):
        found = every(client, f"fulfilment?{urlencode({column: value})}")
        assert found == [one for one in whole if INDICATORS[one["code"]][column] == value]
        seen += found
    assert len(seen) == len(whole)


def test_each_score_is_found_by_its_band_and_indicator(client: FlaskClient) -> None:
    whole = every(client, "fulfilment")
    bands = [
        every(client, f"fulfilment?band={band}")
        for band in ("95-100", "66-95", "33-66", "0-33", "none")
    ]
    assert all(bands)
    assert sorted(map(str, chain(*bands))) == sorted(map(str, whole))
    found = every(client, "fulfilment?indicator=en-en-aq-1c")
    assert found == [one for one in whole if one["slug"] == "en-en-aq-1c"]


def test_a_city_is_scored_as_of_its_newest_year_unless_another_is_asked_for(
    client: FlaskClient,
) -> None:
    for city in ask(client, "cities")["items"]:
        page = ask(client, f"fulfilment?city={city['city']}&limit=1")
        assert page["city"] == city["city"]
        if city["years"]:
            assert page["as_of"] == city["years"][-1]
    assert ask(client, "fulfilment?limit=1")["city"] == "moscow"
    early = every(client, "fulfilment?city=moscow&as_of=2012")
    assert {one["as_of"] for one in early} == {2012}
    assert all((one["period"] or "")[:4] <= "2012" for one in early)


def test_each_city_counts_its_rows(client: FlaskClient) -> None:
    rows = table_rows("observations")
    for city in ask(client, "cities")["items"]:
        assert city["observations"] == sum(row["city"] == city["city"] for row in rows)
        years = {
            int(row["period"][:4])
            for row in rows
            if row["city"] == city["city"] and row["period"] and row["value"]
        }
        assert city["years"] == sorted(years)
