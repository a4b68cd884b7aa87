"""What the columns of a published table mean: name, type, unit and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components.copying import CODE_LANGUAGE
from components.markup import hyphened
from components.texts import text
from data.models import Language

_NOTHING = "–"
_COLUMNS = ("column", "type", "unit", "meaning")


def column_table(
    fields: Sequence[Mapping[str, Any]], caption: str, language: Language
) -> html.Table:
    """One row for each column; ``fields`` are those of a Data Package in both languages."""
    heads = [html.Th(text(f"field_{one}", language), scope="col") for one in _COLUMNS]
    rows = [_row(field, language) for field in fields]
    return html.Table(
        [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(rows)],
        className="values columns",
    )


def _row(field: Mapping[str, Any], language: Language) -> html.Tr:
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
                    **hyphened(data_column=text(f"field_{one}", language)),
                    className="nothing" if words == _NOTHING else None,
                )
                for one, words in cells.items()
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
