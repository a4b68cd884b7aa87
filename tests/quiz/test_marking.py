"""What becomes of an answer, the score, and what guessing would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.models import Direction, Edition, Words
from quiz.bank import Bank
from quiz.marking import TIME_STEPS, Score, answer_to, judge, mark, time_step
from quiz.models import Answer, Item, Option, Run, Scale
from tests.quiz.builders import make_question, make_run

OPTIONS = st.sampled_from("abcdz")
SENT = st.lists(st.tuples(st.integers(-1, 12), OPTIONS), max_size=60)


def answered(run: Run, options: Sequence[str], seconds: float = 10) -> Run:
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
    wanted = sum(option == other for option, other in zip(right, given_options, strict=False))
    assert result.score == Score(wanted, len(given_options))
    assert result.by_topic == {}, "the bank knows none of them"


def test_the_score_by_topic_adds_up_to_the_whole() -> None:
    topics = ("air", "", "health")
    bank = Bank(
        tuple(
            make_question(f"question-{index}", data_topic=topics[index % 3]) for index in range(10)
        )
    )
    result = mark(answered(make_run(), "aaaabbbbaa"), bank)
    assert result.score == Score(6, 10)
    assert result.by_topic == {"air": Score(3, 4), "": Score(1, 3), "health": Score(2, 3)}


NUMBERS = tuple(
    Option(name, Words(f"{number}%", f"{number} %"))
    for name, number in (("a", "6"), ("b", "11.3"), ("c", "2"))
)
MIXED = (*NUMBERS[:2], Option("c", Words("2 metres", "2 метра")))
LINE = Scale(*map(Decimal, ("0", "100", "1", "2", "10", "50")))
DRAWN = Scale(*map(Decimal, ("0", "100", "1", "2", "10", "50", "45")), points=2)


ESTIMATE = Item("q", 1, (), "50", "estimate", LINE)
DRAWING = Item("q", 1, ("a", "b", "c"), "a", "draw", DRAWN)
SAME = Item("q", 1, ("rose", "same", "fell"), "same", "trend")
CHOICE = Item("q", 1, ("c", "a", "b"), "a")


@pytest.mark.parametrize(
    ("item", "more", "response", "side"),
    [
        (ESTIMATE, {}, "20", "worse"),
        (ESTIMATE, {}, "80", "better"),
        (ESTIMATE, {"direction": "lower_is_better"}, "80", "worse"),
        (ESTIMATE, {}, "58", ""),
        (ESTIMATE, {"direction": "neutral"}, "80", ""),
        (DRAWING, {}, "90 10", "worse"),
        (SAME, {}, "fell", "worse"),
        (SAME, {}, "rose", "better"),
        (CHOICE, {"options": NUMBERS}, "b", "better"),
        (CHOICE, {"options": NUMBERS}, "c", "worse"),
        (CHOICE, {"options": MIXED}, "b", ""),
        (replace(CHOICE, right="b"), {"options": NUMBERS}, "a", ""),
        (CHOICE, {}, "b", ""),
    ],
)
def test_an_error_has_a_side_only_where_the_better_one_is_known(
    edition: Edition, item: Item, more: dict[str, Any], response: str, side: str
) -> None:
    observed = replace(edition.observations[0], value=Decimal("6.04"))
    fields = {"direction": "higher_is_better", "observation": observed} | more
    questions = [make_question(f"q-{n}", kind=item.kind, **fields) for n in range(3)]
    items = tuple(replace(item, question_id=question.id) for question in questions)
    run = answered(make_run(items=items), [response] * 3)
    tendency = mark(run, Bank(tuple(questions))).tendency
    assert bool(tendency) == bool(side)
    if tendency:
        assert list(getattr(tendency, side)) == questions
    fewer = replace(run, answers=run.answers[:2])
    assert mark(fewer, Bank(tuple(questions))).tendency is None


@pytest.mark.parametrize(
    ("question_id", "direction", "topic"),
    [
        ("life-line", "higher_is_better", "health"),
        # The indicator is neutral, but this part of it has a yardstick.
        ("landfill-share", "lower_is_better", "waste_climate"),
        # More is not plainly better.
        ("police-trend", "neutral", "safety"),
        # A part of an indicator, without a yardstick of its own.
        ("rush-hour-trip", "neutral", "getting_around"),
        # No value of the city.
        ("childcare-goal", "neutral", "children_school"),
        ("water-at-home", "lower_is_better", "water"),
        ("median-age", "neutral", ""),
    ],
)
def test_the_better_side_and_the_topic_come_from_the_edition(
    bank: Bank, question_id: str, direction: Direction, topic: str
) -> None:
    question = next(question for question in bank.current if question.id == question_id)
    assert (question.direction, question.data_topic) == (direction, topic)


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
