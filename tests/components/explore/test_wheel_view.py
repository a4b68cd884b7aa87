"""The wheel of a selection draws its indicators only, and counts them."""

from __future__ import annotations

from lxml.html import fragment_fromstring
from plotly.graph_objects import Figure

from components.explore.views import VIEWS
from components.takeover.paint import paint
from data.models import slug_of
from tests.builders import table_rows
from tests.components.explore.selections import context_of, selected_of

VIEW = VIEWS["wheel"]
CHOICE = {"dimensions": ("environment",), "highlighted": "EN: EN: AQ: 1C"}


def test_sectors_are_the_selected_indicators() -> None:
    selected = selected_of(**CHOICE)
    document = fragment_fromstring(paint(VIEW.paint(selected, context_of("en"))))
    environment = {
        slug_of(row["code"])
        for row in table_rows("indicators")
        if row["dimension"] == "environment"
    }
    links = [str(link.get("href")) for link in document.iter("a")]
    drawn = {link.removeprefix("#") for link in links if link.startswith("#")}
    assert drawn
    assert drawn == {slug_of(code) for code in selected.codes}
    assert drawn < environment
    (marked,) = document.find_class("on")
    assert marked.get("href") == "#en-en-aq-1c"
    (svg,) = document.find_class("wheel")
    assert svg.get("aria-label") == VIEW.sentence(selected, context_of("en"))
    rings = Figure(VIEW.figure(selected, context_of("en"))).data[0]
    assert drawn == {ring for ring in rings.ids if ring.startswith("en-")}
