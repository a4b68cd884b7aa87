"""A real server with PostgreSQL and Redis: what readers see while one of them is away."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from redis import Redis

from quiz.faults import StoreUnavailable
from quiz.migration import migrate
from quiz.store import Store
from tests.databases import redis_at
from tests.operation.relay import Relay
from tests.operation.running import Running, running, wait_until

PAGES = ("/en/", "/ru/economy/", "/en/kpi/", "/ru/kpi/ec-ict-ict-1c/", "/en/wheel.svg", "/en/data/")


def pages_answer(site: Running) -> bool:
    """Whether every page that needs no answers is there."""
    return all(site.ask(page)[0] == 200 for page in PAGES)


def test_the_site_says_that_postgresql_is_away_and_heals_by_itself(
    relayed: str, database_relay: Relay, tmp_path: Path
) -> None:
    with running(tmp_path, DATABASE_URL=relayed) as site:
        assert site.ask("/readyz")[0] == 200
        database_relay.cut()
        wait_until(lambda: site.ask("/readyz")[0] == 503)
        assert site.ask("/readyz")[2].startswith(b"answer store: ")
        assert pages_answer(site)
        database_relay.open()
        wait_until(lambda: site.ask("/readyz")[0] == 200)

        database_relay.freeze()
        status, _, body = site.ask("/readyz")
        assert (status, body) == (503, b"answer store: no answer within 1.5 s\n")
        assert pages_answer(site)
        database_relay.thaw()
        wait_until(lambda: site.ask("/readyz")[0] == 200)


@pytest.mark.long
def test_a_site_that_starts_before_its_database_serves_pages_and_then_the_quiz(
    relayed: str, database_relay: Relay, tmp_path: Path
) -> None:
    database_relay.cut()
    with running(tmp_path, DATABASE_URL=relayed) as site:
        assert site.ask("/readyz")[0] == 503
        assert pages_answer(site)
        database_relay.open()
        wait_until(lambda: site.ask("/readyz")[0] == 200)


@pytest.mark.long
def test_readers_notice_nothing_of_redis_going_and_coming(
    redis: Redis, redis_relay: Relay, relayed: str, tmp_path: Path
) -> None:
    address = redis_at(redis_relay.port)
    with running(tmp_path, DATABASE_URL=relayed, REDIS_URL=address) as site:
        assert pages_answer(site)
        assert redis.keys("city:response:*")
        redis_relay.cut()
        assert pages_answer(site)
        assert site.ask("/en/economy.png?width=321")[0] == 200
        assert site.ask("/readyz")[0] == 200
        wait_until(lambda: site.figure("city_redis_faults_total") > 0)
        redis_relay.open()
        redis.flushdb()

        widths = count(400)

        def shares_again() -> bool:
            # A picture that no process has yet, so that it is kept anew.
            site.ask(f"/en/economy.svg?width={next(widths)}")
            return bool(redis.keys("city:response:*"))

        wait_until(shares_again)


def test_a_database_that_says_nothing_more_is_given_up_and_found_again(
    relayed: str, database_relay: Relay
) -> None:
    migrate(relayed)
    store = Store(relayed, busy_seconds=0.5)
    assert store.counts() == {}
    database_relay.freeze()
    with pytest.raises(StoreUnavailable):
        store.counts()
    database_relay.thaw()
    assert store.counts() == {}
    store.close()
