"""Promises of every view: words where nothing is left, sources, names, colours of the theme."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from math import isfinite
from typing import Any

import pytest
from lxml import etree
from lxml.html import fragment_fromstring
from plotly.graph_objects import Figure

from components.explore.views import VIEWS, Context, view_sheet, view_sources
from components.pictures.frame import Imprint, picture
from components.takeover.paint import paint
from components.theme import COLOURS, FIGURE_COLOURS, FIGURES
from data.exploration.filters import select
from data.exploration.selection import Chart, vocabulary_of
from data.models import Language
from tests.components.explore.selections import CITY, context_of, editions, selected_of

BOTH = (CITY, "stavanger")
# Selections that leave little or nothing.
FEW: dict[str, dict[str, Any]] = {
    "nothing": {"kinds": ("own_goal",), "bands": ("none",)},
    "no number": {"indicators": ("EC: ICT: PS: 1C",), "levels": ("advanced",)},
    "a single point": {"indicators": ("EC: ICT: ICT: 2C",)},
    "one year": {"first_year": 2026},
    "years before the first number": {"first_year": 2009, "last_year": 2009},
    "own goals": {"yardsticks": "own_goals"},
}


def figure_colours(node: Any) -> set[str]:
    return set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)", node.to_json()))


@pytest.mark.parametrize("chart", VIEWS)
@pytest.mark.parametrize("choice", FEW.values(), ids=FEW)
def test_little_or_nothing_has_words(
    chart: Chart, language: Language, choice: dict[str, Any]
) -> None:
    view, selected, context = VIEWS[chart], selected_of(**choice), context_of(language)
    reason, sentence = view.reason_empty(selected, context), view.sentence(selected, context)
    assert sentence.endswith(".")
    painted = fragment_fromstring(paint(view.paint(selected, context))).text_content()
    drawn = view.drawing(selected, context, 640, 15)
    assert drawn.height
    if reason:
        assert reason in painted
        assert reason == sentence
        assert Figure(view.figure(selected, context)).layout.annotations[0].text
    else:
        assert view.table(selected, context)[1]


@pytest.mark.parametrize("chart", VIEWS)
@pytest.mark.parametrize("value", [0, 7])
def test_equal_values_have_places(chart: Chart, value: int) -> None:
    *earlier, edition = editions()
    rows = tuple(
        replace(row, value=Decimal(value)) if row.value is not None else row
        for row in edition.observations
    )
    equal = replace(edition, observations=rows, digest=f"all {value}", files={})
    city, *others = BOTH
    selection = replace(vocabulary_of(equal, city).default, cities=(city, *others), before="2015")
    selected = select(equal, selection)
    context = Context((*earlier, equal), "en", {}, lambda indicator: f"/?pick={indicator.slug}")
    view = VIEWS[chart]
    assert view.sentence(selected, context)
    places = re.findall(
        r' (?:x|y|cx|cy|x1|x2|y1|y2|width|height)="([^"%]+)%?"',
        paint(view.paint(selected, context)) + view.drawing(selected, context, 640, 15).markup,
    )
    assert all(isfinite(float(place)) for place in places)
    assert not re.search(r"\bNaN\b|\bInfinity\b", Figure(view.figure(selected, context)).to_json())


@pytest.mark.parametrize("chart", VIEWS)
def test_rows_of_the_table_fit_its_header_and_name_years_and_sources(chart: Chart) -> None:
    header, rows = VIEWS[chart].table(selected_of(cities=BOTH), context_of("en"))
    assert {"Year", "Source", "Comparability"} <= set(header)
    assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize("chart", VIEWS)
def test_an_interactive_form_keeps_to_the_theme_and_does_not_drag(chart: Chart) -> None:
    figure = Figure(VIEWS[chart].figure(selected_of(cities=BOTH), context_of("ru")))
    allowed = {*FIGURE_COLOURS.values(), *FIGURES["series"], "rgba(0,0,0,0)"}
    allowed |= {value for value in FIGURES.values() if isinstance(value, str)}
    assert figure_colours(figure) <= allowed
    assert figure.layout.template.layout.dragmode is False
    assert figure.layout.height
    # Chosen traces only: scripts of the page have room for these.
    assert {trace.type for trace in figure.data} <= {"bar", "scatter", "sunburst"}


@pytest.mark.parametrize("chart", VIEWS)
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "choice",
    [{}, {"cities": BOTH, "before": 2015, "highlighted": "SC: SH: SI: 2C"}, FEW["nothing"]],
    ids=["all", "more", "nothing"],
)
def test_plotly_knows_every_property_of_a_chart(
    chart: Chart, choice: dict[str, Any], *, narrow: bool
) -> None:
    figure = VIEWS[chart].figure(selected_of(**choice), context_of("ru", narrow=narrow))
    # What it does not know it raises an error for.
    assert len(Figure(figure).data) == len(figure["data"])


@pytest.mark.parametrize("chart", VIEWS)
@pytest.mark.parametrize("form", ["whole", "card", "phone"])
def test_a_file_is_whole_without_a_style_sheet(chart: Chart, form: Any) -> None:
    selected, context = selected_of(cities=BOTH), context_of("ru")
    sheet = view_sheet(VIEWS[chart], selected, context, "Title", "")
    imprint = Imprint("Site", "https://x.example/", "2026.2", view_sources(selected, context))
    svg = picture(sheet, imprint, "ru", "dark", form=form)
    root = etree.fromstring(svg.encode())
    assert root.get("aria-label") == "Title"
    assert " class=" not in svg
    assert "url(#" not in svg
    assert set(re.findall(r'(?:fill|stroke)="(#\w+)"', svg)) <= set(COLOURS["dark"].values())
    if form == "card":
        assert root.get("height") == "630"


@pytest.mark.parametrize("chart", VIEWS)
def test_every_picture_is_hidden_or_has_a_name(chart: Chart) -> None:
    document = fragment_fromstring(
        paint(VIEWS[chart].paint(selected_of(cities=BOTH), context_of("ru")))
    )
    for svg in document.iter("svg"):
        inside = next(svg.iterancestors("svg"), None) is not None
        assert inside or svg.get("aria-hidden") == "true" or svg.get("aria-label")
