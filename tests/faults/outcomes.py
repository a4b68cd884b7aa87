"""What every fault must lead to: words for the reader, no answer lost or doubled, soon healed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml.html import document_fromstring
from sqlalchemy import create_engine, make_url, text

from components.texts import text as words
from data.models import LANGUAGES
from tests.faults.readers import Ledger, Reader, response_in
from tests.faults.site import Site, seconds_until
from tests.faults.watching import STORELESS
from tests.quiz.recomputation import raw_answers, recomputed_counts, stored_counts


@dataclass(frozen=True)
class Outcome:
    """One row of the summary."""

    fault: str
    acknowledged: int
    stored: int
    lost: int
    doubled: int
    healed: float


OUTCOMES: list[Outcome] = []


def note(
    fault: str,
    site: Site,
    ledger: Ledger,
    healed: float,
    least: int,
    allowed: frozenset[int] = frozenset((503,)),
) -> None:
    """Compare what was acknowledged with the tables, keep the figures, and judge them.

    ``allowed`` are the statuses, beside success, that readers may have met.
    """
    outcome = compared(fault, site.store, ledger, healed)
    OUTCOMES.append(outcome)
    assert set(ledger.refusals) <= allowed, ledger.refusals
    assert outcome.acknowledged >= least
    assert (outcome.lost, outcome.doubled) == (0, 0)
    # Readers go on until everything they sent is acknowledged, hence nothing else is stored.
    assert outcome.stored == outcome.acknowledged


def compared(fault: str, store: str, ledger: Ledger, healed: float) -> Outcome:
    """Count acknowledged answers against the tables, and the tables against each other."""
    url = make_url(store)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    try:
        stored = raw_answers(engine)
        with engine.connect() as connection:
            runs = Counter(connection.scalars(text("SELECT id FROM quiz_runs")))
        counted = {key: n for key, n in stored_counts(engine).items() if is_of_answers(key)}
    finally:
        engine.dispose()
    rows = Counter((answer.run, answer.position, answer.response) for answer in stored)
    acknowledged = Counter(ledger.answers)
    expected = recomputed_counts(stored)
    twice = sum(n - 1 for n in rows.values()) + sum(n - 1 for n in runs.values())
    twice += len(set(runs) - ledger.runs)
    overcounted = sum(max(0, n - expected.get(key, 0)) for key, n in counted.items())
    undercounted = sum(max(0, n - counted.get(key, 0)) for key, n in expected.items())
    lost = sum((acknowledged - rows).values()) + undercounted
    return Outcome(fault, len(acknowledged), len(rows), lost, twice + overcounted, healed)


def is_of_answers(key: tuple[str, ...]) -> bool:
    """Whether stored answers make this count; the other ones are made by refused requests."""
    return key[0] != "exclusion" or key[-1] == "too_fast"


def heals(site: Site, ledger: Ledger) -> float:
    """Seconds until everything works again for new readers, pages and probes."""
    last: list[str] = []

    def healed() -> bool:
        last[:] = [
            path for path in (*STORELESS, "/readyz") if site.status_of(path) not in (200, 302)
        ]
        last.extend([] if site.status_of("/quiz/statistics.json") == 200 else ["statistics"])
        return not last and takes_an_answer(site, ledger)

    try:
        return seconds_until(healed)
    except AssertionError as late:
        raise AssertionError(f"{late}: {last}") from late


def takes_an_answer(site: Site, ledger: Ledger) -> bool:
    """Whether a fresh reader can start a run and answer a question, at the first try."""
    reader = Reader(site, ledger)
    form = reader.start_form()
    try:
        status, place, _ = reader.post("/en/quiz/", form)
        if status != 303:
            return False
        run = place.split("/")[3]
        ledger.runs.add(run)
        form = reader.form(run, 1)
        status, _, _ = reader.post(reader.address(run, 1), form)
    except OSError:
        return False
    finally:
        reader.close()
    if status == 303:
        ledger.answers.append((run, 1, response_in(form)))
    return status == 303


class Witness:
    """A reader of each language who began before the fault and goes on after it."""

    def __init__(self, site: Site, ledger: Ledger) -> None:
        self.site = site
        self.readers = [Reader(site, ledger, language) for language in LANGUAGES]
        self.runs = [reader.start() for reader in self.readers]
        for reader, run in zip(self.readers, self.runs, strict=True):
            setattr(self, f"form_{reader.language}", reader.form(run, 1))

    def is_told(self, *, reading: bool) -> None:
        """Every part of the quiz says in the reader's language that the store is away.

        ``reading`` says whether stored answers can still be read.
        """
        for reader, run in zip(self.readers, self.runs, strict=True):
            language = reader.language
            form = getattr(self, f"form_{language}")
            status, page = self._sent(reader, reader.address(run, 1), form)
            assert status == 503
            assert words("quiz_not_stored", language) in page.text_content()
            assert page.getroottree().getroot().get("lang") == language
            kept = page.xpath("//input[@checked or @name='number']/@value")
            assert kept == [response_in(form)], "the answer stays"
            status, page = self._sent(reader, f"/{language}/quiz/", reader.start_form())
            assert status == 503
            assert words("quiz_not_started", language) in page.text_content()
            status, headers, body = self.site.ask(reader.address(run, 1))
            assert status == (200 if reading else 503)
            if not reading:
                page_words = document_fromstring(body).text_content()
                assert words("quiz_store_words", language) in page_words
                assert int(headers["Retry-After"]) > 0
        seconds_until(lambda: self.site.status_of("/readyz") == (200 if reading else 503))

    def goes_on(self) -> None:
        """The same form as before the fault is taken now."""
        for reader, run in zip(self.readers, self.runs, strict=True):
            form = getattr(self, f"form_{reader.language}")
            assert self._sent(reader, reader.address(run, 1), form)[0] == 303
            reader.ledger.answers.append((run, 1, response_in(form)))
            reader.close()

    def _sent(self, reader: Reader, path: str, form: dict[str, str]) -> tuple[int, object]:
        reader.close()  # The connection may have ended with the process that had it.
        status, _, text_ = reader.post(path, form)
        return status, document_fromstring(text_ or "<p>")
