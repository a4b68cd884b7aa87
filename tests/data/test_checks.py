"""Faults planted in cells are reported with file, row and column, and what to do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from data.faults import Fault
from data.table_files import FileContent, TableFiles
from data.tables import TABLES, Table
from tests.data.conftest import EditionCopy

Planted = tuple[str, int, str, str]
tables = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)


def plant(copy: EditionCopy, *planted: Planted) -> list[list[Fault]]:
    """Change cells (table, row, column, cell) and return the faults of each, one at least."""
    for table, row, column, cell in planted:
        copy.change(table, row, **{column: cell})
    by_place: dict[tuple[str, int | None, str], list[Fault]] = defaultdict(list)
    for fault in copy.faults():
        assert fault.remedy
        by_place[fault.file, fault.row, fault.column].append(fault)
    reported = [by_place[f"{table}.csv", row, column] for table, row, column, _ in planted]
    assert all(reported), [
        cell for cell, faults in zip(planted, reported, strict=True) if not faults
    ]
    return reported


def in_column(table: str, column: str, cells: Iterable[str]) -> list[Planted]:
    """Cells that are planted into one column, each in a row of its own."""
    return [(table, row, column, cell) for row, cell in enumerate(cells, start=2)]


def test_the_published_edition_has_no_fault(whole: EditionCopy) -> None:
    assert whole.faults() == []


WRONG_CELLS = [
    ("indicators", "code", "EC: ICT: ICT / 1C", "makes no address"),
    ("observations", "code", "EC: X: Y: 9Z", "indicators.csv has no “EC: X: Y: 9Z”"),
    ("data_points", "code", "EC: X: Y: 9Z", "indicators.csv has no"),
    ("targets", "code", "EC: X: Y: 9Z", "indicators.csv has no"),
    ("observations", "city", "atlantis", "cities.csv has no “atlantis”"),
    ("population", "city", "atlantis", "cities.csv has no “atlantis”"),
    ("targets", "scope", "atlantis", "“atlantis” is not a city"),
    ("observations", "source_id", "NOBODY", "sources.csv has no “NOBODY”"),
    ("targets", "source_id", "NOBODY", "sources.csv has no “NOBODY”"),
    ("indicators", "source_id", "NOBODY", "sources.csv has no “NOBODY”"),
    ("indicators", "sdg_source", "NOBODY", "sources.csv has no “NOBODY”"),
    ("population", "source_id", "NOBODY", "sources.csv has no “NOBODY”"),
    ("indicators", "dimension", "weather", "“weather” is not a known word"),
    ("indicators", "type", "clever", "“clever” is not a known word"),
    ("indicators", "level", "basic", "“basic” is not a known word"),
    ("indicators", "direction", "up", "“up” is not a known word"),
    ("indicators", "name_ru_source", "guessed", "is not a known word"),
    ("data_points", "standard", "maybe", "is not a known word"),
    ("observations", "comparability", "roughly", "“roughly” is not a known word"),
    ("observations", "derived", "maybe", "is not a known word"),
    ("observations", "rate", "maybe", "is not a known word"),
    ("observations", "break", "maybe", "is not a known word"),
    ("targets", "direction", "neutral", "“neutral” is not a known word"),
    ("targets", "kind", "wish", "“wish” is not a known word"),
    ("targets", "basis", "rumour", "“rumour” is not a known word"),
    ("targets", "primary", "1", "“1” is not a known word"),
    ("sources", "class", "blog", "“blog” is not a known word"),
    ("sources", "title_language", "tlh", "“tlh” is not a known word"),
    ("sources", "year", "20x4", "“20x4” is not a year"),
    ("sources", "url", "www.example.org", "is not a web address"),
    ("sources", "accessed", "2026-02-30", "“2026-02-30” is not a date"),
    ("sources", "accessed", "22.11.2026", "is not a date"),
    ("population", "year", "", "the cell is empty"),
    ("population", "population_thousand", "-1", "thousand residents cannot be"),
    ("population", "population_thousand", "0.0", "thousand residents cannot be"),
    ("observations", "data_point", "5G", "has no data point “5G”"),
    ("targets", "data_point", "5G", "has no data point “5G”"),
    ("targets", "applies_to", "5G", "has no data point “5G”"),
    ("targets", "applies_to", "-;-", "a label stands twice"),
    ("targets", "unit", "furlongs", "“furlongs”, but values are in"),
    ("data_points", "data_point", "3G;4G", "cannot be told from a list"),
    ("data_points", "data_point", "-", "cannot be told from a list"),
    ("cities", "city", "all", "“all” cannot name a city"),
    ("cities", "city", "São Paulo", "cannot name a city"),
    ("indicators", "data_points", "6G", "is listed here, not in data_points.csv"),
    ("indicators", "category_ru", "Другая", "here, “Цифровая инфраструктура” in row"),
    ("indicators", "sub_dimension_ru", "Другой", "here, “Информационно-"),
]


def in_rounds() -> list[list[tuple[str, str, str, str]]]:
    """The wrong cells in groups that change one cell of a table each."""
    turns: Counter[str] = Counter()
    rounds: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    for case in WRONG_CELLS:
        rounds[turns[case[0]]].append(case)
        turns[case[0]] += 1
    return list(rounds.values())


@pytest.mark.parametrize("cases", in_rounds())
def test_a_wrong_cell_is_reported_where_it_stands(
    whole: EditionCopy, cases: list[tuple[str, str, str, str]]
) -> None:
    planted = [
        (table, 3 if column.endswith("_ru") else 2, column, cell)
        for table, column, cell, _ in cases
    ]
    for (*_, problem), faults in zip(cases, plant(whole, *planted), strict=True):
        assert any(problem in fault.problem for fault in faults), problem


def test_a_number_that_does_not_parse_is_refused(copy: EditionCopy) -> None:
    cells = ("12,5", "1 000", "1\u00a0000", "1e3", "NaN", "inf", "٣", "12.", ".5", "012", "5%")
    planted = in_column("observations", "value", cells)
    planted += in_column("targets", "target", cells)
    planted += in_column("population", "population_thousand", cells)
    for faults in plant(copy, *planted):
        assert [
            "12.5" in fault.remedy for fault in faults if "is not a number" in fault.problem
        ] == [True]


@pytest.mark.parametrize(
    ("table", "column", "cells", "problem"),
    [
        (
            "observations",
            "period",
            (
                "18",
                "2018-06",
                "2018-13/2018-14",
                "2018/2019",
                "2018-06/2018-01",
                "2018-1/2018-6",
                "x",
            ),
            "is not a period",
        ),
        (
            "sources",
            "title",
            ("=1+1", "+7 495", "@SUM(A1)", "-2+3", "-1|cmd"),
            "begins like a formula",
        ),
        (
            "observations",
            "value_text",
            ("TODO", "3 km ???", "[not quoted in the earlier file]", "x; see note]", "УТОЧНИТЬ"),
            "is a remark to oneself",
        ),
    ],
    ids=["period", "formula", "remark"],
)
def test_what_no_cell_may_hold_is_refused(
    copy: EditionCopy, table: str, column: str, cells: tuple[str, ...], problem: str
) -> None:
    for (fault,) in plant(copy, *in_column(table, column, cells)):
        assert problem in fault.problem


@pytest.mark.parametrize("cell", ["2018", "2018-01/2018-06", "2018-12/2019-03"])
def test_a_year_or_months_are_a_period(copy: EditionCopy, cell: str) -> None:
    copy.change("observations", 2, period=cell)
    assert copy.faults() == []


@tables
def test_a_cell_that_must_be_filled_is_refused_when_empty(whole: EditionCopy, table: Table) -> None:
    required = [column.name for column in table.columns if column.required]
    planted = [(table.name, row, column, "") for row, column in enumerate(required, start=2)]
    for faults in plant(whole, *planted):
        assert any(fault.problem == "the cell is empty" for fault in faults)


@tables
@pytest.mark.parametrize("missing", [0, 1], ids=["english", "russian"])
def test_a_missing_translation_is_refused_in_either_language(
    whole: EditionCopy, table: Table, missing: int
) -> None:
    planted = [
        (table.name, whole.find(table.name, **dict.fromkeys(pair, "!")), pair[missing], "")
        for pair in table.translations
    ]
    for faults in plant(whole, *planted):
        assert any("empty" in fault.problem or "missing" in fault.problem for fault in faults)


@pytest.mark.parametrize("cell", ["-12 %", "-0.4 per cent in 2020"])
def test_a_quotation_may_begin_with_a_minus_sign(copy: EditionCopy, cell: str) -> None:
    copy.change("observations", copy.find("observations", derived="yes"), value_text=cell)
    assert copy.faults() == []


def test_a_row_that_is_there_twice_is_refused(copy: EditionCopy) -> None:
    keys = {
        "indicators": "code",
        "data_points": "code, data_point",
        "targets": "code, data_point, target, scope, source_id",
        "sources": "source_id",
        "cities": "city",
        "population": "city, year",
    }
    again = {table: copy.append(table, like=3) for table in keys}
    faults = copy.faults()
    for table, key in keys.items():
        place = (f"{table}.csv", again[table], key)
        repeated = [fault for fault in faults if (fault.file, fault.row, fault.column) == place]
        assert ["stands in row 3 already" in fault.problem for fault in repeated] == [True], table


def test_two_codes_that_make_one_address_are_refused(copy: EditionCopy) -> None:
    code = copy.cell("indicators", 2, "code")
    row = copy.append("indicators", like=2, code=code.replace(": ", "-"))
    assert ("indicators.csv", row, "code") in copy.places()
    assert "makes the same address" in str(copy.faults())


def test_a_data_point_of_the_standard_must_be_listed_with_its_indicator(whole: EditionCopy) -> None:
    row = whole.find("indicators", data_points="3G;4G")
    ((fault,),) = plant(whole, ("indicators", row, "data_points", "3G"))
    assert "“4G” is listed not here, but in data_points.csv" in fault.problem


def test_what_depends_on_a_missing_file_is_not_reported_a_thousand_times() -> None:
    cities = FileContent(("city",), (), b"")
    assert TableFiles({"cities": cities}).rows("observations", "value") == ()
    assert TableFiles({"cities": cities}).cells("cities", "name_en") is None
