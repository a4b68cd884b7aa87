"""The door to stored answers: once, durably, in order, or not at all."""

from __future__ import annotations

import gc
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Date, DateTime, Engine, event, text

from quiz.bank import Bank
from quiz.counters import CounterKey
from quiz.faults import TooFewQuestions
from quiz.models import EXCLUSIONS, GROUP_QUOTAS, RUN_LENGTH
from quiz.store import Alone, Store
from quiz.tables import metadata
from tests.quiz.builders import answer_rightly, make_bank, make_ticket, start, wrong_response
from tests.quiz.recomputation import raw_answers, recomputed_counts, stored_counts


def excluded(store: Store) -> dict[str, int]:
    return {tally.bucket: n for tally, n in store.counts().items() if tally.name == "exclusion"}


def test_a_new_run_can_be_found_again_as_it_was_drawn(store: Store, bank: Bank) -> None:
    run = store.start_run(make_ticket(), bank, "en", "moscow")
    assert store.find_run(run.id) == run
    assert (run.language, run.city, run.first, run.predecessor) == ("en", "moscow", True, None)
    assert len(run.items) == RUN_LENGTH
    assert run.next_position == 1


def test_ids_of_runs_cannot_be_guessed(store: Store, bank: Bank) -> None:
    ids = {start(store, bank).id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(run_id) == 22 for run_id in ids), "128 bits in base64"


@pytest.mark.parametrize(
    "run_id", ["", "nothing", "'; DROP TABLE quiz_runs", "Ж" * 1000, "\0", "\ud800"]
)
def test_an_unknown_run_is_not_found(store: Store, run_id: str) -> None:
    assert store.find_run(run_id) is None
    receipt = store.answer(run_id, 1, "a", 10)
    assert (receipt.outcome, receipt.run, receipt.answer) == ("unknown_question", None, None)
    assert not receipt.acknowledged


def test_the_same_ticket_gives_the_same_run(store: Store, bank: Bank) -> None:
    ticket = make_ticket()
    run = store.start_run(ticket, bank, "ru", "moscow")
    assert store.start_run(ticket, bank, "ru", "moscow") == run
    assert store.start_run(ticket, bank, "en", "moscow") == run, "even from another tab"
    assert excluded(store) == {}, "a double click is no replay"


def test_a_ticket_that_comes_back_after_an_answer_is_counted_as_replayed(
    store: Store, bank: Bank
) -> None:
    ticket = make_ticket()
    run = store.start_run(ticket, bank, "ru", "moscow")
    answer_rightly(store, run, 1)
    assert store.start_run(ticket, bank, "ru", "moscow").id == run.id
    assert excluded(store) == {"replayed_token": 1}


def test_answers_are_stored_and_marked_one_after_the_other(store: Store, bank: Bank) -> None:
    run = start(store, bank)
    for position, item in enumerate(run.items, 1):
        rightly = position % 3 > 0
        option = item.right if rightly else wrong_response(item)
        receipt = store.answer(run.id, position, option, 7.9)
        assert receipt.outcome == "stored"
        assert receipt.acknowledged
        assert receipt.answer
        assert (receipt.answer.option, receipt.answer.right) == (option, rightly)
        assert receipt.answer.seconds == 7
        assert receipt.run == store.find_run(run.id)
        assert receipt.run
        assert receipt.run.completed == (position == RUN_LENGTH)


def test_the_same_answer_again_is_acknowledged_again_and_counted_once(
    store: Store, bank: Bank, engine: Engine
) -> None:
    run = start(store, bank)
    first = store.answer(run.id, 1, run.items[0].right, 5)
    for seconds in (0.1, 5, 500):
        again = store.answer(run.id, 1, run.items[0].right, seconds)
        assert again.outcome == "repeated"
        assert again.acknowledged
        assert (again.answer, again.run) == (first.answer, first.run)
    assert len(raw_answers(engine)) == 1
    assert stored_counts(engine) == recomputed_counts(raw_answers(engine))


def test_a_changed_answer_is_refused_and_the_first_one_stands(store: Store, bank: Bank) -> None:
    run = start(store, bank)
    first = store.answer(run.id, 1, wrong_response(run.items[0]), 5)
    changed = store.answer(run.id, 1, run.items[0].right, 5)
    assert (changed.outcome, changed.acknowledged) == ("changed", False)
    assert changed.answer == first.answer
    assert store.find_run(run.id) == first.run


def test_repeats_and_changes_are_told_apart_in_a_finished_run(store: Store, bank: Bank) -> None:
    run = start(store, bank)
    answer_rightly(store, run)
    assert store.answer(run.id, 10, run.items[9].right, 5).outcome == "repeated"
    assert store.answer(run.id, 4, wrong_response(run.items[3]), 5).outcome == "changed"
    assert excluded(store) == {}


def test_an_answer_out_of_order_is_counted_but_not_stored(store: Store, bank: Bank) -> None:
    run = start(store, bank)
    answer_rightly(store, run, 2)
    receipt = store.answer(run.id, 5, run.items[4].right, 10)
    assert (receipt.outcome, receipt.answer) == ("out_of_order", None)
    assert receipt.run
    assert receipt.run.next_position == 3
    assert excluded(store) == {"impossible_sequence": 1}


@pytest.mark.parametrize("option", ["", "z", "A", "aa", "Ж"])
def test_an_option_of_another_question_is_refused(store: Store, option: str) -> None:
    run = start(store, make_bank())
    assert store.answer(run.id, 1, option, 10).outcome == "foreign_option"
    stored = store.find_run(run.id)
    assert stored
    assert stored.answers == ()
    assert excluded(store) == {"foreign_option": 1}


@pytest.mark.parametrize("position", [-1, 0, 11, 10**30])
def test_a_position_outside_the_run_is_unknown(store: Store, bank: Bank, position: int) -> None:
    run = start(store, bank)
    receipt = store.answer(run.id, position, "a", 10)
    assert (receipt.outcome, receipt.run, receipt.answer) == ("unknown_question", run, None)


def test_an_answer_too_fast_to_have_been_read_is_stored_but_counts_nowhere(
    store: Store, bank: Bank
) -> None:
    run = start(store, bank)
    receipt = store.answer(run.id, 1, run.items[0].right, 0.99)
    assert receipt.outcome == "stored"
    assert receipt.answer
    assert receipt.answer.excluded == "too_fast"
    assert store.counts() == {CounterKey("exclusion", bucket="too_fast"): 1}
    outcomes = [later.outcome for later in answer_rightly(store, receipt.run or run, 9)]
    assert outcomes == ["stored"] * 9
    names = {tally.name for tally in store.counts()}
    assert names == {"exclusion", "runs", "option", "right", "time"}, "no score, no rest"


def test_another_ten_repeat_nothing_until_the_bank_is_used_up(store: Store, bank: Bank) -> None:
    drawn: list[set[str]] = []
    predecessor = None
    for _ in range(7):
        run = start(store, bank, predecessor=predecessor)
        assert run.first == (predecessor is None)
        drawn.append({item.question_id for item in run.items})
        predecessor = run.id
    whole = min(
        sum(question.group == group for question in bank.questions_for("moscow")) // quota
        for group, quota in GROUP_QUOTAS.items()
    )
    assert whole == 4
    assert len(set().union(*drawn[:whole])) == whole * RUN_LENGTH
    assert not [1 for previous, following in pairwise(drawn) if previous & following], (
        "never in a row"
    )


def test_a_predecessor_that_is_not_there_does_no_harm(store: Store, bank: Bank) -> None:
    run = start(store, bank, predecessor="a run of a store that was lost")
    assert not run.first
    assert len(run.items) == RUN_LENGTH


def test_a_run_outlives_a_change_of_the_bank(store: Store) -> None:
    run = start(store, make_bank(24))
    later = make_bank(10)
    assert any(later.find(*item.key) is None for item in run.items)
    assert [answer.outcome for answer in answer_rightly(store, run)] == ["stored"] * 10
    assert all(answer.right for answer in (store.find_run(run.id) or run).answers)


def test_a_city_with_too_few_questions_starts_nothing(store: Store, engine: Engine) -> None:
    ticket = make_ticket()
    with pytest.raises(TooFewQuestions):
        store.start_run(ticket, make_bank(9), "ru", "moscow")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM quiz_tokens")) == 0
    assert store.start_run(ticket, make_bank(10), "ru", "moscow"), "the ticket is still good"


def test_exclusions_are_counted_by_reason(store: Store) -> None:
    for number, reason in enumerate(EXCLUSIONS, 1):
        store.count_exclusion(reason, number)
        store.count_exclusion(reason)
    assert excluded(store) == {reason: n + 1 for n, reason in enumerate(EXCLUSIONS, 1)}


def test_used_tickets_are_forgotten_once_they_have_expired(
    database_url: str, engine: Engine, bank: Bank
) -> None:
    day = date(2026, 11, 22)
    store = Store(database_url, today=lambda: day)
    ticket = make_ticket()
    run = store.start_run(ticket, bank, "ru", "moscow")
    day = ticket.forget_on
    assert store.start_run(ticket, bank, "ru", "moscow") == run, "not yet"
    day = ticket.forget_on + timedelta(days=1)
    start(store, bank)
    with engine.connect() as connection:
        remembered = connection.scalars(text("SELECT nonce FROM quiz_tokens")).all()
    assert len(remembered) == 1
    assert ticket.nonce not in remembered
    assert store.find_run(run.id) == run
    store.close()


def test_the_days_of_a_run_are_kept(database_url: str, bank: Bank) -> None:
    day = date(2026, 11, 22)
    store = Store(database_url, today=lambda: day)
    assert store.first_day() is None
    run = start(store, bank)
    day = date(2026, 11, 25)
    answer_rightly(store, run)
    start(store, bank)
    stored = store.find_run(run.id)
    assert stored
    assert (stored.started_on, stored.completed_on) == (date(2026, 11, 22), day)
    assert store.first_day() == date(2026, 11, 22)
    store.close()


def test_nothing_that_could_point_to_a_reader_is_stored(
    store: Store, bank: Bank, engine: Engine
) -> None:
    columns = {table.name: set(table.columns.keys()) for table in metadata.sorted_tables}
    assert columns == {
        "quiz_runs": {
            *("id", "language", "city", "seed", "drawn", "predecessor", "first"),
            *("started_on", "completed_on", "origin", "room"),
        },
        "quiz_answers": {
            *("run_id", "position", "question_id", "version", "option", "right"),
            *("seconds", "excluded"),
        },
        "quiz_tokens": {"nonce", "run_id", "forget_on"},
        "quiz_rooms": {
            *("code", "secret", "city", "drawn", "led", "step", "members", "ends_at"),
        },
        "quiz_counts": {
            *("tally", "question_id", "version", "series", "language", "bucket", "total"),
        },
        "quiz_snapshots": {"month", "made_on", "document", "counts"},
        "downloads": {"month", "file", "edition", "total"},
    }
    every = [column for table in metadata.sorted_tables for column in table.columns]
    assert not [column for column in every if isinstance(column.type, DateTime)]
    assert {column.name for column in every if isinstance(column.type, Date)} == {
        *("started_on", "completed_on", "forget_on", "made_on"),
    }
    answer_rightly(store, start(store, bank))
    with engine.connect() as connection:
        drawn = connection.scalar(text("SELECT drawn FROM quiz_runs"))
    assert len(drawn if isinstance(drawn, list) else json.loads(drawn)) == RUN_LENGTH


def test_a_closed_store_opens_again(store: Store, bank: Bank) -> None:
    run = start(store, bank)
    store.close()
    store.close()
    assert store.find_run(run.id) == run


def test_a_store_that_nobody_holds_leaves_no_connection_open(database_url: str) -> None:
    store = Store(database_url)
    store.counts()
    pool = next(iter(store._databases.values())).engine.pool
    closed: list[object] = []
    event.listen(pool, "close", lambda connection, _record: closed.append(connection))
    del store
    gc.collect()
    assert len(closed) == 1


def test_an_answer_in_a_frame_is_one_transaction_and_counts_once(store: Store, bank: Bank) -> None:
    item = start(store, bank).items[0]
    ticket, sent = replace(make_ticket(), origin="embed"), Alone(item.right, 9.0)
    commits = 0

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(Engine, "commit", count)
    try:
        stored = store.answer_alone(ticket, item, "en", "moscow", sent)
    finally:
        event.remove(Engine, "commit", count)
    assert commits == 1
    again = store.answer_alone(ticket, item, "en", "moscow", sent)
    assert (stored.outcome, again.outcome) == ("stored", "repeated")
    assert stored.run
    assert again.run == stored.run == store.find_run(stored.run.id)
