"""The arithmetic of the simulation that docs/capacity.md is made from."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bench.capacity.__main__ import DOCUMENT, replaced, shown
from bench.capacity.model import (
    Cost,
    Inputs,
    Setting,
    asked_of_origin,
    most,
    read_inputs,
    used,
)
from bench.capacity.waiting import wait

ROUND = Inputs(
    state="made up",
    cores=2,
    bytes_per_second=1_000_000,
    planned_share=0.5,
    shares={"page": 0.8, "file": 0.1, "quiz": 0.1},
    costs={"page": Cost(1, 1000), "file": Cost(2, 2000), "quiz": Cost(10, 0)},
    unchanged=Cost(0.5, 100),
    answers_of_quiz=0.5,
    stores={"sqlite": 100, "postgresql": 200},
    places=1,
    kept_seconds=(0, 10),
    documents={"page": 2, "file": 1},
    home_share=1.0,
    machines=(1,),
    p99_milliseconds=250,
)


def test_parts_are_used_in_proportion_to_the_rate():
    parts = used(ROUND, Setting(1, "sqlite", None), 100)
    # 80 pages of 1 ms, 10 files of 2 ms and 10 requests of 10 ms are 200 ms of 2,000.
    assert parts["processors"] == pytest.approx(0.1)
    assert parts["line"] == pytest.approx((80 * 1000 + 10 * 2000) / 1_000_000)
    assert parts["answer store"] == pytest.approx(100 * 0.1 * 0.5 / 100)


def test_ten_machines_share_everything_but_the_store():
    one, ten = (used(ROUND, Setting(machines, "postgresql", None), 100) for machines in (1, 10))
    assert ten["processors"] == pytest.approx(one["processors"] / 10)
    assert ten["line"] == pytest.approx(one["line"] / 10)
    assert ten["answer store"] == one["answer store"]


def test_the_part_that_is_full_first_is_named():
    rate, part = most(ROUND, Setting(1, "postgresql", None))
    # The processors take 2 ms a request of 2,000 a second, and half of that is planned with.
    assert part == "processors"
    assert rate == pytest.approx(500)
    # A thousand machines have one store: 200 answers, half of them planned with, 5 % of requests.
    rate, part = most(ROUND, Setting(1000, "postgresql", None))
    assert part == "answer store"
    assert rate == pytest.approx(2000)


def test_without_the_quiz_the_store_sets_no_bound():
    parts = used(ROUND, Setting(1, "sqlite", None, quiz=False), 100)
    assert set(parts) == {"processors", "line"}
    assert parts["processors"] == pytest.approx(0.05)


def test_a_network_that_keeps_nothing_passes_every_request_on():
    assert asked_of_origin(ROUND, "page", 300, kept=0) == pytest.approx(300)
    parts = used(ROUND, Setting(1, "sqlite", 0), 100)
    # It asks whether a page has changed, which costs less than the page.
    assert parts["processors"] == pytest.approx((80 * 0.5 + 10 * 0.5 + 10 * 10) / 2000)


def test_a_network_that_keeps_pages_asks_once_in_that_time_for_each():
    # Two pages, each asked for far more often than once in ten seconds.
    assert asked_of_origin(ROUND, "page", 1e6, kept=10) == pytest.approx(0.2, rel=1e-3)
    many = replace(ROUND, places=50)
    assert asked_of_origin(many, "page", 1e9, kept=10) == pytest.approx(10, rel=1e-3)


def test_a_network_that_answers_by_itself_leaves_no_bound():
    # Two pages and a file, fetched every ten seconds each: that never fills a machine.
    assert most(ROUND, Setting(1, "sqlite", 10, quiz=False)) == (math.inf, "")


def test_pages_that_few_read_are_fetched_for_each_of_them():
    assert asked_of_origin(ROUND, "page", 1e-6, kept=10) == pytest.approx(1e-6, rel=1e-3)


def test_an_idle_machine_makes_nobody_wait():
    found = wait(ROUND, rate=1, seconds=2000, store="postgresql")
    assert found.p50 == pytest.approx(1)
    # A quiz request of 10 ms that also waits 5 ms for the store.
    assert found.p99 == pytest.approx(15, abs=1)


def test_waiting_grows_with_the_rate_and_without_bound_past_the_last_core():
    calm, busy, beyond = (
        wait(ROUND, rate=rate, seconds=60, store="postgresql").p99 for rate in (100, 900, 1100)
    )
    assert calm < busy < beyond
    assert beyond > 1000


def test_the_same_inputs_give_the_same_waiting():
    first, second = (wait(ROUND, rate=500, seconds=10, store="sqlite") for _ in range(2))
    assert first == second


def test_the_shares_of_the_inputs_are_a_whole():
    inputs = read_inputs()
    assert sum(inputs.shares.values()) == pytest.approx(1)
    assert min(inputs.stores.values()) > 0


def test_the_document_says_what_the_inputs_give():
    document = DOCUMENT.read_text("utf-8")
    assert replaced(document, shown(read_inputs())) == document
