"""Tables and records as JSON whose numbers keep the digits they were printed with."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import simplejson

from data.exports.tables import Export
from data.records import Cells, items_of
from data.tables import Column, ColumnType, Member


def json_bytes(export: Export) -> bytes:
    """An array with one object a row, each on a line of its own; null where a cell is empty.

    ``yes`` and ``no`` become true and false, numbers and years become numbers, the rest is text.
    Where the export names its members, an object has them: texts in each language are one value,
    and a cell that lists items is an array.
    """
    content = bytearray(b"[")
    for place, row in enumerate(export.rows):
        content += f"{',' if place else ''}\n{{{','.join(_pairs(export, row))}}}".encode()
    return bytes(content + (b"\n]\n" if export.rows else b"]\n"))


def _pairs(export: Export, row: Cells) -> Iterator[str]:
    if not export.members:
        for (name, kind), cell in zip(export.types.items(), row, strict=True):
            yield f"{_text(name)}:{_cell(kind, cell)}"
        return
    cells = dict(zip(export.header, row, strict=True))
    for member in export.members:
        # An edition may lack a column that a later schema version brought.
        if member.column.name in cells:
            yield f"{_text(member.name)}:{_member(member, cells)}"


def _member(member: Member, cells: Mapping[str, str]) -> str:
    if not member.translations:
        return _item(member.column, cells)
    words = {name: _item(column, cells) for name, column in member.translations.items()}
    if set(words.values()) == {"null"}:
        return "null"
    return f"{{{','.join(f'{_text(language)}:{text}' for language, text in words.items())}}}"


def _item(column: Column, cells: Mapping[str, str]) -> str:
    cell = cells[column.name]
    if not column.separator:
        return _cell(column.type, cell)
    items = ("" if item == column.empty_item else item for item in items_of(cell))
    return f"[{','.join(_cell('text', item) for item in items)}]"


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """A nested record with ``Decimal`` numbers, indented by two spaces, keys in given order."""
    text = simplejson.dumps(
        record, ensure_ascii=False, indent=2, use_decimal=False, default=_digits
    )
    return (text.replace("<", "\\u003c") + "\n").encode()


def _digits(number: Decimal) -> simplejson.RawJSON:
    return simplejson.RawJSON(format(number, "f"))


def _cell(kind: ColumnType, cell: str) -> str:
    if not cell:
        return "null"
    if kind == "yes_no":
        return "true" if cell == "yes" else "false"
    if kind == "integer":
        return str(int(cell))
    # The checks allow only what JSON calls a number, so the digits can stand as they are.
    return cell if kind == "number" else _text(cell)


def _text(words: str) -> str:
    # No < means that the file stays harmless even where somebody puts it into a page.
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
