"""The checks of single cells, names and references; data.rules holds what rows mean together."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from data.faults import Fault, quoted
from data.table_files import Row, TableFiles
from data.tables import TABLES, Column, Kind, Table

Vocabularies = Mapping[tuple[str, str], tuple[str, ...]]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")
_MONTHS = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2]))/([0-9]{4}-(?:0[1-9]|1[0-2]))")
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")
# A spreadsheet runs a cell that begins so, whoever wrote it.
_FORMULA = re.compile(r"[=+@＝＋＠]|[-－](?!$)")
# A number below zero and words: nothing in it makes a spreadsheet reckon.
_BELOW_ZERO = re.compile(r"-[0-9][^-+*/^=(|!]*")
# What an editor writes to himself, and forgets.
_REMARK = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX)\b|\?{3}|\[\?\]|see note\]|\[not (?:quoted|read|found|checked)\b"
    r"|\bУТОЧНИТЬ\b|\bПРОВЕРИТЬ\b"
)

_KINDS: Mapping[Kind, tuple[str, str]] = {
    "number": ("a number", "write digits with a decimal point and nothing else, such as 12.5"),
    "year": ("a year", "write four digits, such as 2024"),
    "date": ("a date", "write YEAR-MONTH-DAY, such as 2026-11-22"),
    "period": ("a period", "write YEAR, or YEAR-MM/YEAR-MM, or leave it empty"),
    "address": ("a web address", "start it with http:// or https://, without spaces"),
}


def check_cells(tables: TableFiles, vocabularies: Vocabularies) -> list[Fault]:
    """Return every fault of single cells, of their references and of repeated keys.

    ``vocabularies`` lists the words that the data package allows, by table and column. What
    cannot be judged because a file or a column is missing is left out: that is one fault.
    """
    faults: list[Fault] = []
    for name, table in TABLES.items():
        names = {
            column.name: tables.cells(*column.refers_to)
            for column in table.columns
            if column.refers_to
        }
        for row in tables.rows(name):
            faults.extend(_cell_faults(table, row, vocabularies, names))
            faults.extend(_translation_faults(table, row))
        faults.extend(_repeated_keys(table, tables.rows(name, *table.key)))
    return faults


def remark_in(text: str) -> str:
    """Return the words in a text for readers that an editor wrote to himself; empty if none."""
    remark = _REMARK.search(text)
    return remark[0] if remark else ""


def is_date(cell: str) -> bool:
    """Return whether the cell is a day of the calendar, written YEAR-MONTH-DAY."""
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _cell_faults(
    table: Table, row: Row, vocabularies: Vocabularies, names: Mapping[str, frozenset[str] | None]
) -> Iterator[Fault]:
    for column in table.columns:
        cell = row.cells.get(column.name)
        if cell is None:
            continue  # the missing column is reported once, at the header
        if not cell.strip():
            wrong = ("the cell is empty", "fill it in") if column.required else None
        else:
            allowed = column.vocabulary or vocabularies.get((table.name, column.name), ())
            wrong = _wrong_cell(column, cell, allowed) or _unknown_name(
                column, cell, names.get(column.name)
            )
        if wrong:
            yield Fault(table.file, row.number, column.name, *wrong)


def _wrong_cell(column: Column, cell: str, allowed: tuple[str, ...]) -> tuple[str, str] | None:
    if allowed and cell not in allowed:
        return f"{quoted(cell)} is not a known word", f"write one of: {', '.join(allowed)}"
    if column.kind != "text" and not _is_of_kind(column.kind, cell):
        meaning, remedy = _KINDS[column.kind]
        return f"{quoted(cell)} is not {meaning}", remedy
    if column.kind == "number":
        return None
    if _FORMULA.match(cell) and not _BELOW_ZERO.fullmatch(cell):
        problem = f"{quoted(cell)} begins like a formula, which spreadsheets run"
        return problem, "begin it with a word"
    if remark := remark_in(cell):
        return f"{quoted(remark)} is a remark to oneself", "readers see it: take it out"
    return None


def _is_of_kind(kind: Kind, cell: str) -> bool:
    if kind == "number":
        return bool(_NUMBER.fullmatch(cell))
    if kind == "address":
        return bool(_ADDRESS.fullmatch(cell))
    if kind == "date":
        return is_date(cell)
    if _YEAR.fullmatch(cell):
        return True
    months = _MONTHS.fullmatch(cell) if kind == "period" else None
    return months is not None and months[1] <= months[2]


def _unknown_name(column: Column, cell: str, keys: frozenset[str] | None) -> tuple[str, str] | None:
    if column.refers_to is None or keys is None:
        return None
    names = cell.split(column.separator) if column.separator else [cell]
    unknown = [name for name in names if name not in keys]
    if not unknown:
        return None
    table, key = column.refers_to
    file, remedy = TABLES[table].file, f"add a row with this {key}"
    return f"{file} has no {quoted(unknown[0])}", f"correct it, or {remedy} to {file}"


def _translation_faults(table: Table, row: Row) -> Iterator[Fault]:
    required = {column.name for column in table.columns if column.required}
    for english, russian in table.translations:
        if english not in row.cells or russian not in row.cells:
            continue
        filled = bool(row[english].strip()), bool(row[russian].strip())
        # An empty cell that is required anyway has been reported as such.
        if filled == (True, False) and russian not in required:
            yield _missing(table, row, russian, "Russian", english)
        elif filled == (False, True) and english not in required:
            yield _missing(table, row, english, "English", russian)


def _missing(table: Table, row: Row, column: str, language: str, other: str) -> Fault:
    problem = f"the {language} text is missing, but {other} has one"
    return Fault(table.file, row.number, column, problem, f"translate {other}")


def _repeated_keys(table: Table, rows: tuple[Row, ...]) -> Iterator[Fault]:
    if not table.key:
        return
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in table.key)
        if key in first:
            problem = f"{quoted(', '.join(key))} stands in row {first[key]} already"
            yield Fault(
                table.file, row.number, ", ".join(table.key), problem, "keep one of the two rows"
            )
        first.setdefault(key, row.number)
