"""Monthly snapshots of the statistics: made once, held against the one before, and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from threading import Barrier

import pytest
from sqlalchemy import text

from quiz.counters import CounterKey, Counts
from quiz.exports import document
from quiz.faults import StoreUnavailable
from quiz.snapshots import find_snapshot, make_snapshots, snapshot_days
from quiz.statistics import summarise
from quiz.store import Store
from quiz.tables import counts as counts_table
from tests.quiz.builders import imagined_counts, make_bank, start

BANK = make_bank(10)
NOVEMBER = date(2026, 11, 22)
DECEMBER, JANUARY, FEBRUARY = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 3)


@cache
def many() -> Counts:
    """The counts of many readers, imagined once a test needs them."""
    return imagined_counts(BANK, 2000)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store in which a run was started in November."""
    store = Store(database_url, today=lambda: NOVEMBER)
    start(store, BANK)
    yield store
    store.close()


def put(store: Store, counts: Mapping[CounterKey, int]) -> None:
    """Let the store have counted this, and nothing else."""
    names = ("tally", "question_id", "version", "series", "language", "bucket")
    rows = [dict(zip(names, key, strict=True), total=total) for key, total in counts.items()]
    with store.transaction() as connection:
        connection.execute(counts_table.delete())
        connection.execute(counts_table.insert(), rows)


def times(number: int) -> dict[CounterKey, int]:
    return {key: number * total for key, total in many().items()}


def test_a_snapshot_has_the_statistics_of_its_month_for_good(store: Store) -> None:
    put(store, many())
    assert make_snapshots(store, BANK, date(2026, 11, 30)) == [], "the month is not over"
    assert make_snapshots(store, BANK, DECEMBER) == ["2026-11"]
    november = find_snapshot(store, "2026-11")
    assert november
    statistics = document(summarise(many(), BANK, NOVEMBER))
    assert {**november.document, **statistics} == {**november.document, "all": statistics["all"]}
    put(store, times(2))
    assert make_snapshots(store, BANK, date(2026, 12, 31)) == []
    assert make_snapshots(store, BANK, JANUARY) == ["2026-12"]
    assert find_snapshot(store, "2026-11") == november
    december = find_snapshot(store, "2026-12")
    assert december
    assert december.document["first"]["runs"] == 2 * november.document["first"]["runs"]
    assert december.document["as_of"] == dict.fromkeys(december.document["as_of"], "2026-12")
    days = {"2026-12": JANUARY, "2026-11": DECEMBER}
    assert list(snapshot_days(store).items()) == list(days.items()), "the newest is first"


def test_table_and_document_of_a_snapshot_say_the_same(store: Store) -> None:
    put(store, many())
    make_snapshots(store, BANK, DECEMBER)
    snapshot = find_snapshot(store, "2026-11")
    assert snapshot
    for series, month in snapshot.document["as_of"].items():
        cells = {
            row["measure"]: row["value"]
            for row in snapshot.table
            if row["series"] == series
            and not any(row[name] for name in ("question", "dimension", "language", "score"))
        }
        figures = snapshot.document[series]
        assert cells["as_of"] == month
        assert cells["runs"] == str(figures["runs"])
        assert float(cells["right_percent"]) == figures["right"]["right_percent"]


@pytest.mark.parametrize("key", [key for key in many() if key.name == "option"][::60])
@pytest.mark.slow
def test_a_series_stays_while_its_new_answers_are_few(store: Store, key: CounterKey) -> None:
    put(store, many())
    make_snapshots(store, BANK, DECEMBER)
    put(store, Counter(many()) + Counter({key: 3}))
    make_snapshots(store, BANK, JANUARY)
    november, december = (find_snapshot(store, month) for month in ("2026-11", "2026-12"))
    assert november
    assert december
    assert december.document[key.series] == november.document[key.series]
    assert set(december.document["as_of"].values()) == {"2026-11"}
    put(store, times(2))
    make_snapshots(store, BANK, FEBRUARY)
    january = find_snapshot(store, "2027-01")
    assert january
    assert january.document["as_of"][key.series] == "2027-01", "a quiet month stops nothing"


def test_options_that_were_withheld_do_not_come_back_by_themselves(store: Store) -> None:
    """Of a question that nobody was asked any more: an earlier month has shown them."""
    question = BANK.questions[0]

    def shown(month: str) -> set[str]:
        snapshot = find_snapshot(store, month)
        assert snapshot
        assert snapshot.document["as_of"]["first"] == month
        (entry,) = (
            entry
            for entry in snapshot.document["first"]["questions"]
            if entry["question"] == question.id
        )
        return set(entry["options"])

    def of_question(key: CounterKey) -> bool:
        return key.question_id == question.id

    put(store, many())
    make_snapshots(store, BANK, DECEMBER)
    rare = next(option.id for option in question.options if option.id != question.answer)
    rarely = {key: n for key, n in times(2).items() if key.bucket != rare or not of_question(key)}
    rarely |= {key: n + 1 for key, n in many().items() if key.bucket == rare and of_question(key)}
    put(store, rarely)
    make_snapshots(store, BANK, JANUARY)
    put(store, {key: rarely[key] if of_question(key) else n for key, n in times(3).items()})
    make_snapshots(store, BANK, FEBRUARY)
    assert rare in shown("2026-11")
    assert rare not in shown("2026-12")
    assert shown("2027-01") == shown("2026-12")


def test_months_without_a_visitor_repeat_the_last_one(store: Store) -> None:
    put(store, many())
    make_snapshots(store, BANK, DECEMBER)
    assert make_snapshots(store, BANK, FEBRUARY) == ["2026-12", "2027-01"]
    november, january = (find_snapshot(store, month) for month in ("2026-11", "2027-01"))
    assert november
    assert january
    assert january.document["first"] == november.document["first"]


def test_before_the_first_answer_there_is_no_snapshot(database_url: str) -> None:
    store = Store(database_url)
    assert make_snapshots(store, BANK, DECEMBER) == []
    store.close()


def test_a_small_beginning_does_not_stop_later_snapshots(store: Store) -> None:
    few = imagined_counts(BANK, 5)
    for month, counts in ((DECEMBER, few), (JANUARY, Counter(few) + Counter(many()))):
        put(store, counts)
        make_snapshots(store, BANK, month)
    december = find_snapshot(store, "2026-12")
    assert december
    assert december.document["as_of"]["first"] == "2026-12"
    assert december.document["first"]["questions"]


def test_a_clock_that_goes_back_or_far_ahead_makes_few_snapshots(store: Store) -> None:
    put(store, many())
    make_snapshots(store, BANK, JANUARY)
    assert make_snapshots(store, BANK, DECEMBER) == []
    assert make_snapshots(store, BANK, date(2025, 3, 1)) == []
    assert len(make_snapshots(store, BANK, date(2099, 3, 1))) == 12


def test_a_restored_backup_makes_no_series_smaller(store: Store) -> None:
    put(store, times(2))
    make_snapshots(store, BANK, DECEMBER)
    put(store, many())
    make_snapshots(store, BANK, JANUARY)
    november, december = (find_snapshot(store, month) for month in ("2026-11", "2026-12"))
    assert november
    assert december
    assert december.document["first"] == november.document["first"]


def test_processes_that_notice_at_once_make_one_snapshot(store: Store, database_url: str) -> None:
    put(store, many())
    barrier = Barrier(4)

    def notice(_: int) -> list[str]:
        own = Store(database_url)
        barrier.wait()
        made = make_snapshots(own, BANK, FEBRUARY)
        own.close()
        return made

    with ThreadPoolExecutor(4) as threads:
        months = [month for made in threads.map(notice, range(4)) for month in made]
    assert months == ["2027-01"]
    with store.transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM quiz_snapshots")) == 1


def test_a_store_that_is_away_makes_none(tmp_path: object) -> None:
    store = Store(f"sqlite:///{tmp_path}/gone/site.db")
    with pytest.raises(StoreUnavailable):
        make_snapshots(store, BANK, DECEMBER)
