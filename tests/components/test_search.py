"""The search finds what people type: either language, folded letters, codes, synonyms, stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.models import LANGUAGES, Edition
from data.search import IndicatorSearch, _stems


@pytest.fixture(scope="module")
def search(edition: Edition) -> IndicatorSearch:
    return IndicatorSearch(edition)


def codes(search: IndicatorSearch, query: str) -> list[str]:
    return [indicator.code for indicator in search.find(query)]


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.long)])
def test_every_indicator_is_found_by_what_it_is_called(
    search: IndicatorSearch, edition: Edition, step: int
) -> None:
    missed: list[str] = []
    for indicator in edition.indicators[::step]:
        names = [
            indicator.code,
            indicator.slug,
            *(indicator.name[language] for language in LANGUAGES),
        ]
        names += [word for language in LANGUAGES for word in indicator.synonyms[language]]
        names += [point.name[language] for point in indicator.data_points for language in LANGUAGES]
        for name in names:
            for typed in (name, name.upper()):
                missed += [typed] if indicator.code not in codes(search, typed) else []
    assert not missed


def test_a_whole_code_finds_its_own_indicator_only(
    search: IndicatorSearch, edition: Edition
) -> None:
    for indicator in edition.indicators:
        spaced = indicator.code.replace(":", "")
        for typed in (
            indicator.code,
            indicator.slug,
            indicator.code.lower(),
            indicator.slug.upper(),
            spaced,
        ):
            assert search.find(typed) == (indicator,), typed
            assert search.find(f" {typed.replace(' ', '')}  ") == (indicator,), typed


def test_no_words_find_all_in_table_order(search: IndicatorSearch, edition: Edition) -> None:
    assert search.find(" ") == edition.indicators


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("учёба", "учеба"),
        ("NO₂", "no2"),
        ("PM₁₀", "PM10"),
        ("ЭЛЕКТРИЧЕСТВО", "электричество"),
        ("EC: ICT: ICT: 1C", "ec-ict-ict-1c"),
        ("  water   consumption ", "water consumption"),
    ],
)
def test_ways_to_type_the_same_find_the_same(
    search: IndicatorSearch, query: str, other: str
) -> None:
    assert codes(search, query) == codes(search, other)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("пробки", "Travel Time Index"),
        ("traffic jam", "Travel Time Index"),
        ("больницы", "In-Patient Hospital Beds"),
        ("hospitals", "In-Patient Hospital Beds"),
        ("безработица", "Unemployment Rate"),
        ("велосипед", "Bicycle Network"),
        ("вода", "Water Consumption"),
        ("NO2", "Air Pollution"),
        ("интернет", "Household Internet Access"),
        ("households internet", "Household Internet Access"),
        ("salary", "Gender Income Equity"),
        ("зарплата", "Gender Income Equity"),
        ("пробки в час пик", "Travel Time Index"),
    ],
)
def test_an_everyday_word_finds_the_indicator(
    search: IndicatorSearch, edition: Edition, query: str, name: str
) -> None:
    names = [indicator.name["en"] for indicator in search.find(query)]
    assert name in names
    assert len(names) < len(edition.indicators) / 2


def test_more_words_never_find_more(search: IndicatorSearch) -> None:
    assert set(codes(search, "вода качество")) <= set(codes(search, "вода"))
    assert not codes(search, "вода zzz")


def test_what_is_called_so_comes_before_its_group(search: IndicatorSearch) -> None:
    assert search.find("doctor")[0].name["en"] == "Physicians"
    assert search.find("мусор")[0].name["en"] == "Solid Waste Collection"
    assert "EC: I: T: 6A" in codes(search, "transport")[1:]


def test_a_name_comes_before_a_synonym(search: IndicatorSearch) -> None:
    """Public buildings are found by "school", too, and stand earlier in the table."""
    first, *further = search.find("school")
    assert first.plain_name.en == "Children enrolled in school"
    assert "Energy in public buildings" in [indicator.plain_name.en for indicator in further]


@pytest.mark.parametrize(
    ("typed", "correction"),
    [
        ("безработеца", "безработица"),
        ("unemploiment", "unemployment"),
        ("прадолжительность жызни", "продолжительность жизни"),
        ("Household Internet Acess", "household internet access"),
        ("ghj,rb", "пробки"),
        ("фшк", "air"),
        ("zzzz", ""),
        ("мэр", ""),
        ("вода zzzz", ""),
    ],
)
def test_a_slip_of_the_keyboard_is_corrected(
    search: IndicatorSearch, typed: str, correction: str
) -> None:
    assert not search.find(typed)
    assert search.correct(typed) == correction
    assert not correction or search.find(correction)


def test_the_nearest_indicators_have_most_of_the_words(search: IndicatorSearch) -> None:
    assert search.find("воздух") == search.nearest("zzzz воздух")
    assert search.nearest("zzzz") == ()


@pytest.mark.parametrize("query", ["zzzz", "щщщ", "абракадабра"])
def test_words_that_nothing_has_find_nothing(search: IndicatorSearch, query: str) -> None:
    assert not codes(search, query)


@given(st.text(max_size=100))
def test_nothing_that_can_be_typed_breaks_the_search(search: IndicatorSearch, query: str) -> None:
    assert set(codes(search, query)) <= set(codes(search, ""))
    corrected = search.correct(query)
    assert not corrected or search.find(corrected)
    assert len(search.nearest(query)) <= len(search.find(""))


def test_words_that_readers_type_do_not_fill_the_memory(search: IndicatorSearch) -> None:
    search.find("first word")
    capacity = _stems.cache_info().maxsize
    assert capacity
    for number in range(capacity):
        _stems(f"word{number}")
    assert _stems.cache_info().currsize <= capacity
