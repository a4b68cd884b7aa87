"""What becomes of an answer, the score, and what guessing would give."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank import Bank
from quiz.marking import TIME_STEPS, Score, answer_to, judge, mark, time_step
from quiz.models import DIMENSIONS, Answer, Item, Run
from tests.quiz.builders import make_question, make_run

OPTIONS = st.sampled_from("abcdz")
SENT = st.lists(st.tuples(st.integers(-1, 12), OPTIONS), max_size=60)


def answered(run: Run, options: str, seconds: float = 10) -> Run:
    answers = tuple(
        answer_to(run.items[position - 1], position, option, seconds)
        for position, option in enumerate(options, 1)
    )
    return replace(run, answers=answers)


@given(SENT)
def test_whatever_is_sent_every_position_is_stored_once_and_in_order(
    sent: list[tuple[int, str]],
) -> None:
    run = make_run("abcdabcdab")
    stored: dict[int, str] = {}
    for position, option in sent:
        outcome = judge(run, position, option)
        if not 1 <= position <= 10:
            assert outcome == "unknown_question"
        elif option == "z":
            assert outcome == "foreign_option"
        elif position in stored:
            assert outcome == ("repeated" if stored[position] == option else "changed")
        elif position != len(stored) + 1:
            assert outcome == "out_of_order"
        else:
            assert outcome == "stored"
            stored[position] = option
            answer = answer_to(run.items[position - 1], position, option, 10)
            run = replace(run, answers=(*run.answers, answer))
    assert [answer.option for answer in run.answers] == [stored[n + 1] for n in range(len(stored))]


@given(st.text("abcd", min_size=10, max_size=10), st.text("abcd", max_size=10))
def test_the_score_counts_right_answers(right: str, given_options: str) -> None:
    run = answered(make_run(right), given_options)
    result = mark(run, Bank(()))
    wanted = sum(one == other for one, other in zip(right, given_options, strict=False))
    assert result.score == Score(wanted, len(given_options))
    assert result.by_dimension == {}, "the bank knows none of them"


def test_the_score_by_dimension_adds_up_to_the_whole() -> None:
    bank = Bank(
        tuple(
            make_question(f"question-{index}", dimension=DIMENSIONS[index % 3])
            for index in range(10)
        )
    )
    result = mark(answered(make_run(), "aaaabbbbaa"), bank)
    assert result.score == Score(6, 10)
    assert result.by_dimension == {
        "standard": Score(3, 4),
        "economy": Score(1, 3),
        "environment": Score(2, 3),
    }
    assert list(result.by_dimension) == ["standard", "economy", "environment"]


def test_answers_too_fast_for_statistics_count_for_the_reader() -> None:
    run = answered(make_run(), "aab", seconds=0.2)
    assert {answer.excluded for answer in run.answers} == {"too_fast"}
    assert mark(run, Bank(())).score == Score(2, 3)


@given(st.lists(st.integers(3, 5), min_size=1, max_size=10))
def test_chance_is_one_over_the_options_of_each_question(numbers: list[int]) -> None:
    items = tuple(Item("question", 1, tuple("abcde"[:number]), "a") for number in numbers)
    chance = mark(make_run(items=items), Bank(())).chance
    assert chance == sum(Fraction(1, number) for number in numbers)


@given(st.floats(-1000, 10**9))
def test_an_answer_keeps_its_time_in_steps_only(seconds: float) -> None:
    answer = answer_to(make_run().items[0], 1, "a", seconds)
    assert answer.seconds in TIME_STEPS
    assert answer.seconds <= max(0, seconds)
    assert (answer.excluded == "too_fast") == (seconds < 1)


def test_an_answer_tells_what_was_asked() -> None:
    item = Item("capital", 3, ("b", "a", "c"), "c")
    assert answer_to(item, 4, "b", 61.5) == Answer(4, "capital", 3, "b", False, 60, None)
    assert answer_to(item, 4, "c", 61.5).right


@pytest.mark.parametrize(
    ("seconds", "step"),
    [(-5, 0), (0, 0), (0.999, 0), (1, 1), (29.9, 29), (31.9, 30), (119, 115), (299, 270),
     (599.9, 300), (600, 600), (10**9, 600)],
)  # fmt: skip
def test_times_are_rounded_down_to_a_step(seconds: float, step: int) -> None:
    assert time_step(seconds) == step
    assert list(TIME_STEPS) == sorted(set(TIME_STEPS))
