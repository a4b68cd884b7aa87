"""all.xlsx: every table of an edition with read me, columns and method, in one workbook."""

from collections.abc import Mapping
from typing import Any

from data.exports.tables import Export
from data.exports.workbooks import Book, Sections
from data.metadata.fields import COLUMNS, column_rows

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


def complete_workbook(
    package: Mapping[str, Any], exports: Mapping[str, Export], about: Mapping[str, Sections]
) -> bytes:
    """Return the workbook of an edition, which ``package`` describes.

    ``exports`` holds every table, ``about`` the sheets ``read me`` and ``method``.
    """
    rows = max(len(export.rows) for export in exports.values())
    book = Book(package["title"], package["created"][:10], rows)
    further_sheets = (name for name in exports if name not in _FIRST_SHEETS)
    for name in (*_FIRST_SHEETS, *further_sheets):
        if name in about:
            book.add_sections(name, about[name])
        else:
            book.add_table(exports[name])
    columns = tuple(column_rows(package["resources"]))
    book.add_table(Export("columns", dict.fromkeys(COLUMNS, "text"), columns))
    return book.content()
