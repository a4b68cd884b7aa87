"""Readers who take the quiz by plain forms, many at once, and never give up.

What a form holds is signed here, with the key of the site: so an answer costs one request, and the
readers can keep a site busy.
"""

from __future__ import annotations

import http.client
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from lxml.html import document_fromstring

from data.models import LANGUAGES, Language
from quiz.models import RUN_LENGTH
from quiz.tokens import Tokens
from tests.faults.site import KEY, Site

READ_SECONDS = 12.0  # What every question was read for; nothing waits for it.
_PAUSE_SECONDS = 0.1
_WAIT_SECONDS = 20.0
Answered = tuple[str, int, str]


class TestIsOver(Exception):
    """A test has failed, and its readers may leave."""


@dataclass
class Ledger:
    """What a site acknowledged, and whatever else it said."""

    answers: list[Answered] = field(default_factory=list)
    runs: set[str] = field(default_factory=set)
    refusals: Counter[int] = field(default_factory=Counter)
    cuts: int = 0
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def wait_for(self, number: int, most: float = 120.0) -> None:
        """Wait until so many answers have been acknowledged."""
        end = time.monotonic() + most
        while len(self.answers) < number:
            assert time.monotonic() < end, f"{len(self.answers)} of {number} answers"
            time.sleep(0.02)

    def wait_for_more(self, number: int, most: float = 120.0) -> None:
        """Wait until so many more have been acknowledged."""
        self.wait_for(len(self.answers) + number, most)


class Reader:
    """One reader with a connection that is kept, and opened again when it breaks."""

    def __init__(self, site: Site, ledger: Ledger, language: Language = "en") -> None:
        self.site = site
        self.ledger = ledger
        self.language = language
        self.tokens = Tokens(KEY, clock=lambda: time.time() - READ_SECONDS)
        self.connection: http.client.HTTPConnection | None = None

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str, str]:
        """Send a form once: status, where it leads, text; raises ``OSError`` where it broke."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.site.port, timeout=_WAIT_SECONDS
            )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
        }
        try:
            self.connection.request("POST", path, urllib.parse.urlencode(form), headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except http.client.HTTPException as broken:
            self.close()
            raise ConnectionError(str(broken)) from broken
        except OSError:
            self.close()
            raise
        return answer.status, answer.headers.get("Location", ""), text

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def insist(self, path: str, form: dict[str, str]) -> str:
        """Send the same form until it is acknowledged; where that leads.

        Where the site says that the form is too old, the one that it sends along is taken.
        Raises ``TestIsOver`` where nobody waits for it any more.
        """
        while not self.ledger.over.is_set():
            try:
                status, place, page = self.post(path, form)
            except OSError:
                with self.ledger.lock:
                    self.ledger.cuts += 1
            else:
                if status == 303:
                    return place
                with self.ledger.lock:
                    self.ledger.refusals[status] += 1
                if status == 400:
                    form = form_on(page)
            time.sleep(_PAUSE_SECONDS)
        raise TestIsOver

    def start_form(self) -> dict[str, str]:
        """The form of the start page, signed now."""
        return {"token": Tokens(KEY).start()}

    def start(self, door: str = "") -> str:
        """Start a run, of a room by its door; return its id."""
        place = self.insist(f"/{self.language}/quiz/{door}", self.start_form())
        run = place.split("/")[3]
        with self.ledger.lock:
            self.ledger.runs.add(run)
        return run

    def form(self, run: str, position: int) -> dict[str, str]:
        """The form of a question as its page has it, filled in and read for a while.

        Raises ``OSError`` where there is no such page now.
        """
        try:
            _, _, page = self.site.ask(self.address(run, position))
        except http.client.HTTPException as broken:
            raise ConnectionError(str(broken)) from broken
        form = document_fromstring(page).xpath("//main//form[@id='quiz-form']")
        if not form:
            raise ConnectionError("no question")
        options = form[0].xpath(".//input[@name='option']/@value")
        slider = form[0].xpath(".//input[@name='slider']/@value")
        response = {"option": options[position % 2]} if options else {"slider": slider[0]}
        (items,) = form[0].xpath(".//input[@name='shown']/@value")
        return {**response, "stamp": self.tokens.stamp(run, position), "shown": items}

    def address(self, run: str, position: int) -> str:
        """Where a question stands."""
        return f"/{self.language}/quiz/{run}/{position}/"

    def answer(self, run: str, position: int) -> None:
        """Answer a question until the answer is acknowledged."""
        form = self.form_in_time(run, position)
        self.insist(self.address(run, position), form)
        with self.ledger.lock:
            self.ledger.answers.append((run, position, response_in(form)))

    def form_in_time(self, run: str, position: int) -> dict[str, str]:
        """The form of a question as soon as there is its page."""
        while not self.ledger.over.is_set():
            with suppress(OSError):
                return self.form(run, position)
            time.sleep(_PAUSE_SECONDS)
        raise TestIsOver

    def take_runs(self, stop: Event) -> None:
        """Take one run after another; what is begun is brought to an acknowledged end."""
        with suppress(TestIsOver), closing(self):
            while not stop.is_set():
                run = self.start()
                for position in range(1, RUN_LENGTH + 1):
                    if stop.is_set():
                        return
                    self.answer(run, position)


def response_in(form: dict[str, str]) -> str:
    """Return the response that a filled form holds."""
    return form.get("option") or form["slider"]


def form_on(page: str) -> dict[str, str]:
    """The hidden fields of the form that stands on a page."""
    fields = document_fromstring(page).xpath("//main//form//input[@type='hidden']")
    return {field.get("name"): field.get("value") for field in fields}


@contextmanager
def busy(site: Site, readers: int = 8) -> Iterator[Ledger]:
    """Readers who answer while the block runs; afterwards nothing is under way any more."""
    ledger, stop = Ledger(), Event()
    threads = [
        Thread(
            target=Reader(site, ledger, LANGUAGES[number % 2]).take_runs, args=(stop,), daemon=True
        )
        for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield ledger
    except BaseException:
        ledger.over.set()
        raise
    finally:
        stop.set()
        for thread in threads:
            thread.join(3 * _WAIT_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "an answer is still under way"
