"""Tables as XLSX: a sheet each, header frozen, filters on, and no cell that runs as a formula."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import xlsxwriter

from data.exports.tables import Export
from data.tables import ColumnType

# Paragraphs of Markdown in English and Russian; headings begin with #.
Sections = Sequence[tuple[str, str]]
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NARROWEST, _WIDEST, _PARAGRAPH = 9, 48, 70
# Excel would mark every period such as 2018 with a warning that it is text.
_EVERYWHERE = "A1:XFD1048576"
_LONGEST_CELL = 32_767
_MANY_ROWS = 50_000
# What a sheet holds below its header. The library leaves out what is written beyond.
_MOST_ROWS = 1_048_575


class TooLongForExcel(ValueError):
    """A cell has more characters than a workbook can hold; the message says which."""


class Book:
    """One workbook under construction; the same content gives the same bytes."""

    def __init__(self, title: str, edition_date: str, rows: int) -> None:
        """Begin a workbook whose only date is that of the edition, YEAR-MONTH-DAY.

        ``rows`` is the number of rows of its largest table.
        """
        self._file = io.BytesIO()
        # Rows of a large table go to the disk at once; each text then stands in its own cell.
        thrifty = rows > _MANY_ROWS
        options = _OPTIONS | {"constant_memory": thrifty, "in_memory": not thrifty}
        self._book = xlsxwriter.Workbook(self._file, options)
        # Excel knows no time zones; the date is a day.
        created = datetime.fromisoformat(f"{edition_date}T00:00:00")
        self._book.set_properties({"title": title, "created": created})
        self._head = self._book.add_format(
            {"bold": True, "bg_color": "#E8ECF1", "bottom": 1, "valign": "top"}
        )
        self._heading = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._paragraph = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._decimals: dict[int, Any] = {}

    def add_table(self, export: Export, most_rows: int = _MOST_ROWS) -> None:
        """Add a sheet named after the table; numbers are shown with their printed digits.

        Rows beyond ``most_rows`` go on in sheets called "table (2)" and so on.
        """
        for number, start in enumerate(range(0, max(1, len(export.rows)), most_rows), start=1):
            name = export.name if number == 1 else f"{export.name} ({number})"
            rows = export.rows[start : start + most_rows]
            self._add_sheet(replace(export, name=name, rows=rows))

    def _add_sheet(self, export: Export) -> None:
        sheet = self._book.add_worksheet(export.name)
        sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(export.rows), len(export.header) - 1)
        for column, name in enumerate(export.header):
            sheet.write_string(0, column, name, self._head)
            sheet.set_column(column, column, _width(name, [row[column] for row in export.rows]))
        kinds = tuple(export.types.values())
        for place, row in enumerate(export.rows, start=1):
            for column, (kind, cell) in enumerate(zip(kinds, row, strict=True)):
                if cell:
                    self._write(sheet, place, column, kind, cell)

    def add_sections(self, name: str, sections: Sections) -> None:
        """Add a sheet of paragraphs, English and Russian side by side."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 1, _PARAGRAPH)
        for column, title in enumerate(("English", "Русский")):
            sheet.write_string(0, column, title, self._head)
        sheet.autofilter(0, 0, len(sections), 1)
        for place, pair in enumerate(sections, start=1):
            form = self._heading if pair[0].startswith("#") else self._paragraph
            for column, words in enumerate(pair):
                sheet.write_string(place, column, words.lstrip("# "), form)

    def content(self) -> bytes:
        """Finish the workbook and return it."""
        self._book.close()
        return self._file.getvalue()

    def _write(self, sheet: Any, row: int, column: int, kind: ColumnType, cell: str) -> None:
        if kind in ("number", "integer"):
            decimals = len(cell.partition(".")[2])
            sheet.write_number(row, column, float(cell), self._number(decimals))
        elif kind == "date":
            sheet.write_datetime(row, column, date.fromisoformat(cell), self._date)
        elif len(cell) > _LONGEST_CELL:
            raise TooLongForExcel(f"{sheet.name}, row {row + 1}, column {column + 1}")
        else:
            sheet.write_string(row, column, cell)

    def _number(self, decimals: int) -> Any:
        if decimals not in self._decimals:
            form = f"0.{'0' * decimals}" if decimals else "0"
            self._decimals[decimals] = self._book.add_format({"num_format": form})
        return self._decimals[decimals]


def table_xlsx(export: Export, about: Sections, edition_date: str) -> bytes:
    """A workbook with one table and, behind it, what to know about it."""
    book = Book(export.name, edition_date, len(export.rows))
    book.add_table(export)
    book.add_sections("read me", about)
    return book.content()


def _width(name: str, cells: Sequence[str]) -> int:
    """Wide enough for the header with its filter button, and for all but very long cells."""
    longest = max((len(cell) for cell in cells), default=0)
    return min(_WIDEST, max(_NARROWEST, len(name) + 4, longest + 2))
