"""The clock of the machine jumps: answers are stored, and old forms are told that they are old."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from components.texts import text as words
from data.models import LANGUAGES
from tests.faults.outcomes import heals, note
from tests.faults.plan import LEAST
from tests.faults.readers import Reader, busy, form_on
from tests.faults.site import serving
from tests.faults.watching import watching

OTHER_CLOCK = Path(__file__).with_name("other_clock")
JUMPS = {"forward": 2 * 86400, "back": -2 * 86400}


@pytest.fixture(scope="module")
def finished_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files of the editions, which a start makes where there are none.

    What writes Parquet is compiled for the usual clock and falls over the other one.
    """
    with serving(tmp_path_factory.mktemp("usual clock")):
        pass


@pytest.mark.usefixtures("finished_files")
@pytest.mark.parametrize("way", JUMPS)
def test_answers_outlive_a_jump_of_the_clock(tmp_path: Path, way: str) -> None:
    fault, clock = f"clock {way}", tmp_path / "clock"
    clock.write_text("0")
    with serving(tmp_path, PYTHONPATH=str(OTHER_CLOCK), CLOCK_FILE=str(clock)) as site:
        workers = site.workers()
        with busy(site) as ledger, watching(site) as watch:
            ledger.wait_for(LEAST[fault] // 2)
            move(clock, JUMPS[way])
            answered = len(ledger.answers)
            for language in LANGUAGES:
                is_told_that_the_form_is_old(Reader(site, ledger, language))
            ledger.wait_for(answered + 100)
            move(clock, 0)
            healed = heals(site, ledger)
            ledger.wait_for(LEAST[fault])
        assert watch.failures == {}
        assert site.workers() == workers, "no worker was taken for dead"
        note(fault, site, ledger, healed, LEAST[fault], allowed=frozenset((400,)))


def move(clock: Path, seconds: int) -> None:
    """Set the clock at once; nobody reads half a number."""
    fresh = clock.with_name("fresh")
    fresh.write_text(str(seconds))
    fresh.replace(clock)


def is_told_that_the_form_is_old(reader: Reader) -> None:
    """A start form of before the jump is refused in words, and a fresh one comes with them."""
    with closing(reader):
        address = f"/{reader.language}/quiz/"
        status, _, page = reader.post(address, reader.start_form())
        assert status == 400
        assert words("quiz_old_start", reader.language) in document_fromstring(page).text_content()
        status, place, _ = reader.post(address, form_on(page))
        assert status == 303
        reader.ledger.runs.add(place.split("/")[3])
