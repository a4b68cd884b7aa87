"""Item analysis for editors."""

from __future__ import annotations

import pytest

from data.models import LANGUAGES, Language
from quiz.bank import Bank
from quiz.counters import CounterKey, Counts
from quiz.item_analysis import LEAST_ANSWERS, ItemAnalysis, Responses, analyse, dif_class
from quiz.models import Response
from quiz.store import Store
from tests.quiz.builders import (
    answer_rightly,
    imagined_counts,
    make_bank,
    make_question,
    right_response,
    start,
)

BANK = Bank((make_question("capital"),))


def counts(
    *chosen: int, rest_scores: dict[str, int] | None = None, series: str = "first"
) -> Counts:
    about = ("capital", 1, series)
    counters = {
        CounterKey("option", *about, "ru", option): times
        for option, times in zip("abcd", chosen, strict=True)
    }
    counters[CounterKey("right", *about, "ru")] = chosen[0]
    for bucket, times in (rest_scores or {}).items():
        counters[CounterKey("rest", *about, "", bucket)] = times
    return counters


def only(counters: Counts, bank: Bank = BANK, responses: Responses | None = None) -> ItemAnalysis:
    (item,) = analyse(counters, responses or {}, bank)
    return item


def of_runs(language: Language, rest_score: int, **chosen: int) -> dict[Response, int]:
    """Return the counts of each option by the score of the other nine; a is right."""
    return {
        Response("capital", 1, option, option == "a", language, rest_score + (option == "a")): times
        for option, times in chosen.items()
    }


@pytest.mark.parametrize(
    ("chosen", "remark"),
    [
        ((90, 5, 5, 5), None),
        ((95, 5, 5, 5), None),
        ((90, 10, 0, 0), "too easy: 90% right"),
        ((25, 30, 25, 20), "too hard: 25% right"),
        ((26, 29, 25, 20), None),
        ((50, 40, 8, 2), "option d is hardly used: 2%"),
        ((50, 40, 5, 5), None),
        ((10, 10, 5, 4), f"fewer than {LEAST_ANSWERS} answers"),
    ],
)
def test_questions_that_do_not_work_are_remarked(
    chosen: tuple[int, ...], remark: str | None
) -> None:
    remarks = only(counts(*chosen)).remarks
    if remark is None:
        assert not any(remark.startswith("too") for remark in remarks)
        assert not any("hardly" in remark for remark in remarks if chosen == (50, 40, 5, 5))
    else:
        assert any(words.startswith(remark) for words in remarks), remarks


def test_negative_discrimination_is_remarked() -> None:
    misleading = only(counts(50, 30, 10, 10, rest_scores={"1-2": 20, "0-8": 20}))
    assert misleading.discrimination == pytest.approx(-1)
    assert any(remark.startswith("negative discrimination") for remark in misleading.remarks)
    telling = only(counts(50, 30, 10, 10, rest_scores={"1-8": 20, "0-2": 20}))
    assert telling.remarks == ()


def test_surely_weak_discrimination_is_remarked() -> None:
    pairs = {"1-5": 400, "0-5": 400, "1-6": 400, "0-6": 400}
    (remark,) = only(counts(800, 400, 200, 200, rest_scores=pairs)).remarks
    assert remark.startswith("weak discrimination: 0.00")
    few = {bucket: times // 40 for bucket, times in pairs.items()}
    assert only(counts(20, 10, 5, 5, rest_scores=few)).remarks == ()


def test_a_wrong_option_that_the_best_prefer_is_remarked() -> None:
    responses = of_runs("ru", 8, a=40, b=10, c=50) | of_runs("ru", 2, a=40, b=50, c=10)
    responses |= of_runs("ru", 5, a=60, b=20, c=20)
    (remark,) = only(counts(140, 80, 80, 20), responses=responses).remarks
    assert remark.startswith("option c draws those who know more: 50% against 10%")


@pytest.mark.parametrize(
    ("english_right", "remark"),
    [
        (50, None),
        (18, "harder in English for those who know as much: class C (MH D-DIF -3."),
        (82, "harder in Russian for those who know as much: class C (MH D-DIF +3."),
    ],
)
def test_a_question_that_is_harder_in_one_language_is_remarked(
    english_right: int, remark: str | None
) -> None:
    responses: dict[Response, int] = {}
    for rest_score in (3, 5, 7):
        responses |= of_runs("ru", rest_score, a=50, b=50)
        responses |= of_runs("en", rest_score, a=english_right, b=100 - english_right)
    remarks = only(counts(300, 100, 100, 100), responses=responses).remarks
    assert [words[:55] for words in remarks] == ([remark[:55]] if remark else [])
    few = {response: times // 4 for response, times in responses.items()}
    assert only(counts(300, 100, 100, 100), responses=few).difference is None


def test_knowing_less_is_no_difference_by_language() -> None:
    responses = of_runs("ru", 8, a=90, b=10) | of_runs("ru", 2, a=20, b=80)
    responses |= of_runs("en", 8, a=18, b=2) | of_runs("en", 2, a=80, b=320)
    difference = only(counts(300, 100, 100, 100), responses=responses).difference
    assert difference
    assert difference[0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("delta", "error", "name"),
    [(0.9, 0.1, "A"), (2.0, 1.1, "A"), (-1.2, 0.2, "B"), (1.6, 0.5, "B"), (-1.6, 0.3, "C")],
)
def test_classes_of_differences_are_those_of_the_testing_service(
    delta: float, error: float, name: str
) -> None:
    assert dif_class(delta, error) == name


def test_responses_are_those_of_complete_runs_alone(store: Store) -> None:
    small = make_bank(12)
    for language in LANGUAGES:
        answer_rightly(store, start(store, small, language))
    answer_rightly(store, start(store, small), 9)
    hasty = start(store, small)
    answer_rightly(store, hasty, 9)
    store.answer(hasty.id, 10, right_response(hasty.items[9]), 0.2)
    responses = store.responses()
    assert sum(responses.values()) == 20
    assert {(response.right, response.score, response.rest) for response in responses} == {
        (True, 10, 9)
    }
    assert {response.language for response in responses} == set(LANGUAGES)


def test_first_and_repeated_runs_are_taken_together() -> None:
    item = only({**counts(20, 5, 5, 5), **counts(10, 5, 5, 5, series="again")})
    assert (item.answers, item.right, dict(item.options)) == (
        60,
        30,
        {"a": 30, "b": 10, "c": 10, "d": 10},
    )


def test_a_question_that_was_never_asked_is_listed() -> None:
    item = only({})
    assert (item.answers, item.median_seconds, item.discrimination) == (0, None, None)


def test_a_question_that_left_the_bank_is_listed() -> None:
    item = only(counts(20, 20, 20, 20), Bank(()))
    assert not item.in_bank
    assert item.remarks == ("is no longer in the bank; put its entry back, as retired",)


def test_a_retired_question_is_marked_and_remarked_on_without_what_to_do() -> None:
    counters = counts(90, 10, 0, 0)
    item = only(counters, Bank((make_question("capital", retired=True),)))
    assert (item.in_bank, item.in_force) == (True, False)
    current = only(counters)
    assert current.in_force
    assert item.remarks == tuple(remark.partition(";")[0] for remark in current.remarks) != ()


def test_the_hardest_questions_come_first(bank: Bank) -> None:
    items = analyse(imagined_counts(bank, 100), {}, bank)
    assert {item.key for item in items} == set(bank.by_key)
    shares = [item.right / max(1, item.answers) for item in items]
    assert shares == sorted(shares)
