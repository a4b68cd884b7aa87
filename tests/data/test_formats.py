"""Every format, loaded back by another library, holds the same values cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pytest

from data.exports.json_files import json_bytes, record_bytes
from data.exports.tables import EXPORTS, Export, export_of
from data.models import Edition
from data.records import record_json
from data.tables import COMPUTED, ONE_JSON_SCHEMA, TABLES, Column, Table
from tests.data.conftest import CITY

TYPED = {
    "text": str,
    "number": float,
    "integer": int,
    "yes_no": lambda cell: cell == "yes",
    "date": date.fromisoformat,
}


@pytest.fixture(params=EXPORTS)
def export(request: pytest.FixtureRequest, edition: Edition) -> Export:
    return export_of(edition, CITY, request.param)


def typed_rows(export: Export) -> list[list[Any]]:
    kinds = tuple(export.types.values())
    return [
        [TYPED[kind](cell) if cell else None for kind, cell in zip(kinds, row, strict=True)]
        for row in export.rows
    ]


def records(export: Export) -> list[dict[str, str]]:
    return [dict(zip(export.header, row, strict=True)) for row in export.rows]


@pytest.mark.parametrize("table", ["observations", "targets", "population", "indicators"])
def test_json_of_a_new_schema_has_the_names_of_the_api(edition: Edition, table: str) -> None:
    new = replace(edition, schema=ONE_JSON_SCHEMA, headers={}, files={})
    records: Any = new.populations if table == "population" else getattr(new, table)
    written = json.loads(json_bytes(export_of(new, CITY, table)), parse_float=Decimal)
    # The API answers with the same values of the same records.
    expected = record_bytes({"rows": [record_json(table, record) for record in records]})
    assert written == json.loads(expected, parse_float=Decimal)["rows"]
    assert {"unit_words", "note_ru", "name_en"}.isdisjoint(written[0])


def test_csv_has_the_same_cells(export: Export, published: Path) -> None:
    text = (published / f"{export.name}.csv").read_bytes().decode("utf-8")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        list(line) for line in (export.header, *export.rows)
    ]


def json_cells(row: dict[str, Any], table: Table) -> dict[str, Any]:
    """The values of an object in JSON by column: texts in each language are one value there."""
    cells: dict[str, Any] = {}
    for member in table.members:
        value = row[member.name]
        if member.translations:
            pair = value or dict.fromkeys(member.translations)
            cells |= {column.name: pair[name] for name, column in member.translations.items()}
        else:
            cells[member.column.name] = value
    return cells


def written_cell(column: Column, value: Any) -> str:
    if isinstance(value, list):
        return column.separator.join(item or column.empty_item for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def test_json_has_the_same_values_with_the_same_digits(export: Export, published: Path) -> None:
    text = (published / f"{export.name}.json").read_text("utf-8")
    items = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    assert len(items) == len(export.rows)
    table = {**TABLES, **COMPUTED}[export.name]
    for row, expected in zip(items, records(export), strict=True):
        assert list(row) == [member.name for member in table.members]
        cells = json_cells(row, table)
        for name, kind in export.types.items():
            numeric = kind in ("number", "integer") and bool(expected[name])
            assert isinstance(cells[name], Decimal) == numeric
            written = written_cell(table.by_name[name], cells[name])
            # Lists of words for the search are told apart by a semicolon and a space.
            assert written.replace("; ", ";") == expected[name].replace("; ", ";")


def test_the_json_of_a_table_has_a_row_a_line(export: Export, published: Path) -> None:
    lines = (published / f"{export.name}.json").read_text("utf-8").splitlines()
    assert len(lines) == len(export.rows) + 2
    assert isinstance(json.loads(lines[1].removesuffix(",")), dict)


def test_parquet_has_the_same_typed_values(export: Export, published: Path) -> None:
    frame = pl.read_parquet(published / f"{export.name}.parquet")
    assert tuple(frame.columns) == export.header
    assert [list(row) for row in frame.rows()] == typed_rows(export)


def test_each_parquet_file_says_whose_terms_hold(export: Export, published: Path) -> None:
    facts = pl.read_parquet_metadata(published / f"{export.name}.parquet")
    assert facts["licence"].startswith("CC-BY-4.0 for the compilation; ")
    assert facts["licence"].endswith("values keep the terms of their sources")


def test_pandas_reads_the_same_parquet(export: Export, published: Path) -> None:
    frame = pd.read_parquet(published / f"{export.name}.parquet")
    assert tuple(frame.columns) == export.header
    expected = typed_rows(export)
    for place, name in enumerate(export.header):
        cells = [None if pd.isna(cell) else cell for cell in frame[name]]
        assert cells == [row[place] for row in expected]


def test_xlsx_has_the_same_values(export: Export, published: Path) -> None:
    book = openpyxl.load_workbook(published / f"{export.name}.xlsx")
    header, *rows = book[export.name].iter_rows(values_only=True)
    assert header == export.header
    expected = typed_rows(export)
    kinds = tuple(export.types.values())
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected, strict=True):
        for kind, cell, value in zip(kinds, row, wanted, strict=True):
            if kind == "yes_no":
                assert cell == {True: "yes", False: "no", None: None}[value]
            elif kind == "date":
                assert cell.date() == value
            else:
                assert cell == value


def test_xlsx_shows_numbers_with_the_digits_of_the_source(
    edition: Edition, published: Path
) -> None:
    export = export_of(edition, CITY, "observations")
    sheet = openpyxl.load_workbook(published / "observations.xlsx")["observations"]
    column = export.header.index("value")
    places = set()
    for place, row in enumerate(export.rows, start=2):
        if row[column]:
            cell = sheet.cell(place, column + 1)
            decimals = len(cell.number_format.partition(".")[2])
            assert f"{cell.value:.{decimals}f}" == row[column]
            places.add(decimals)
    assert places >= {0, 1, 2}


def unguarded(kind: str, cell: str) -> str:
    if kind == "number":
        return cell.replace(",", ".")
    return cell.removeprefix("'") if kind == "text" else cell


def test_the_russian_csv_has_the_same_cells(export: Export, published: Path) -> None:
    content = (published / f"{export.name}.ru-excel.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    text = content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert tuple(header) == export.header
    kinds = tuple(export.types.values())
    assert [
        tuple(unguarded(kind, cell) for kind, cell in zip(kinds, row, strict=True)) for row in rows
    ] == list(export.rows)
    for row in rows:
        for kind, cell in zip(kinds, row, strict=True):
            assert kind != "number" or "." not in cell


def test_only_what_excel_would_take_for_a_date_has_an_apostrophe(
    edition: Edition, published: Path
) -> None:
    text = (published / "indicators.ru-excel.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    guarded = {cell for row in rows for cell in row.values() if cell.startswith("'")}
    goals = {
        cell
        for indicator in edition.indicators
        if len(indicator.sdg_targets) == 1
        for cell in indicator.sdg_targets
    }
    assert guarded == {f"'{cell}" for cell in goals if not cell.startswith("SDG")}
    bands = (published / "fulfilment.ru-excel.csv").read_text("utf-8-sig")
    assert ";66-95;" in bands
    assert "'" not in bands.replace("’", "")


@pytest.mark.parametrize("table", ["observations", "indicators", "targets", "fulfilment"])
def test_a_program_with_russian_settings_opens_the_russian_csv(
    edition: Edition, published: Path, table: str
) -> None:
    export = export_of(edition, CITY, table)
    header, *rows = read_as_excel(published / f"{table}.ru-excel.csv")
    assert tuple(header) == export.header
    for row, wanted in zip(rows, export.rows, strict=True):
        for kind, cell, expected in zip(export.types.values(), row, wanted, strict=True):
            if kind == "number" and expected:
                assert cell == float(expected)
            elif kind == "text" and re.fullmatch(_NUMBER, expected):
                # A quoted figure such as 4,0 becomes a number, as in its column of values.
                assert float(cell) == float(expected.replace(",", "."))
            elif kind == "text" and expected:
                assert str(cell).removeprefix("'") == expected


def read_as_excel(path: Path) -> list[list[Any]]:
    """What Excel with Russian settings makes of a CSV: it knows UTF-8 by the byte order mark."""
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return [[_seen_by_excel(cell) for cell in row] for row in rows]


_NUMBER = r"-?\d+(,\d+)?"
# No day or month goes above 31, so the bands 33-66 and 66-95 stay what they are.
_DAY_OR_TIME = r"(0?[1-9]|[12]\d|3[01])[./-]\d{1,2}([./-]\d{1,4})?|\d{1,2}:\d{2}(:\d{2})?"


def _seen_by_excel(cell: str) -> object:
    if re.fullmatch(_NUMBER, cell):
        return float(cell.replace(",", "."))
    # Excel would take these for a day, a time or a formula, and the text would be lost.
    assert not re.fullmatch(_DAY_OR_TIME, cell)
    assert not cell.startswith(("=", "+", "@"))
    return cell
