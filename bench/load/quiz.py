"""Readers who take the quiz at a given rate of requests, by plain forms."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Lock, Thread
from urllib.parse import urlencode, urlsplit

import brotli

from bench.readers import OPTION, QUESTIONS, attribute, hidden_fields

_READERS = 24


class Beat:
    """Hands out moments at a steady rate; whoever comes late gets one of the past."""

    def __init__(self, rate: float, seconds: float) -> None:
        """Begin now: ``rate`` moments a second, for so many seconds."""
        self._rate = rate
        self._begin = time.perf_counter()
        self._end = self._begin + seconds
        self._given = 0
        self._lock = Lock()

    def next(self) -> float | None:
        """Wait for the next moment and return it; None when time is over."""
        with self._lock:
            moment = self._begin + self._given / self._rate
            self._given += 1
        if moment >= self._end or time.perf_counter() >= self._end:
            return None
        if (wait := moment - time.perf_counter()) > 0:
            time.sleep(wait)
        return moment


class OverError(Exception):
    """Time is over."""


@dataclass
class Takers:
    """What all readers together met; seconds count from the moment a request was due."""

    seconds: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    errors: int = 0
    bytes: int = 0

    def quantile(self, share: float) -> float:
        """Milliseconds that this share of the requests took at most."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


class _Reader:
    """One reader on a connection that stays, who waits for the beat before each request."""

    def __init__(self, port: int, beat: Beat, takers: Takers) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._beat = beat
        self._takers = takers

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Send a request when it is time; return status, text and where it leads."""
        moment = self._beat.next()
        if moment is None:
            raise OverError
        try:
            status, words, place = self._exchange(method, path, form)
        except (OSError, HTTPException):
            self.connection.close()
            status, words, place = 0, "", ""
        self._takers.seconds.append(time.perf_counter() - moment)
        if status not in (200, 303):
            self._takers.errors += 1
        elif method == "POST" and not path.endswith("/quiz/"):
            self._takers.answers.append(self._takers.seconds[-1])
        return status, words, place

    def _exchange(
        self, method: str, path: str, form: dict[str, str] | None
    ) -> tuple[int, str, str]:
        headers = {"Accept-Encoding": "br"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self._takers.bytes += len(content)
        if answer.headers.get("Content-Encoding") == "br":
            content = brotli.decompress(content)
        return answer.status, content.decode(), answer.headers.get("Location", "")

    def take_run(self) -> None:
        """Start, read each question, answer it, read what was right, and see the result."""
        _, page, _ = self.ask("GET", "/en/quiz/")
        status, _, place = self.ask("POST", "/en/quiz/", hidden_fields(page))
        if status != 303:
            return
        run = place.split("/")[3]
        for position in range(1, QUESTIONS + 1):
            address = f"/en/quiz/{run}/{position}/"
            _, page, _ = self.ask("GET", address)
            option = OPTION.search(page)
            if option is None:
                return
            form = hidden_fields(page)
            form[attribute(option[0], "name")] = attribute(option[0], "value")
            self.ask("POST", address, form)
            self.ask("GET", address)
        self.ask("GET", f"/en/quiz/{run}/result/")


def take_quiz(site: str, rate: float, seconds: float) -> Takers:
    """Let readers take runs at ``rate`` requests a second, some 30 % of which are answers."""
    takers = Takers()
    beat = Beat(rate, seconds)
    port = urlsplit(site).port or 0

    def take() -> None:
        reader = _Reader(port, beat, takers)
        try:
            while True:
                reader.take_run()
        except OverError:
            return
        finally:
            reader.connection.close()

    readers = [Thread(target=take) for _ in range(_READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return takers
