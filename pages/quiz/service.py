"""The quiz as loaded: bank, store, tokens, limits and the statistics of the last minute."""

import hashlib
import logging
import os
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from flask import current_app

from data.models import Edition
from pages.operation.rate_limit import RateLimit, RateLimits
from pages.readings import Reading
from pages.requests import NoSuchThing
from pages.settings import Settings
from pages.site import EXTENSION, Site
from quiz.bank import SAMPLES, Bank, read_bank
from quiz.faults import StoreFault
from quiz.migration import migrate
from quiz.models import Question
from quiz.rooms import Rooms
from quiz.snapshots import make_snapshots, snapshot_days
from quiz.statistics import Statistics, summarise
from quiz.store import Store
from quiz.tokens import Tokens, utc_today

OLDEST_STATISTICS = 60.0
_OLDEST_ROOM_STATE = 1.0
_MOST_ROOMS_READ = 1000
_BUSY_SECONDS = 5.0
_LOG = logging.getLogger(__name__)


class PublishedStatistics(Reading[Statistics]):
    """The statistics, read from the store at most once a minute and process.

    ``snapshots`` are the months of the snapshots as of this day, newest first, with the days
    they were made on.
    """

    snapshots: Mapping[str, date] = MappingProxyType({})

    def __init__(
        self, store: Store, bank: Bank, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__("statistics", self._summarise, OLDEST_STATISTICS, clock)
        self._store = store
        self._bank = bank
        self._months_read_on: date | None = None

    def _summarise(self) -> Statistics:
        if self._months_read_on != utc_today():
            self._make_snapshots()
        return summarise(self._store.counts(), self._bank, self._store.first_day())

    def _make_snapshots(self) -> None:
        today = utc_today()
        try:
            make_snapshots(self._store, self._bank, today)
            self.snapshots = snapshot_days(self._store)
            self._months_read_on = today
        except StoreFault as fault:
            _LOG.warning("snapshots of the statistics cannot be made: %s", fault)


@dataclass
class QuizService:
    """Dependencies of the quiz pages; one per process."""

    bank: Bank
    store: Store
    tokens: Tokens
    starts: RateLimit
    answers: RateLimit
    frame_answers: RateLimit
    room_opens: RateLimit
    room_tries: RateLimit
    room_poll_seconds: int
    database_url: str
    samples: Bank = field(default_factory=lambda: Bank(()))
    statistics: PublishedStatistics = field(init=False)
    _rooms_read: dict[str, Reading[bytes]] = field(default_factory=dict)
    _prepared: bool = False
    _refused: int = 0
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.statistics = PublishedStatistics(self.store, self.bank)

    def prepare(self) -> None:
        """Make or renew the tables unless that is done; raises ``StoreFault``."""
        if not self._prepared:
            migrate(self.database_url, _BUSY_SECONDS)
            self._prepared = True

    def check(self) -> None:
        """Raise ``StoreFault`` unless answers can be read; tables are made where they lack."""
        self.prepare()
        self.store.check()

    def offers_quiz(self, city: str) -> bool:
        """Return whether there are enough questions for a city's quiz."""
        return self.bank.is_enough_for(city)

    def sample(self, city: str) -> Question | None:
        """Return the question for the home page of a city, None where there is none."""
        return next(iter(self.samples.questions_for(city)), None)

    @property
    def rooms(self) -> Rooms:
        """The rooms of the store."""
        return Rooms(self.store)

    def room_state(self, token: str) -> bytes | None:
        """Return the JSON of a room of at most a second ago; None while the store is away.

        Raises ``BadToken`` where nobody signed the room's code.
        """
        reading = self._rooms_read.get(token)
        if reading is None:
            code = self.tokens.read_room(token)
            if len(self._rooms_read) >= _MOST_ROOMS_READ:
                self._rooms_read.clear()
            fresh = Reading("a room", lambda: self.rooms.state(code).json(), _OLDEST_ROOM_STATE)
            reading = self._rooms_read.setdefault(token, fresh)
        return reading.at_hand()

    def count_refusal(self) -> None:
        """Remember that a request was refused for its frequency."""
        with self._lock:
            self._refused += 1

    def store_refusals(self) -> None:
        """Store how many were refused since the last time, all at once, or keep the number.

        It is called where the store was just used: a flood of requests that are refused must
        not become a flood of writing.
        """
        with self._lock:
            times, self._refused = self._refused, 0
        if not times:
            return
        try:
            self.store.count_exclusion("rate_limited", times)
        except StoreFault:
            with self._lock:
                self._refused += times

    def snapshots(self) -> Mapping[str, date]:
        """Return the months whose statistics stay, newest first, with the days they were made on.

        There are none while the store is not read.
        """
        self.statistics.at_hand()
        return self.statistics.snapshots

    def statistics_tag(self) -> str:
        """A short name for the statistics as they are; another one as soon as they change."""
        statistics = self.statistics.at_hand()
        if statistics is None:
            return ""
        return hashlib.sha256(repr((statistics, self.snapshots())).encode()).hexdigest()[:12]


def read_banks(edition: Edition) -> tuple[Bank, Bank]:
    """Return the bank of the quiz and that of questions which are shown outside of it.

    Raises:
        BrokenBank: a bank does not fit the edition.
    """
    return read_bank(edition), read_bank(edition, SAMPLES)


def open_quiz_service(
    settings: Settings, banks: tuple[Bank, Bank], limits: RateLimits
) -> QuizService:
    """Make the store of answers ready; the site starts without one, too."""
    bank, samples = banks
    url = settings.answer_store
    service = QuizService(
        bank=bank,
        # Half of the threads at most: a store that hangs leaves the others for pages.
        store=Store(url, _BUSY_SECONDS, pool_size=max(1, settings.threads // 2)),
        tokens=Tokens(settings.secret_key or _kept_key(settings.folder / "secret-key")),
        starts=limits.starts,
        answers=limits.answers,
        frame_answers=limits.frame_answers,
        room_opens=limits.rooms,
        room_tries=limits.room_tries,
        room_poll_seconds=settings.room_poll_seconds,
        database_url=url,
        samples=samples,
    )
    try:
        service.prepare()
    except StoreFault as fault:
        _LOG.warning("the answer store is not ready: %s", fault)
    return service


def quiz_variants(site: Site) -> list[Mapping[str, str]]:
    """Return what search engines and menus list of a page of the quiz: itself, if there is one."""
    return [{}] if current_quiz_service().offers_quiz(site.city) else []


def demand_quiz(site: Site) -> None:
    """Raise ``NoSuchThing`` for a city with too few questions."""
    if not current_quiz_service().offers_quiz(site.city):
        raise NoSuchThing


def current_quiz_service() -> QuizService:
    """The service of the running application."""
    service: QuizService = current_app.extensions[EXTENSION].quiz
    return service


def _kept_key(file: Path) -> str:
    """The key kept in ``file``, made at the first start; processes that start together agree."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}-{secrets.token_hex(4)}")
        with suppress(FileExistsError):
            if not file.exists():
                fresh.touch(mode=0o600)
                fresh.write_text(secrets.token_urlsafe(32), "ascii")
                try:
                    os.link(fresh, file)
                finally:
                    fresh.unlink()
        return file.read_text("ascii")
    _LOG.warning("%s cannot be kept: forms expire with this process", file)
    return secrets.token_urlsafe(32)
