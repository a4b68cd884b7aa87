"""What several machines share: one PostgreSQL and one Redis, each reached through a relay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis import Redis
from sqlalchemy import make_url

from tests.databases import REDIS, drop_database, new_database
from tests.operation.relay import Relay


@pytest.fixture
def redis() -> Iterator[Redis]:
    """The Redis of the tests, empty."""
    client = Redis.from_url(REDIS)
    client.flushdb()
    yield client
    client.close()


@pytest.fixture
def redis_relay(redis: Redis) -> Iterator[Relay]:
    """A way to Redis, which is empty, that can be cut."""
    assert redis.dbsize() == 0
    parts = urlsplit(REDIS)
    relay = Relay(str(parts.hostname), parts.port or 6379)
    yield relay
    relay.cut()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database on the server, without tables."""
    address = new_database(tmp_path)
    yield address
    drop_database(address)


@pytest.fixture
def database_relay(database: str) -> Iterator[Relay]:
    """A way to that database that can be cut and blocked."""
    url = make_url(database)
    relay = Relay(str(url.host), url.port or 5432)
    yield relay
    relay.thaw()
    relay.cut()


@pytest.fixture
def relayed(database: str, database_relay: Relay) -> str:
    """The address of the database through the relay."""
    url = make_url(database).set(port=database_relay.port)
    return url.render_as_string(hide_password=False)
