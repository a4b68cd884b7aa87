"""The published tables one under another, what their columns mean, and their cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from components import urls
from components.copying import CODE_LANGUAGE
from components.formats import file_size, integer
from components.markup import hyphened
from components.tables import column_heads, full_table, table_box
from components.texts import text
from data.manifests import PublishedFile
from data.models import Language, Words

# Names that both languages write alike.
_FORMS = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "parquet": "Parquet"}


@dataclass(frozen=True, slots=True)
class ListedTable:
    """One published table: ``first`` are its first rows as text, ``files`` its forms.

    ``row`` says what a row is.
    """

    name: str
    title: Words
    row: Words
    header: tuple[str, ...]
    rows: int
    first: tuple[tuple[str, ...], ...]
    files: tuple[PublishedFile, ...]


def table_list(tables: Sequence[ListedTable], language: Language) -> html.Ul:
    """List every table with links to its files."""
    return html.Ul([html.Li(_table(table, language)) for table in tables], className="sets")


def _table(table: ListedTable, language: Language) -> list[Any]:
    title = html.A(table.title[language], href=urls.data_table(language, table.name))
    return [
        html.Div(
            [
                html.H3(title),
                html.P(table.row[language]),
                html.P(size_words(table, language), className="note"),
            ]
        ),
        file_links(table.files, language),
    ]


def size_words(table: ListedTable, language: Language) -> str:
    """``269 rows, 19 columns``."""
    rows = text("rows_counted", language, n=table.rows, count=integer(table.rows, language))
    return f"{rows}, {text('columns_counted', language, n=len(table.header))}"


def file_links(files: Sequence[PublishedFile], language: Language) -> html.Ul:
    """One link for each form of a file, with its size."""
    return html.Ul([html.Li(file_link(file, language)) for file in files], className="forms")


def form_name(form: str, language: Language) -> str:
    """Return the name of a file format: ``CSV`` for ``csv``."""
    return text("form_ru_excel", language) if form == "ru-excel.csv" else _FORMS.get(form, form)


def file_link(
    file: PublishedFile, language: Language, name: str = "", look: str | None = None
) -> html.A:
    """A link to a file, named by its form and size; ``look`` is its class."""
    words = name or form_name(file.form, language)
    size = html.Small(file_size(file.bytes, language))
    return html.A([words, " ", size], href=f"/{file.path}", download="", className=look)


_NOTHING = "–"
_COLUMN_KEYS = ("column", "type", "unit", "meaning")


def column_table(
    fields: Sequence[Mapping[str, Any]], caption: str, language: Language
) -> html.Table:
    """One row for each column; ``fields`` are those of a Data Package in both languages."""
    heads = column_heads([f"field_{key}" for key in _COLUMN_KEYS], language)
    rows = [_column_row(field, language) for field in fields]
    return full_table(caption, heads, rows, "values columns")


def _column_row(field: Mapping[str, Any], language: Language) -> html.Tr:
    cells = {
        "type": text(f"type_of_{field['type']}", language),
        "unit": _said(field, "unit", language) or _NOTHING,
        "meaning": _meaning(field, language),
    }
    name = html.Code(field["name"], lang=CODE_LANGUAGE)
    return html.Tr(
        [
            html.Th(
                [name, html.Span(_said(field, "title", language), className="line")], scope="row"
            ),
            *(
                html.Td(
                    words,
                    **hyphened(data_column=text(f"field_{key}", language)),
                    className="nothing" if words == _NOTHING else None,
                )
                for key, words in cells.items()
            ),
        ]
    )


def _said(field: Mapping[str, Any], name: str, language: Language) -> str:
    return str(field.get(f"{name}@ru" if language == "ru" else name, ""))


def _meaning(field: Mapping[str, Any], language: Language) -> list[Any]:
    """The description, and the words that the column may hold where they are few."""
    allowed = field.get("constraints", {}).get("enum", ())
    words: list[Any] = [_said(field, "description", language)]
    if allowed:
        listed = html.Code(", ".join(map(str, allowed)), lang=CODE_LANGUAGE)
        words += [" ", text("field_allowed", language), " ", listed]
    return words


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
    heads = [html.Th(name, scope="col") for name in header]
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
    return table_box(full_table(caption, heads, body, "cells"), caption)


def width_notes(columns: int, language: Language) -> list[html.P]:
    """Say how to see the columns that do not fit a screen, and how many paper leaves out."""
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
