"""The reading of table files: rows with line numbers, and what is wrong with the form."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.faults import Fault, UnreadableEdition
from data.tables import FIRST_SCHEMA, TABLES, Table

# Tabs and line breaks inside a cell break the files that others make of these tables.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its first line's number, and its cells by column.

    ``whole`` is False where the row has more or fewer cells than the header.
    """

    number: int
    cells: Mapping[str, str]
    whole: bool = True

    def __getitem__(self, column: str) -> str:
        """The cell, empty where the file lacks the column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class FileContent:
    """One table as read: header and rows, before anything but the form was checked."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class TableFiles:
    """All tables of a folder as read; a file that could not be read is absent.

    So is one that the edition need not have, because a later schema version brought it.
    """

    files: Mapping[str, FileContent]
    faults: list[Fault] = field(default_factory=list)

    def rows(self, table: str, *columns: str) -> tuple[Row, ...]:
        """The whole rows of a table; none where the file or one of ``columns`` is missing."""
        content = self.files.get(table)
        if content is None or not set(columns) <= set(content.header):
            return ()
        return tuple(row for row in content.rows if row.whole)

    def cells(self, table: str, column: str) -> frozenset[str] | None:
        """Every cell of a column, also of broken rows; None where nobody can know them."""
        content = self.files.get(table)
        if content is None or column not in content.header:
            return None
        return frozenset(row[column] for row in content.rows)


def read_tables(folder: Path) -> TableFiles:
    """Read every table of ``folder``; what is wrong with the form is among the faults.

    Raises ``UnreadableEdition`` where there is no such folder.
    """
    if not folder.is_dir():
        raise UnreadableEdition(f"{folder} is not a folder that can be read")
    faults: list[Fault] = []
    files = {
        name: content
        for name, table in TABLES.items()
        if (content := _read_table(folder / table.file, table, faults)) is not None
    }
    return TableFiles(files, faults)


def _read_table(path: Path, table: Table, faults: list[Fault]) -> FileContent | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        if table.since == FIRST_SCHEMA:
            problem, remedy = "the file is missing", "put it into the folder"
            faults.append(Fault(table.file, None, "", problem, remedy))
        return None
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        faults.append(Fault(table.file, None, "", problem, "make it a readable file"))
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(table.file, line, "", "the text is not UTF-8", "save it as UTF-8"))
        return None
    if text.startswith("\ufeff"):
        problem, remedy = "the file starts with a byte order mark", "save it as UTF-8 without BOM"
        faults.append(Fault(table.file, 1, "", problem, remedy))
        text = text[1:]
    header, rows = _split(text, table.file, faults)
    if header is None:
        return None
    _check_header(table, header, faults)
    return FileContent(header, rows, content)


def _split(
    text: str, file: str, faults: list[Fault]
) -> tuple[tuple[str, ...] | None, tuple[Row, ...]]:
    """Cut a file into header and rows; None where it is not CSV from some line on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        header = tuple(next(reader, ()))
        line = reader.line_num + 1
        for cells in reader:
            rows.append(
                Row(line, dict(zip(header, cells, strict=False)), len(cells) == len(header))
            )
            faults.extend(_form_faults(file, rows[-1], len(cells), len(header)))
            line = reader.line_num + 1
    except csv.Error as error:
        problem = f"the row is not CSV ({error})"
        faults.append(Fault(file, line, "", problem, "check its quotation marks"))
        return None, ()
    return header, tuple(rows)


def _form_faults(file: str, row: Row, cells: int, wanted: int) -> list[Fault]:
    faults = []
    if not row.whole:
        remedy = "check its commas and quotation marks" if cells else "delete the empty line"
        faults.append(Fault(file, row.number, "", f"{cells} cells instead of {wanted}", remedy))
    for column, cell in row.cells.items():
        if match := _CONTROL.search(cell):
            problem = f"a control character (U+{ord(match[0]):04X}) stands in the text"
            faults.append(Fault(file, row.number, column, problem, "delete it"))
    return faults


def _check_header(table: Table, header: tuple[str, ...], faults: list[Fault]) -> None:
    for column, count in Counter(header).items():
        if column not in table.header:
            problem, remedy = "nobody knows this column", "remove it, or correct its name"
            faults.append(Fault(table.file, 1, column, problem, remedy))
        elif count > 1:
            problem = f"the column stands {count} times"
            faults.append(Fault(table.file, 1, column, problem, "keep one of them"))
    faults.extend(
        Fault(table.file, 1, column.name, "the column is missing", "add it")
        for column in table.columns
        if column.since == FIRST_SCHEMA and column.name not in header
    )
    columns = [column for column in header if column in table.header]
    if columns != [column for column in table.header if column in header]:
        problem, remedy = "the columns stand in another order", f"use {', '.join(table.header)}"
        faults.append(Fault(table.file, 1, "", problem, remedy))
