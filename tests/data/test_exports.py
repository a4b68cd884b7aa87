"""What is published equals the tables, cell by cell, and is the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from fractions import Fraction

import pytest

from data.exports.computed import FULFILMENT
from data.exports.csv_files import csv_bytes
from data.exports.indicator_files import IndicatorFiles
from data.exports.tables import EXPORTS, export_of
from data.fulfilment import fulfilment_of
from data.models import Edition
from data.tables import COMPUTED, TABLES
from tests.contracts.documents import PUBLISHED_TABLES
from tests.contracts.recount import recount
from tests.data.builders import make_edition, make_indicator, make_observation, make_target
from tests.data.conftest import EditionCopy

CITY = "moscow"


def table_csv(edition: Edition, city: str, table: str) -> bytes:
    return csv_bytes(export_of(edition, city, table))


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    header, *rows = lines_of(content)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("table", [name for name in TABLES if name != "data_points"])
def test_a_published_table_is_the_file_cell_by_cell(
    edition: Edition, whole: EditionCopy, table: str
) -> None:
    assert lines_of(table_csv(edition, CITY, table)) == whole.lines(table)


def test_published_data_points_are_those_of_the_file_in_the_order_of_the_standard(
    edition: Edition, whole: EditionCopy
) -> None:
    published = lines_of(table_csv(edition, CITY, "data_points"))
    file = whole.lines("data_points")
    assert published[0] == file[0]
    assert sorted(published) == sorted(file)
    assert list(dict.fromkeys(line[0] for line in published)) == list(
        dict.fromkeys(line[0] for line in file)
    )


@pytest.mark.parametrize("table", EXPORTS)
def test_a_table_is_the_same_bytes_every_time(edition: Edition, table: str) -> None:
    content = table_csv(edition, CITY, table)
    assert content == table_csv(edition, CITY, table)
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("table", EXPORTS)
def test_no_cell_is_a_formula_in_a_spreadsheet(edition: Edition, table: str) -> None:
    cells = [cell for line in lines_of(table_csv(edition, CITY, table)) for cell in line]
    assert cells
    assert [
        cell
        for cell in cells
        if cell[:1] in set("=+@\t\r")
        or (cell.startswith("-") and not re.fullmatch(r"-|-[0-9.]+", cell))
    ] == []


def test_the_columns_of_fulfilment_never_change() -> None:
    # Later columns stand behind these.
    assert ", ".join(COMPUTED[FULFILMENT].header).startswith(
        "code, data_point, as_of, period, value, unit, direction, target, target_basis, "
        "share_percent, band, points, reason, comparability, source_id, "
    )


def test_the_tables_on_offer_are_those_of_the_addresses() -> None:
    assert set(EXPORTS) == set(PUBLISHED_TABLES)


def test_fulfilment_has_one_row_per_indicator_and_data_point(edition: Edition) -> None:
    rows = rows_of_csv(table_csv(edition, CITY, FULFILMENT))
    fulfilment = fulfilment_of(edition, CITY, 2026)
    expected = [
        (score.indicator.code, s.label) for score in fulfilment.indicators for s in score.scores
    ]
    assert [(row["code"], row["data_point"]) for row in rows] == expected
    assert len(set(expected)) == len(expected)
    assert {row["as_of"] for row in rows} == {"2026"}


def test_fulfilment_counts_the_published_bands(edition: Edition) -> None:
    rows = rows_of_csv(table_csv(edition, CITY, FULFILMENT))
    bands = Counter(row["band"] for row in rows)
    recounted = Counter(part.band for parts in recount().values() for part in parts)
    assert bands["none"] == len(rows) - (recounted.total() - recounted["none"])
    assert {**bands, "none": 0} == {**recounted, "none": 0}


def test_a_row_of_fulfilment_is_either_scored_or_gives_a_reason(edition: Edition) -> None:
    for row in rows_of_csv(table_csv(edition, CITY, FULFILMENT)):
        unscored = row["band"] == "none"
        assert (row["share_percent"] == "") == (row["points"] == "") == unscored
        assert (row["reason"] != "") == unscored
        assert (row["value"] == "") == (row["source_id"] == "") == (row["comparability"] == "")
        assert row["unit"]
        assert row["direction"]
        if not unscored:
            assert re.fullmatch(r"[0-9]{1,3}\.[0-9]{2}", row["share_percent"])
            assert row["period"]
            assert row["target"]
            assert row["target_basis"]


def test_shares_can_be_recomputed_from_the_row_itself(edition: Edition) -> None:
    for row in rows_of_csv(table_csv(edition, CITY, FULFILMENT)):
        if row["band"] != "none":
            value, target = Fraction(row["value"]), Fraction(row["target"])
            higher = row["direction"] == "higher_is_better"
            share = 100 * value / target if higher else 100 * target / value
            if not higher and value <= target:
                share = Fraction(100)
            assert abs(Fraction(row["share_percent"]) - min(share, Fraction(100))) <= Fraction(
                1, 200
            )


def test_values_and_targets_of_fulfilment_keep_their_printed_digits() -> None:
    edition = make_edition((make_observation(2018, "1.50"),), (make_target("60.0"),))
    (row,) = rows_of_csv(table_csv(edition, "here", FULFILMENT))
    assert (row["value"], row["target"], row["share_percent"]) == ("1.50", "60.0", "2.50")
    assert (row["as_of"], row["period"], row["band"], row["points"]) == (
        "2020",
        "2018",
        "0-33",
        "1",
    )


def test_a_city_without_values_gets_every_row_without_a_score() -> None:
    edition = make_edition((), (make_target(),), (make_indicator(),))
    (row,) = rows_of_csv(table_csv(edition, "there", FULFILMENT))
    assert (row["as_of"], row["band"], row["reason"]) == ("2020", "none", "no_value")


def test_an_indicator_gets_the_observations_of_one_city(
    edition: Edition, whole: EditionCopy
) -> None:
    header, *rows = whole.lines("observations")
    files = IndicatorFiles(edition, CITY)
    for indicator in edition.indicators:
        lines = lines_of(files.csv(indicator))
        assert [line[: len(header)] for line in lines] == [
            header,
            *(row for row in rows if row[:2] == [CITY, indicator.code]),
        ]


def test_an_unknown_table_or_city_is_refused(edition: Edition) -> None:
    with pytest.raises(KeyError):
        table_csv(edition, CITY, "secrets")
    assert lines_of(table_csv(edition, "atlantis", FULFILMENT)) == [
        list(COMPUTED[FULFILMENT].header)
    ]
    with pytest.raises(KeyError):
        IndicatorFiles(edition, "atlantis").csv(edition.indicators[0])
