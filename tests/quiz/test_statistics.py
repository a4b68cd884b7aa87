"""Published statistics equal what the raw tables give when worked out another way."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from data.models import Edition
from quiz.bank import Bank, read_bank
from quiz.counters import CounterKey
from quiz.disclosure_control import MINIMUM
from quiz.marking import TIME_STEPS
from quiz.models import EXCLUSIONS
from quiz.statistics import DISCRIMINATION_MINIMUM, LANGUAGE_MINIMUM, Share, Summary, summarise
from quiz.store import Store
from tests.quiz.builders import (
    ORIGINS,
    answer_rightly,
    drawn_line,
    imagined_counts,
    make_bank,
    make_question,
    simulate_readers,
    start,
)
from tests.quiz.recomputation import (
    RawAnswer,
    correlation_of,
    interval_by_search,
    median_of,
    raw_answers,
    recomputed_counts,
    stored_counts,
    whole_runs,
)

# A small bank, so that a few hundred readers give every question enough answers.
BANK = make_bank(12)


@pytest.mark.slow
def test_every_figure_equals_the_one_from_the_raw_table(store: Store, engine: Engine) -> None:
    simulate_readers(store, BANK, 500, origins=ORIGINS)
    answers = raw_answers(engine)
    assert stored_counts(engine) == recomputed_counts(answers)
    statistics = summarise(store.counts(), BANK, store.first_day())
    assert (
        statistics.exclusions["too_fast"]
        == sum(answer.excluded is not None for answer in answers)
        > 0
    )
    counted = [answer for answer in answers if not answer.excluded]
    for summary, series in (
        (statistics.first, {"first"}),
        (statistics.all, {"first", "again"}),
        (statistics.room, {"room"}),
        (statistics.embed, {"embed"}),
    ):
        compare(summary, [answer for answer in answers if answer.series in series])
    assert statistics.participants == len(
        {answer.run for answer in counted if answer.series == "first"}
    )
    assert statistics.embed.completed is None, "an answer to one question is no score of ten"


def test_a_recount_agrees_for_every_kind(store: Store, engine: Engine, edition: Edition) -> None:
    bank, kinds = read_bank(edition), set[str]()
    for number in range(24):
        run = start(store, bank)
        for position, item in enumerate(run.items, 1):
            kinds.add(item.kind)
            response = item.options[number % len(item.options)] if item.options else ""
            if item.scale and (item.kind == "estimate" or number % 2):
                steps = int((item.scale.highest - item.scale.lowest) / item.scale.step)
                value = item.scale.lowest + steps * number // 24 * item.scale.step
                is_drawn = item.kind == "draw"
                response = drawn_line(item, value) if is_drawn else str(value)
            assert store.answer(run.id, position, response, 9.0).outcome == "stored"
    assert kinds == {"choice", "trend", "estimate", "draw"}
    assert stored_counts(engine) == recomputed_counts(raw_answers(engine))


def compare(summary: Summary, answers: list[RawAnswer]) -> None:
    counted = [answer for answer in answers if not answer.excluded]
    whole = whole_runs(answers)
    assert summary.runs == len({answer.run for answer in counted})
    assert summary.completed == (len(whole) or None)
    assert_share(summary.right, counted)
    scores = Counter(sum(answer.right for answer in run_answers) for run_answers in whole.values())
    assert sum(score.runs for score in summary.scores) == len(whole)
    for group in summary.scores:
        expected = sum(scores[n] for n in range(group.lowest, group.highest + 1))
        assert group.runs == expected >= MINIMUM
    dimensions = {question.key: question.dimension for question in BANK.questions}
    assert set(summary.dimensions) == set(dimensions.values())
    for dimension, share in summary.dimensions.items():
        assert_share(share, [row for row in counted if dimensions[row.question] == dimension])
    assert set(summary.languages) == {"ru", "en"}
    for language, share in summary.languages.items():
        assert_share(share, [row for row in counted if row.language == language])
    assert set(summary.questions) == {answer.question for answer in counted}
    for question, figures in summary.questions.items():
        its_answers = [row for row in counted if row.question == question]
        assert figures.answers == len(its_answers)
        assert_share(figures.right, its_answers)
        chosen = Counter(row.option for row in its_answers)
        assert figures.options == {option: chosen[option] for option in figures.options}
        assert figures.median_seconds == median_of(question, counted)
        assert figures.discrimination == pytest.approx(
            correlation_of(question, answers), abs=0.00501
        )


def assert_share(share: Share | None, answers: list[RawAnswer]) -> None:
    assert share
    right = sum(answer.right for answer in answers)
    assert (share.right, share.answers) == (right, len(answers))
    assert share.share == right / len(answers)
    assert (share.low, share.high) == pytest.approx(interval_by_search(right, len(answers)))


def test_without_answers_nothing_is_published(store: Store, bank: Bank) -> None:
    start(store, bank)
    statistics = summarise(store.counts(), bank, store.first_day())
    nothing = Summary(None, None, None, (), {}, {}, {})
    assert (statistics.first, statistics.all) == (nothing, nothing)
    assert statistics.participants is None
    assert statistics.exclusions == dict.fromkeys(EXCLUSIONS, 0)


def test_nine_participants_are_too_few_to_be_told(store: Store, bank: Bank) -> None:
    for _ in range(9):
        answer_rightly(store, start(store, bank), 1)
    assert summarise(store.counts(), bank).participants is None
    answer_rightly(store, start(store, bank), 1)
    assert summarise(store.counts(), bank).participants == 10


def counts(**right_and_wrong: tuple[int, int]) -> dict[CounterKey, int]:
    """Counts of one question: by series and language, how many were right and wrong."""
    counters = {}
    for name, (right, wrong) in right_and_wrong.items():
        series, language = name.split("_")
        counters[CounterKey("option", "capital", 1, series, language, "a")] = right
        counters[CounterKey("option", "capital", 1, series, language, "b")] = wrong
        counters[CounterKey("right", "capital", 1, series, language)] = right
    return counters


ONE = Bank((make_question("capital"),))


def test_a_language_is_shown_from_a_hundred_answers_on() -> None:
    half = LANGUAGE_MINIMUM // 2
    few = summarise(counts(first_ru=(500, 500), first_en=(half, half - 1)), ONE)
    assert few.first.languages == {}
    assert few.first.right
    enough = summarise(counts(first_ru=(500, 500), first_en=(half, half)), ONE)
    assert enough.first.languages["en"].answers == LANGUAGE_MINIMUM
    assert list(enough.first.languages) == ["ru", "en"]


def test_all_runs_are_withheld_while_the_repeated_ones_are_few() -> None:
    few = summarise(counts(first_ru=(500, 500), again_ru=(9, 20)), ONE)
    assert few.first.right
    assert few.first.right.answers == 1000
    assert few.all.right is None
    assert few.all.questions == {}
    enough = summarise(counts(first_ru=(500, 500), again_ru=(10, 20)), ONE)
    assert enough.all.right
    assert enough.all.right.answers == 1030


def test_without_repeated_runs_all_runs_are_the_first_ones() -> None:
    statistics = summarise(counts(first_ru=(500, 500)), ONE)
    assert statistics.all == statistics.first


def test_versions_are_never_mixed() -> None:
    both = Bank((make_question("capital"), make_question("capital", version=2)))
    counters = counts(first_ru=(50, 60))
    counters[CounterKey("option", "capital", 2, "first", "ru", "a")] = 20
    counters[CounterKey("option", "capital", 2, "first", "ru", "c")] = 30
    counters[CounterKey("right", "capital", 2, "first", "ru")] = 20
    figures = summarise(counters, both).first.questions
    assert {key: question.answers for key, question in figures.items()} == {
        ("capital", 1): 110,
        ("capital", 2): 50,
    }


def test_a_question_that_left_the_bank_keeps_its_share_but_not_its_options() -> None:
    figures = summarise(counts(first_ru=(50, 60)), Bank(())).first.questions["capital", 1]
    assert figures.right
    assert figures.right.right == 50
    assert figures.options == {}


def test_a_right_answer_changed_without_a_new_version_hides_the_options() -> None:
    other = Bank((make_question("capital", answer="b"),))
    figures = summarise(counts(first_ru=(50, 60)), other).first.questions["capital", 1]
    assert figures.right
    assert (figures.right.right, figures.options) == (50, {})


def test_discrimination_needs_thirty_complete_runs() -> None:
    counters = counts(first_ru=(50, 60))
    counters[CounterKey("rest", "capital", 1, "first", "", "1-7")] = DISCRIMINATION_MINIMUM - 10
    counters[CounterKey("rest", "capital", 1, "first", "", "0-3")] = 9
    assert summarise(counters, ONE).first.questions["capital", 1].discrimination is None
    counters[CounterKey("rest", "capital", 1, "first", "", "0-3")] = 10
    assert summarise(counters, ONE).first.questions["capital", 1].discrimination == 1.0


def test_chance_is_the_average_of_the_bank() -> None:
    bank = Bank((make_question("a"), make_question("b", options=make_question().options[:3])))
    assert summarise({}, bank).chance == 10 * (Fraction(1, 4) + Fraction(1, 3)) / 2
    assert summarise({}, bank, date(2026, 11, 22)).first_day == date(2026, 11, 22)


@pytest.mark.slow
def test_the_cost_does_not_grow_with_the_answers() -> None:
    bank = make_bank(10)
    few, many = imagined_counts(bank, 1000), imagined_counts(bank, 2000)
    most = sum(
        4 * 2 * (len(question.options) + 1)  # Options and right, by series and language.
        + 4 * (len(TIME_STEPS) + 2 * 10)  # Times, and right or wrong by ten scores of the others.
        for question in bank.questions
    ) + 4 * 2 * (1 + 11)  # Runs and scores.
    assert len(few) <= len(many) <= most + len(EXCLUSIONS)
    assert sum(many.values()) > 1.9 * sum(few.values())
