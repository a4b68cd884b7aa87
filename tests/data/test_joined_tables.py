"""The tables of values and of scores, against the plain tables and a recount of the files."""

from __future__ import annotations

import builtins
import csv
import io
import keyword
import sqlite3
from collections import defaultdict
from fractions import Fraction
from functools import cache
from itertools import groupby

import pandas as pd
import pytest

import quiz.codebook
import quiz.exports
from data.editions import newest_folder
from data.exports.tables import exports_of
from data.models import Edition
from data.tables import COMPUTED, DESCRIBED, TABLES, Column
from pages.files.routes import COUNT_COLUMNS
from tests.builders import Row
from tests.contracts import recount
from tests.contracts.documents import slug_of
from tests.contracts.recount import Scored, table_rows

R_WORDS = {"if", "else", "repeat", "while", "function", "for", "next", "break", "in", "NA", "Inf"}
LEVELS = ("dimension", "sub_dimension", "category", "code")


@cache
def published(table: str) -> list[Row]:
    """The rows of a computed table, as it is served."""
    (texts,) = (newest_folder() / "files").iterdir()
    text = (texts / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def by(table: str, *columns: str) -> dict[tuple[str, ...], Row]:
    return {tuple(row[name] for name in columns): row for row in table_rows(table)}


def test_every_published_number_of_every_city_is_a_value_once() -> None:
    numbers = {row["value_id"]: row for row in table_rows("observations") if row["value"]}
    assert sorted(row["value_id"] for row in published("values")) == sorted(numbers)
    assert len({row["city"] for row in published("values")}) > 1
    same = ("city", "code", "data_point", "period", "value", "unit", "source_id", "derived")
    same += ("comparability", "evidence", "series_break")
    for row in published("values"):
        number = numbers[row["value_id"]]
        assert [row[name] for name in same] == [number[name] for name in same]
        assert row["year"] == number["period"][:4]
        old = row["year"] and int(row["year"]) < recount.EDITION_YEAR - 5
        assert row["recent"] == ("no" if old else "yes" if row["year"] else "")


def test_each_value_bears_what_the_other_tables_say_of_it() -> None:
    cities, indicators = by("cities", "city"), by("indicators", "code")
    points, sources = by("data_points", "code", "data_point"), by("sources", "source_id")
    for row in published("values"):
        city, indicator = cities[row["city"],], indicators[row["code"],]
        source, point = sources[row["source_id"],], points.get((row["code"], row["data_point"]))
        assert [row["city_name_en"], row["city_name_ru"]] == [city["name_en"], city["name_ru"]]
        for name in ("name_en", "plain_name_ru", "dimension", "category_ru", "direction"):
            assert row[name] == indicator[name]
        for name in ("title", "url", "publisher", "publisher_ru", "class"):
            assert row[f"source_{name}"] == source[name]
        assert row["unit_ru"] == (point or indicator)["unit_ru"]
        assert row["data_point_name_en"] == (point["name_en"] if point else "")
        assert row["page_path"] == f"/en/kpi/{slug_of(row['code'])}/"
        assert row["slug"] == slug_of(row["code"])


def test_values_stand_in_the_order_of_cities_indicators_parts_and_time() -> None:
    parts = [list(rows) for _, rows in groupby(published("values"), key=place_of)]
    assert len(parts) == len({place_of(row) for row in published("values")}), (
        "rows of a part do not meet"
    )
    for rows in parts:
        periods = [(row["year"] or "9999", row["period"]) for row in rows]
        assert periods == sorted(periods)
    codes = [row["code"] for row in table_rows("indicators")]
    own = [codes.index(row["code"]) for row in published("values") if row["city"] == recount.CITY]
    assert own == sorted(own)


def place_of(row: Row) -> str:
    return "\t".join(row[name] for name in ("city", "code", "data_point"))


def test_yardstick_and_share_of_each_value_are_those_of_a_recount() -> None:
    ratable = {row["value_id"]: row["rate"] == "yes" for row in table_rows("observations")}
    held = 0
    for row in published("values"):
        if row["city"] != recount.CITY:
            continue
        fitting = recount.yardsticks(row["code"], row["data_point"])
        common = [target for target in fitting if target["kind"] in recount.VIEWS["common"]]
        target = min(common, key=recount.place, default=None)
        names = {"target": "target", "target_kind": "kind", "target_year": "target_year"}
        names |= {"target_set_by_en": "set_by_en", "target_source_id": "source_id"}
        assert [row[name] for name in names] == [
            target[name] if target else "" for name in names.values()
        ]
        share = None
        if target and ratable[row["value_id"]]:
            share = recount.share_of(Fraction(row["value"]), target)
        assert row["band"] == recount.band_of(share)
        assert (row["share_percent"] == "") == (share is None) == (row["reason"] != "")
        if share is not None:
            assert abs(Fraction(row["share_percent"]) - share) <= Fraction(1, 100)
            held += 1
    assert held > 100


def test_the_scored_values_are_those_that_the_recount_scores() -> None:
    scored = {
        part.value["value_id"]
        for parts in recount.recount().values()
        for part in parts
        if part.value and part.share is not None
    }
    own = {
        row["value_id"]
        for row in published("values")
        if row["scored"] == "yes"
        if row["city"] == "moscow"
    }
    assert own == scored
    keys = [place_of(row) for row in published("values") if row["scored"] == "yes"]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("view", recount.VIEWS)
@pytest.mark.parametrize("as_of", [2012, 2018, recount.EDITION_YEAR])
def test_scores_of_every_level_are_those_of_a_recount(as_of: int, view: str) -> None:
    indicators = by("indicators", "code")
    groups: dict[tuple[str, ...], list[list[Scored]]] = defaultdict(list)
    for code, parts in recount.recount(as_of, view).items():
        names = [indicators[code,][name] for name in ("dimension", "sub_dimension", "category")]
        for depth in range(5):
            groups[(*[*names, code][:depth], *[""] * (4 - depth))].append(parts)
    rows = [
        row
        for row in published("scores")
        if (row["city"], row["as_of"], row["yardstick_view"]) == (recount.CITY, str(as_of), view)
    ]
    by_level = {tuple(row[name] for name in LEVELS): row for row in rows}
    assert len(by_level) == len(rows)
    assert set(by_level) == {name for name, members in groups.items() if any(members)}
    for name, row in by_level.items():
        members = groups[name]
        parts = [part for scored in members for part in scored if part.share is not None]
        points = [recount.POINTS[part.band] for part in parts]
        bands = [recount.band_of(recount.share_of_indicator(scored)) for scored in members]
        share = recount.share_of_indicator(members[0]) if name[3] else recount.points_share(parts)
        assert row["level"] == ("city", *LEVELS[:3], "indicator")[4 - name.count("")]
        assert row["band"] == recount.band_of(share)
        assert (int(row["points"]), int(row["highest_points"])) == (sum(points), 4 * len(points))
        assert int(row["scored_data_points"]) == len(parts)
        assert int(row["indicators"]) == len(members)
        assert int(row["indicators_with_value"]) == sum(map(bool, members))
        assert int(row["scored_indicators"]) == len(bands) - bands.count("none")
        recent = sum(recount.is_recent(scored, as_of) for scored in members)
        assert int(row["recent_indicators"]) == recent
        for band in recount.EDGES:
            assert int(row[f"indicators_{band.replace('-', '_')}"]) == bands.count(band)
        if share is not None:
            assert abs(Fraction(row["share_percent"]) - share) <= Fraction(1, 100)


def test_the_obvious_question_is_one_line_of_pandas() -> None:
    (texts,) = (newest_folder() / "files").iterdir()
    values = pd.read_csv(texts / "values.csv")
    series = values.query("city == 'moscow' and code == 'EC: P: EM: 1C'").set_index("year").value
    assert series.index.is_monotonic_increasing
    own = pd.read_csv(texts / "scores.csv").query("level == 'dimension' and city == 'moscow'")
    newest = own.query("yardstick_view == 'common' and as_of == as_of.max()")
    assert set(newest.dimension) == {"economy", "environment", "society_culture"}


def new_columns() -> list[Column]:
    tables = (*TABLES.values(), *COMPUTED.values())
    return [
        column
        for table in tables
        for column in table.columns
        if column.since > 1 or table.since > 1
    ]


@pytest.mark.parametrize("name", sorted({column.name for column in new_columns()}))
def test_no_new_column_is_a_word_that_a_language_reserves(name: str) -> None:
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert name not in R_WORDS
    assert not hasattr(builtins, name)
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE t ({name} text)")
    database.execute(f"CREATE INDEX i ON t ({name})")


def test_an_edition_of_the_first_schema_has_neither_table(edition: Edition) -> None:
    assert {"values", "scores"} <= set(COMPUTED)
    assert all(COMPUTED[name].since == 2 for name in ("values", "scores"))
    assert edition.schema == 2


def test_one_dictionary_describes_every_column_of_every_file(edition: Edition) -> None:
    (texts,) = (newest_folder() / "files").iterdir()
    described: dict[str, list[str]] = defaultdict(list)
    for row in published("columns"):
        described[row["table_name"]].append(row["column_name"])
        for name in ("type", "title_en", "title_ru", "description_en", "description_ru"):
            assert row[name], (row["table_name"], row["column_name"], name)
    files = {
        path.name.removesuffix(".csv"): path
        for path in texts.glob("*.csv")
        if not path.name.endswith(".ru-excel.csv") and path.name != "columns.csv"
    }
    files |= {"kpi": texts / "kpi" / f"{edition.indicators[0].slug}.csv"}
    headers = {
        name: next(csv.reader(path.read_text("utf-8").splitlines())) for name, path in files.items()
    }
    assert len(headers) == len(exports_of(edition)) + 1
    living = {
        "downloads": list(COUNT_COLUMNS),
        "quiz_statistics": list(quiz.exports.COLUMNS),
        "quiz_codebook": list(quiz.codebook.COLUMNS),
    }
    for name, columns in living.items():
        assert list(DESCRIBED[name].header) == columns
    # The codebook began after edition 2026.2 was published.
    assert described == headers | {name: living[name] for name in living if name in described}
    assert {"downloads", "quiz_statistics"} <= described.keys()


def test_units_are_a_closed_list_that_the_dictionary_names() -> None:
    words = {
        row["table_name"]: set(row["words"].split(";"))
        for row in published("columns")
        if row["column_name"] == "unit"
    }
    for table in ("observations", "values"):
        rows = published(table) if table == "values" else table_rows(table)
        assert {row["unit"] for row in rows} - {""} <= words[table]
