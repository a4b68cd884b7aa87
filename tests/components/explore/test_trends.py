"""Panels of trends join values of one source and definition in successive years, and no others."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from lxml.html import HtmlElement, fragment_fromstring
from plotly.graph_objects import Figure

from components.explore.views import VIEWS
from components.takeover.paint import paint
from tests.builders import Row, table_rows
from tests.components.explore.selections import CITY, context_of, selected_of

VIEW = VIEWS["trends"]
# A series with a break of its definition and one without.
BROKEN, WHOLE = "EC: P: EM: 1C", "SC: SH: SA: 9C"


def values_of(code: str, first: int = 2009) -> list[Row]:
    rows = [
        row
        for row in table_rows("observations")
        if (row["city"], row["code"]) == (CITY, code) and row["value"] and row["period"]
        if int(row["period"][:4]) >= first
    ]
    return sorted(rows, key=lambda row: row["period"])


def expected_lines(rows: list[Row]) -> int:
    """Count neighbours of one source and definition, one year apart, without a break between."""
    kinds: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["rate"] == "yes" and row["comparability"] != "proxy":
            kinds.setdefault((row["source_id"], row["comparability"]), []).append(row)
    return sum(
        int(right["period"][:4]) - int(left["period"][:4]) == 1
        and "yes" not in (right["break"], right["series_break"])
        for members in kinds.values()
        for left, right in pairwise(members)
    )


def panels(**choice: object) -> dict[str, HtmlElement]:
    document = fragment_fromstring(paint(VIEW.paint(selected_of(**choice), context_of("en"))))
    return {str(panel.findtext(".//a")): panel for panel in document.iter("figure")}


def test_dots_and_lines_are_those_of_the_table() -> None:
    drawn = panels(indicators=(BROKEN, WHOLE))
    assert set(drawn) == {"Unemployment", "Road deaths"}
    for name, code in (("Unemployment", BROKEN), ("Road deaths", WHOLE)):
        rows = values_of(code)
        assert len(drawn[name].find_class("t-line")) == expected_lines(rows)
        dots = len(drawn[name].find_class("t-dot")) + len(drawn[name].find_class("t-proxy"))
        assert dots == len(rows)
        assert drawn[name].find_class("t-target")
    assert drawn["Unemployment"].find_class("t-break")


def test_only_chosen_years_and_definitions_are_drawn() -> None:
    rows = values_of(WHOLE, 2018)
    drawn = panels(indicators=(WHOLE,), first_year=2018)["Road deaths"]
    assert len(drawn.find_class("t-dot")) + len(drawn.find_class("t-proxy")) == len(rows)
    for panel in panels(comparability=("exact",)).values():
        assert not panel.find_class("t-proxy")


def test_every_series_is_drawn_or_named() -> None:
    document = fragment_fromstring(paint(VIEW.paint(selected_of(), context_of("ru"))))
    links = {str(link.get("href")) for link in document.iter("a")}
    _, rows = VIEW.table(selected_of(), context_of("ru"))
    assert len(links) == len({row[0].partition(": ")[0] for row in rows})
    assert str(len(links)) in VIEW.sentence(selected_of(), context_of("ru"))


def test_the_interactive_form_has_the_same_values_and_gaps() -> None:
    selected = selected_of(indicators=(BROKEN,))
    figure = Figure(VIEW.figure(selected, context_of("en")))
    (line,) = [trace for trace in figure.data if trace.mode == "lines+markers"]
    expected = [Decimal(row["value"]) for row in values_of(BROKEN)]
    assert sorted(Decimal(str(y)) for y in line.y if y is not None) == sorted(expected)
    gaps = sum(y is None for y in line.y)
    assert len(expected) - gaps - 1 == expected_lines(values_of(BROKEN))
    assert line.connectgaps is False
    assert {data[0] for data in line.customdata} == {BROKEN}


def test_without_two_values_there_are_words() -> None:
    alone = selected_of(indicators=("EN: EN: AQ: 2C",))
    words = VIEW.reason_empty(alone, context_of("en"))
    assert words == "No indicator of this selection has two values of the years 2009 to 2026."
