"""Differences between two editions for readers: words, rows, and every changed colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components.bands import band_line, mark
from components.formats import integer
from components.tables import body_row, column_heads, full_table
from components.texts import text
from components.theme import BAND_CLASSES
from data.models import Change, Language, Words
from data.scoring import Band

_COUNTED = ("added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class ChangedColour:
    """An indicator whose colour differs; None where an edition does not have it.

    ``because`` are sentences with the values and targets that made the difference.
    """

    name: str
    address: str
    before: Band | None
    after: Band | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """Numbers of rows of one table that were ``added``, ``changed`` and ``removed``."""

    title: Words
    counts: Mapping[str, int]


def told_changes(changes: Sequence[Change], language: Language) -> html.Ul:
    """List the entries of the edition's own change log."""
    return html.Ul(
        [
            html.Li(
                [
                    html.B(text(f"change_{change.kind}", language)),
                    f" ({change.code})" if change.code else "",
                    ": ",
                    change.words[language],
                ]
            )
            for change in changes
        ],
        className="told",
    )


def changed_rows(tables: Sequence[ChangedRows], caption: str, language: Language) -> html.Table:
    """Return a table of the numbers of rows that differ."""
    heads = column_heads([f"rows_{name}" for name in ("table", *_COUNTED)], language)
    rows = [
        body_row(
            table.title[language],
            [(f"rows_{name}", integer(table.counts[name], language)) for name in _COUNTED],
            language,
        )
        for table in tables
    ]
    return full_table(caption, heads, rows, "values")


def changed_colours(colours: Sequence[ChangedColour], language: Language) -> Component:
    """Every indicator that changed colour, from what to what, and because of what."""
    if not colours:
        return html.P(text("colours_same", language))
    return html.Ul([html.Li(_colour(colour, language)) for colour in colours], className="changed")


def _colour(colour: ChangedColour, language: Language) -> list[Component | str]:
    way = html.P(
        [_state(colour.before, language), " → ", _state(colour.after, language)], className="way"
    )
    reasons = html.Ul([html.Li(words) for words in colour.because])
    title = html.A(colour.name, href=colour.address) if colour.address else html.B(colour.name)
    return [title, way, reasons]


def _state(band: Band | None, language: Language) -> Component:
    if band is None:
        return html.Span(text("colour_absent", language))
    words = [mark(BAND_CLASSES[band]), html.Span(band_line(band, language))]
    return html.Span(words, className="state")
