"""Heat map of indicators and years: each year's verdict, its age, and gaps with their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf
from typing import Any

from dash import html

from components.ages import aged_class, capitalised, year_chip
from components.bands import mark
from components.explore.views.heat_cells import (
    Cell,
    HeatRow,
    heat_rows,
    labelled_years,
    stretch_words,
    years_of,
)
from components.explore.views.heat_figure import figure
from components.explore.views.protocol import (
    Context,
    Table,
    fitting,
    origin_words,
    rating_words,
    reason_empty,
    value_words,
    year_words,
)
from components.markup import Markup
from components.pictures.svg_boxes import Box, beside, block, label, placed, stack
from components.texts import text
from components.theme import BAND_CLASSES
from components.wheel_labels import short
from data.exploration import Selected
from data.scores import RECENT_YEARS
from data.scoring import BANDS, TOP_BAND

# Of the height of a row: a year with a value of its own, and one that an earlier value stands for.
_MEASURED, _CARRIED = 16.0, 6.0
_ROW = 20.0
_GAP = 0.12  # Of the width of a year.
_TWO_COLUMNS = 560  # From this width on names stand beside their years, in files.


def paint(selected: Selected, context: Context) -> html.Div:
    """Return a row per indicator: name, verdicts over the years, newest value and its year."""
    rows = heat_rows(selected, context)
    if not rows:
        return html.Div(html.P(reason_empty(selected, context)), className="heat-map")
    years = years_of(rows)
    parts: list[Any] = []
    for dimension, members in groupby(rows, key=lambda row: row.indicator.dimension):
        group = list(members)
        parts.append(html.H3(_heading(dimension, group, context)))
        parts.append(_axis(years))
        lines = [_line(row, years, selected.selection.highlighted, context) for row in group]
        parts.append(html.Ul(lines, className="heat"))
    return html.Div([_key(context), *parts], className="heat-map")


def _heading(dimension: str, rows: Sequence[HeatRow], context: Context) -> str:
    scored = [row for row in rows if row.last.band != "none"]
    return text(
        "heat_dimension",
        context.language,
        name=text(f"dimension_{dimension}", context.language),
        reached=sum(row.last.band == TOP_BAND for row in scored),
        scored=len(scored),
    )


def _axis(years: Sequence[int]) -> Markup:
    """Return the first, the last and round years above the rows."""
    labels = "".join(
        f'<text x="{short(_x(years, year) + 50 / len(years))}%" y="12" text-anchor="middle">'
        f"{year}</text>"
        for year in labelled_years(years)
    )
    return Markup(f'<svg class="heat-years" aria-hidden="true">{labels}</svg>', className="heat-y")


def _x(years: Sequence[int], year: int) -> float:
    """Return where a year begins, in percent."""
    return 100 * (year - years[0]) / len(years)


def _line(row: HeatRow, years: Sequence[int], highlighted: str, context: Context) -> html.Li:
    on = row.indicator.code == highlighted
    name = html.A(
        row.indicator.title[context.language], href=context.url(row.indicator), className="h-name"
    )
    strip = "".join(
        f'<rect class="{cells[0].look}" x="{short(x)}%" y="{short(y)}" width="{short(width)}%" '
        f'height="{short(height)}"/>'
        for cells, x, y, width, height in _rects(row, years, 100.0, _ROW)
    )
    cells: list[Any] = [
        name,
        Markup(f'<svg class="heat-strip" aria-hidden="true">{strip}</svg>', className="h-strip"),
        html.Div(_newest(row, context), className="h-now"),
    ]
    return html.Li(cells, className="on" if on else None)


def _newest(row: HeatRow, context: Context) -> list[Any]:
    """Return mark, value and year of today, or the reason why there is no verdict."""
    value = value_words(row.newest, context) if row.newest is not None else ""
    look = row.last.look or BAND_CLASSES["none"]
    if row.last.band == "none":
        reason = rating_words("none", row.last.reason, context.language)
        return [mark(look), html.Small(reason)]
    point = row.indicator.data_point(row.newest.label)
    older = row.newest.year < row.last.as_of - RECENT_YEARS
    return [
        mark(look),
        html.B(value),
        " ",
        year_chip(year_words(row.newest.year), older=older),
        html.Small(point.title[context.language]) if point else None,
    ]


def _rects(
    row: HeatRow, years: Sequence[int], width: float, height: float
) -> Iterator[tuple[tuple[Cell, ...], float, float, float, float]]:
    """Yield cells with left, top, width and height of their field."""
    pitch = width / len(years)
    for cells, measured in row.stretches():
        tall = height * (_MEASURED if measured else _CARRIED) / _ROW
        left = _x(years, cells[0].as_of) * width / 100
        gap = pitch * _GAP
        yield cells, left + gap / 2, (height - tall) / 2, pitch * len(cells) - gap, tall


def _signs(context: Context) -> list[tuple[str, float, str]]:
    """Return look, height and meaning of every sign: bands, both heights, outline."""
    language, top = context.language, BAND_CLASSES[TOP_BAND]
    return [
        *(
            (BAND_CLASSES[band], _MEASURED, text(f"band_{band}", language))
            for band in BANDS
            if band != "none"
        ),
        (BAND_CLASSES["none"], _MEASURED, text("heat_key_none", language)),
        (top, _CARRIED, text("heat_key_carried", language)),
        (
            aged_class(top, older=True),
            _CARRIED,
            text("heat_key_older", language, n=RECENT_YEARS),
        ),
    ]


def _key(context: Context) -> html.Ul:
    return html.Ul(
        [
            html.Li([Markup(_sample(look, height), inline=True), html.Span(words)])
            for look, height, words in _signs(context)
        ],
        className="heat-key",
    )


def legend(selected: Selected, context: Context, room: float, size: float) -> Box:  # noqa: ARG001  # One signature for all views.
    """Return the same for files."""
    parts = [
        Box(
            f'<rect class="{look}" y="{short(size * 0.65 - height / 2)}" '
            f'width="{short(size * 1.7)}" height="{short(height)}"/>'
            + block(words, size, room - size * 2.3, x=size * 2.3).markup,
            block(words, size, room - size * 2.3).height,
        )
        for look, height, words in _signs(context)
    ]
    if room < _TWO_COLUMNS:
        return stack(parts, size * 0.35)
    half = (len(parts) + 1) // 2
    return beside(
        [(0, stack(parts[:half], size * 0.35)), (room / 2, stack(parts[half:], size * 0.35))]
    )


def _sample(look: str, height: float) -> str:
    return (
        '<svg class="heat-sample" aria-hidden="true">'
        f'<rect class="{look}" x="1" y="{short((_ROW - height) / 2)}" width="20" '
        f'height="{short(height)}"/></svg>'
    )


def drawing(
    selected: Selected, context: Context, room: float, size: float, height: float = inf
) -> Box:
    """Return the same rows for a file, as many as fit."""
    rows = heat_rows(selected, context)
    if not rows:
        return block(reason_empty(selected, context), size, room)
    years = years_of(rows)
    wide = room >= _TWO_COLUMNS
    left = room * 0.42 if wide else 0.0
    width = room - left
    boxes = []
    for dimension, members in groupby(rows, key=lambda row: row.indicator.dimension):
        group = list(members)
        heading = block(_heading(dimension, group, context), size * 1.1, room, look="bold")
        axis = _file_axis(years, left, width, size)
        for place, row in enumerate(group):
            name = block(row.indicator.title[context.language], size, left - size if wide else room)
            line = _file_row(row, years, name, (left, width), size, wide=wide)
            boxes.append(line if place else stack([heading, axis, line], size * 0.35))
    return fitting(boxes, size, height, context.language)


def _file_axis(years: Sequence[int], left: float, width: float, size: float) -> Box:
    pitch = width / len(years)
    labels = []
    for year in labelled_years(years):
        end = left + _x(years, year) * width / 100 + pitch / 2 + size * 0.95
        labels.append(
            label(str(year), size * 0.85, min(end, left + width), size, look="soft", end=True)
        )
    return Box("".join(labels), size * 1.2)


def _file_row(
    row: HeatRow,
    years: Sequence[int],
    name: Box,
    column: tuple[float, float],
    size: float,
    *,
    wide: bool,
) -> Box:
    height = size * 1.3
    rects = "".join(
        f'<rect class="{cells[0].look}" x="{short(x)}" y="{short(y)}" width="{short(wide_)}" '
        f'height="{short(tall)}"/>'
        for cells, x, y, wide_, tall in _rects(row, years, column[1], height)
    )
    strip = Box(rects, height)
    if not wide:
        return stack([name, strip], 2)
    return Box(name.markup + placed(strip, column[0], 0), max(name.height, height))


def table(selected: Selected, context: Context) -> Table:
    """Return each indicator with its newest value and every stretch of years in words."""
    language = context.language
    keys = ("indicator", "value", "year", "state", "comparability", "source")
    header = [text(f"column_{key}", language) for key in keys]
    header.append(text("heat_column_history", language))
    rows = []
    for row in heat_rows(selected, context):
        newest = row.newest
        origin = origin_words(newest, context) if newest is not None else ("", "")
        rows.append(
            [
                row.indicator.title[language],
                value_words(newest, context) if newest is not None else "",
                year_words(newest.year) if newest is not None else "",
                rating_words(row.last.band, row.last.reason, language),
                *origin,
                "; ".join(_history(row, context)),
            ]
        )
    return header, rows


def _history(row: HeatRow, context: Context) -> Iterator[str]:
    """Yield the verdict of each stretch of years with one verdict, oldest first."""
    for (band, _reason), group in groupby(row.cells, key=lambda cell: (cell.band, cell.reason)):
        cells = tuple(group)
        if band != "none" or any(cell.has_value for cell in cells):
            yield stretch_words(cells, context)


def sentence(selected: Selected, context: Context) -> str:
    """Say how many reach the top band, now and in the first year, and how many are old."""
    if reason := reason_empty(selected, context):
        return reason
    language, rows = context.language, heat_rows(selected, context)
    last = [row.last for row in rows if row.last.band != "none"]
    if not last:
        return text("heat_none_rated", language, n=len(rows))
    year, first_year = selected.selection.last_year, selected.selection.first_year
    reached = sum(cell.band == TOP_BAND for cell in last)
    said = [text("heat_reached", language, n=len(last), reached=reached, year=year)]
    first = [
        cell
        for row in rows
        for cell in row.cells
        if cell.as_of == first_year and cell.band != "none"
    ]
    if first and first_year != year:
        before = sum(cell.band == TOP_BAND for cell in first)
        said.append(
            text("heat_reached_before", language, n=len(first), reached=before, year=first_year)
        )
    if older := sum(cell.older for cell in last):
        said.append(text("heat_older", language, n=older, year=year - RECENT_YEARS))
    return " ".join(capitalised(part) for part in said)


__all__ = ["drawing", "figure", "legend", "paint", "reason_empty", "sentence", "table"]
