"""Tables as CSV: one form for programs, one for Excel with Russian settings."""

import csv
import io
import re
from collections.abc import Callable, Iterable

from data.exports.tables import Export
from data.tables import ColumnType

# A spreadsheet runs a cell that begins so, whoever wrote it. A lone hyphen is a mark of ours.
_FORMULA = re.compile(r"[=+@＝＋＠\t\r\n]|[-－](?!$)")
# With Russian settings Excel makes days or months of 4.6.1 and 1.9, but not of 95-100.
_MONTH, _NUMBER = "(?:0?[1-9]|1[0-2])", "[0-9]{1,4}"
_LIKE_A_DATE = re.compile(f"(?:{_MONTH}[./-]{_NUMBER}|{_NUMBER}[./-]{_MONTH})(?:[./-]{_NUMBER})?")


def csv_bytes(export: Export) -> bytes:
    """RFC 4180 but for line feeds alone: UTF-8, commas, decimal points.

    A text that a spreadsheet would run gets an apostrophe in front; the checks of an edition
    refuse such texts, so no published cell has one.
    """
    return _written(export, _harmless, "utf-8", {"lineterminator": "\n"})


def excel_csv_bytes(export: Export) -> bytes:
    """For Excel with Russian settings: byte order mark, semicolons, decimal commas, CRLF.

    A text that Excel would take for a formula or a date gets an apostrophe in front.
    """
    return _written(export, _excel, "utf-8-sig", {"delimiter": ";", "lineterminator": "\r\n"})


def _written(
    export: Export, form: Callable[[ColumnType, str], str], encoding: str, dialect: dict[str, str]
) -> bytes:
    content = io.BytesIO()
    # Encoded as it goes: a large table as text takes four times the room.
    with io.TextIOWrapper(content, encoding, newline="") as text:
        writer = csv.writer(text, **dialect)  # type: ignore[arg-type]  # Options by name.
        writer.writerow(export.header)
        writer.writerows(_formed(export, form))
        text.flush()
        return content.getvalue()


def _formed(export: Export, form: Callable[[ColumnType, str], str]) -> Iterable[list[str]]:
    types = tuple(export.types.values())
    for row in export.rows:
        yield [form(kind, cell) if cell else cell for kind, cell in zip(types, row, strict=True)]


def _harmless(kind: ColumnType, cell: str) -> str:
    return f"'{cell}" if kind == "text" and _FORMULA.match(cell) else cell


def _excel(kind: ColumnType, cell: str) -> str:
    if kind == "number":
        return cell.replace(".", ",")
    if kind == "text" and _LIKE_A_DATE.fullmatch(cell):
        return f"'{cell}"
    return _harmless(kind, cell)
