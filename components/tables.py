"""Parts that tables share: the scrolling box, the heads of columns and cells that know theirs."""

from collections.abc import Iterable
from typing import Any

from dash import html

from components.markup import hyphened
from components.texts import text
from data.models import Language


def table_box(table: html.Table, caption: str) -> html.Div:
    """Return the box in which a wide table scrolls, reached by keyboards under its caption."""
    return html.Div(
        table, className="table-box", tabIndex="0", role="region", **hyphened(aria_label=caption)
    )


def full_table(
    caption: str,
    heads: Iterable[html.Th],
    rows: Iterable[html.Tr],
    look: str | None = None,
    caption_look: str | None = None,
) -> html.Table:
    """Return a table with caption, one row of heads and one body; looks are classes."""
    parts = [
        html.Caption(caption, className=caption_look),
        html.Thead(html.Tr(list(heads))),
        html.Tbody(list(rows)),
    ]
    return html.Table(parts, className=look)


def column_heads(keys: Iterable[str], language: Language) -> list[html.Th]:
    """Return the names of columns by the keys of their texts."""
    return [html.Th(text(key, language), scope="col") for key in keys]


def body_row(
    head: Any, cells: Iterable[tuple[str, Any]], language: Language, look: str | None = None
) -> html.Tr:
    """Return a row under its heading; a phone shows before each cell the text of its key."""
    return html.Tr(
        [
            html.Th(head, scope="row"),
            *(html.Td(words, **hyphened(data_column=text(key, language))) for key, words in cells),
        ],
        className=look,
    )
