"""Tables and records as JSON whose numbers keep the digits they were printed with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.exports.tables import Export
from data.tables import ColumnType


def json_bytes(export: Export) -> bytes:
    """An array with one object a row, each on a line of its own; null where a cell is empty.

    ``yes`` and ``no`` become true and false, numbers and years become numbers, the rest is text.
    """
    names = [f"{_text(name)}:" for name in export.header]
    kinds = tuple(export.types.values())
    content = bytearray(b"[")
    for place, row in enumerate(export.rows):
        cells = map(_cell, kinds, row)
        pairs = ",".join(name + cell for name, cell in zip(names, cells, strict=True))
        content += f"{',' if place else ''}\n{{{pairs}}}".encode()
    return bytes(content + (b"\n]\n" if export.rows else b"]\n"))


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """A nested record with ``Decimal`` numbers, indented by two spaces, keys in given order."""
    return ("".join(_lines(record, 0)) + "\n").encode()


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


def _lines(value: Any, depth: int) -> Iterator[str]:
    inner, outer = "\n" + "  " * (depth + 1), "\n" + "  " * depth
    if isinstance(value, Mapping) and value:
        for place, (name, item) in enumerate(value.items()):
            yield f"{',' if place else '{'}{inner}{_text(str(name))}: "
            yield from _lines(item, depth + 1)
        yield outer + "}"
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        for place, item in enumerate(value):
            yield f"{',' if place else '['}{inner}"
            yield from _lines(item, depth + 1)
        yield outer + "]"
    elif isinstance(value, Decimal):
        yield format(value, "f")
    else:
        yield _text(value) if isinstance(value, str) else json.dumps(value)
