"""The steps of a run as readers see them: a question, its answer, the result."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from dash.development.base_component import Component

from components.formats import quantity
from components.markup import hyphened
from components.quiz.feedback import (
    VERDICT,
    feedback,
    next_step,
    others_sentence,
    question_facts,
)
from components.quiz.items.template import Answered
from components.quiz.question import (
    NOTICE,
    QUESTION_TITLE,
    answered_question,
    progress,
    question_form,
)
from components.takeover.paint import Painted, blank
from components.texts import text
from data.models import Edition, Language, Observation
from pages.quiz.service import QuizService
from pages.site import Site
from quiz.models import RUN_LENGTH, Answer, Item, Question, Run
from quiz.statistics import QuestionStatistics

RUN_ID = re.compile(r"[A-Za-z0-9_-]{10,40}")


@dataclass(frozen=True, slots=True)
class Watch:
    """Step of a room that a browser has; it opens ``way_on`` at any other step."""

    code: str
    step: int
    way_on: str

    def attributes(self, service: QuizService) -> dict[str, Any]:
        """Return the attributes that assets/quiz.js reads."""
        return hyphened(
            data_step="",  # Scripts come with the page.
            data_watch=f"/quiz/rooms/{service.tokens.sign_room(self.code)}.json",
            data_at=str(self.step),
            data_seconds=str(service.room_poll_seconds),
            data_way=self.way_on,
        )


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


def question_step(
    context: QuizContext,
    run_id: str,
    position: int,
    item: Item,
    response: str = "",
    trouble: Trouble = FINE,
) -> Step:
    """A question to be answered, perhaps once more, with a notice why."""
    question = asked(context.question(item.key), item)
    language = context.language
    path = path_of(run_id, position)
    address, stamp = f"/{language}/{path}", context.service.tokens.stamp(run_id, position)
    form: Component | Painted
    if response or trouble.notice:
        form = _form(question, item, language, address, stamp, response, trouble.notice)
    else:
        blank_form = context.site.parts.paint(_form, question, item, language)
        form = blank_form.filled(address=address, stamp=stamp)
    return Step(
        path=path,
        title=_title(question, position, language),
        content=[context.site.parts.paint(progress, position, language), form],
        focus=NOTICE if trouble.notice else QUESTION_TITLE,
        status=trouble.status,
        retry_after=trouble.retry_after,
    )


def _form(
    question: Question,
    item: Item,
    language: Language,
    address: str = blank("address"),
    stamp: str = blank("stamp"),
    response: str = "",
    notice: str = "",
) -> Component:
    """Return the form of a question; with blanks it is the same in every run."""
    hidden = {"stamp": stamp, "shown": shown_items(item)}
    return question_form(question, item, address, hidden, language, response, notice)


def feedback_step(
    context: QuizContext, run: Run, answer: Answer, notice: str = "", status: int = 200
) -> Step:
    """A question that is answered: right or not, why, and the way on."""
    language, position, parts = context.language, answer.position, context.site.parts
    item = run.items[position - 1]
    question = asked(context.question(answer.key), item)
    last = position == len(run.items)
    way_on = result_path(run.id) if last else path_of(run.id, position + 1)
    answered = (context.site, question, answer.option, answer.right, language)
    # Only the options themselves stand in the order of the run.
    panel = parts.paint(_feedback, replace(item, options=()), *answered, notice)
    others = others_sentence(context.others(answer.key), language)
    return Step(
        path=path_of(run.id, position),
        title=_title(question, position, language),
        content=[
            parts.paint(progress, position, language),
            parts.paint(_answered, item, *answered),
            panel.filled(others=others, facts=context.facts(question, embeddable=True)),
            parts.paint(next_step, blank("address"), last, language).filled(
                address=f"/{language}/{way_on}"
            ),
        ],
        focus=NOTICE if notice else VERDICT,
        status=status,
    )


def _answered(
    item: Item, site: Site, question: Question, response: str, right: bool, language: Language
) -> Component:
    series = comparable_values(site.edition, question.observation)
    return answered_question(Answered(question, item, response, right, series), language)


def _feedback(
    item: Item,
    site: Site,
    question: Question,
    response: str,
    right: bool,
    language: Language,
    notice: str,
) -> Component:
    """Return the panel below an answer, with blanks for what others said and for the facts."""
    series = comparable_values(site.edition, question.observation)
    answered = Answered(question, item, response, right, series)
    return feedback(answered, blank("others"), Painted(blank("facts")), language, notice)


def _facts(site: Site, question: Question, language: Language, embeddable: bool) -> Component:
    indicator = site.indicator(question.indicator) if question.indicator else None
    sources = site.edition.sources
    return question_facts(question, sources, indicator, language, embeddable=embeddable)


def shown_items(item: Item) -> str:
    """Question that the form carries along: should the store be away, it can be shown again.

    It holds no secret, and is not signed since it decides nothing.
    """
    return f"{item.question_id}.{item.version}.{'-'.join(item.options)}"


def item_shown(context: QuizContext, shown: str) -> Item | None:
    """Read ``shown_items`` back, without the right option; None if it was not made here."""
    question_id, _, rest = shown.partition(".")
    version, _, options = rest.partition(".")
    if not (version.isascii() and version.isdigit() and len(version) < 6):
        return None
    question = context.service.bank.find(question_id, int(version))
    names = tuple(options.split("-")) if options else ()
    if question is None or sorted(names) != sorted(option.id for option in question.options):
        return None
    return Item(question_id, int(version), names, "", question.kind, question.scale)


def line_words(context: QuizContext, item: Item) -> dict[str, str]:
    """Return the ends of an item's number line for a notice; nothing for a choice."""
    question = context.question(item.key)
    if question is None or item.scale is None:
        return {}
    ends = {"low": item.scale.lowest, "high": item.scale.highest}
    return {name: quantity(value, question.unit, context.language) for name, value in ends.items()}


def comparable_values(edition: Edition, about: Observation | None) -> tuple[Observation, ...]:
    """Return the dated values of one city that a value may be shown among, oldest first.

    They are of its data point, unit and definition, and no change of the definition lies between
    them and it. Of a year with several the one of its own source counts.
    """
    if about is None or about.year is None:
        return ()
    members = sorted(
        (
            row
            for row in edition.of_city(about.city, about.code)
            if row.year is not None and row.value is not None
            if (row.data_point, row.unit_code, row.comparability, row.rate)
            == (about.data_point, about.unit_code, about.comparability, about.rate)
        ),
        key=lambda row: (row.period, row.source_id != about.source_id),
    )
    changes = [row.period for row in members if row.breaks_series]

    def section(row: Observation) -> int:
        return sum(change <= row.period for change in changes)

    by_year = {row.year: row for row in reversed(members) if section(row) == section(about)}
    return tuple(by_year[year] for year in sorted(by_year, key=lambda year: year or 0))


def _title(question: Question, position: int, language: Language) -> str:
    words = question.text[language]
    return text("quiz_step_title", language, n=position, total=RUN_LENGTH, question=words)
