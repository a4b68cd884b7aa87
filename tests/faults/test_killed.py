"""Processes are killed while readers answer: nothing that was acknowledged is lost or doubled."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from data.models import LANGUAGES
from quiz.models import RUN_LENGTH
from tests.faults.outcomes import compared, heals, note
from tests.faults.plan import LEAST
from tests.faults.readers import Ledger, Reader, busy
from tests.faults.site import serving
from tests.faults.watching import watching

KILLS = 6
MEMBERS = 6


# Two are enough for every change.
@pytest.mark.parametrize("kills", [2, pytest.param(KILLS, marks=pytest.mark.long)])
def test_workers_are_killed_one_after_another(tmp_path: Path, kills: int) -> None:
    least = LEAST["worker killed"] * kills // KILLS
    with serving(tmp_path) as site:
        healed = 0.0
        with busy(site) as ledger, watching(site) as watch:
            for _ in range(kills):
                ledger.wait_for_more(least // kills)
                os.kill(min(site.workers()), signal.SIGKILL)
                healed = max(healed, heals(site, ledger))
            ledger.wait_for(least)
        assert ledger.cuts > 0, "the readers noticed"
        assert not ledger.refusals
        # What was asked of the killed process is cut; nobody is told anything wrong.
        assert {status for _, status in watch.failures} <= {0}
        assert sum(watch.failures.values()) <= 2 * kills
        note("worker killed", site, ledger, healed, least)


@pytest.mark.long
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


@pytest.mark.long
def test_a_room_goes_on_after_the_site_was_killed_in_the_middle(tmp_path: Path) -> None:
    with serving(tmp_path) as site, ExitStack() as stack:
        ledger = Ledger()
        presenter, *members = (
            stack.enter_context(closing(Reader(site, ledger, LANGUAGES[n % 2])))
            for n in range(MEMBERS + 1)
        )
        address = presenter.insist(
            f"/{presenter.language}/quiz/rooms/", {**presenter.start_form(), "pace": "led"}
        )
        page = document_fromstring(site.ask(address)[2])
        code = "".join(page.xpath("//*[contains(@class, 'q-code')]")[0].text_content().split())
        runs = [member.start(f"join/{code}/") for member in members]
        pool = stack.enter_context(ThreadPoolExecutor(MEMBERS))
        for position in range(1, RUN_LENGTH + 1):
            presenter.insist(address, {"step": str(2 * position - 2)})
            answers = [
                pool.submit(member.answer, run, position)
                for member, run in zip(members, runs, strict=True)
            ]
            if position == RUN_LENGTH // 2:
                ledger.wait_for(MEMBERS * (position - 1) + 1)
                site.kill()
                site.begin()
            for answer in answers:
                answer.result()
            presenter.insist(address, {"step": str(2 * position - 1)})
        # A step that had been lost would have made the presenter's next press a stale one.
        assert not ledger.refusals
        outcome = compared("room killed", site.store, ledger, 0)
        assert (outcome.lost, outcome.doubled) == (0, 0)
        assert outcome.stored == outcome.acknowledged == MEMBERS * RUN_LENGTH
