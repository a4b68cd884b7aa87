"""A selection leaves the rows that a plain filter over the records leaves, and says the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.editions import load_editions
from data.exploration.filters import select
from data.exploration.score_rows import score_rows
from data.exploration.selection import FILTERS, Selection, query_of, read_selection, vocabulary_of
from data.fulfilment import fulfilment_of, years_with_data
from data.models import Edition
from data.records import number_text
from data.scores import IndicatorScore, Score
from data.yardsticks import VIEWS

CITY = "moscow"
Row = tuple[str, str, str, str, str]


@cache
def edition() -> Edition:
    return load_editions()[-1]


def choices(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    offered = vocabulary_of(edition(), CITY).choices[name]
    return st.lists(st.sampled_from(offered), max_size=3, unique=True).map(
        lambda chosen: tuple(choice for choice in offered if choice in chosen)
    )


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    default = vocabulary_of(edition(), CITY).default
    filters = {
        attribute: draw(choices(name)) if draw(st.integers(0, 3)) == 0 else ()
        for name, attribute in FILTERS.items()
    }
    others = [city for city in edition().cities if city != CITY and draw(st.integers(0, 4)) == 0]
    last = draw(st.integers(default.first_year, default.last_year))
    return replace(
        default,
        cities=(CITY, *others),
        first_year=draw(st.integers(default.first_year, last)),
        last_year=last,
        yardsticks=draw(st.sampled_from(VIEWS)),
        **filters,  # type: ignore[arg-type]
    )


def passes(selection: Selection, whole: IndicatorScore, score: Score) -> bool:
    """Apply the filters to one data point as a reader would with pencil and paper."""
    indicator, value = whole.indicator, score.observation
    if value is None or value.value is None:
        return False
    recent_from = selection.last_year - 5
    age = "undated" if value.year is None else "recent" if value.year >= recent_from else "older"
    kind = score.target.yardstick_kind if score.target else ""
    facts = (
        (selection.dimensions, {indicator.dimension}),
        (selection.topics, set(indicator.topics)),
        (selection.indicators, {indicator.code}),
        (selection.levels, {indicator.level}),
        (selection.kinds, {kind}),
        (selection.evidence, {value.evidence}),
        (selection.ages, {age}),
        (selection.comparability, {value.comparability}),
        (selection.bands, {whole.band}),
    )
    return all(not chosen or set(chosen) & own for chosen, own in facts)


def plain_rows(selection: Selection) -> Iterator[Row]:
    for city in selection.cities:
        if selection.last_year < min([*years_with_data(edition(), city), edition().year]):
            continue
        fulfilment = fulfilment_of(edition(), city, selection.last_year, selection.yardsticks)
        for whole in fulfilment.indicators:
            for score in whole.scores:
                if passes(selection, whole, score):
                    observation = score.observation
                    assert observation is not None
                    printed = number_text(observation.value)
                    yield (city, whole.indicator.code, score.label, printed, score.band)


def shown_rows(selection: Selection) -> list[Row]:
    rows = select(edition(), selection).rows
    return [(row.city, row.code, row.label, row.value_text, row.band) for row in rows]


@settings(max_examples=30, deadline=None)
@given(selections())
def test_rows_are_those_of_a_plain_filter(selection: Selection) -> None:
    assert shown_rows(selection) == list(plain_rows(selection))


@settings(max_examples=8, deadline=None)
@given(selections(), st.sampled_from(list(FILTERS)))
def test_a_facet_counts_what_its_choice_would_leave(selection: Selection, name: str) -> None:
    facets = select(edition(), selection).facets[name]
    for choice in vocabulary_of(edition(), CITY).choices[name][:6]:
        alone = replace(selection, **{FILTERS[name]: (choice,)})  # type: ignore[arg-type]
        assert facets[choice] == len({row[1] for row in shown_rows(alone)})


@settings(max_examples=30, deadline=None)
@given(selections())
def test_what_is_left_out_adds_up(selection: Selection) -> None:
    selected = select(edition(), selection)
    everything = select(
        edition(),
        replace(
            vocabulary_of(edition(), CITY).default,
            cities=selection.cities,
            last_year=selection.last_year,
            yardsticks=selection.yardsticks,
        ),
    )  # type: ignore[arg-type]
    assert selected.count + selected.left_out["filters"] == everything.count
    for name in FILTERS:
        if selection.filter(name):
            wider = select(edition(), selection.without(name)).count
            assert selected.left_out[name] == wider - selected.count


@settings(max_examples=100, deadline=None)
@given(selections(), st.sampled_from(["", 2009, "2026.1"]), st.booleans())
def test_an_address_keeps_a_selection(selection: Selection, before: int | str, pick: bool) -> None:
    if before == selection.last_year:
        before = ""
    code = edition().indicators[5].code if pick else ""
    chosen = replace(selection, before=before, highlighted=code)
    query = query_of(chosen, edition())
    assert read_selection(query, edition(), CITY, ["2026.1"]) == chosen
    assert "%" not in query
    assert "_" not in query.replace("as_of", "")


def test_history_has_every_year_up_to_the_last() -> None:
    default = vocabulary_of(edition(), CITY).default
    history = select(edition(), replace(default, first_year=2014, last_year=2018)).history
    assert sorted({row.as_of for row in history}) == [2014, 2015, 2016, 2017, 2018]


def test_the_rows_of_a_year_are_made_once_and_those_before_the_first_number_are_none() -> None:
    rows = score_rows(edition(), CITY, "common", 2020)
    assert rows
    assert score_rows(edition(), CITY, "common", 2020) is rows
    assert not score_rows(edition(), CITY, "common", 1900)


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("", ()),
        ("utm_source=x", ()),
        ("nothing=1", ("nothing",)),
        ("city=atlantis&city=moscow", ("city=atlantis", "city=moscow")),
        ("from=1700&as_of=3000", ("as_of=3000", "from=1700")),
        ("as_of=2015&from=2020", ("from=2020",)),
        ("before=2026", ("before=2026",)),
        ("before=1.1", ("before=1.1",)),
        ("band=purple&kind=,,&view=pie", ("band=purple", "view=pie")),
        ("kpi=" + "x" * 300, ("kpi=" + "x" * 40,)),
        ("pick=%00", ("pick=\0",)),
    ],
)
def test_unknown_parts_are_ignored_and_remembered(query: str, ignored: tuple[str, ...]) -> None:
    selection = read_selection(query, edition(), CITY)
    assert sorted(selection.ignored) == sorted(ignored)
    kept = replace(selection, last_year=edition().year, first_year=2009)
    assert kept == vocabulary_of(edition(), CITY).default


def test_two_hundred_indicators_are_those_that_there_are() -> None:
    query = "kpi=" + ",".join([f"none-{number}" for number in range(200)])
    slugs = ",".join(indicator.slug for indicator in edition().indicators)
    assert len(read_selection(f"{query},{slugs}", edition(), CITY).indicators) == 91


def test_underscores_of_other_pages_are_read() -> None:
    selection = read_selection("dimension=society_culture&yardstick=own_goals", edition(), CITY)
    assert selection.dimensions == ("society_culture",)
    assert selection.yardsticks == "own_goals"
