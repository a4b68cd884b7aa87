"""Two machines that share Redis: one document for both, one limit for both, no reader's address."""

from __future__ import annotations

import hashlib
import json
import pickle

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from redis import Redis

from pages.application import create_app
from pages.operation.redis_link import RedisLink
from pages.operation.response_cache import ResponseCache, cacheable
from pages.operation.shared_limits import Limit
from tests.conftest import altered, settings_of
from tests.databases import REDIS, redis_at
from tests.operation.relay import Relay
from tests.operation.running import wait_until

ADDRESS = "192.0.2.77"
KEY = "the same on every machine"


def machine(redis_url: str = REDIS, build: str = "build") -> tuple[FlaskClient, list[str]]:
    """A machine with a cached page, and the requests that it built a response for."""
    server, built = Flask("made-up"), []

    @server.route("/page/")
    def page() -> Response:
        built.append(build)
        cacheable()
        return Response(f"of {build}", headers={"Cache-Control": "public", "ETag": '"a"'})

    server.wsgi_app = ResponseCache(server, redis_url, "edition", build)
    return server.test_client(), built


class Evil:
    """Would run code where it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("it was unpacked",)


def link_to(relay: Relay) -> RedisLink:
    return RedisLink(redis_at(relay.port))


@pytest.mark.usefixtures("redis")
def test_what_one_machine_built_another_of_the_same_build_takes() -> None:
    for build in ("old", "new"):
        (here, built), (there, taken) = machine(build=build), machine(build=build)
        assert here.get("/page/").data == f"of {build}".encode()
        # Which parameters a path has each process learns from its own first response.
        there.get("/page/")
        assert there.get("/page/").data == f"of {build}".encode()
        assert here.get("/page/").data == f"of {build}".encode()
        assert (len(built), len(taken)) == (1, 1)


def test_what_lies_in_redis_is_never_run(redis: Redis) -> None:
    client, _ = machine()
    client.get("/page/")
    (name,) = redis.keys("city:response:*")
    head, _, body = redis.get(name).partition(b"\n")
    assert isinstance(json.loads(head), list)
    assert body == b"of build"
    for forged in (pickle.dumps(Evil()), b"", b"{}", b"[1]\n"):
        redis.set(name, forged)
        assert client.get("/page/").data == b"of build"


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
    limit = Limit("starts", 2, link, KEY)
    client, built = machine(redis_at(redis_relay.port))
    client.get("/page/")
    assert limit.seconds_to_wait(ADDRESS) == 0
    redis_relay.cut()
    assert [limit.seconds_to_wait(ADDRESS) == 0 for _ in range(3)] == [True, True, False]
    for _ in range(3):
        assert client.get("/page/").status_code == 200
    assert len(built) == 2, "each process has its own cache meanwhile"
    redis_relay.open()
    clock[0] += 10
    redis.flushdb()
    wait_until(lambda: client.get("/page/").status_code == 200 and redis.keys("city:response:*"))
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
