"""A run is fixed by its seed, even in what it asks, and never asks twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.editions import load_edition
from quiz.bank import read_bank
from quiz.drawing import draw
from quiz.faults import TooFewQuestions
from quiz.models import DIFFICULTIES, DIMENSIONS, RUN_LENGTH, THEMES
from tests.quiz.builders import make_bank, make_question

BANK = read_bank(load_edition())
QUESTIONS = BANK.questions_for("moscow")
SEEDS = st.text(max_size=40)
AVOIDED = st.frozensets(st.sampled_from([question.id for question in QUESTIONS]))


@given(SEEDS, AVOIDED, st.randoms())
def test_the_same_seed_draws_the_same_run_in_whatever_order_the_bank_is(
    seed: str, avoid: frozenset[str], order: object
) -> None:
    shuffled = list(QUESTIONS)
    order.shuffle(shuffled)
    assert draw(shuffled, seed, avoid) == draw(QUESTIONS, seed, avoid)


@given(SEEDS, AVOIDED)
def test_a_run_asks_ten_different_questions_with_all_their_options(
    seed: str, avoid: frozenset[str]
) -> None:
    items = draw(QUESTIONS, seed, avoid)
    assert len({item.question_id for item in items}) == len(items) == RUN_LENGTH
    for item in items:
        question = BANK.find(*item.key)
        assert question
        assert sorted(item.options) == sorted(option.id for option in question.options)
        assert item.right == question.answer


@given(SEEDS, AVOIDED)
def test_what_is_to_be_avoided_comes_only_when_nothing_else_is_left(
    seed: str, avoid: frozenset[str]
) -> None:
    asked = {item.question_id for item in draw(QUESTIONS, seed, avoid)}
    others = {question.id for question in QUESTIONS} - avoid
    assert len(asked & others) == min(RUN_LENGTH, len(others))


@given(SEEDS)
def test_a_run_covers_all_dimensions_and_difficulties_evenly(seed: str) -> None:
    questions = [BANK.find(*item.key) for item in draw(QUESTIONS, seed)]
    dimensions = Counter(question.dimension for question in questions if question)
    assert sorted(dimensions.values()) == [2, 2, 3, 3]
    assert set(dimensions) == set(DIMENSIONS)
    difficulties = Counter(question.difficulty for question in questions if question)
    assert set(difficulties) == set(DIFFICULTIES)
    assert min(difficulties.values()) >= 2


@settings(max_examples=20)
@given(SEEDS)
def test_where_nothing_else_differs_themes_come_out_even(seed: str) -> None:
    themes = {
        f"{theme}-{number}": theme
        for theme, most in zip(THEMES, (3, 3, 9, 9), strict=True)
        for number in range(most)
    }
    questions = [make_question(name, theme=theme) for name, theme in themes.items()]
    drawn = Counter(themes[item.question_id] for item in draw(questions, seed))
    assert sorted(drawn.values()) == [2, 2, 3, 3]


@given(SEEDS)
def test_no_indicator_is_asked_about_twice(seed: str) -> None:
    questions = [BANK.find(*item.key) for item in draw(QUESTIONS, seed)]
    indicators = [question.indicator for question in questions if question and question.indicator]
    assert len(set(indicators)) == len(indicators)


def test_every_question_and_every_place_of_the_right_option_has_its_turn() -> None:
    runs = [draw(QUESTIONS, str(seed)) for seed in range(400)]
    asked = Counter(item.question_id for items in runs for item in items)
    assert set(asked) == {question.id for question in QUESTIONS}
    assert min(asked.values()) >= 20
    places = Counter(item.options.index(item.right) for items in runs for item in items)
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 850, "about a quarter of 4000 each"
    first = Counter(items[0].question_id for items in runs)
    assert len(first) > 50, "no question is always the first"


def test_different_seeds_draw_different_runs() -> None:
    assert len({draw(QUESTIONS, str(seed)) for seed in range(100)}) == 100


@settings(max_examples=20)
@given(SEEDS)
def test_a_bank_of_exactly_ten_is_asked_whole(seed: str) -> None:
    questions = make_bank(RUN_LENGTH).questions_for("moscow")
    assert {item.question_id for item in draw(questions, seed)} == {one.id for one in questions}


def test_a_bank_of_nine_is_too_small() -> None:
    with pytest.raises(TooFewQuestions, match="9 questions"):
        draw([make_question(f"q-{number}") for number in range(9)], "seed")
