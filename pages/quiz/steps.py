"""Steps of a run: what each of them shows, and the parts that all are made of."""

import re
from dataclasses import dataclass

from dash.development.base_component import Component

from components.quiz.feedback import question_facts
from components.quiz.items.template import Answered
from components.takeover.paint import Painted
from components.texts import text
from data.models import Language
from pages.quiz.comparable_values import comparable_values
from pages.quiz.service import QuizService
from pages.site import Site
from quiz.models import RUN_LENGTH, Answer, Item, Question
from quiz.statistics import QuestionStatistics

RUN_ID = re.compile(r"[A-Za-z0-9_-]{10,40}")


@dataclass(frozen=True, slots=True)
class Watch:
    """Step of a room that a browser has; it opens ``way_on`` at any other step."""

    code: str
    step: int
    way_on: str

    def attributes(self, service: QuizService) -> dict[str, str]:
        """Return the attributes that assets/quiz.js reads."""
        return {
            "data_step": "",  # Scripts come with the page.
            "data_watch": f"/quiz/rooms/{service.tokens.sign_room(self.code)}.json",
            "data_at": str(self.step),
            "data_seconds": str(service.room_poll_seconds),
            "data_way": self.way_on,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a run: where it stands, what it shows, where focus goes."""

    path: str
    title: str
    content: list[Component | Painted]
    focus: str
    status: int = 200
    retry_after: int = 0
    watch: Watch | None = None
    refresh: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an answer was not taken: the words for its reader, the status, when to try again."""

    notice: str = ""
    status: int = 200
    retry_after: int = 0


FINE = Trouble()


@dataclass(frozen=True, slots=True)
class QuizContext:
    """Parts that every step is made of."""

    site: Site
    service: QuizService
    language: Language

    def question(self, key: tuple[str, int]) -> Question | None:
        """One version of a question."""
        return self.service.bank.find(*key)

    def answered(self, question: Question, item: Item, answer: Answer) -> Answered:
        """An item with its answer, and the values among which it lies."""
        series = comparable_values(self.site.edition, question.observation)
        return Answered(question, item, answer.option, answer.right, series)

    def others(self, key: tuple[str, int]) -> QuestionStatistics | None:
        """Counts of first runs for a question, if they are at hand."""
        statistics = self.service.statistics.at_hand()
        return statistics.first.questions.get(key) if statistics else None

    def facts(self, question: Question, *, embeddable: bool = False) -> Painted:
        """Source, indicator and file of a question, and the way to its codes while it is asked."""
        coded = embeddable and self.service.bank.asks(question, self.site.city)
        return self.site.parts.paint(_facts, self.site, question, self.language, coded)


def path_of(run_id: str, position: int) -> str:
    """Return the path of a question of a run, below the language."""
    return f"quiz/{run_id}/{position}/"


def result_path(run_id: str) -> str:
    """Return the path of the result of a run, below the language."""
    return f"quiz/{run_id}/result/"


def asked(question: Question | None, item: Item) -> Question:
    """The question of an item; raises ``LookupError`` where the bank has lost it."""
    if question is None:
        raise LookupError(f"{item.question_id}, version {item.version}, is not in the bank")
    return question


def _facts(site: Site, question: Question, language: Language, embeddable: bool) -> Component:
    indicator = site.indicator(question.indicator) if question.indicator else None
    sources = site.edition.sources
    return question_facts(question, sources, indicator, language, embeddable=embeddable)


def step_title(question: Question, position: int, language: Language) -> str:
    """Return the title of a step's page: its place in the run, and the question."""
    words = question.text[language]
    return text("quiz_step_title", language, n=position, total=RUN_LENGTH, question=words)
