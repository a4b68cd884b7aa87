"""Two machines that share Redis: one document for both, one limit for both, no reader's address."""

from __future__ import annotations

import hashlib
import hmac
import pickle

import pytest
from cachelib import SimpleCache
from redis import Redis

from pages.application import create_app
from pages.operation.caches import Shelf
from pages.operation.redis_link import RedisLink
from pages.operation.shared_limits import Limit
from tests.conftest import altered, settings_of
from tests.databases import REDIS, redis_at
from tests.operation.relay import Relay

ADDRESS = "192.0.2.77"
KEY = "the same on every machine"


def make_shelf(link: RedisLink | None, mark: str = "code", key: str = KEY) -> Shelf:
    """A shelf as another machine would have it."""
    return Shelf(SimpleCache(), "pages", link, mark, key)


def link_to(relay: Relay) -> RedisLink:
    return RedisLink(redis_at(relay.port))


@pytest.mark.usefixtures("redis")
def test_what_one_machine_made_another_takes() -> None:
    here, there = make_shelf(RedisLink(REDIS)), make_shelf(RedisLink(REDIS))
    here.set("page", ("finished", b"bytes"))
    assert there.get("page") == ("finished", b"bytes")
    assert there.get("other page") is None


@pytest.mark.usefixtures("redis")
def test_machines_with_other_code_do_not_take_each_others_documents() -> None:
    old, new = make_shelf(RedisLink(REDIS), "old"), make_shelf(RedisLink(REDIS), "new")
    old.set("page", "old words")
    assert new.get("page") is None
    assert make_shelf(RedisLink(REDIS), "old").get("page") == "old words"


class Evil:
    """Would run code where it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("it was unpacked",)


def test_what_nobody_with_the_key_wrote_is_never_unpacked(redis: Redis) -> None:
    shelf = make_shelf(RedisLink(REDIS))
    shelf.set("page", "ours")
    (name,) = redis.keys("city:kept:*")
    content = pickle.dumps(Evil())
    forged = hmac.new(b"another key", content, hashlib.sha256).digest() + content
    other = make_shelf(RedisLink(REDIS))
    for written in (forged, content, b"", b"short", redis.get(name)[:-1]):
        redis.set(name, written)
        assert other.get("page") is None


def test_what_was_signed_for_one_key_is_not_taken_for_another(redis: Redis) -> None:
    shelf = make_shelf(RedisLink(REDIS))
    shelf.set("page", "ours")
    (first,) = redis.keys("city:kept:*")
    shelf.set("other", "ours too")
    (second,) = set(redis.keys("city:kept:*")) - {first}
    redis.set(second, redis.get(first))
    assert make_shelf(RedisLink(REDIS)).get("other") is None


@pytest.mark.usefixtures("redis")
def test_a_limit_holds_over_all_machines() -> None:
    machines = [Limit("starts", 4, RedisLink(REDIS), KEY) for _ in range(2)]
    waits = [machines[number % 2].seconds_to_wait(ADDRESS) for number in range(6)]
    assert [wait == 0 for wait in waits] == [True] * 4 + [False] * 2
    assert 0 < waits[4] <= 15
    assert machines[0].seconds_to_wait("192.0.2.78") == 0
    assert Limit("answers", 4, RedisLink(REDIS), KEY).seconds_to_wait(ADDRESS) == 0


def test_redis_learns_no_address_and_forgets_within_two_minutes(redis: Redis) -> None:
    Limit("starts", 4, RedisLink(REDIS), KEY).seconds_to_wait(ADDRESS)
    names = redis.keys("*")
    assert len(names) == 1
    kept = f"{names} {redis.hgetall(names[0])}"
    assert ADDRESS not in kept
    for guess in (ADDRESS, f"starts {ADDRESS}"):
        for plain in (hashlib.sha256, hashlib.sha1, hashlib.md5):
            assert plain(guess.encode()).hexdigest()[:32] not in kept
    assert 0 < redis.ttl(names[0]) <= 120


def test_while_redis_is_away_each_process_has_its_own_and_later_they_share_again(
    redis: Redis, redis_relay: Relay
) -> None:
    clock = [0.0]
    link = RedisLink(redis_at(redis_relay.port), clock=lambda: clock[0])
    limit, shelf = Limit("starts", 2, link, KEY), make_shelf(link)
    assert limit.seconds_to_wait(ADDRESS) == 0
    redis_relay.cut()
    assert [limit.seconds_to_wait(ADDRESS) == 0 for _ in range(3)] == [True, True, False]
    shelf.set("page", "made meanwhile")
    assert shelf.get("page") == "made meanwhile"
    redis_relay.open()
    clock[0] += 10
    redis.flushdb()
    shelf.set("page", "made after")
    assert make_shelf(RedisLink(REDIS)).get("page") == "made after"
    assert limit.seconds_to_wait(ADDRESS) == 0


def test_a_redis_that_hangs_is_asked_once_and_then_left_alone(redis_relay: Relay) -> None:
    redis_relay.freeze()
    clock = [0.0]
    asked = []
    link = RedisLink(redis_at(redis_relay.port), clock=lambda: clock[0])

    def ask(client: Redis) -> bool:
        asked.append(1)
        return bool(client.ping())

    assert [link.ask(ask, False) for _ in range(50)] == [False] * 50
    assert len(asked) == 1
    redis_relay.thaw()
    clock[0] += 10
    assert link.ask(ask, False)


def test_pages_go_on_without_redis(redis_relay: Relay, tmp_path: object) -> None:
    redis_relay.cut()
    address = redis_at(redis_relay.port)
    settings = altered(
        settings_of(),
        redis_url=address,
        database_url=f"sqlite:///{tmp_path}/site.db",
        oembed_per_minute=2,
    )
    client = create_app(settings).server.test_client()
    for path in ("/en/", "/ru/kpi/", "/en/wheel.svg", "/api/v1/cities", "/readyz"):
        assert client.get(path).status_code == 200
    statuses = [client.get("/oembed").status_code for _ in range(3)]
    assert statuses[-1] == 429
