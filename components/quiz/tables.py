"""Tables of quiz figures, which become cards on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from components.markup import hyphened
from components.texts import text
from data.models import Language

Row = tuple[Any, Sequence[Any]]


def figure_table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    language: Language,
    caption_seen: bool = True,
) -> html.Div:
    """A row per thing: its name and a cell for each further column.

    ``columns`` are keys of texts without ``stats_column_``, the first one that of the names.
    A caption that repeats the words above the table is for screen readers only.
    """
    names = [text(f"stats_column_{column}", language) for column in columns]
    head = html.Tr([html.Th(name, scope="col") for name in names])
    body = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                *(
                    html.Td(cell, **hyphened(data_column=column))
                    for column, cell in zip(names[1:], cells, strict=True)
                ),
            ]
        )
        for name, cells in rows
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className=None if caption_seen else "visually-hidden"),
                html.Thead(head),
                html.Tbody(body),
            ],
            className="q-table",
        ),
        className="table-box",
        tabIndex="0",
        role="region",
        **hyphened(aria_label=caption),
    )
