"""Distances to the next band are drawn as far as the published rule says."""

from __future__ import annotations

from fractions import Fraction

from lxml.html import fragment_fromstring
from plotly.graph_objects import Figure

from components.explore.views import VIEWS
from components.takeover.paint import paint
from data.models import slug_of
from tests.builders import table_rows
from tests.components.explore.selections import CITY, context_of, selected_of

VIEW = VIEWS["distance"]
EDGES = (33, 66, 95)


def newest_scores() -> list[tuple[str, Fraction, Fraction, str]]:
    """Read slug, value, yardstick and direction of each data point that is rated today."""
    observations, targets = table_rows("observations"), table_rows("targets")
    newest: dict[tuple[str, str], dict[str, str]] = {}
    since: dict[str, str] = {}
    for row in table_rows("scores"):
        own = (row["city"], row["view"]) == (CITY, "common")
        if own and row["since"] >= since.get(row["code"], ""):
            since[row["code"]] = row["since"]
            newest[row["code"], row["data_point"]] = row
    return [
        (
            slug_of(code),
            Fraction(observations[int(row["observation"]) - 2]["value"]),
            Fraction(targets[int(row["target"]) - 2]["target"]),
            targets[int(row["target"]) - 2]["direction"],
        )
        for (code, _), row in newest.items()
        if row["share"] and row["since"] == since[code]
    ]


def expected_distances() -> list[tuple[str, float]]:
    """Return slug and percent of each way: the first edge above the share decides."""
    distances = []
    for slug, value, target, direction in newest_scores():
        higher = direction == "higher_is_better"
        share = 100 * value / target if higher else 100 * target / value
        if share < EDGES[-1]:
            edge = next(edge for edge in EDGES if edge > share)
            needed = target * edge / 100 if higher else 100 * target / edge
            distances.append((slug, round(min(100.0, float(100 * abs(needed - value) / value)), 1)))
    return sorted(distances)


def test_dots_stand_where_the_rule_says() -> None:
    document = fragment_fromstring(paint(VIEW.paint(selected_of(), context_of("en"))))
    drawn = []
    for line in document.iterfind(".//li/a[@class='v-name']/.."):
        (dot,) = line.iter("circle")
        slug = str(line.find("a").get("href")).removeprefix("#")
        drawn.append((slug, round(float(str(dot.get("cx")).rstrip("%")), 1)))
    assert sorted(drawn) == expected_distances()
    places = [place for _, place in drawn]
    assert places == sorted(places)
    assert len(VIEW.table(selected_of(), context_of("en"))[1]) == len(drawn)


def test_the_interactive_form_has_the_same_dots() -> None:
    figure = Figure(VIEW.figure(selected_of(), context_of("en")))
    dots = [
        (slug_of(data[0]), round(100 * x, 1))
        for trace in figure.data
        if trace.type == "scatter"
        for data, x in zip(trace.customdata, trace.x, strict=True)
    ]
    assert sorted(dots) == expected_distances()


def test_words_say_the_way_in_the_unit_of_the_value() -> None:
    _, rows = VIEW.table(selected_of(indicators=("EC: ICT: ICT: 2C",)), context_of("en"))
    assert rows[0][:7] == [
        "Wired broadband",
        "85%",
        "2018",
        "95 to 100% of the yardstick",
        "95%",
        "(+10,\u00a012%)",
        "100",
    ]
    finding = VIEW.sentence(selected_of(), context_of("en"))
    assert finding.startswith("A change of 10% would give 5 of 18 values a better colour.")


def test_what_has_no_way_says_why() -> None:
    top = selected_of(indicators=("EC: P: EM: 1C",))
    assert "1 more is in the highest band already." in VIEW.reason_empty(top, context_of("en"))
    unrated = selected_of(indicators=("EC: ICT: ICT: 3C",))
    words = VIEW.reason_empty(unrated, context_of("en"))
    assert "2 have no distance, because they have no rating (Counted differently: 2)." in words
