"""What differs between two editions as readers see it: words, rows, and every changed colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components.bands import band_line, mark
from components.formats import integer
from components.markup import hyphened
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
    """How many rows of one table were ``added``, ``changed`` and ``removed``."""

    title: Words
    counts: Mapping[str, int]


def told_changes(changes: Sequence[Change], language: Language) -> html.Ul:
    """What the edition's own change log says."""
    return html.Ul(
        [
            html.Li(
                [
                    html.B(text(f"change_{one.kind}", language)),
                    f" ({one.code})" if one.code else "",
                    ": ",
                    one.words[language],
                ]
            )
            for one in changes
        ],
        className="told",
    )


def changed_rows(tables: Sequence[ChangedRows], caption: str, language: Language) -> html.Table:
    """How many rows of each table differ."""
    heads = [html.Th(text(f"rows_{one}", language), scope="col") for one in ("table", *_COUNTED)]
    rows = [
        html.Tr(
            [
                html.Th(one.title[language], scope="row"),
                *(
                    html.Td(
                        integer(one.counts[name], language),
                        **hyphened(data_column=text(f"rows_{name}", language)),
                    )
                    for name in _COUNTED
                ),
            ]
        )
        for one in tables
    ]
    return html.Table(
        [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(rows)], className="values"
    )


def changed_colours(colours: Sequence[ChangedColour], language: Language) -> Component:
    """Every indicator that changed colour, from what to what, and because of what."""
    if not colours:
        return html.P(text("colours_same", language))
    return html.Ul([html.Li(_colour(one, language)) for one in colours], className="changed")


def _colour(one: ChangedColour, language: Language) -> list[Component | str]:
    way = html.P(
        [_state(one.before, language), " → ", _state(one.after, language)], className="way"
    )
    reasons = html.Ul([html.Li(words) for words in one.because])
    title = html.A(one.name, href=one.address) if one.address else html.B(one.name)
    return [title, way, reasons]


def _state(band: Band | None, language: Language) -> Component:
    if band is None:
        return html.Span(text("colour_absent", language))
    words = [mark(BAND_CLASSES[band]), html.Span(band_line(band, language))]
    return html.Span(words, className="state")
