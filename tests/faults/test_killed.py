"""Processes are killed while readers answer: nothing that was acknowledged is lost or doubled."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.faults.outcomes import heals, note
from tests.faults.plan import LEAST
from tests.faults.readers import busy
from tests.faults.site import serving
from tests.faults.watching import watching

KILLS = 6


def test_workers_are_killed_one_after_another(tmp_path: Path) -> None:
    least = LEAST["worker killed"]
    with serving(tmp_path) as site:
        healed = 0.0
        with busy(site) as ledger, watching(site) as watch:
            for _ in range(KILLS):
                ledger.wait_for_more(least // KILLS)
                os.kill(min(site.workers()), signal.SIGKILL)
                healed = max(healed, heals(site, ledger))
            ledger.wait_for(least)
        assert ledger.cuts > 0, "the readers noticed"
        assert not ledger.refusals
        # What was asked of the killed process is cut; nobody is told anything wrong.
        assert {status for _, status in watch.failures} <= {0}
        assert sum(watch.failures.values()) <= 2 * KILLS
        note("worker killed", site, ledger, healed, least)


def test_the_whole_site_is_killed_and_begins_again(tmp_path: Path) -> None:
    least = LEAST["site killed"]
    with serving(tmp_path) as site:
        healed = 0.0
        with busy(site) as ledger:
            for _ in range(3):
                ledger.wait_for_more(least // 3)
                site.kill()
                site.begin()
                healed = max(healed, heals(site, ledger))
            ledger.wait_for(least)
        assert ledger.cuts > 0, "the readers noticed"
        assert not ledger.refusals
        note("site killed", site, ledger, healed, least)
