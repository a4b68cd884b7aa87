"""Trends: a line only where two published values may be joined, a dot for every dated one."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from plotly.graph_objects import Figure

from components.formats import number, period
from components.observation_table import unit_of_label
from components.pictures.svg_boxes import words_width
from components.pictures.trend_panel import key_words, trend_panel, trend_plot
from components.texts import text
from components.trend import TrendSeries, axis_of, trend_series
from components.trend_figure import trend_figure
from components.trend_sentences import trend_sentence
from data.models import Language, Observation, Words
from pages.indicator_tables import primary_targets, series_of
from pages.site import Site
from tests.data.builders import make_data_point, make_indicator, make_observation, make_target

SVG = "{http://www.w3.org/2000/svg}"
values = st.decimals(0, 10**6, places=2).map(str)
ROOM = (600.0, 260.0)
NEEDED = {"t-last", "t-yard"}


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    return make_observation(
        draw(st.integers(2008, 2014)),
        draw(values),
        source_id=draw(st.sampled_from("AB")),
        comparability=draw(st.sampled_from(["reported", "exact", "close", "proxy"])),
        breaks_series=draw(st.booleans()),
    )


@st.composite
def all_series(draw: st.DrawFn) -> TrendSeries:
    rows = draw(st.lists(observations(), min_size=1, max_size=9))
    rows = sorted(rows, key=lambda row: row.period)
    target = draw(st.none() | values.map(make_target))
    return TrendSeries("", tuple(rows), target)


UNIT = Words("a < b & c", "а < б")


def document_svg(series: TrendSeries, language: Language = "en") -> etree._Element:
    """The drawing of a document, in percent of its place."""
    written = trend_plot(series, language, UNIT, "t").html
    return etree.fromstring(written.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def file_svg(series: TrendSeries, language: Language = "en") -> etree._Element:
    """The drawing of a file, in pixels."""
    drawn = trend_panel(series, language, UNIT, ROOM, 15).markup
    return etree.fromstring(f'<svg xmlns="{SVG[1:-1]}">{drawn}</svg>')


def dots(drawn: etree._Element) -> list[tuple[str, float, float]]:
    """Class and place of every drawn value."""
    marks = []
    for sign in drawn.iter(f"{SVG}circle", f"{SVG}path"):
        class_name = sign.get("class") or ""
        if class_name == "t-dot":
            place = sign.get("cx"), sign.get("cy")
        elif class_name == "t-proxy":
            around = sign.getparent()
            moved = re.match(r"M(\S+) (\S+?)m", sign.get("d", ""))
            place = moved.groups() if moved else (around.get("x"), around.get("y"))
        else:
            continue
        marks.append((class_name, number_of(place[0]), number_of(place[1])))
    return marks


def number_of(written: str | None) -> float:
    return float((written or "").removesuffix("%"))


Draw = Callable[[TrendSeries], etree._Element]
drawings = st.sampled_from([document_svg, file_svg])


def of_class(drawn: etree._Element, name: str) -> list[etree._Element]:
    return [sign for sign in drawn.iter() if name in (sign.get("class") or "").split()]


@given(all_series())
def test_a_line_joins_only_successive_years_of_one_source_and_definition(
    series: TrendSeries,
) -> None:
    for left, right in series.segments():
        assert left.source_id == right.source_id
        assert left.comparability == right.comparability != "proxy"
        assert left.year is not None
        assert right.year == left.year + 1
        assert not right.breaks_series


def test_a_line_joins_what_may_be_joined() -> None:
    plain = [make_observation(year, "1") for year in (2010, 2011, 2012)]
    assert len(TrendSeries("", tuple(plain), None).segments()) == 2


@pytest.mark.parametrize(
    "changes",
    [{"source_id": "B"}, {"comparability": "close"}, {"breaks_series": True}],
)
def test_a_change_of_the_second_value_breaks_the_line(changes: dict[str, Any]) -> None:
    pair = (make_observation(2010, "1"), make_observation(2011, "2", **changes))
    assert TrendSeries("", pair, None).segments() == ()


def test_a_missing_year_and_a_proxy_break_the_line() -> None:
    gap = (make_observation(2010, "1"), make_observation(2012, "2"))
    proxies = tuple(make_observation(year, "1", comparability="proxy") for year in (2010, 2011))
    assert TrendSeries("", gap, None).segments() == ()
    assert TrendSeries("", proxies, None).segments() == ()


def test_values_without_a_year_and_words_without_a_number_are_never_drawn() -> None:
    rows = [make_observation(None, "5"), make_observation(2010, None), make_observation(2011, "7")]
    (series,) = trend_series(make_indicator(), rows, ())
    assert [observation.value for observation in series.observations] == [Decimal(7)]
    assert trend_series(make_indicator(), rows[:2], ()) == ()


def test_each_data_point_is_a_series_of_its_own_with_its_own_target() -> None:
    indicator = make_indicator(make_data_point("b"), make_data_point("a"))
    rows = [
        make_observation(year, "1", data_point=label) for year in (2011, 2010) for label in "ab"
    ]
    targets = [make_target("3", applies_to=("a",)), make_target("4", applies_to=("b",))]
    series = trend_series(indicator, rows, targets)
    assert [member.name for member in series] == ["b", "a"]
    assert [member.target.value for member in series if member.target] == [Decimal(4), Decimal(3)]
    assert [[row.year for row in member.observations] for member in series] == [[2010, 2011]] * 2


@given(all_series(), drawings)
def test_every_value_is_a_dot_inside_the_picture_at_its_height(
    series: TrendSeries, draw: Draw
) -> None:
    drawn = draw(series)
    marks = dots(drawn)
    assert len(marks) == len(series.observations)
    width, height = (100, 100) if draw is document_svg else ROOM
    ordered = sorted(
        zip(series.observations, marks, strict=True), key=lambda pair: pair[0].value or 0
    )
    for observation, (class_name, x, y) in ordered:
        assert 0 <= x <= width
        assert 0 <= y <= height
        assert class_name == ("t-dot" if observation.rate else "t-proxy")
    for (_, (_, _, lower)), (_, (_, _, higher)) in pairwise(ordered):
        assert higher <= lower
    target = of_class(drawn, "t-target")
    assert len(target) == (series.target is not None)
    assert all(0 <= number_of(line.get("y1")) <= height for line in target)


@given(all_series(), drawings)
def test_exactly_the_segments_are_drawn(series: TrendSeries, draw: Draw) -> None:
    drawn = draw(series)
    places = {
        id(observation): (x, y)
        for observation, (_, x, y) in zip(series.observations, dots(drawn), strict=True)
    }
    lines = [
        tuple(number_of(line.get(end)) for end in ("x1", "y1", "x2", "y2"))
        for line in of_class(drawn, "t-line")
    ]
    assert lines == [(*places[id(left)], *places[id(right)]) for left, right in series.segments()]


@given(all_series())
def test_pointing_at_a_year_shows_its_values_and_every_place_belongs_to_a_year(
    series: TrendSeries,
) -> None:
    strips = of_class(document_svg(series), "t-year")
    labels = ["".join(strip.itertext()) for strip in strips]
    assert len(strips) == len({observation.year for observation in series.observations})
    for observation in series.observations:
        words = f"{observation.period}: {number(observation.value or Decimal(0), 'en')}"
        assert any(words in line for line in labels)
    ends = [0.0]
    for strip in strips:
        (field,) = strip.iter(f"{SVG}rect")
        assert number_of(field.get("x")) == pytest.approx(ends[-1], abs=0.2)
        ends.append(number_of(field.get("x")) + number_of(field.get("width")))
    assert ends[-1] == pytest.approx(100, abs=0.2)


def test_part_of_a_year_is_never_joined_to_a_full_year() -> None:
    part = make_observation(2017, "2", period="2017-01/2017-06", reason="not_comparable")
    assert TrendSeries("", (make_observation(2016, "1"), part), None).segments() == ()


def test_a_change_of_definition_is_drawn_and_said(language: Language) -> None:
    rows = [make_observation(year, "5", breaks_series=year == 2012) for year in range(2010, 2014)]
    series = TrendSeries("", tuple(rows), None)
    assert [(left.year, right.year) for left, right in series.breaks()] == [(2011, 2012)]
    sentence = trend_sentence(series, language, Words("", ""))
    assert {"en": "definition changed in 2012;", "ru": "Определение менялось (2012)"}[
        language
    ] in sentence
    assert text("trend_key_break", language) in key_words([series], language, "trend_key")
    for draw in (document_svg, file_svg):
        drawn = draw(series, language)
        (rule,) = of_class(drawn, "t-break")
        places = [place for _, place, _ in dots(drawn)]
        assert places[1] < number_of(rule.get("x1")) < places[2]
        assert text("trend_break", language) in [name.text for name in of_class(drawn, "t-name")]


@given(all_series())
def test_names_cover_no_value_and_no_other_name(series: TrendSeries) -> None:
    drawn = file_svg(series)
    boxes = []
    for name in of_class(drawn, "t-name"):
        size, foot = float(name.get("font-size", "")), float(name.get("y", ""))
        look = "bold" if "bold" in (name.get("class") or "") else ""
        width = words_width(name.text or "", size, look)
        end = {"middle": 0.5, "end": 1}.get(name.get("text-anchor") or "", 0)
        left = float(name.get("x", "")) - end * width
        boxes.append((name, left, foot - 0.7 * size, left + width, foot))
    # The newest value and the yardstick are named in any case, the rest where there is room.
    free = [box for box in boxes if not NEEDED & set((box[0].get("class") or "").split())]
    for box in free:
        _, left, top, right, foot = box
        for other in boxes:
            if other is not box:
                assert not (
                    left < other[3] and other[1] < right and top < other[4] and other[2] < foot
                )
        assert not [1 for _, x, y in dots(drawn) if left <= x <= right and top <= y <= foot]


def test_the_ends_of_the_past_are_named() -> None:
    rows = [make_observation(2010 + n, value) for n, value in enumerate(("5", "9", "1", "4"))]
    names = [
        name.text for name in of_class(document_svg(TrendSeries("", tuple(rows), None)), "bold")
    ]
    assert names == ["4", "9", "1"]


@given(all_series())
def test_an_axis_has_few_round_ticks_and_holds_everything(series: TrendSeries) -> None:
    axis = axis_of(series)
    values = [float(observation.value or 0) for observation in series.observations]
    values += [float(series.target.value)] if series.target else []
    assert axis.ends[0] <= min(values)
    assert max(values) <= axis.ends[1]
    assert axis.ends[0] >= 0
    assert 2 <= len(axis.ticks) <= 5
    assert len({right - left for left, right in pairwise(axis.ticks)}) == 1
    assert all(axis.ends[0] <= tick <= axis.ends[1] for tick in axis.ticks)


@pytest.mark.parametrize(
    ("values", "unit", "zero", "most"),
    [
        (("74.2", "79.5"), "years", False, 90),
        (("0.8", "2.6", "1.8"), "%", True, 4),
        (("90", "100"), "%", False, 100),
        (("0", "0"), "number", True, 2),
    ],
)
def test_an_axis_starts_at_zero_only_where_that_flattens_nothing(
    values: tuple[str, ...], unit: str, zero: bool, most: float
) -> None:
    rows = [make_observation(2010 + n, value, unit_code=unit) for n, value in enumerate(values)]
    axis = axis_of(TrendSeries("", tuple(rows), None))
    assert (axis.ends[0] == 0) is zero
    assert axis.ends[1] <= most


def test_another_city_is_a_grey_dot_with_its_name_where_it_may_be_compared() -> None:
    own = [make_observation(year, value) for year, value in ((2010, "1"), (2014, "5"))]
    name = Words("Oslo", "Осло")
    fitting = make_observation(2012, "3")
    other_cities = [(name, fitting)] + [
        (Words("No", "Нет"), make_observation(*cells, **changes))
        for cells, changes in (
            ((2030, "3"), {}),
            ((2012, "900"), {}),
            ((2012, "3"), {"rate": False, "reason": "no_year"}),
            ((2012, "3"), {"unit_code": "km"}),
        )
    ]
    (series,) = trend_series(make_indicator(), own, (), 2016, other_cities)
    assert series.other_cities == ((name, fitting),)
    drawn = document_svg(series)
    assert len(of_class(drawn, "t-city")) == 1
    assert "Oslo 3" in [words.text for words in of_class(drawn, "soft")]
    assert text("trend_key_city", "en") in key_words([series], "en")


def city_dots(drawn: etree._Element, width: float) -> list[tuple[float, float]]:
    """Places of other cities in pixels, of a document ``width`` pixels wide and half as high."""
    places = []
    for dot in of_class(drawn, "t-city"):
        x, y = number_of(dot.get("cx")), number_of(dot.get("cy"))
        if "%" in (dot.get("cx") or ""):
            x, y = x * width / 100, y * width / 200
            moved = re.match(r"translate\((.+)\)", dot.get("transform", "translate(0)"))
            x += float(moved[1]) if moved else 0
        places.append((x, y))
    return places


NAMED = ("Oslo", "Bergen", "Stavanger", "Kristiansund", "Lillehammer")


@given(st.lists(st.decimals(1, 9, places=1), min_size=1, max_size=5), drawings)
def test_no_dot_of_another_city_lies_on_one_of_the_city_or_of_a_third(
    levels: list[Decimal], draw: Draw
) -> None:
    own = [make_observation(year, str(value)) for year, value in ((2010, 1), (2015, 5), (2020, 9))]
    beside = tuple(
        (Words(name, name), make_observation(2015, str(value)))
        for name, value in zip(NAMED, levels, strict=False)
    )
    drawn = draw(TrendSeries("", tuple(own), None, 2020, beside))
    width = 360.0
    cities = city_dots(drawn, width)
    assert len(cities) == len(levels)
    places = [(x, y) for _, x, y in dots(drawn)]
    if draw is document_svg:
        places = [(x * width / 100, y * width / 200) for x, y in places]
    together = [*places, *cities]
    for index, (x, y) in enumerate(cities, len(places)):
        nearest = min(
            ((x - left) ** 2 + (y - top) ** 2) ** 0.5
            for other, (left, top) in enumerate(together)
            if other != index
        )
        assert nearest >= 8


def test_five_cities_beside_a_value_all_have_their_names() -> None:
    own = [make_observation(year, value) for year, value in ((2010, "1"), (2015, "5"), (2020, "9"))]
    beside = tuple(
        (Words(name, name), make_observation(2015, value))
        for name, value in zip(NAMED, ("5", "5.2", "4.8", "5", "6"), strict=True)
    )
    for draw in (document_svg, file_svg):
        drawn = draw(TrendSeries("", tuple(own), None, 2020, beside))
        names = " ".join(name.text or "" for name in of_class(drawn, "t-name"))
        assert [name for name in NAMED if name not in names] == []


def test_every_city_in_a_chart_of_the_edition_has_its_name(site: Site, language: Language) -> None:
    names = 0
    for score in site.fulfilment().indicators:
        for member in series_of(site, score):
            if len(member.observations) == 1:
                continue  # Pages draw a scale then, which has a row for each name.
            for draw in (document_svg, file_svg):
                written = [name.text for name in of_class(draw(member, language), "t-name")]
                for city, observation in member.other_cities:
                    names += 1
                    assert f"{city[language]} {number(observation.value or 0, language)}" in written
    assert names > 10


def test_a_name_leaves_lines_free_where_it_can() -> None:
    rows = [make_observation(2010 + n, value) for n, value in enumerate(("74", "78", "79", "79.5"))]
    drawn = file_svg(TrendSeries("", tuple(rows), None))
    (lowest,) = (name for name in of_class(drawn, "t-name") if name.text == "74")
    line = of_class(drawn, "t-line")[0]
    start = number_of(line.get("x1")), number_of(line.get("y1"))
    end = number_of(line.get("x2")), number_of(line.get("y2"))
    assert number_of(lowest.get("x")) > start[0]
    slope = (end[1] - start[1]) / (end[0] - start[0])
    height = start[1] + slope * (number_of(lowest.get("x")) - start[0])
    assert height < number_of(lowest.get("y")) - float(lowest.get("font-size", "")) * 0.7


def test_pictures_and_interactive_charts_show_the_same_values_and_gaps(
    site: Site, language: Language
) -> None:
    longest = 0
    for score in site.fulfilment().indicators:
        series = series_of(site, score)
        if not series:
            continue
        figure = Figure(trend_figure(score.indicator, series, language))
        for member, trace in zip(series, figure.data, strict=True):
            longest = max(longest, len(member.observations))
            marks = [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if x is not None]
            points = [
                (observation.year, float(observation.value or 0))
                for observation in member.observations
            ]
            assert sorted(marks) == sorted(points)
            joined = sum(
                left is not None and right is not None for left, right in pairwise(trace.x)
            )
            assert joined == len(member.segments())
            assert trace.connectgaps is False
    assert longest > 5


def test_the_sentence_names_the_ends_and_extremes_of_its_runs(
    site: Site, language: Language
) -> None:
    run_count = 0
    for score in site.fulfilment().indicators:
        for member in series_of(site, score):
            sentence = trend_sentence(member, language, unit_of_label(score.indicator, member.name))
            for run in member.runs():
                run_count += 1
                values = [row.value for row in run]
                for end in (run[0], run[-1]):
                    assert f"({period(end.period, language)})" in sentence
                for extreme in (min(values), max(values)):
                    assert number(extreme, language) in sentence
            if not member.runs():
                assert period(member.observations[-1].period, language) in sentence
    assert run_count > 10


def test_each_definition_tells_its_longest_run_and_the_last_one_its_newest_too() -> None:
    years = {"A": range(2010, 2017), "B": range(2017, 2022), "C": range(2021, 2024)}
    rows = [
        make_observation(year, "5", source_id=source, breaks_series=year == 2017)
        for source, members in years.items()
        for year in members
    ]
    runs = TrendSeries("", tuple(sorted(rows, key=lambda row: row.period)), None).runs()
    assert [[row.year for row in run] for run in runs] == [list(run) for run in years.values()]


@given(all_series())
def test_a_run_is_of_one_definition_and_one_evidence(series: TrendSeries) -> None:
    changes = [right.year for _, right in series.breaks()]
    assert len(series.runs()) <= 3
    for run in series.runs():
        assert len(run) > 1
        assert len({(row.comparability, row.rate, row.source_id) for row in run}) == 1
        assert [row.year for row in run] == sorted({row.year for row in run})
        assert not any(run[0].year < year <= run[-1].year for year in changes)


@pytest.mark.parametrize(
    ("changes", "joined"),
    [
        ({"source_id": "B"}, True),
        ({"evidence": "press"}, False),
        ({"comparability": "close"}, False),
        ({"breaks_series": True}, False),
        ({"rate": False, "reason": "incomplete"}, False),
    ],
)
def test_what_a_sentence_joins(changes: dict[str, Any], joined: bool) -> None:
    first = make_observation(2010, "1", evidence="statistics")
    second = make_observation(2013, "2", **{"evidence": "statistics", **changes})
    assert bool(TrendSeries("", (first, second), None).runs()) == joined


def test_values_that_count_otherwise_than_the_standard_join_within_one_source_only() -> None:
    other: dict[str, Any] = {"comparability": "proxy", "rate": False, "evidence": "press"}
    for source, joined in (("S", True), ("B", False)):
        pair = (
            make_observation(2017, "8.2", **other),
            make_observation(2023, "29.1", source_id=source, **other),
        )
        assert bool(TrendSeries("", pair, None).runs()) == joined


def test_a_sentence_about_two_runs_counts_what_stands_apart() -> None:
    official = [make_observation(2010 + n, str(value)) for n, value in enumerate((5, 9, 1, 4))]
    press = [make_observation(year, "3", source_id="B") for year in (2013, 2015)]
    alone = make_observation(2016, "7", source_id="C")
    series = TrendSeries("", (*official, *press, alone), None)
    assert trend_sentence(series, "en", Words("km", "км")).replace("\u00a0", " ") == (
        "Down from 5 km (2010) to 4 km (2013), with a low of 1 km (2012) and a high of 9 km "
        "(2011). Unchanged: 3 km (2013) and 3 km (2015). "
        "1 more value was counted differently or comes from another source and is left out here. "
        "The newest value is one of these: 7 km (2016)."
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("5", "10", "Up from 5 km"),
        ("5", "10.1", "More than doubled: from 5 km"),
        ("5", "51", "More than ten times as much: from 5 km"),
        ("10", "5", "Down from 10 km"),
        ("10", "3.3", "Down to less than a third: from 10 km"),
        ("0", "5", "Up from 0 km"),
        ("5", "-1", "Down from 5 km"),
    ],
)
def test_a_sentence_names_direction_and_whole_factors(first: str, last: str, words: str) -> None:
    series = TrendSeries("", (make_observation(2010, first), make_observation(2011, last)), None)
    sentence = trend_sentence(series, "en", Words("km", "км")).replace("\u00a0", " ")
    assert sentence.startswith(f"{words} (2010) to ")


def test_a_sentence_tells_a_return_from_no_change() -> None:
    for middle, words in (("9", "Back where it began: "), ("5", "Unchanged: ")):
        values = enumerate(("5", middle, "5"), 2010)
        series = TrendSeries("", tuple(make_observation(*value) for value in values), None)
        assert trend_sentence(series, "en", Words("km", "км")).startswith(words)


def test_the_target_line_is_that_of_the_score(site: Site) -> None:
    for indicator_score in site.fulfilment().indicators:
        targets = primary_targets(site, indicator_score.indicator)
        for member in series_of(site, indicator_score):
            score = next(score for score in indicator_score.scores if score.label == member.name)
            assert member.target in (None, *targets)
            if score.target is not None:
                assert member.target == score.target
