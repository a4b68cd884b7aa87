"""A run is fixed by its seed, even in what it asks, and never asks twice."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.editions import load_edition
from quiz.bank import read_bank
from quiz.drawing import draw
from quiz.faults import TooFewQuestions
from quiz.models import DIFFICULTIES, GROUP_QUOTAS, RUN_LENGTH
from tests.quiz.builders import make_bank, make_question

BANK = read_bank(load_edition())
QUESTIONS = BANK.questions_for("moscow")
SEEDS = st.text(max_size=40)
ASKED = st.dictionaries(st.sampled_from([question.id for question in QUESTIONS]), st.integers(1, 5))


@given(SEEDS, ASKED, st.randoms())
def test_the_same_seed_draws_the_same_run_in_whatever_order_the_bank_is(
    seed: str, runs_ago: dict[str, int], order: Random
) -> None:
    shuffled = list(QUESTIONS)
    order.shuffle(shuffled)
    assert draw(shuffled, seed, runs_ago) == draw(QUESTIONS, seed, runs_ago)


@given(SEEDS, ASKED)
def test_a_run_asks_ten_different_questions_with_all_their_options(
    seed: str, runs_ago: dict[str, int]
) -> None:
    items = draw(QUESTIONS, seed, runs_ago)
    assert len({item.question_id for item in items}) == len(items) == RUN_LENGTH
    for item in items:
        question = BANK.find(*item.key)
        assert question
        assert sorted(item.options) == sorted(option.id for option in question.options)
        assert (item.right, item.kind) == (question.answer, question.kind)
        assert item.kind != "trend" or item.options == ("rose", "same", "fell")


@given(SEEDS, ASKED)
def test_what_was_asked_comes_again_only_when_nothing_else_of_its_group_is_left(
    seed: str, runs_ago: dict[str, int]
) -> None:
    drawn = {item.question_id for item in draw(QUESTIONS, seed, runs_ago)}
    for group, quota in GROUP_QUOTAS.items():
        members = {question.id for question in QUESTIONS if question.group == group}
        assert len(drawn & members) == quota
        fresh = members - set(runs_ago)
        assert len(drawn & fresh) == min(quota, len(fresh))
        again = sorted((runs_ago[name] for name in members & set(runs_ago)), reverse=True)
        repeated = sorted(
            (runs_ago[name] for name in drawn & members & set(runs_ago)), reverse=True
        )
        assert repeated == again[: len(repeated)], "the longest ago comes first"


@given(SEEDS)
def test_a_run_mixes_topics_kinds_and_difficulties(seed: str) -> None:
    questions = [question for item in draw(QUESTIONS, seed) if (question := BANK.find(*item.key))]
    topics, kinds, difficulties = (
        Counter(getattr(question, field) for question in questions)
        for field in ("topic", "kind", "difficulty")
    )
    assert max(topics.values()) <= 2
    assert all(kinds[kind] <= 2 for kind in ("trend", "estimate", "draw"))
    assert set(kinds) == {"choice", "trend", "estimate", "draw"}
    assert set(difficulties) == set(DIFFICULTIES)


@given(SEEDS)
def test_no_indicator_is_asked_about_twice(seed: str) -> None:
    questions = [BANK.find(*item.key) for item in draw(QUESTIONS, seed)]
    indicators = [question.indicator for question in questions if question and question.indicator]
    assert len(set(indicators)) == len(indicators)


def test_every_question_and_every_place_of_the_right_option_has_its_turn() -> None:
    runs = [draw(QUESTIONS, str(seed)) for seed in range(400)]
    counts = Counter(item.question_id for items in runs for item in items)
    assert set(counts) == {question.id for question in QUESTIONS}
    assert min(counts.values()) >= 20
    assert max(counts.values()) <= 200, "no question is in most runs"
    places = Counter(
        item.options.index(item.right)
        for items in runs
        for item in items
        if item.kind in ("choice", "draw")
    )
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 300, "each has its share"
    first = Counter(items[0].question_id for items in runs)
    assert len(first) > 40, "no question is always the first"


def test_different_seeds_draw_different_runs() -> None:
    assert len({draw(QUESTIONS, str(seed)) for seed in range(100)}) == 100


@settings(max_examples=20)
@given(SEEDS)
def test_a_bank_of_exactly_ten_is_asked_whole(seed: str) -> None:
    questions = make_bank(RUN_LENGTH).questions_for("moscow")
    assert {item.question_id for item in draw(questions, seed)} == {
        question.id for question in questions
    }


def test_a_bank_of_nine_is_too_small() -> None:
    with pytest.raises(TooFewQuestions, match="9 questions"):
        draw([make_question(f"q-{number}") for number in range(9)], "seed")
