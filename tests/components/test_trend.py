"""Trends: a line only where two published values may be joined, a dot for every dated one."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from components.figures import trend_figure
from components.formats import number, period
from components.observation_table import unit_of_label
from components.pictures.svg_boxes import words_width
from components.pictures.trend_panel import key_words, trend_svgs
from components.texts import text
from components.trend import TrendSeries, axis_ticks, trend_sentence, trend_series
from components.wheel_labels import short
from data.models import LANGUAGES, Language, Observation, Words
from pages.indicator_tables import primary_targets, series_of
from pages.site import Site
from tests.data.builders import make_data_point, make_indicator, make_observation, make_target

SVG = "{http://www.w3.org/2000/svg}"
values = st.decimals(0, 10**6, places=2).map(str)
forms = st.sampled_from(["wide", "narrow"])


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
    seen = draw(st.lists(observations(), min_size=1, max_size=9))
    seen = sorted(seen, key=lambda one: one.period)
    target = draw(st.none() | values.map(make_target))
    return TrendSeries("", tuple(seen), target)


def picture(series: TrendSeries, form: str, language: Language = "en") -> etree._Element:
    written = trend_svgs(series, language, Words("a < b & c", "а < б"), "t")
    both = etree.fromstring(f'<p xmlns="http://www.w3.org/2000/svg">{written}</p>')
    (drawn,) = (one for one in both if one.get("class") == f"trend {form}")
    return drawn


def dots(drawn: etree._Element) -> list[tuple[str, float, float, str]]:
    """Class, place and words of every drawn value."""
    found = []
    for one in drawn.iter(f"{SVG}circle", f"{SVG}path"):
        words = one.findtext(f"{SVG}title")
        if words is not None:
            place = (one.get("cx"), one.get("cy"))
            if place == (None, None):
                place = re.match(r"M(\S+) (\S+?)m", one.get("d", "")).groups()
            found.append((one.get("class", ""), float(place[0] or 0), float(place[1] or 0), words))
    return found


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
    seen = [make_observation(None, "5"), make_observation(2010, None), make_observation(2011, "7")]
    (series,) = trend_series(make_indicator(), seen, ())
    assert [one.value for one in series.observations] == [Decimal(7)]
    assert trend_series(make_indicator(), seen[:2], ()) == ()


def test_each_data_point_is_a_series_of_its_own_with_its_own_target() -> None:
    indicator = make_indicator(make_data_point("b"), make_data_point("a"))
    seen = [make_observation(year, "1", data_point=one) for year in (2011, 2010) for one in "ab"]
    targets = [make_target("3", applies_to=("a",)), make_target("4", applies_to=("b",))]
    found = trend_series(indicator, seen, targets)
    assert [one.name for one in found] == ["b", "a"]
    assert [one.target.value for one in found if one.target] == [Decimal(4), Decimal(3)]
    assert [[seen.year for seen in one.observations] for one in found] == [[2010, 2011]] * 2


@given(all_series(), forms)
def test_every_value_is_a_dot_inside_the_picture_at_its_height(
    series: TrendSeries, form: str
) -> None:
    drawn = picture(series, form)
    found = dots(drawn)
    assert len(found) == len(series.observations)
    _, _, width, height = (float(one) for one in drawn.get("viewBox", "").split())
    ordered = sorted(
        zip(series.observations, found, strict=True), key=lambda one: one[0].value or 0
    )
    for seen, (class_name, x, y, words) in ordered:
        assert 0 <= x <= width
        assert 0 <= y <= height
        assert class_name == ("t-dot" if seen.rate else "t-proxy")
        assert words.startswith(seen.period)
    for (_, (_, _, lower, _)), (_, (_, _, higher, _)) in pairwise(ordered):
        assert higher <= lower


@given(all_series(), forms)
def test_exactly_the_segments_are_drawn(series: TrendSeries, form: str) -> None:
    drawn = picture(series, form)
    places = {
        id(seen): f"{short(x)} {short(y)}"
        for seen, (_, x, y, _) in zip(series.observations, dots(drawn), strict=True)
    }
    lines = [one for one in drawn.iter(f"{SVG}path") if one.get("class") == "t-line"]
    assert [one.get("d") for one in lines] == [
        f"M{places[id(left)]}L{places[id(right)]}" for left, right in series.segments()
    ]


def test_part_of_a_year_is_never_joined_to_a_full_year() -> None:
    part = make_observation(2017, "2", period="2017-01/2017-06", reason="not_comparable")
    assert TrendSeries("", (make_observation(2016, "1"), part), None).segments() == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_of_definition_is_drawn_and_said(language: Language) -> None:
    seen = [make_observation(year, "5", breaks_series=year == 2012) for year in range(2010, 2014)]
    series = TrendSeries("", tuple(seen), None)
    assert [(left.year, right.year) for left, right in series.breaks()] == [(2011, 2012)]
    said = trend_sentence(series, language, Words("", ""))
    assert {"en": "definition in 2012.", "ru": "определение: 2012."}[language] in said
    assert text("trend_key_break", language) in key_words([series], language, "trend_key")
    for form in ("wide", "narrow"):
        drawn = picture(series, form)
        (rule,) = (one for one in drawn.iter(f"{SVG}path") if one.get("class") == "t-break")
        x = float(rule.get("d", "").removeprefix("M").split()[0])
        places = [place for _, place, _, _ in dots(drawn)]
        assert places[1] < x < places[2]


@given(st.lists(values, min_size=2, max_size=9), forms)
def test_the_name_of_a_scored_value_covers_no_other(given: list[str], form: str) -> None:
    newest = len(given) // 2
    seen = [
        make_observation(2010 + place, value, **({"reason": "no_year"} if place > newest else {}))
        for place, value in enumerate(given)
    ]
    drawn = picture(TrendSeries("", tuple(seen), None), form)
    named = [one for one in drawn.iter(f"{SVG}text") if "t-name" in (one.get("class") or "")]
    for one in named:
        left, foot = float(one.get("x", "")), float(one.get("y", ""))
        width = words_width(one.text or "", 16.5, "bold")
        for _, x, y, told in dots(drawn):
            if not told.startswith(str(2010 + newest)):
                assert not (left <= x <= left + width and foot - 12 <= y <= foot)


@given(st.decimals("0.001", 10**9, places=3))
def test_the_axis_starts_at_zero_and_reaches_the_highest_value(highest: Decimal) -> None:
    ticks = axis_ticks(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert 3 <= len(ticks) <= 7
    steps = {right - left for left, right in pairwise(ticks)}
    assert len(steps) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_and_interactive_charts_show_the_same_values_and_gaps(
    site: Site, language: Language
) -> None:
    longest = 0
    for one in site.fulfilment().indicators:
        series = series_of(site, one)
        if not series:
            continue
        figure = trend_figure(one.indicator, series, language)
        for member, trace in zip(series, figure.data, strict=True):
            longest = max(longest, len(member.observations))
            shown = [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if x is not None]
            known = [(seen.year, float(seen.value or 0)) for seen in member.observations]
            assert sorted(shown) == sorted(known)
            joined = sum(
                left is not None and right is not None for left, right in pairwise(trace.x)
            )
            assert joined == len(member.segments())
            assert trace.connectgaps is False
    assert longest > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_the_ends_and_extremes_of_its_runs(
    site: Site, language: Language
) -> None:
    told = 0
    for one in site.fulfilment().indicators:
        for member in series_of(site, one):
            said = trend_sentence(member, language, unit_of_label(one.indicator, member.name))
            for run in member.runs():
                told += 1
                values = [seen.value for seen in run]
                for seen in (run[0], run[-1]):
                    assert f"({period(seen.period, language)})" in said
                for extreme in (min(values), max(values)):
                    assert number(extreme, language) in said
            if not member.runs():
                assert period(member.observations[-1].period, language) in said
    assert told > 10


@given(all_series())
def test_a_run_is_of_one_definition_and_one_evidence(series: TrendSeries) -> None:
    changes = [right.year for _, right in series.breaks()]
    for run in series.runs():
        assert len(run) > 1
        assert len({(seen.comparability, seen.rate, seen.source_id) for seen in run}) == 1
        assert [seen.year for seen in run] == sorted({seen.year for seen in run})
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
        "4 values counted the same way: 5 km (2010) to 4 km (2013), lowest 1 km (2012), "
        "highest 9 km (2011). 2 values counted the same way: 3 km (2013) to 3 km (2015). "
        "1 more value has another definition or source and stands apart. "
        "The newest is one of them: 7 km (2016)."
    )


def test_the_target_line_is_that_of_the_score(site: Site) -> None:
    for one in site.fulfilment().indicators:
        targets = primary_targets(site, one.indicator)
        for member in series_of(site, one):
            score = next(score for score in one.scores if score.label == member.name)
            assert member.target in (None, *targets)
            if score.target is not None:
                assert member.target == score.target
