"""A fault planted in one cell is reported with its file, row and column, and what to do."""

from __future__ import annotations

import pytest

from data.faults import Fault
from data.table_files import FileContent, TableFiles
from data.tables import TABLES
from tests.data.conftest import EditionCopy


def plant(copy: EditionCopy, table: str, row: int, /, **cells: str) -> list[Fault]:
    """Change cells of one row and return the faults of the first of them, all on that row."""
    copy.change(table, row, **cells)
    column = next(iter(cells))
    place = (f"{table}.csv", row, column)
    found = [fault for fault in copy.faults() if (fault.file, fault.row, fault.column) == place]
    assert found, f"no fault at {place}, only {copy.places()}"
    return found


def test_the_published_edition_has_no_fault(copy: EditionCopy) -> None:
    assert copy.faults() == []


@pytest.mark.parametrize(
    ("table", "column", "cell", "problem"),
    [
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
        ("indicators", "code", "EC: ICT: ICT / 1C", "makes no address"),
        ("indicators", "data_points", "6G", "is listed here, not in data_points.csv"),
        ("indicators", "category_ru", "Другая", "here, “Цифровая инфраструктура” in row"),
        ("indicators", "sub_dimension_ru", "Другой", "here, “Информационно-"),
    ],
)
def test_a_wrong_cell_is_reported_where_it_stands(
    copy: EditionCopy, table: str, column: str, cell: str, problem: str
) -> None:
    row = 3 if column.endswith("_ru") else 2
    faults = plant(copy, table, row, **{column: cell})
    assert any(problem in fault.problem for fault in faults)
    assert all(fault.remedy for fault in faults)


@pytest.mark.parametrize(
    "cell",
    ["12,5", "1 000", "1\u00a0000", "1e3", "NaN", "inf", "٣", "12.", ".5", "012", "~5", "5%"],
)
@pytest.mark.parametrize(
    ("table", "column"),
    [("observations", "value"), ("targets", "target"), ("population", "population_thousand")],
)
def test_a_number_that_does_not_parse_is_refused(
    copy: EditionCopy, table: str, column: str, cell: str
) -> None:
    (fault,) = plant(copy, table, 2, **{column: cell})
    assert "is not a number" in fault.problem
    assert "12.5" in fault.remedy


@pytest.mark.parametrize(
    "cell",
    ["18", "2018-06", "2018-13/2018-14", "2018/2019", "2018-06/2018-01", "2018-1/2018-6", "about"],
)
def test_a_period_that_is_neither_year_nor_months_is_refused(copy: EditionCopy, cell: str) -> None:
    (fault,) = plant(copy, "observations", 2, period=cell)
    assert "is not a period" in fault.problem


@pytest.mark.parametrize("cell", ["2018", "2018-01/2018-06", "2018-12/2019-03"])
def test_a_year_or_months_are_a_period(copy: EditionCopy, cell: str) -> None:
    copy.change("observations", 2, period=cell)
    assert copy.faults() == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.required
    ],
)
def test_a_cell_that_must_be_filled_is_refused_when_empty(
    copy: EditionCopy, table: str, column: str
) -> None:
    faults = plant(copy, table, 2, **{column: ""})
    assert any(fault.problem == "the cell is empty" for fault in faults)


@pytest.mark.parametrize("missing", [0, 1], ids=["english", "russian"])
@pytest.mark.parametrize(
    ("table", "pair"),
    [(table.name, pair) for table in TABLES.values() for pair in table.translations],
)
def test_a_missing_translation_is_refused_in_either_language(
    copy: EditionCopy, table: str, pair: tuple[str, str], missing: int
) -> None:
    row = copy.find(table, **dict.fromkeys(pair, "!"))
    faults = plant(copy, table, row, **{pair[missing]: ""})
    assert any("empty" in fault.problem or "missing" in fault.problem for fault in faults)


@pytest.mark.parametrize("cell", ["=1+1", "+7 495", "@SUM(A1)", "-2+3", "-1|cmd"])
def test_a_text_that_a_spreadsheet_would_run_is_refused(copy: EditionCopy, cell: str) -> None:
    (fault,) = plant(copy, "sources", 2, title=cell)
    assert "begins like a formula" in fault.problem


@pytest.mark.parametrize("cell", ["-12 %", "-0.4 per cent in 2020"])
def test_a_quotation_may_begin_with_a_minus_sign(copy: EditionCopy, cell: str) -> None:
    copy.change("observations", copy.find("observations", derived="yes"), value_text=cell)
    assert copy.faults() == []


@pytest.mark.parametrize(
    "cell",
    ["TODO", "3 km ???", "[not quoted in the earlier file; see note]", "x; see note]", "УТОЧНИТЬ"],
)
def test_a_remark_to_oneself_is_refused(copy: EditionCopy, cell: str) -> None:
    (fault,) = plant(copy, "observations", 2, value_text=cell)
    assert "is a remark to oneself" in fault.problem


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [
        ("indicators", 3, "code"),
        ("data_points", 3, "code, data_point"),
        ("targets", 3, "code, data_point, target, scope, source_id"),
        ("sources", 3, "source_id"),
        ("cities", 3, "city"),
        ("population", 3, "city, year"),
    ],
)
def test_a_row_that_is_there_twice_is_refused(
    copy: EditionCopy, table: str, row: int, key: str
) -> None:
    again = copy.append(table, like=row)
    repeated = [fault for fault in copy.faults() if fault.row == again and fault.column == key]
    assert [f"stands in row {row} already" in fault.problem for fault in repeated] == [True]


def test_two_codes_that_make_one_address_are_refused(copy: EditionCopy) -> None:
    code = copy.cell("indicators", 2, "code")
    row = copy.append("indicators", like=2, code=code.replace(": ", "-"))
    assert ("indicators.csv", row, "code") in copy.places()
    assert "makes the same address" in str(copy.faults())


def test_a_data_point_of_the_standard_must_be_listed_with_its_indicator(copy: EditionCopy) -> None:
    row = copy.find("indicators", data_points="3G;4G")
    (fault,) = plant(copy, "indicators", row, data_points="3G")
    assert "“4G” is listed not here, but in data_points.csv" in fault.problem


def test_what_depends_on_a_missing_file_is_not_reported_a_thousand_times() -> None:
    cities = FileContent(("city",), (), b"")
    assert TableFiles({"cities": cities}).rows("observations", "value") == ()
    assert TableFiles({"cities": cities}).cells("cities", "name_en") is None
