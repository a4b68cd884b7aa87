"""Cells of published tables on a page: cut where they are long, marked with their language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components.markup import hyphened
from components.texts import text
from data.models import Language

_LONGEST = 48
# As many as fit a sheet of A4; the sheet for paper leaves out the others.
PAPER_COLUMNS = 8
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN_WORDS = re.compile("[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]{2,}")


def cell_box(
    header: Sequence[str], rows: Sequence[Sequence[str]], caption: str, language: Language
) -> html.Div:
    """Rows of a table as its file holds them, in a box that scrolls by itself."""
    head = html.Tr([html.Th(name, scope="col") for name in header])
    body = [
        html.Tr(
            [
                html.Td(
                    cut(cell),
                    **_marked(name, dict(zip(header, row, strict=True)), language),
                    className="digits" if _NUMBER.fullmatch(cell) else None,
                )
                for name, cell in zip(header, row, strict=True)
            ]
        )
        for row in rows
    ]
    table = html.Table(
        [html.Caption(caption), html.Thead(head), html.Tbody(body)], className="cells"
    )
    label = hyphened(aria_label=caption)
    return html.Div(table, className="table-box", tabIndex="0", role="region", **label)


def width_notes(columns: int, language: Language) -> list[html.P]:
    """How to see the columns that stand out of a screen, and how many paper leaves out."""
    more = columns - PAPER_COLUMNS
    if more <= 0:
        return []
    return [
        html.P(text("columns_aside", language, n=columns), className="note for-screen"),
        html.P(text("columns_more", language, n=more), className="note for-paper"),
    ]


def cut(cell: str) -> str:
    """A cell of at most 48 characters, the last of them an ellipsis where more was there."""
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1].rstrip() + "…"


def _marked(name: str, row: Mapping[str, str], language: Language) -> dict[str, Any]:
    """The language of a cell that is not in the page's own."""
    cell = cut(row[name])
    if _CYRILLIC.search(cell):
        return {} if language == "ru" else {"lang": "ru"}
    if name == "title" and (own := row.get("title_language", language)) != language:
        return {"lang": own}
    if language == "ru" and _LATIN_WORDS.search(cell):
        return {"lang": "en"}
    return {}
