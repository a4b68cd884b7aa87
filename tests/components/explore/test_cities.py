"""Cities stand side by side only with values of one definition, each with its year."""

from __future__ import annotations

from decimal import Decimal

from lxml.html import HtmlElement, fragment_fromstring
from plotly.graph_objects import Figure

from components.explore.views import VIEWS
from components.explore.views.cities import scales_of
from components.takeover.paint import paint
from data.city_values import side_by_side
from tests.components.explore.selections import CITY, context_of, editions, selected_of

VIEW = VIEWS["cities"]
BOTH = (CITY, "stavanger")


def document(**choice: object) -> HtmlElement:
    return fragment_fromstring(paint(VIEW.paint(selected_of(**choice), context_of("en"))))


def expected_pairs() -> dict[str, list[tuple[str, str]]]:
    """Return value and year of both cities by the name of what they publish alike."""
    expected = {}
    for compared in side_by_side(editions()[-1], CITY, BOTH):
        for scale in compared.scales():
            point = compared.indicator.data_point(scale.label)
            name = compared.indicator.title["en"]
            rows = [(f"{o.value:f}", str(o.year)) for o in scale.observations]
            expected[f"{name}: {point.title['en']}" if point else name] = rows
    return expected


def test_values_that_may_be_compared_are_drawn_and_no_others() -> None:
    drawn = {}
    for heading in document(cities=BOTH).iter("h3"):
        rows = next(heading.itersiblings("ul"))
        drawn[heading.text_content()] = rows
    expected = expected_pairs()
    assert drawn.keys() == expected.keys()
    for name, rows in drawn.items():
        dots = [line for line in rows.iter("li") if line.find(".//circle") is not None]
        places = [float(str(line.find(".//circle").get("cx")).rstrip("%")) for line in dots]
        values = [Decimal(value) for value, _ in expected[name]]
        assert len(dots) == len(values)
        # On one scale from 0, places are to each other as values.
        for place, value in zip(places, values, strict=True):
            assert abs(place * float(max(values)) - max(places) * float(value)) < 0.1 * float(
                max(values)
            )
        assert [line.find_class("year")[0].text for line in dots] == [
            year for _, year in expected[name]
        ]


def test_what_is_not_alike_says_why() -> None:
    words = document(cities=BOTH).text_content()
    assert "of one definition in fewer than two cities" in words
    assert "This is not a ranking" in words
    assert VIEW.reason_empty(selected_of(), context_of("en")).startswith("There is one city only")
    unlike = next(scale.code for scale in scales_of(selected_of(cities=BOTH)) if scale.reason)
    lonely = selected_of(cities=BOTH, indicators=(unlike,))
    assert VIEW.reason_empty(lonely, context_of("en")).startswith("None of the values")


def test_a_highlighted_indicator_comes_first_with_its_series() -> None:
    page = document(cities=BOTH, highlighted="EC: P: EM: 1C")
    assert next(page.iter("h3")).text_content() == "Unemployment"
    (trend,) = page.find_class("trend")
    assert "Stavanger" in trend.text_content()
    assert trend.find_class("t-break")


def test_the_interactive_form_has_a_dot_for_each_city_and_scale() -> None:
    figure = Figure(VIEW.figure(selected_of(cities=BOTH), context_of("ru")))
    dots = [
        data[:2] for trace in figure.data if trace.type == "scatter" for data in trace.customdata
    ]
    expected = expected_pairs()
    assert len(dots) == sum(map(len, expected.values()))
    assert {city for _, city in dots} == set(BOTH)
    assert len([name for name in figure.layout.yaxis.ticktext if name.endswith("</b>")]) == len(
        expected
    )
