"""What the load reads out of its tools, and what it asks for."""

from __future__ import annotations

import pytest

from bench.load.addresses import Addresses, every, spike
from bench.load.quiz import Beat, Takers
from bench.load.weighing import growth
from bench.load.wrk import Asked, read

FOUND = Addresses(
    pages=("/en/", "/ru/", "/en/about/"),
    indicators=("/en/kpi/one/", "/ru/kpi/one/"),
    embeds=("/embed/en/one",),
    pictures=("/en/wheel.svg", "/en/wheel.png"),
    files=("/data/1/observations.csv",),
    assets=("/assets/bootstrap.js",),
)


def test_what_wrk_prints_is_read_with_its_faults():
    printed = """Running 1s test @ http://127.0.0.1:1
  1 threads and 2 connections

{"requests": 500, "microseconds": 2000000, "bytes": 50000, "p50": 1500, "p95": 2500, "p99": 9000, \
"connect": 1, "read": 2, "write": 0, "timeout": 3, "status": 4}
"""
    outcome = read(printed)
    assert outcome.per_second == pytest.approx(250)
    assert (outcome.p50, outcome.p95, outcome.p99) == (1.5, 2.5, 9.0)
    assert outcome.bytes_each == pytest.approx(100)
    assert outcome.faults == 10


def test_a_request_that_posts_carries_its_body_behind_a_tab():
    assert Asked("/en/").line() == "/en/"
    assert Asked("/_dash-update-component", "{}").line() == "/_dash-update-component\t{}"


def test_a_spike_is_eighty_pages_to_twelve_files():
    asked = [one.path for one in spike(FOUND)]
    pages = sum(path in (*FOUND.pages, *FOUND.indicators) for path in asked)
    assert pages / len(asked) == pytest.approx(80 / 92, abs=0.02)
    homes = sum(path in ("/en/", "/ru/") for path in asked)
    # Half of the pages, and two of the five among the other half.
    assert homes / pages == pytest.approx(0.5 + 0.5 * 2 / 5, abs=0.03)


def test_a_spike_asks_for_the_same_in_each_run():
    assert spike(FOUND) == spike(FOUND)
    assert sorted(one.path for one in every(FOUND.pages)) == sorted(FOUND.pages)


def test_growth_leaves_out_the_time_in_which_caches_fill():
    weights = [(minute, 50.0 if minute < 10 else 100.0) for minute in range(100)]
    weights[-10:] = [(minute, 103.0) for minute in range(90, 100)]
    early, late, percent = growth(weights)
    assert (early, late) == (100.0, 103.0)
    assert percent == pytest.approx(3)


def test_the_slowest_of_a_hundred_is_found():
    takers = Takers(seconds=[0.001] * 98 + [0.5, 0.5])
    assert takers.quantile(0.5) == pytest.approx(1)
    assert takers.quantile(0.99) == pytest.approx(500)


def test_a_beat_ends_when_its_time_is_over():
    assert Beat(rate=1000, seconds=0).next() is None
