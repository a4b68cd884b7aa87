"""The published tables one under another: what each is, how large, its files and first rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from components import urls
from components.formats import file_size, integer
from components.open_data.reuse import folded
from components.open_data.table_cells import cell_box
from components.texts import text
from data.manifests import PublishedFile
from data.models import Language, Words

# Names that both languages write alike.
_FORMS = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "parquet": "Parquet"}


@dataclass(frozen=True, slots=True)
class ListedTable:
    """One published table: ``first`` are its first rows as text, ``files`` its forms."""

    name: str
    title: Words
    header: tuple[str, ...]
    rows: int
    first: tuple[tuple[str, ...], ...]
    files: tuple[PublishedFile, ...]


def table_list(tables: Sequence[ListedTable], language: Language) -> html.Ul:
    """Every table with links to its files and, folded, its first rows."""
    return html.Ul([html.Li(_table(one, language)) for one in tables], className="sets")


def _table(one: ListedTable, language: Language) -> list[Any]:
    title = html.A(one.title[language], href=urls.data_table(language, one.name))
    caption = text("preview_of", language, table=one.title[language])
    return [
        html.Div(
            [
                html.H3(title),
                html.P(text(f"table_{one.name}", language)),
                html.P(size_words(one, language), className="note"),
            ]
        ),
        file_links(one.files, language),
        folded(caption, cell_box(one.header, one.first, caption, language)),
    ]


def size_words(one: ListedTable, language: Language) -> str:
    """``269 rows, 19 columns``."""
    rows = text("rows_counted", language, n=one.rows, count=integer(one.rows, language))
    return f"{rows}, {text('columns_counted', language, n=len(one.header))}"


def file_links(files: Sequence[PublishedFile], language: Language) -> html.Ul:
    """One link for each form of a file, with its size."""
    return html.Ul([html.Li(file_link(one, language)) for one in files], className="forms")


def form_name(form: str, language: Language) -> str:
    """What people call a form: ``CSV`` for ``csv``."""
    return text("form_ru_excel", language) if form == "ru-excel.csv" else _FORMS.get(form, form)


def file_link(
    file: PublishedFile, language: Language, name: str = "", look: str | None = None
) -> html.A:
    """A link to a file, named by its form and size; ``look`` is its class."""
    words = name or form_name(file.form, language)
    size = html.Small(file_size(file.bytes, language))
    return html.A([words, " ", size], href=f"/{file.path}", download="", className=look)
