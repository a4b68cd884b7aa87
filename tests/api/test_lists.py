"""Lists: filters find what the tables hold, pages cover it all exactly once."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import chain, product
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from data.editions import newest_folder
from data.models import Edition
from tests.api.answers import LISTS, ROOT, Json, ask, every
from tests.builders import Row, table_rows
from tests.conftest import BASE_URL
from tests.contracts import recount
from tests.contracts.documents import slug_of

INDICATORS = {row["code"]: row for row in table_rows("indicators")}
Fits = Callable[[Row], bool]


# One page holds them.
SHORT = {"scores": "&city=karmoy"}
# Pages of one item are many in other lists, and no different.
FEW = ("cities", "editions")


@pytest.mark.parametrize(("name", "limit"), [*product(LISTS, (7, 100, 500)), *product(FEW, (1,))])
def test_pages_cover_every_item_exactly_once(client: FlaskClient, name: str, limit: int) -> None:
    whole = ask(client, f"{name}?limit=500{SHORT.get(name, '')}")
    assert whole["next"] is None
    assert every(client, f"{name}?limit={limit}{SHORT.get(name, '')}") == whole["items"]
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
    assert {(item["city"], item["comparability"]) for item in again["items"]} == {
        ("moscow", "exact")
    }


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
    ("filters", "fits"), OBSERVATIONS, ids=[str(filters) for filters, _ in OBSERVATIONS]
)
def test_filters_find_the_observations_of_the_table(
    client: FlaskClient, filters: dict[str, str], fits: Fits
) -> None:
    items = every(client, f"observations?{urlencode({**filters, 'limit': 9})}")
    wanted = [row for row in table_rows("observations") if fits(row)]
    cells = [
        (item["city"], item["code"], item["source_id"], item["value_digits"]) for item in items
    ]
    assert cells == [
        (row["city"], row["code"], row["source_id"], row["value"] or None) for row in wanted
    ]


def test_filters_that_fit_nothing_together_find_nothing(client: FlaskClient) -> None:
    rows = table_rows("observations")
    pairs = {(row["city"], row["code"]) for row in rows}
    both = product(sorted({row["city"] for row in rows}), sorted({row["code"] for row in rows}))
    city, code = next(pair for pair in both if pair not in pairs)
    page = ask(client, f"observations?city={city}&indicator={slug_of(code)}")
    assert (page["items"], page["total"], page["next"]) == ([], 0, None)


@pytest.mark.parametrize(
    "column",
    ["dimension", "category", "level", "type"],
)
def test_filters_find_the_indicators_of_the_table(client: FlaskClient, column: str) -> None:
    for value in {row[column] for row in INDICATORS.values()}:
        items = every(client, f"indicators?{urlencode({column: value or 'unknown'})}")
        wanted = [code for code, row in INDICATORS.items() if row[column] == value]
        assert [item["code"] for item in items] == wanted


@pytest.mark.parametrize("words", ["water", "вода", "  ВОДА ", "EC: ICT: ICT: 1C", "больницы"])
def test_words_find_what_the_search_of_the_site_finds(client: FlaskClient, words: str) -> None:
    items = every(client, f"indicators?{urlencode({'q': words})}")
    page = client.get(f"/en/kpi/?{urlencode({'q': words})}").text
    listed = [code for code in INDICATORS if f'/en/kpi/{slug_of(code)}/"' in page]
    assert items
    assert {item["code"] for item in items} >= set(listed)


@pytest.mark.parametrize("column", ["dimension", "category", "level"])
def test_filters_find_the_scores_of_their_indicators(client: FlaskClient, column: str) -> None:
    whole = every(client, "fulfilment")
    collected: list[Json] = []
    for value in dict.fromkeys(row[column] for row in INDICATORS.values()):
        items = every(client, f"fulfilment?{urlencode({column: value})}")
        assert items == [item for item in whole if INDICATORS[item["code"]][column] == value]
        collected += items
    assert len(collected) == len(whole)


def test_each_score_is_found_by_its_band_and_indicator(client: FlaskClient) -> None:
    whole = every(client, "fulfilment")
    bands = [
        every(client, f"fulfilment?band={band}")
        for band in ("95-100", "66-95", "33-66", "0-33", "none")
    ]
    assert all(bands)
    assert sorted(map(str, chain(*bands))) == sorted(map(str, whole))
    items = every(client, "fulfilment?indicator=en-en-aq-1c")
    assert items == [item for item in whole if item["slug"] == "en-en-aq-1c"]


def test_a_city_is_scored_as_of_the_year_of_the_edition_unless_another_is_asked_for(
    client: FlaskClient, edition: Edition
) -> None:
    for city in ask(client, "cities")["items"]:
        page = ask(client, f"fulfilment?city={city['city']}&limit=1")
        assert (page["city"], page["as_of"]) == (city["city"], edition.year)
    assert ask(client, "fulfilment?limit=1")["city"] == "moscow"
    early = every(client, "fulfilment?city=moscow&as_of=2012")
    assert {item["as_of"] for item in early} == {2012}
    assert all((item["period"] or "")[:4] <= "2012" for item in early)


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


def test_a_code_asks_for_the_same_as_a_slug(client: FlaskClient) -> None:
    for name in ("observations", "values", "fulfilment", "gaps", "targets", "scores"):
        by_slug = every(client, f"{name}?indicator=en-en-aq-1c")
        assert by_slug
        assert every(client, f"{name}?{urlencode({'indicator': 'EN: EN: AQ: 1C'})}") == by_slug
    code = quote("EN: EN: AQ: 1C")
    assert ask(client, f"indicators/{code}") == ask(client, "indicators/en-en-aq-1c")


@pytest.mark.parametrize("name", ["observations", "values", "scores", "fulfilment", "gaps"])
def test_several_cities_are_asked_for_at_once(client: FlaskClient, name: str) -> None:
    apart = [every(client, f"{name}?city={city}") for city in ("karmoy", "asker")]
    together = every(client, f"{name}?city=asker&city=karmoy&city=asker")
    assert all(apart)
    assert sorted(map(str, together)) == sorted(map(str, chain(*apart)))


@pytest.mark.parametrize("name", ["observations", "values"])
def test_a_range_of_years_holds_both_ends(client: FlaskClient, name: str) -> None:
    items = every(client, f"{name}?city=moscow&year_from=2016&year_to=2018")
    rows = [row for row in table_rows("observations") if row["city"] == "moscow"]
    rows = [row for row in rows if row["value"] or name == "observations"]
    years = sorted(int(row["period"][:4]) for row in rows if row["period"])
    assert sorted(item["year"] for item in items) == [
        year for year in years if 2016 <= year <= 2018
    ]
    assert {item["year"] for item in items} == {2016, 2017, 2018}


@pytest.mark.parametrize("evidence", ["verified", "statistics", "press"])
def test_values_are_found_by_their_evidence(client: FlaskClient, evidence: str) -> None:
    rows = [row for row in table_rows("observations") if row["evidence"] == evidence]
    items = every(client, f"observations?evidence={evidence}")
    assert [item["value_id"] for item in items] == [row["value_id"] for row in rows]
    scored = every(client, f"fulfilment?evidence={evidence}")
    assert scored
    assert {score["evidence"] for score in scored} == {evidence}


@pytest.mark.parametrize("view", recount.VIEWS)
@pytest.mark.parametrize("since", [None, 2021])
def test_scores_follow_the_view_of_yardsticks_and_the_oldest_year_that_counts(
    client: FlaskClient, view: str, since: int | None
) -> None:
    recounted = recount.recount(view=view, since=since or 0)
    items = every(client, f"fulfilment?yardstick={view}{f'&since={since}' if since else ''}")
    bands = {(item["code"], item["data_point"] or ""): item["band"] for item in items}
    for code, parts in recounted.items():
        for part in parts:
            assert bands[code, part.label] == part.band
    if since:
        old = [item for item in items if item["reason"] == "older"]
        assert (view == "own_goals") or all(item["year"] < since for item in old)


def test_yardsticks_scores_and_gaps_are_found_by_what_they_are(client: FlaskClient) -> None:
    kinds = [row for row in table_rows("targets") if row["kind"] == "own_goal"]
    items = every(client, "targets?kind=own_goal")
    assert [(item["code"], str(item["target"])) for item in items] == [
        (row["code"], row["target"]) for row in kinds
    ]
    (city,) = every(client, "scores?city=moscow&level=city&as_of=2018")
    share = recount.points_share(part for parts in recount.recount(2018).values() for part in parts)
    assert share is not None
    assert abs(Fraction(city["share_percent"]) - share) <= Fraction(1, 100)
    gaps = every(client, "gaps?reason=no_target")
    assert gaps
    assert {gap["reason"] for gap in gaps} == {"no_target"}
