"""Numbers, shares and dates as each language writes them, and never across a band edge."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.formats import (
    bound,
    day,
    integer,
    listing,
    number,
    percent,
    period,
    quantity,
    shown_share,
)
from data.models import LANGUAGES, Language, Words
from data.scoring import BAND_EDGES, band_of
from tests.builders import NO_BREAK, shown_number, table_rows

languages = st.sampled_from(LANGUAGES)
shares = st.fractions(0, 100, max_denominator=10_000)
published = st.decimals(0, 10**9, places=3, allow_nan=False).map(lambda value: f"{value:f}") | (
    st.integers(0, 10**12).map(str)
)


def read_back(words: str, language: Language) -> Fraction:
    plain = words.removesuffix("%").replace(NO_BREAK, "")
    return Fraction(plain.replace(",", ".") if language == "ru" else plain.replace(",", ""))


@given(shares, languages)
@example(Fraction("94.96"), "ru")
@example(Fraction("65.99"), "en")
@example(Fraction("32.999"), "ru")
@example(Fraction(95), "en")
def test_a_shown_share_stays_in_its_band(share: Fraction, language: Language) -> None:
    assert band_of(read_back(shown_share(share, language), language)) == band_of(share)


@given(shares, languages)
def test_a_shown_share_is_rounded_half_up_unless_that_crosses_an_edge(
    share: Fraction, language: Language
) -> None:
    number = read_back(shown_share(share, language), language)
    half_up = (10 * share + Fraction(1, 2)) // 1 / Fraction(10)
    crosses = band_of(half_up) != band_of(share)
    assert number == (half_up - Fraction(1, 10) if crosses else half_up)


def test_every_band_edge_is_shown_as_itself(language: Language) -> None:
    for edge in BAND_EDGES:
        assert read_back(shown_share(Fraction(edge.lowest), language), language) == edge.lowest


@given(published, languages)
def test_a_number_keeps_the_digits_that_were_published(cell: str, language: Language) -> None:
    assert number(Decimal(cell), language) == shown_number(cell, language)


def test_every_number_of_the_tables_keeps_its_digits(language: Language) -> None:
    cells = [row["value"] for row in table_rows("observations") if row["value"]]
    cells += [row["target"] for row in table_rows("targets")]
    for cell in cells:
        assert number(Decimal(cell), language) == shown_number(cell, language)


def test_a_number_and_its_unit_do_not_part_at_the_end_of_a_line() -> None:
    litres = Words("L per day", "л в день")
    assert quantity(Decimal("1234.50"), litres, "en") == f"1,234.50{NO_BREAK}L per day"
    assert quantity(Decimal("1234.50"), litres, "ru") == f"1{NO_BREAK}234,50{NO_BREAK}л в день"


def test_percent_is_written_as_each_language_does() -> None:
    per_cent = Words("%", "%")
    assert quantity(Decimal("77.60"), per_cent, "en") == "77.60%"
    assert quantity(Decimal("77.60"), per_cent, "ru") == f"77,60{NO_BREAK}%"
    assert percent(Fraction("56.25"), "en", 2) == "56.25%"
    assert percent(Fraction("56.25"), "ru", 2) == f"56,25{NO_BREAK}%"


@pytest.mark.parametrize(
    ("cell", "english", "russian"),
    [
        ("1", "1 year", "1 год"),
        ("78", "78 years", "78 лет"),
        ("79.5", "79.5 years", "79,5 года"),
        ("84.0", "84.0 years", "84,0 года"),
    ],
)
def test_years_take_the_form_of_their_number(cell: str, english: str, russian: str) -> None:
    unit = Words("years", "лет")
    assert quantity(Decimal(cell), unit, "en").replace(NO_BREAK, " ") == english
    assert quantity(Decimal(cell), unit, "ru").replace(NO_BREAK, " ") == russian


def test_a_yes_or_no_is_a_word() -> None:
    answer = Words("yes / no", "да / нет")
    assert [quantity(Decimal(digit), answer, "ru") for digit in (1, 0)] == ["да", "нет"]
    assert [quantity(Decimal(digit), answer, "en") for digit in (1, 0)] == ["yes", "no"]


@pytest.mark.parametrize(("exact", "words"), [("0.5", "1%"), ("2.5", "3%"), ("2.49", "2%")])
def test_a_half_is_rounded_up(exact: str, words: str) -> None:
    assert percent(Fraction(exact), "en") == words


def test_counts_dates_and_lists_follow_the_language() -> None:
    assert integer(12_345, "en") == "12,345"
    assert integer(12_345, "ru") == f"12{NO_BREAK}345"
    assert day("2026-11-02", "ru") == f"2 ноября 2026{NO_BREAK}года"
    assert day("2026-11-02", "en") == "2 November 2026"
    assert listing(["a", "b", "c"], "ru") == "a, b и c"


@pytest.mark.parametrize(
    ("cell", "russian", "english"),
    [
        ("2018", "2018", "2018"),
        ("2018-03", "март 2018", "March 2018"),
        ("2025-01/2025-06", "январь 2025 — июнь 2025", "January 2025 – June 2025"),
        ("", "год не указан", "year not given"),
    ],
)
def test_a_period_is_written_out(cell: str, russian: str, english: str) -> None:
    words = period(cell, "ru").replace(" г.", "").replace(NO_BREAK, " ")
    assert words == russian
    assert period(cell, "en") == english


def test_short_russian_words_stay_with_the_next_one() -> None:
    words = "Как изменилось число убийств в Москве и в мире, к 2025 году?"
    assert bound(words).replace(NO_BREAK, "_") == (
        "Как изменилось число убийств в_Москве и_в_мире, к_2025 году?"
    )
    assert bound("A line to go on") == "A line to go on"
