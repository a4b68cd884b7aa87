"""Every file of an edition: those of a table together, then the others; checksums folded away."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components.formats import integer
from components.markup import folded
from components.open_data.table_list import file_link
from components.tables import body_row, column_heads, full_table
from components.texts import text
from data.manifests import PublishedFile
from data.models import Language, Words

_WHOLE = "all."


def file_table(
    files: Sequence[PublishedFile], titles: Mapping[str, Words], caption: str, language: Language
) -> html.Table:
    """One row for each table with links to its forms, the whole first.

    ``titles`` are the names of the tables in the order in which they are listed.
    """
    whole = [file for file in files if file.name.startswith(_WHOLE)]
    heads = column_heads(["file_name", "file_rows", "files_of_table"], language)
    rows = [_row(file.name, [file], language) for file in whole]
    for table, title in titles.items():
        rows.append(
            _row(title[language], [file for file in files if file.table == table], language)
        )
    return full_table(caption, heads, rows, "values files")


def further_files(files: Sequence[PublishedFile]) -> html.Ul:
    """Return links to the files that describe the others, by name."""
    described = (file for file in files if not file.table and not file.name.startswith(_WHOLE))
    links = [
        html.Li(html.A(file.name, href=f"/{file.path}"))
        for file in sorted(described, key=lambda file: file.name)
    ]
    return html.Ul(links, className="forms")


def checksum_list(files: Sequence[PublishedFile], language: Language) -> html.Details:
    """The SHA-256 of each file, and how to compare them all."""
    sums = [html.Div([html.Dt(file.name), html.Dd(html.Code(file.sha256))]) for file in files]
    return folded(
        text("checks_title", language),
        html.Dl(sums, className="facts sums"),
        html.P(text("checks_words", language), className="note"),
    )


def _row(name: str, files: Sequence[PublishedFile], language: Language) -> html.Tr:
    counted = next((file.rows for file in files if file.rows is not None), None)
    links: list[Any] = []
    for file in files:
        links += [file_link(file, language), " "]
    cells: dict[str, Any] = {
        "file_rows": "–" if counted is None else integer(counted, language),
        "files_of_table": links,
    }
    return body_row(name, cells.items(), language)
