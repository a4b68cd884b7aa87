"""Every file of an edition: those of a table together, then the others; checksums folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components.formats import integer
from components.markup import hyphened
from components.open_data.reuse import folded
from components.open_data.table_list import file_link
from components.texts import text
from data.manifests import PublishedFile
from data.models import Language, Words

_WHOLE = "all."


def file_table(
    files: Sequence[PublishedFile], titles: Mapping[str, Words], caption: str, language: Language
) -> html.Table:
    """One row for each table with links to its forms, the whole first and the rest last.

    ``titles`` are the names of the tables in the order in which they are listed.
    """
    whole = [one for one in files if one.name.startswith(_WHOLE)]
    rest = [one for one in files if not one.table and one not in whole]
    heads = [html.Th(text(f"file_{one}", language), scope="col") for one in ("name", "rows")]
    rows = [_row(one.name, [one], language) for one in whole]
    for table, title in titles.items():
        rows.append(_row(title[language], [one for one in files if one.table == table], language))
    rows += [_row(one.name, [one], language) for one in sorted(rest, key=lambda one: one.name)]
    return html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([*heads, html.Th(text("files_of_table", language), scope="col")])),
            html.Tbody(rows),
        ],
        className="values files",
    )


def checksum_list(files: Sequence[PublishedFile], language: Language) -> html.Details:
    """The SHA-256 of each file, and how to compare them all."""
    sums = [html.Div([html.Dt(one.name), html.Dd(html.Code(one.sha256))]) for one in files]
    return folded(
        text("checks_title", language),
        html.Dl(sums, className="facts sums"),
        html.P(text("checks_words", language), className="note"),
    )


def _row(name: str, files: Sequence[PublishedFile], language: Language) -> html.Tr:
    counted = next((one.rows for one in files if one.rows is not None), None)
    links: list[Any] = []
    for one in files:
        # What describes the others is looked at rather than taken home.
        taken = one.table or one.name.startswith(_WHOLE)
        link = file_link(one, language) if taken else html.A(one.name, href=f"/{one.path}")
        links += [link, " "]
    cells: dict[str, Any] = {
        "file_rows": "–" if counted is None else integer(counted, language),
        "files_of_table": links,
    }
    return html.Tr(
        [
            html.Th(name, scope="row"),
            *(
                html.Td(words, **hyphened(data_column=text(key, language)))
                for key, words in cells.items()
            ),
        ]
    )
