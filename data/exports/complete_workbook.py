"""all.xlsx: every table of an edition with read me, columns and method, in one workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.exports.tables import Export
from data.exports.workbooks import Book, Sections
from data.records import Cells

# What a reader looks up less often stands behind; the dictionary of columns is last.
_FIRST_SHEETS = (
    "read me",
    "indicators",
    "observations",
    "targets",
    "fulfilment",
    "sources",
    "method",
)
_COLUMNS = (
    "table",
    "column",
    "type",
    "unit_en",
    "title_en",
    "title_ru",
    "description_en",
    "description_ru",
)


def complete_workbook(
    package: Mapping[str, Any], exports: Mapping[str, Export], about: Mapping[str, Sections]
) -> bytes:
    """Return the workbook of an edition, which ``package`` describes.

    ``exports`` holds every table, ``about`` the sheets ``read me`` and ``method``.
    """
    rows = max(len(export.rows) for export in exports.values())
    book = Book(package["title"], package["created"][:10], rows)
    others = (name for name in exports if name not in _FIRST_SHEETS)
    for name in (*_FIRST_SHEETS, *others):
        if name in about:
            book.add_sections(name, about[name])
        else:
            book.add_table(exports[name])
    book.add_rows("columns", _COLUMNS, _column_rows(package))
    return book.content()


def _column_rows(package: Mapping[str, Any]) -> list[Cells]:
    """Return every column of every table with its description: the dictionary of the data."""
    # In the order of _COLUMNS, after the table.
    names = ("name", "type", "unit", "title", "title@ru", "description", "description@ru")
    return [
        (resource["name"], *(str(field.get(name, "")) for name in names))
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    ]
