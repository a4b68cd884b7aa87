"""Every file of an edition with its size and checksum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from components.formats import file_size, integer
from components.markup import hyphened
from components.texts import text
from data.manifests import PublishedFile
from data.models import Language


def file_table(files: Sequence[PublishedFile], caption: str, language: Language) -> html.Table:
    """One row for each file: link, size, rows where it has any, SHA-256."""
    names = ("name", "size", "rows", "sum")
    heads = [html.Th(text(f"file_{one}", language), scope="col") for one in names]
    rows = [_row(one, language) for one in sorted(files, key=_order)]
    return html.Table(
        [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(rows)],
        className="values sums",
    )


def _order(file: PublishedFile) -> tuple[bool, bool, str]:
    """The whole first, then the tables, then what describes them."""
    return not file.name.startswith("all."), not file.table, file.name


def _row(file: PublishedFile, language: Language) -> html.Tr:
    cells: dict[str, Any] = {
        "size": file_size(file.bytes, language),
        "rows": "–" if file.rows is None else integer(file.rows, language),
        "sum": html.Code(file.sha256),
    }
    link = html.A(file.name, href=f"/{file.path}")
    return html.Tr(
        [
            html.Th(link, scope="row"),
            *(
                html.Td(words, **hyphened(data_column=text(f"file_{name}", language)))
                for name, words in cells.items()
            ),
        ]
    )
