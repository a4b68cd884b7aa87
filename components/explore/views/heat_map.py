"""Heat map of indicators and years: each year's verdict, its age, and gaps with their reasons."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from dash import html

from components.ages import aged_class, capitalised
from components.bands import band_words, mark, state_name
from components.explore.views.heat_cells import (
    Cell,
    HeatRow,
    heat_rows,
    labelled_years,
    stretch_words,
    years_of,
)
from components.explore.views.protocol import (
    Context,
    Table,
    dated_value,
    origin_words,
    rating_words,
    value_words,
    year_words,
)
from components.explore.views.rows import RowsView
from components.explore.views.shapes import Group, Shape, Sign, ViewRow
from components.texts import text
from components.theme import BAND_CLASSES
from data.exploration.filters import Selected
from data.scores import RECENT_YEARS
from data.scoring import BANDS, TOP_BAND

# Of the height of a row: a year with a value of its own, and one that an earlier value stands for.
_MEASURED, _CARRIED = 16.0, 6.0
_GAP = 0.12  # Of the width of a year.


class HeatMap(RowsView):
    """A row per indicator, a field per year; groups are the dimensions."""

    def groups(self, selected: Selected, context: Context) -> list[Group]:
        """Return the rows of each dimension under its name and how many reach the top band."""
        rows = heat_rows(selected, context)
        years = years_of(rows)
        pitch = 1 / len(years)
        axis = [((year - years[0] + 0.5) * pitch, str(year)) for year in labelled_years(years)]
        groups = []
        for dimension, members in groupby(rows, key=lambda row: row.indicator.dimension):
            group = list(members)
            drawn = [
                ViewRow(
                    row.indicator,
                    row.indicator.title[context.language],
                    [
                        _field(cells, years, context, measured=measured)
                        for cells, measured in row.stretches()
                    ],
                    _newest(row, context),
                )
                for row in group
            ]
            groups.append(Group(_heading(dimension, group, context), axis, drawn))
        return groups

    def signs(self, context: Context) -> list[Sign]:
        """Return every sign and its meaning: bands, both heights, outline."""
        language, top = context.language, BAND_CLASSES[TOP_BAND]
        older = text("heat_key_older", language, n=RECENT_YEARS)
        return [
            *(
                (_sample(BAND_CLASSES[band]), band_words(band, language))
                for band in BANDS
                if band != "none"
            ),
            (_sample(BAND_CLASSES["none"]), state_name(BAND_CLASSES["none"], language)),
            (_sample(top, _CARRIED), text("heat_key_carried", language)),
            (_sample(aged_class(top, older=True), _CARRIED), older),
        ]

    def table(self, selected: Selected, context: Context) -> Table:
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

    def sentence(self, selected: Selected, context: Context) -> str:
        """Say how many reach the top band, now and in the first year, and how many are old."""
        if reason := self.reason_empty(selected, context):
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


def _field(
    cells: Sequence[Cell], years: Sequence[int], context: Context, *, measured: bool
) -> Shape:
    start = (cells[0].as_of - years[0] + _GAP / 2) / len(years)
    length = (len(cells) - _GAP) / len(years)
    height = _MEASURED if measured else _CARRIED
    words = stretch_words(cells, context)
    return Shape(cells[0].look, start, start + length, height, words=words)


def _heading(dimension: str, rows: Sequence[HeatRow], context: Context) -> str:
    scored = [row for row in rows if row.last.band != "none"]
    return text(
        "heat_dimension",
        context.language,
        name=text(f"dimension_{dimension}", context.language),
        reached=sum(row.last.band == TOP_BAND for row in scored),
        scored=len(scored),
    )


def _newest(row: HeatRow, context: Context) -> list[Any]:
    """Return mark, value and year of today, or the reason why there is no verdict."""
    look = row.last.look or BAND_CLASSES["none"]
    if row.last.band == "none" or row.newest is None:
        reason = rating_words("none", row.last.reason, context.language)
        return [mark(look), html.Small(reason)]
    return [mark(look), *dated_value(row.newest, context, part=True)]


def _sample(look: str, height: float = _MEASURED) -> Shape:
    return Shape(look, 0.05, 0.95, height)


def _history(row: HeatRow, context: Context) -> Iterator[str]:
    """Yield the verdict of each stretch of years with one verdict, oldest first."""
    for (band, _reason), group in groupby(row.cells, key=lambda cell: (cell.band, cell.reason)):
        cells = tuple(group)
        if band != "none" or any(cell.has_value for cell in cells):
            yield stretch_words(cells, context)
