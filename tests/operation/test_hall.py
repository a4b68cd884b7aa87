"""Many readers behind one client IP, on a real server: none refused, each answer stored once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.answers import compare
from bench.readers import QUESTIONS, take_runs
from tests.databases import drop_database, new_database
from tests.operation.running import running


def test_a_hall_finishes_with_exactly_the_answers_that_were_acknowledged(tmp_path: Path) -> None:
    readers, url = 60, new_database(tmp_path)
    with running(tmp_path, DATABASE_URL=url) as site:
        # In a thread of its own: a browser of other tests may keep a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            outcome = thread.submit(asyncio.run, take_runs(site.port, readers, pause=0.1)).result()
        assert (outcome.refused, outcome.finished) == (0, readers)
        assert len(outcome.acknowledged) == readers * QUESTIONS
        assert compare(outcome.acknowledged, url) == (0, 0, 0)
        assert site.figure("city_quiz_answers_total", outcome="stored") == readers * QUESTIONS
    drop_database(url)
