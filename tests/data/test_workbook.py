"""all.xlsx: a workbook that people can read and that runs nothing."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from data.exports.tables import EXPORTS, Export, export_of
from data.exports.workbooks import Book, TooLongForExcel, table_xlsx
from data.models import Edition
from tests.data.conftest import CITY


@pytest.fixture(scope="module")
def book(published: Path) -> Workbook:
    return openpyxl.load_workbook(published / "all.xlsx")


def test_the_sheets_that_were_promised_come_first(book: Workbook) -> None:
    assert book.sheetnames[:7] == [
        "read me",
        "indicators",
        "observations",
        "targets",
        "fulfilment",
        "sources",
        "method",
    ]
    assert set(book.sheetnames) == {*EXPORTS, "read me", "method", "columns"}


def test_every_table_stands_in_its_sheet(book: Workbook, edition: Edition) -> None:
    for table in EXPORTS:
        export = export_of(edition, CITY, table)
        header, *rows = book[table].iter_rows(values_only=True)
        assert header == export.header
        assert len(rows) == len(export.rows)
        filled = sum(bool(cell) for row in export.rows for cell in row)
        assert sum(cell is not None for row in rows for cell in row) == filled


def test_every_header_is_frozen_bold_and_has_filters(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref == sheet.dimensions, sheet.title
        assert all(cell.font.bold for cell in sheet[1]), sheet.title


def test_columns_are_wide_enough_to_read_and_narrow_enough_to_see(book: Workbook) -> None:
    for table in EXPORTS:
        sheet = book[table]
        # Neighbours of one width share an entry.
        widths = {
            column: dimension.width
            for dimension in sheet.column_dimensions.values()
            for column in range(dimension.min, dimension.max + 1)
        }
        for cell in sheet[1]:
            width = widths[cell.column]
            assert len(cell.value) + 3 <= width <= 49, (table, cell.value)


def test_no_cell_is_a_formula_or_a_link(published: Path) -> None:
    for path in published.glob("*.xlsx"):
        with zipfile.ZipFile(path) as parts:
            sheets = [name for name in parts.namelist() if "worksheets/sheet" in name]
            assert sheets
            for name in sheets:
                text = parts.read(name).decode()
                assert "<f>" not in text, (path.name, name)
                assert "<f " not in text, (path.name, name)
                assert "hyperlink" not in text, (path.name, name)


def test_the_read_me_says_edition_terms_and_citation_in_both_languages(
    book: Workbook, edition: Edition
) -> None:
    english = "\n".join(str(cell.value) for cell in book["read me"]["A"])
    russian = "\n".join(str(cell.value) for cell in book["read me"]["B"])
    assert f"Edition {edition.version}" in english
    assert f"Издание {edition.version}" in russian
    titles = "Moscow’s key U4SSC indicators", "Ключевые показатели Москвы по системе U4SSC"
    for text, site in zip((english, russian), titles, strict=True):
        assert "CC BY 4.0" in text
        assert site in text
        assert "{" not in text
    assert "terms of their sources" in english
    assert "условия их источников" in russian
    assert not re.search("[а-яё]", english)


def test_the_dictionary_describes_every_column_in_both_languages(
    book: Workbook, edition: Edition
) -> None:
    header, *rows = book["columns"].iter_rows(values_only=True)
    described = [dict(zip(header, row, strict=True)) for row in rows]
    expected = [(t, c) for t in EXPORTS for c in export_of(edition, CITY, t).header]
    assert [(field["table"], field["column"]) for field in described] == expected
    for field in described:
        for name in ("type", "title_en", "title_ru", "description_en", "description_ru"):
            assert field[name], (field["table"], field["column"], name)
        if field["type"] in ("number", "year"):
            assert field["unit_en"], (field["table"], field["column"])


def test_the_only_date_inside_is_that_of_the_edition(book: Workbook, edition: Edition) -> None:
    day = datetime.fromisoformat(edition.date)
    assert (book.properties.created, book.properties.modified) == (day, day)


def test_what_a_workbook_cannot_hold_is_refused_and_not_cut() -> None:
    export = Export("t", {"note": "text"}, [("x" * 32_768,)])
    with pytest.raises(TooLongForExcel, match="t, row 2, column 1"):
        table_xlsx(export, (), "2026-11-22")
    fits = table_xlsx(Export("t", {"note": "text"}, [("x" * 32_767,)]), (), "2026-11-22")
    sheet = openpyxl.load_workbook(io.BytesIO(fits))["t"]
    assert len(sheet["A2"].value) == 32_767


@pytest.mark.long
def test_a_large_table_is_written_thriftily_and_the_same_every_time() -> None:
    rows = [(str(n), "text", "2026-11-22") for n in range(50_001)]
    export = Export("t", {"n": "number", "x": "text", "d": "date"}, rows)
    content = table_xlsx(export, (), "2026-11-22")
    assert content == table_xlsx(export, (), "2026-11-22")
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["t"]
    rows_read = list(sheet.iter_rows(values_only=True))
    assert len(rows_read) == len(rows) + 1
    assert rows_read[-1] == (50_000, "text", datetime.fromisoformat("2026-11-22"))


@pytest.mark.parametrize(
    ("rows", "sheets"),
    [
        (0, {"t": 0}),
        (2, {"t": 2}),
        (3, {"t": 2, "t (2)": 1}),
        (5, {"t": 2, "t (2)": 2, "t (3)": 1}),
    ],
)
def test_rows_that_no_sheet_holds_go_on_in_the_next(rows: int, sheets: dict[str, int]) -> None:
    book = Book("t", "2026-01-01", rows)
    cells = tuple((str(number),) for number in range(rows))
    book.add_table(Export("t", {"n": "integer"}, cells), most_rows=2)
    read = openpyxl.load_workbook(io.BytesIO(book.content()))
    assert {sheet.title: sheet.max_row - 1 for sheet in read.worksheets} == sheets
    numbers = [row[0] for sheet in read for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert numbers == list(range(rows))
