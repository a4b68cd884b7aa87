"""PostgreSQL goes away in every way that it can; the site is there and waits for it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.outcomes import Witness, heals, note
from tests.faults.plan import LEAST
from tests.faults.postgresql import PostgreSQL
from tests.faults.readers import busy
from tests.faults.site import seconds_until, serving
from tests.faults.watching import LONGEST_WAIT, watching

READY_WITHIN = 2.0  # Seconds; a promise of docs/deployment.md.


@pytest.fixture(scope="module")
def server() -> PostgreSQL:
    """The server that tools/postgres.sh began."""
    return PostgreSQL(os.environ["TEST_DATABASE_URL"])


@pytest.fixture
def store(server: PostgreSQL) -> Iterator[str]:
    """The address of a fresh database."""
    with server.database() as url:
        yield url


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_the_server_goes_and_comes_back(
    tmp_path: Path, server: PostgreSQL, store: str, how: str
) -> None:
    fault = f"PostgreSQL {how}"
    with serving(tmp_path, store) as site:
        with busy(site) as ledger:
            witness = Witness(site, ledger)
            ledger.wait_for(LEAST[fault] // 2)
            with watching(site) as watch:
                server.stop() if how == "stopped" else server.kill()
                witness.is_told(reading=False)
            server.begin()
            healed = heals(site, ledger)
            witness.goes_on()
            ledger.wait_for(LEAST[fault])
        assert ledger.refusals[503] > 0
        assert watch.failures == {}
        note(fault, site, ledger, healed, LEAST[fault])


def test_a_server_that_restarts_is_hardly_noticed(
    tmp_path: Path, server: PostgreSQL, store: str
) -> None:
    least = LEAST["PostgreSQL restarted"]
    with serving(tmp_path, store) as site:
        with busy(site) as ledger, watching(site) as watch:
            healed = 0.0
            for _ in range(3):
                ledger.wait_for_more(least // 3)
                server.stop()
                server.begin()
                healed = max(healed, heals(site, ledger))
            ledger.wait_for(least)
        assert watch.failures == {}
        note("PostgreSQL restarted", site, ledger, healed, least)


def test_a_server_that_freezes_holds_nobody_who_does_not_need_it(
    tmp_path: Path, server: PostgreSQL, store: str
) -> None:
    least = LEAST["PostgreSQL frozen"]
    with serving(tmp_path, store) as site:
        with busy(site, readers=24) as ledger:
            witness = Witness(site, ledger)
            ledger.wait_for(least // 2)
            with server.frozen(), watching(site) as watch:
                witness.is_told(reading=False)
                begun = time.monotonic()
                assert site.status_of("/readyz") == 503
                assert time.monotonic() - begun < READY_WITHIN
            healed = heals(site, ledger)
            witness.goes_on()
            ledger.wait_for(least)
        assert ledger.refusals[503] > 0
        assert watch.failures == {}
        assert watch.longest < LONGEST_WAIT
        note("PostgreSQL frozen", site, ledger, healed, least)


def test_a_server_that_may_only_be_read_still_shows_what_it_has(
    tmp_path: Path, server: PostgreSQL, store: str
) -> None:
    least = LEAST["PostgreSQL read-only"]
    with serving(tmp_path, store) as site:
        with busy(site) as ledger:
            witness = Witness(site, ledger)
            ledger.wait_for(least // 2)
            server.allow_writing(False)
            try:
                with watching(site) as watch:
                    seconds_until(lambda: ledger.refusals[503] > 0)
                    witness.is_told(reading=True)
            finally:
                server.allow_writing(True)
            healed = heals(site, ledger)
            witness.goes_on()
            ledger.wait_for(least)
        assert watch.failures == {}
        note("PostgreSQL read-only", site, ledger, healed, least)
