"""The heat map draws what the published tables say of each indicator as of each year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from lxml.html import HtmlElement, fragment_fromstring
from plotly.graph_objects import Figure

from components.explore.views import VIEWS
from components.takeover.paint import paint
from components.theme import BAND_CLASSES
from data.models import Language, slug_of
from data.scoring import Band
from tests.builders import table_rows
from tests.components.explore.selections import CITY, context_of, selected_of

VIEW = VIEWS["heat-map"]
FIRST, LAST = 2009, 2026
# Band, whether the verdict rests on a value of more than five years before, and whether one of its
# values is of the very year.
Cell = tuple[Band, bool, bool]
Cells = dict[tuple[str, int], Cell]


@cache
def published_cells() -> Cells:
    """Read the cells from the tables: what holds as of a year began at the latest then."""
    observations = table_rows("observations")
    steps: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in table_rows("scores"):
        if (row["city"], row["view"]) == (CITY, "common"):
            steps.setdefault((row["code"], row["since"]), []).append(row)
    cells: Cells = {}
    for code in {code for code, _ in steps}:
        for year in range(FIRST, LAST + 1):
            since = max(
                (since for of, since in steps if of == code and (since or "0") <= str(year)),
                key=lambda word: word or "0",
            )
            rows = steps[code, since]
            values = [
                (row["band"], observations[int(row["observation"]) - 2]["period"][:4])
                for row in rows
                if row["observation"] and observations[int(row["observation"]) - 2]["value"]
            ]
            band: Band = rows[0]["indicator_band"]  # type: ignore[assignment]  # It is a band.
            counted = [
                int(when) for of, when in values if when and (band == of == "none" or of != "none")
            ]
            if values:
                older = band != "none" and min(counted) < year - 5
                cells[code, year] = band, older, year in counted
    return cells


def painted_rows(document: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    codes = {slug_of(row["code"]): row["code"] for row in table_rows("indicators")}
    for line in document.iter("li"):
        for link in line.find_class("v-name"):
            yield codes[str(link.get("href")).removeprefix("#")], line


def painted_cells(document: HtmlElement) -> Cells:
    """Read them back from the places, heights and classes of the drawing."""
    bands = {name: band for band, name in BAND_CLASSES.items()}
    pitch = 100 / (LAST - FIRST + 1)
    cells: Cells = {}
    for code, line in painted_rows(document):
        for rect in line.iter("rect"):
            look, _, older = str(rect.get("class")).partition(" ")
            left, width = (float(str(rect.get(name)).rstrip("%")) for name in ("x", "width"))
            first = FIRST + int(left / pitch)
            for year in range(first, first + round(width / pitch + 0.12)):
                assert (code, year) not in cells
                cells[code, year] = bands[look], bool(older), float(str(rect.get("height"))) == 16
    return cells


def test_every_cell_is_drawn_as_published(language: Language) -> None:
    context = context_of(language)
    document = fragment_fromstring(paint(VIEW.paint(selected_of(), context)))
    assert painted_cells(document) == published_cells()


@pytest.mark.parametrize("narrow", [False, True])
def test_the_interactive_form_has_the_same_cells(*, narrow: bool) -> None:
    figure = Figure(VIEW.figure(selected_of(), context_of("en", narrow=narrow)))
    bars = [trace for trace in figure.data if trace.type == "bar"]
    years = LAST - FIRST + 1
    drawn = {
        (data[0], year)
        for trace in bars
        for data, base, length in zip(trace.customdata, trace.base, trace.x, strict=True)
        for year in range(FIRST + int(base * years), FIRST + round((base + length) * years + 0.06))
    }
    assert drawn == published_cells().keys()
    assert {data[1] for trace in bars for data in trace.customdata} == {CITY}


def test_the_table_tells_every_stretch_of_years() -> None:
    header, rows = VIEW.table(selected_of(), context_of("en"))
    assert header[0], header[-1] == ("Indicator", "Over the years")
    history = {row[0]: row[-1] for row in rows}
    assert len(rows) == len({code for code, _ in published_cells()})
    assert history["Shared cars for hire"] == (
        "2015–2018: less than 33% of the yardstick (value of 2015–2018); "
        "2019–2026: 33 to 66% of the yardstick (value of 2019–2025)"
    )


def test_the_sentence_counts_what_is_published() -> None:
    last = {code: cell for (code, year), cell in published_cells().items() if year == LAST}
    rated = [cell for cell in last.values() if cell[0] != "none"]
    numbers = [int(n) for n in re.findall(r"\d+", VIEW.sentence(selected_of(), context_of("en")))]
    reached = sum(cell[0] == "95-100" for cell in rated)
    assert numbers[:2] == [reached, len(rated)]
    assert numbers[-2:] == [sum(cell[1] for cell in rated), 2021]


def test_the_highlighted_row_is_marked() -> None:
    selected = selected_of(highlighted="EC: P: EM: 1C")
    document = fragment_fromstring(paint(VIEW.paint(selected, context_of("en"))))
    assert [code for code, line in painted_rows(document) if line.get("class") == "on"] == [
        "EC: P: EM: 1C"
    ]
    figure = Figure(VIEW.figure(selected, context_of("en")))
    (ground,) = figure.layout.shapes
    names = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    assert names[(ground.y0 + ground.y1) / 2] == "<b>Unemployment</b>"
