"""Redis goes away: nobody notices, since all that it keeps can be made again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.outcomes import heals, note
from tests.faults.plan import LEAST
from tests.faults.readers import busy
from tests.faults.redis_server import RedisServer
from tests.faults.site import seconds_until, serving
from tests.faults.watching import LONGEST_WAIT, watching

# So many that nobody meets them, and yet each request asks Redis.
LIMITS = {"STARTS_PER_MINUTE": "1000000", "ANSWERS_PER_MINUTE": "1000000"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of the test's own."""
    server = RedisServer(tmp_path)
    yield server
    server.stop()


@contextmanager
def stopped(server: RedisServer) -> Iterator[None]:
    """The server is gone while the block runs."""
    server.stop()
    try:
        yield
    finally:
        server.begin()


FAULTS = {"stopped": stopped, "frozen": RedisServer.frozen}


@pytest.mark.parametrize("how", FAULTS)
def test_without_redis_everything_goes_on(tmp_path: Path, server: RedisServer, how: str) -> None:
    least = LEAST[f"Redis {how}"]
    with serving(tmp_path, REDIS_URL=server.url, **LIMITS) as site:
        with busy(site) as ledger, watching(site) as watch:
            ledger.wait_for(least // 3)
            assert server.keys() > 0, "the site uses Redis"
            with FAULTS[how](server):
                ledger.wait_for_more(least // 3)
                assert site.status_of("/readyz") == 200
            healed = heals(site, ledger)
            healed = max(healed, seconds_until(lambda: server.keys() > 0))
            ledger.wait_for(least)
        assert not ledger.refusals
        assert watch.failures == {}
        assert watch.longest < LONGEST_WAIT
        note(f"Redis {how}", site, ledger, healed, least)
