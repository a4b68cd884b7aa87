"""Two machines that share Redis: one document for both, one limit for both, no reader's address."""

from __future__ import annotations

import hashlib
import json
import pickle
import time

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from redis import Redis

from pages.application import create_app
from pages.operation.rate_limit import open_rate_limits
from pages.operation.response_cache import ResponseCache, cacheable
from tests.conftest import altered, settings_of
from tests.databases import REDIS, redis_at
from tests.operation.relay import Relay
from tests.operation.running import wait_until

CLIENT_IP = "192.0.2.77"
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


@pytest.mark.usefixtures("redis")
def test_what_one_machine_built_another_of_the_same_build_takes() -> None:
    for build in ("old", "new"):
        (here, built), (there, built_there) = machine(build=build), machine(build=build)
        assert here.get("/page/").data == f"of {build}".encode()
        # Which parameters a path has each process learns from its own first response.
        there.get("/page/")
        assert there.get("/page/").data == f"of {build}".encode()
        assert here.get("/page/").data == f"of {build}".encode()
        assert (len(built), len(built_there)) == (1, 1)


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


class Machine:
    """Limits as another machine would have them."""

    def __init__(self, redis_url: str = REDIS, per_minute: int = 4) -> None:
        self.server = Flask(__name__)
        settings = altered(
            settings_of(),
            redis_url=redis_url,
            secret_key=KEY,
            starts_per_minute=per_minute,
            answers_per_minute=per_minute,
        )
        self.limits = open_rate_limits(self.server, settings)

    def seconds_to_wait(self, client_ip: str = CLIENT_IP, limit: str = "starts") -> int:
        with self.server.test_request_context(environ_base={"REMOTE_ADDR": client_ip}):
            wait: int = getattr(self.limits, limit).seconds_to_wait()
            return wait


@pytest.mark.usefixtures("redis")
def test_a_limit_holds_over_all_machines() -> None:
    machines = [Machine(), Machine()]
    waits = [machines[number % 2].seconds_to_wait() for number in range(6)]
    assert [wait == 0 for wait in waits] == [True] * 4 + [False] * 2
    assert 0 < waits[4] <= 60
    assert machines[0].seconds_to_wait("192.0.2.78") == 0
    assert machines[0].seconds_to_wait(limit="answers") == 0


def test_redis_learns_no_address_and_forgets_within_two_minutes(redis: Redis) -> None:
    Machine().seconds_to_wait()
    (name,) = redis.keys("*")
    assert CLIENT_IP not in str(name)
    for plain in (hashlib.sha256, hashlib.sha1, hashlib.md5):
        assert plain(CLIENT_IP.encode()).hexdigest()[:32] not in str(name)
    assert redis.get(name) == b"1"
    assert 0 < redis.ttl(name) <= 120


def test_while_redis_is_away_each_process_has_its_own_and_later_they_share_again(
    redis: Redis, redis_relay: Relay
) -> None:
    machine_of_limits = Machine(redis_at(redis_relay.port), per_minute=2)
    client, built = machine(redis_at(redis_relay.port))
    client.get("/page/")
    assert machine_of_limits.seconds_to_wait() == 0
    redis_relay.cut()
    assert [machine_of_limits.seconds_to_wait() == 0 for _ in range(3)] == [True, True, False]
    for _ in range(3):
        assert client.get("/page/").status_code == 200
    assert len(built) == 2, "each process has its own cache meanwhile"
    redis_relay.open()
    redis.flushdb()
    wait_until(lambda: client.get("/page/").status_code == 200 and redis.keys("city:response:*"))
    wait_until(lambda: machine_of_limits.seconds_to_wait() == 0 and redis.keys("city:limit*"))


def test_a_redis_that_hangs_is_asked_once_and_then_left_alone(redis_relay: Relay) -> None:
    limits = Machine(redis_at(redis_relay.port), per_minute=100)
    redis_relay.freeze()
    limits.seconds_to_wait()
    started = time.monotonic()
    assert [limits.seconds_to_wait() for _ in range(50)] == [0] * 50
    assert time.monotonic() - started < 2, "waiting for Redis each time would take 12 seconds"


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
