"""all.xlsx: every table of an edition with read me, columns and method, in one workbook."""

from __future__ import annotations

from collections.abc import Mapping

from data.exports.about import Origin, Section, described, method_sections, readme_sections
from data.exports.tables import Export, exports_of
from data.exports.workbooks import Book
from data.metadata.fields import fields_of
from data.models import Edition
from data.records import Cells

_SHEETS = (
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


def complete_workbook(edition: Edition, origin: Origin, exports: Mapping[str, Export]) -> bytes:
    """Return the workbook with a sheet for each table of ``exports`` and for what to know."""
    rows = max(len(export.rows) for export in exports.values())
    book = Book(described(edition.package, "title").en, edition.date, rows)
    sections: Mapping[str, tuple[Section, ...]] = {
        "read me": readme_sections(edition, origin),
        "method": method_sections(edition, origin),
    }
    # What a reader looks up less often stands behind.
    behind = [name for name in exports if name not in _SHEETS]
    for name in (*_SHEETS, *behind, "columns"):
        if name in sections:
            book.add_sections(name, sections[name])
        elif name == "columns":
            book.add_rows(name, _COLUMNS, _column_rows(edition))
        else:
            book.add_table(exports[name])
    return book.content()


def _column_rows(edition: Edition) -> list[Cells]:
    """Every column of every table with its description: the dictionary of the data."""
    rows: list[Cells] = []
    for table in exports_of(edition):
        for field in fields_of(edition, table):
            title, description = described(field, "title"), described(field, "description")
            rows.append(
                (
                    table,
                    str(field["name"]),
                    str(field["type"]),
                    str(field.get("unit", "")),
                    title.en,
                    title.ru,
                    description.en,
                    description.ru,
                )
            )
    return rows
