"""No count under ten is published, and none can be worked out from what is.

The attacker knows everything that is published, all sums that hold by definition, and linear
algebra. Whether a hidden count follows from it is decided exactly, by elimination.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.bank import Bank
from quiz.counters import CounterKey
from quiz.disclosure_control import MINIMUM, Cell, hidden_options, published_depth, score_bins
from quiz.items import KINDS
from quiz.snapshots import SeriesSnapshot, next_series
from quiz.statistics import Share, Statistics, Summary, summarise
from tests.quiz.builders import LINE, make_options, make_question

SIZES = st.sampled_from([0, 0, 1, 5, 9, 10, 11, 25, 80, 400])
OF_OPTIONS = (
    ("economy", "abc"),
    ("economy", "abcd"),
    ("environment", "abc"),
    ("environment", "abcd"),
    ("standard", "abc"),
)
BANK = Bank(
    (
        *(
            make_question(f"q{number}", dimension=dimension, options=make_options(options))
            for number, (dimension, options) in enumerate(OF_OPTIONS)
        ),
        make_question("line", kind="estimate", dimension="standard", options=(), scale=LINE),
    )
)
BINS = {question.id: KINDS[question.kind].publish(question) for question in BANK.questions}
# What nobody knows at first: how often which option was chosen in which series and language.
Base = tuple[str, str, str, str]
BASES: list[Base] = [
    (series, language, question.id, option)
    for series, language, question in product(("first", "again"), ("ru", "en"), BANK.questions)
    for option in BINS[question.id]
]
PLACES = st.integers(0, len(BASES) - 1)
PLACE = {base: place for place, base in enumerate(BASES)}
Row = list[Fraction]


def sum_of(**wanted: Any) -> Row:
    """The sum of all base counts of this series, language, question, dimension or option."""
    row = [Fraction(0)] * len(BASES)
    for (series, language, question, option), place in PLACE.items():
        asked_question = next(candidate for candidate in BANK.questions if candidate.id == question)
        about = {
            "series": series,
            "language": language,
            "question": question,
            "dimension": asked_question.dimension,
            "option": option,
            "right": BINS[question][option],
        }
        if all(about[name] == content for name, content in wanted.items()):
            row[place] = Fraction(1)
    return row


def known_rows(statistics: Statistics) -> Iterator[Row]:
    """Every sum that the published figures tell."""
    for summary, series in ((statistics.first, {"series": "first"}), (statistics.all, {})):
        yield from rows_of(summary, series)


def rows_of(summary: Summary, about: dict[str, Any]) -> Iterator[Row]:
    yield from rows_of_share(summary.right, about)
    for dimension, share in summary.dimensions.items():
        yield from rows_of_share(share, {**about, "dimension": dimension})
    for language, share in summary.languages.items():
        yield from rows_of_share(share, {**about, "language": language})
    for (question, _), figures in summary.questions.items():
        if figures.answers is not None:
            yield sum_of(**about, question=question)
        yield from rows_of_share(figures.right, {**about, "question": question})
        for option in figures.options:
            yield sum_of(**about, question=question, option=option)


def rows_of_share(share: Share | None, about: dict[str, Any]) -> Iterator[Row]:
    if share:
        yield sum_of(**about)
        yield sum_of(**about, right=True)


def eliminate(rows: Iterator[Row]) -> list[tuple[int, Row]]:
    """The rows in echelon form, each with the place of its leading one."""
    reduced: list[tuple[int, Row]] = []
    for row in rows:
        left = remainder(row, reduced)
        lead = next((place for place, factor in enumerate(left) if factor), None)
        if lead is not None:
            reduced.append((lead, [factor / left[lead] for factor in left]))
    return reduced


def remainder(row: Row, reduced: list[tuple[int, Row]]) -> Row:
    for lead, other in reduced:
        if row[lead]:
            times = row[lead]
            row = [number - times * two for number, two in zip(row, other, strict=True)]
    return row


def secrets_of() -> list[dict[str, Any]]:
    """What must not come to light while it is under ten."""
    secrets: list[dict[str, Any]] = []
    for series in ("first", "again"):
        about = {"series": series}
        secrets += [{**about, "right": right} for right in (True, False)]
        for dimension in ("standard", "economy", "environment"):
            secrets += [
                {**about, "dimension": dimension, "right": right} for right in (True, False)
            ]
        for language in ("ru", "en"):
            secrets += [{**about, "language": language, "right": right} for right in (True, False)]
        for question in BANK.questions:
            secrets.append({**about, "question": question.id})
            secrets += [
                {**about, "question": question.id, "right": right} for right in (True, False)
            ]
            secrets += [
                {**about, "question": question.id, "option": option} for option in BINS[question.id]
            ]
    return secrets


def asked_about(secret: dict[str, Any]) -> Row:
    """All answers among which the secret ones are."""
    return sum_of(**{name: secret[name] for name in secret.keys() - {"right", "option"}})


SECRETS = [(secret, sum_of(**secret), asked_about(secret)) for secret in secrets_of()]


def counts_of(chosen: list[int]) -> dict[CounterKey, int]:
    counts = {}
    for (series, language, question, option), total in zip(BASES, chosen, strict=True):
        if total:
            counts[CounterKey("option", question, 1, series, language, option)] = total
            if BINS[question][option]:
                right = CounterKey("right", question, 1, series, language)
                counts[right] = counts.get(right, 0) + total
    return counts


def assert_nothing_small_is_told(chosen: list[int]) -> None:
    statistics = summarise(counts_of(chosen), BANK)
    assert_no_secret(eliminate(known_rows(statistics)), chosen, SECRETS)


def assert_no_secret(
    reduced: list[tuple[int, Row]],
    chosen: list[int],
    secrets: list[tuple[dict[str, Any], Row, Row]],
) -> None:
    for secret, row, asked_row in secrets:
        # Where nobody was asked at all, there is nobody to protect.
        if value(row, chosen) < MINIMUM and value(asked_row, chosen):
            assert not is_told(row, reduced), f"{secret} is told to be {value(row, chosen)}"


def is_told(row: Row, reduced: list[tuple[int, Row]]) -> bool:
    return not any(remainder(row, reduced))


def value(row: Row, chosen: list[int]) -> int:
    return sum(total for factor, total in zip(row, chosen, strict=True) if factor)


@pytest.mark.slow
@settings(max_examples=20)
@given(st.lists(SIZES, min_size=len(BASES), max_size=len(BASES)))
def test_no_count_under_ten_follows_from_what_is_published(chosen: list[int]) -> None:
    assert_nothing_small_is_told(chosen)


@pytest.mark.slow
@settings(max_examples=20)
@given(
    st.lists(st.sampled_from([10, 30, 90]), min_size=len(BASES), max_size=len(BASES)),
    st.dictionaries(PLACES, st.integers(0, 9), max_size=6),
)
def test_a_few_small_counts_among_large_ones_stay_hidden(
    chosen: list[int], small: dict[int, int]
) -> None:
    assert_nothing_small_is_told([small.get(place, total) for place, total in enumerate(chosen)])


def rows_of_snapshot(snapshot: SeriesSnapshot) -> Iterator[Row]:
    """Every sum that a snapshot tells."""
    names = ("language", "dimension", "question")
    for record in snapshot.table:
        about = {"series": "first"} | {name: record[name] for name in names if record[name]}
        if record["value"] and record["measure"] in ("answers", "right", "chosen"):
            more = {"answers": {}, "right": {"right": True}, "chosen": {"option": record["option"]}}
            yield sum_of(**about, **more[record["measure"]])


@pytest.mark.slow
@settings(max_examples=20)
@given(
    st.lists(st.sampled_from([0, 9, 40, 200]), min_size=len(BASES), max_size=len(BASES)),
    st.lists(
        st.tuples(st.sampled_from([0, 4, 60]), st.dictionaries(PLACES, st.integers(0, 9))),
        min_size=3,
        max_size=3,
    ),
)
def test_no_count_under_ten_follows_from_snapshots(
    chosen: list[int], months: list[tuple[int, dict[int, int]]]
) -> None:
    """Neither from one beside the statistics of its day, nor from two of them."""
    snapshot: SeriesSnapshot | None = None
    base: dict[CounterKey, int] = {}
    states: list[tuple[list[int], list[tuple[int, Row]]]] = []
    for month, (added, exceptions) in enumerate([(0, {}), *months]):
        chosen = [n + exceptions.get(place, added) for place, n in enumerate(chosen)]
        counts = {
            **counts_of(chosen),
            CounterKey("runs", series="first", language="ru"): 50 * month + 50,
        }
        snapshot = next_series("first", str(month), counts, BANK, snapshot, base)
        if snapshot.as_of != str(month):
            continue
        base = counts
        rows = list(rows_of_snapshot(snapshot))
        assert_no_secret(
            eliminate(iter([*rows, *known_rows(summarise(counts, BANK))])), chosen, SECRETS
        )
        reduced = eliminate(iter(rows))
        for earlier, earlier_rows in states:
            new = [now - then for now, then in zip(chosen, earlier, strict=True)]
            assert_no_secret(
                reduced, new, [secret for secret in SECRETS if is_told(secret[1], earlier_rows)]
            )
        states.append((chosen, reduced))


def test_the_attacker_of_these_tests_can_subtract() -> None:
    reduced = eliminate(iter([sum_of(), sum_of(series="first")]))
    assert not any(remainder(sum_of(series="again"), reduced))
    assert any(remainder(sum_of(series="again", right=True), reduced))


def test_with_large_counts_everything_is_published() -> None:
    statistics = summarise(counts_of([100] * len(BASES)), BANK)
    for summary in (statistics.first, statistics.all):
        assert summary.right
        assert set(summary.dimensions) == {"standard", "economy", "environment"}
        assert set(summary.languages) == {"ru", "en"}
        for question in BANK.questions:
            assert set(summary.questions[question.key].options) == set(BINS[question.id])


def test_one_small_wrong_option_takes_the_next_smallest_with_it() -> None:
    assert hidden_options({"b": 9, "c": 40, "d": 30}) == {"b", "d"}
    assert hidden_options({"b": 0, "c": 9, "d": 30}) == {"b", "c", "d"}, "9 together are too few"
    assert hidden_options({"b": 5, "c": 5, "d": 30}) == {"b", "c"}
    assert hidden_options({"b": 10, "c": 40, "d": 30}) == frozenset()


def test_one_question_with_few_answers_takes_the_next_smallest_with_it() -> None:
    table = {"one": Cell(2, 3), "two": Cell(100, 60), "three": Cell(30, 40), "four": Cell(50, 50)}
    assert published_depth(table, dict.fromkeys(table, "")) == {
        "one": "nothing",
        "two": "all",
        "three": "nothing",
        "four": "all",
    }


def test_one_question_with_few_right_answers_hides_the_share_of_another() -> None:
    table = {"hard": Cell(4, 90), "two": Cell(100, 60), "three": Cell(30, 40)}
    assert published_depth(table, dict.fromkeys(table, "")) == {
        "hard": "total",
        "two": "all",
        "three": "total",
    }


@pytest.mark.parametrize(
    ("runs", "bins"),
    [
        ([0] * 11, ()),
        ([0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0], ()),
        ([0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0], ((0, 10),)),
        ([20] * 11, tuple((score, score) for score in range(11))),
        ([2, 8, *[20] * 7, 8, 2], ((0, 1), *((n, n) for n in range(2, 9)), (9, 10))),
        # Only two scores joined: a third one, so that the sum of all scores does not tell.
        ([*[20] * 9, 9, 1], (*((n, n) for n in range(8)), (8, 10))),
    ],
)
def test_scores_are_joined_until_each_range_is_large(
    runs: list[int], bins: tuple[tuple[int, int], ...]
) -> None:
    assert score_bins(runs) == bins


@given(st.lists(SIZES, min_size=11, max_size=11), st.lists(SIZES, min_size=11, max_size=11))
def test_ranges_of_scores_follow_each_other_and_are_large_in_both_series(
    first: list[int], again: list[int]
) -> None:
    bins = score_bins(first)
    joined = score_bins(again, bins)
    for runs, ranges in ((first, bins), (again, joined)):
        if ranges and bins:
            assert [score for low, high in ranges for score in range(low, high + 1)] == list(
                range(11)
            )
            assert all(sum(runs[low : high + 1]) >= MINIMUM for low, high in ranges)
            wide = [high - low for low, high in ranges if low < high]
            assert len(ranges) == 1 or wide != [1]
