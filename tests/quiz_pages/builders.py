"""A service with a throwaway store, and a reader who takes the quiz by plain forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml.html import FormElement, HtmlElement, document_fromstring
from werkzeug.test import TestResponse

from data.models import Edition, Language
from pages.operation.rate_limit import open_rate_limits
from pages.quiz.service import QuizService, open_quiz_service, read_banks
from pages.settings import Settings
from quiz.bank import Bank
from quiz.models import Item, KindName, Question, Run
from quiz.store import Store
from quiz.tokens import Tokens
from tests.databases import new_tables
from tests.quiz.builders import right_response, start, wrong_response

KEY = "a key that is long enough"
FORM = "application/x-www-form-urlencoded"
# Read once for all tests of a process, by the digest of their edition.
BANKS: dict[str, tuple[Bank, Bank]] = {}


@dataclass
class Clock:
    """Seconds that pass only when a test says so."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def make_quiz_service(edition: Edition, folder: Path, clock: Clock, **settings: Any) -> QuizService:
    """Return a service with a fresh store, in ``folder`` unless settings name another."""
    defaults: dict[str, Any] = {
        "database_url": settings.get("database_url") or new_tables(folder),
        "secret_key": KEY,
        "folder": folder,
        "starts_per_minute": 0,
        "answers_per_minute": 0,
        "run_answers_per_minute": 0,
        "rooms_per_day": 0,
        "room_tries_per_day": 0,
    }
    chosen = Settings(**{**defaults, **settings})
    if edition.digest not in BANKS:
        BANKS[edition.digest] = read_banks(edition)
    limits = open_rate_limits(Flask(__name__), chosen)
    service = open_quiz_service(chosen, BANKS[edition.digest], limits)
    service.tokens = Tokens(KEY, clock=clock)
    return service


def break_store(service: QuizService, folder: Path) -> None:
    """Let the service look for its store where none can be."""
    service.store.close()
    service.store = Store(f"sqlite:///{folder}/gone/site.db")
    service.statistics._store = service.store


@dataclass
class Reader:
    """Takes one run; every question is read for ten seconds."""

    client: FlaskClient
    service: QuizService
    clock: Clock
    language: Language = "en"
    run_id: str = field(default="", init=False)

    def start(self) -> TestResponse:
        """Press the button of the start page."""
        page = document_fromstring(self.client.get(f"/{self.language}/quiz/").text)
        answer = self.client.post(
            f"/{self.language}/quiz/", data=fields_of(form_of(page)), headers=BROWSER
        )
        if answer.status_code == 303:
            self.run_id = answer.headers["Location"].split("/")[3]
        return answer

    @property
    def run(self) -> Run:
        """The run as it is stored."""
        run = self.service.store.find_run(self.run_id)
        assert run
        return run

    def item(self, position: int) -> Item:
        """What is asked at a position."""
        return self.run.items[position - 1]

    def address(self, place: object) -> str:
        """The address of a question, or of the result."""
        return f"/{self.language}/quiz/{self.run_id}/{place}/"

    def see(self, place: object) -> HtmlElement:
        """Open a page of the run, which must be there."""
        answer = self.client.get(self.address(place))
        assert answer.status_code == 200
        return document_fromstring(answer.text)

    def fields(self, position: int, option: str | None = None) -> dict[str, str]:
        """What the form of a question would send after ten seconds."""
        form_fields = fields_of(form_of(self.see(position)))
        self.clock.now += 10
        return (
            form_fields
            if option is None
            else {**form_fields, field_of(self.item(position)): option}
        )

    def send(self, position: int, form_fields: dict[str, str]) -> TestResponse:
        """Send the fields of a form to the address of a question."""
        return self.client.post(self.address(position), data=form_fields, headers=BROWSER)

    def answer(self, position: int, rightly: bool = True) -> TestResponse:
        """Answer a question by its form."""
        item = self.item(position)
        response = right_response(item) if rightly else wrong_response(item)
        return self.send(position, self.fields(position, response))

    def answer_all(self, right: int = 10) -> None:
        """Answer all questions, the first ``right`` of them rightly."""
        for position in range(1, 11):
            assert self.answer(position, position <= right).status_code == 303


def field_of(item: Item) -> str:
    """The field in which a form sends the answer to an item; of a drawing, that of its choice."""
    return "option" if item.options else "number"


def choices_of(bank: Bank) -> Bank:
    """The questions of a bank that have options and nothing else."""
    return Bank(
        tuple(question for question in bank.questions if question.kind in ("choice", "trend"))
    )


# A question of each kind.
QUESTIONS: dict[KindName, str] = {
    "choice": "online-services",
    "trend": "daily-public-transport",
    "estimate": "water-at-home",
    "draw": "road-deaths-line",
}


def begun(service: QuizService, edition: Edition, kind: KindName, language: Language = "en") -> Run:
    """A run whose next question is that of a kind."""
    service.bank = bank = BANKS.get(edition.digest, read_banks(edition))[0]
    first = next(question for question in bank.current if question.id == QUESTIONS[kind])
    choices = [
        question for question in bank.current if question.kind == "choice" and question is not first
    ][:9]
    run = start(service.store, Bank((first, *choices)), language)
    for place, item in enumerate(run.items[: position_of(run, kind) - 1], 1):
        service.store.answer(run.id, place, item.right, 9.0)
    return run


def position_of(run: Run, kind: KindName) -> int:
    """The position of the question of a kind in a run of ``begun``."""
    return next(n for n, item in enumerate(run.items, 1) if item.question_id == QUESTIONS[kind])


def address_of(run: Run, kind: KindName) -> str:
    """The address of that question."""
    return f"/{run.language}/quiz/{run.id}/{position_of(run, kind)}/"


BROWSER = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}


def form_of(page: HtmlElement) -> FormElement:
    """The first form of a page's own part; the header has one for the search."""
    form: FormElement = page.xpath("//main//form")[0]
    return form


def fields_of(form: HtmlElement) -> dict[str, str]:
    """The fields of a form as a browser sends them."""
    return {name: value for name, value in form.form_values() if isinstance(value, str)}


def words_of(element: HtmlElement) -> str:
    """The text of an element with its white space tidied."""
    return " ".join(element.text_content().split())


def explanation_of(question: Question) -> str:
    """An English explanation with its white space tidied."""
    return " ".join(question.explanation.en.split())
