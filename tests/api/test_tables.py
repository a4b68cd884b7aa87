"""Whatever the interface answers is what the tables say, cell by cell and digit by digit."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask.testing import FlaskClient

from data.exports.tables import EXPORTS
from tests.api.answers import TABLES as TABLE_LISTS
from tests.api.answers import Json, ask, every
from tests.builders import Row, table_rows
from tests.conftest import BASE_URL
from tests.contracts.recount import EDITION_YEAR, Scored, band_of, points_share, recount

# Columns that the interface writes in another way.
DERIVED = {"data_points", "slug", "url", "pages", "value_digits", "synonyms", "sdg_targets"}
DERIVED |= {"topics", "input_source_ids", "applies_to"}


def cell(value: Any) -> str:
    """A value as the tables would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def differences(item: Json, row: Row, names: dict[str, tuple[str, str]]) -> Iterator[str]:
    """What an item says otherwise than its row; ``names`` are the columns of pairs of words."""
    for name, value in item.items():
        if name in names:
            words = value or {"en": None, "ru": None}
            for language, column in zip(("en", "ru"), names[name], strict=True):
                if cell(words[language]) != row[column]:
                    yield f"{name}.{language}: {words[language]!r} is not {row[column]!r}"
        elif name in row and name not in DERIVED and cell(value) != row[name]:
            yield f"{name}: {value!r} is not {row[name]!r}"


def pair(name: str) -> tuple[str, str]:
    return f"{name}_en", f"{name}_ru"


def plain(name: str) -> tuple[str, str]:
    return name, f"{name}_ru"


TABLES: dict[str, dict[str, tuple[str, str]]] = {
    "indicators": {
        "name": pair("name"),
        "sub_dimension": plain("sub_dimension"),
        "category": plain("category"),
        "definition": pair("definition"),
        "unit_name": pair("unit"),
        "notes": plain("notes"),
        "plain_name": pair("plain_name"),
        "plain_definition": pair("plain_definition"),
        "why": pair("why"),
    },
    "targets": {"page": plain("page"), "note": plain("note"), "set_by": pair("set_by")},
    "observations": {
        "page": plain("page"),
        "note": plain("note"),
        "rate_reason": plain("rate_reason"),
    },
    "cities": {"name": pair("name"), "country": plain("country")},
    "sources": {"publisher": plain("publisher"), "licence": plain("licence")},
}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_is_answered_unchanged_and_in_its_order(
    client: FlaskClient, table: str
) -> None:
    rows, items = table_rows(table), every(client, f"{table}?limit=50")
    assert len(items) == len(rows)
    for item, row in zip(items, rows, strict=True):
        assert list(differences(item, row, TABLES[table])) == []


@pytest.mark.parametrize("table", TABLES)
def test_no_column_of_a_table_is_left_out(client: FlaskClient, table: str) -> None:
    (item,) = ask(client, f"{table}?limit=1")["items"]
    covered = {name for name in item if name not in TABLES[table]}
    covered |= {
        column for name, columns in TABLES[table].items() if name in item for column in columns
    }
    covered |= {"synonyms_en", "synonyms_ru"} if "synonyms" in item else set()
    assert set(table_rows(table)[0]) <= covered


def test_a_number_is_written_with_the_digits_of_the_table(client: FlaskClient) -> None:
    rows = table_rows("observations")
    raw = client.get("/api/v1/observations?limit=500").text
    assert re.findall(r'"value":([^,]+)', raw) == [row["value"] or "null" for row in rows]
    digits = [item["value_digits"] or "" for item in every(client, "observations")]
    assert digits == [row["value"] for row in rows]
    assert "77.60" in digits, "no value ends with a zero: nothing was compared"


def test_the_parts_of_an_indicator_are_those_of_the_tables(client: FlaskClient) -> None:
    rows = {row["code"]: row for row in table_rows("indicators")}
    parts = {(row["code"], row["data_point"]): row for row in table_rows("data_points")}
    compared = 0
    for item in every(client, "indicators"):
        row = rows[item["code"]]
        assert [";".join(item["sdg_targets"])] == [row["sdg_targets"]]
        for language in ("en", "ru"):
            assert "; ".join(item["synonyms"][language]) == row[f"synonyms_{language}"]
        for part in item["data_points"]:
            about = parts[item["code"], part["data_point"]]
            names = {"name": pair("name"), "unit_name": pair("unit")}
            assert list(differences(part, about, names)) == []
            compared += 1
        assert ask(client, f"indicators/{item['slug']}")["item"] == item
    assert compared == len(parts)


def cut(share: Fraction | None) -> Decimal | None:
    return None if share is None else Decimal(share * 10**6 // 1) / 10**6


def share_of_all(scored: list[Scored]) -> Fraction | None:
    """The exact share where one data point is scored, else the share of the possible points."""
    shares = [part.share for part in scored if part.share is not None]
    return shares[0] if len(shares) == 1 else points_share(scored)


@pytest.mark.parametrize("as_of", [None, 2012, 2018, 2021])
def test_scores_are_those_that_a_recount_of_the_files_gives(
    client: FlaskClient, as_of: int | None
) -> None:
    items = every(client, f"fulfilment?as_of={as_of}" if as_of else "fulfilment")
    recounted = recount(as_of or EDITION_YEAR)
    by_part = {(part.code, part.label): part for scored in recounted.values() for part in scored}
    assert {item["code"] for item in items} == set(recounted)
    for item in items:
        scored = by_part.pop((item["code"], item["data_point"] or ""), None)
        row, target = (scored.value, scored.target) if scored else (None, None)
        assert (item["value_digits"] or "") == (row["value"] if row else "")
        assert (item["period"] or "") == (row["period"] if row else "")
        assert item["source_id"] == (row["source_id"] if row else None)
        share = scored.share if scored else None
        assert (item["share_percent"], item["band"]) == (cut(share), band_of(share))
        whole = share_of_all(recounted[item["code"]])
        assert item["indicator_share_percent"] == cut(whole)
        assert item["indicator_band"] == band_of(whole)
        assert (item["reason"] is None) == (share is not None)
        if share is not None:
            assert target is not None
            assert item["target"]["value_digits"] == target["target"]
            assert (
                list(
                    differences(
                        item["target"],
                        {**target, "value": target["target"]},
                        {"page": plain("page"), "note": plain("note")},
                    )
                )
                == []
            )
    assert by_part == {}


def test_a_cut_share_never_reaches_a_band_that_the_exact_share_missed(
    client: FlaskClient,
) -> None:
    shares = re.findall(
        r'"share_percent":([\d.]+),"band":"([\w-]+)"',
        client.get("/api/v1/fulfilment?limit=500").text,
    )
    assert shares
    for written, band in shares:
        assert re.fullmatch(r"\d+\.\d{6}", written)
        assert band_of(Fraction(written)) == band


def test_the_rows_of_fulfilment_are_those_of_its_file(client: FlaskClient) -> None:
    file = client.get("/data/latest/fulfilment.csv", follow_redirects=True)
    rows = list(csv.DictReader(io.StringIO(file.text)))
    items = every(client, "fulfilment")
    names = (
        "code",
        "data_point",
        "as_of",
        "period",
        "value_digits",
        "unit",
        "direction",
        "band",
        "points",
        "reason",
        "comparability",
        "source_id",
    )
    cells = [[cell(item[name]) for name in names] for item in items]
    columns = ["value" if name == "value_digits" else name for name in names]
    assert cells == [[row[column] for column in columns] for row in rows]


def test_the_tables_of_an_edition_are_where_it_says(client: FlaskClient) -> None:
    item, *_ = every(client, "editions")
    assert item["in_force"]
    assert list(item["tables"]) == list(EXPORTS)
    for table, address in item["tables"].items():
        assert client.get(address.removeprefix(BASE_URL)).status_code == 200, table


@pytest.mark.parametrize("name", TABLE_LISTS)
def test_a_table_comes_as_csv_with_the_cells_of_its_file(client: FlaskClient, name: str) -> None:
    response = client.get(f"/api/v1/{name}?format=csv")
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    file = client.get(f"/data/latest/{name}.csv", follow_redirects=True)
    rows = list(csv.reader(io.StringIO(response.text)))
    wanted = list(csv.reader(io.StringIO(file.text)))
    if name == "scores":  # Those of the common view, unless another one is asked for.
        view = wanted[0].index("yardstick_view")
        wanted = [wanted[0], *(row for row in wanted if row[view] == "common")]
    assert rows == wanted
    by_header = client.get(f"/api/v1/{name}", headers={"Accept": "text/csv"})
    assert by_header.data == response.data
    assert "Accept" in by_header.headers["Vary"]
    assert client.get(f"/api/v1/{name}").content_type == "application/json"


def test_a_part_of_a_table_comes_as_csv(client: FlaskClient) -> None:
    response = client.get("/api/v1/values?format=csv&indicator=ec-p-em-1c&city=moscow")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    items = every(client, "values?indicator=ec-p-em-1c&city=moscow")
    assert [row["value"] for row in rows] == [str(item["value"]) for item in items]
    part = client.get("/api/v1/values?format=csv&limit=2&offset=1").text.splitlines()
    whole = client.get("/api/v1/values?format=csv").text.splitlines()
    assert part == [whole[0], *whole[2:4]]
