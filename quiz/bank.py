"""The question bank: every question ever asked, checked against the edition it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from data.models import NO_WORDS, Direction, Edition
from quiz.bank_file import QUESTIONS, checked_entries
from quiz.facts import SITE_PAGES, Facts
from quiz.faults import BrokenBank
from quiz.fingerprints import Key, Publication, read_fingerprints
from quiz.items import KINDS
from quiz.items.draw import fallback_id
from quiz.items.fields import words_of
from quiz.models import RUN_LENGTH, Dimension, Question, Reference
from quiz.question_rules import is_of_first_form

# Questions that are shown outside the quiz, and never drawn.
SAMPLES = Path(__file__).with_name("samples.yml")


@dataclass(frozen=True)
class Bank:
    """All versions of all questions, in the order of the file.

    Only the newest version of a question is drawn, unless it is retired. Earlier ones stay
    for the runs that began with them and for their statistics. ``published`` is what is kept of
    the days on which each was in force.
    """

    questions: tuple[Question, ...]
    published: Mapping[Key, Publication] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[tuple[str, int], Question]:
        """Every version of every question, and of the choices beside drawings."""
        fallbacks = (question.fallback for question in self.questions if question.fallback)
        return {question.key: question for question in (*self.questions, *fallbacks)}

    @cached_property
    def current(self) -> tuple[Question, ...]:
        """The newest version of every question that is not retired."""
        newest: dict[str, Question] = {}
        for question in sorted(self.questions, key=lambda question: question.version):
            newest[question.id] = question
        return tuple(
            question
            for question in self.questions
            if newest[question.id] is question and not question.retired
        )

    def questions_for(self, city: str) -> tuple[Question, ...]:
        """Return what can be asked on the site of a city: nothing that is about another city."""
        return tuple(question for question in self.current if question.city in (None, city))

    def asks(self, question: Question, city: str) -> bool:
        """Return whether this very version is asked on the site of a city."""
        return any(candidate is question for candidate in self.questions_for(city))

    def is_enough_for(self, city: str) -> bool:
        """Return whether a city has as many questions as a run is long, so that it has a quiz."""
        return len(self.questions_for(city)) >= RUN_LENGTH

    def find(self, question_id: str, version: int) -> Question | None:
        """Return one version of a question, current or not; None where the bank never had it."""
        return self.by_key.get((question_id, version))

    def of_indicator(self, code: str, city: str) -> tuple[Question, ...]:
        """Return the questions for a city that belong to an indicator."""
        return tuple(
            question for question in self.questions_for(city) if question.indicator == code
        )


def read_bank(edition: Edition, path: Path = QUESTIONS) -> Bank:
    """Read the bank and check it against an edition; all of it or nothing.

    Raises:
        BrokenBank: the message lists every fault.
    """
    entries, faults = checked_entries(edition, path)
    if faults:
        raise BrokenBank(faults)
    questions = tuple(_question_of(entry.content, edition) for entry in entries)
    return Bank(questions, read_fingerprints(path))


_DIMENSIONS: Mapping[str, Dimension] = {
    "EC": "economy",
    "EN": "environment",
    "SC": "society_culture",
}


def _question_of(entry: Mapping[str, Any], edition: Edition) -> Question:
    first_form = is_of_first_form(entry)
    facts = Facts(entry, edition)
    code = entry["indicator"] or ""
    question = Question(
        id=entry["id"],
        version=entry["version"],
        kind=entry.get("kind", "choice"),
        group=entry.get("group", "city"),
        topic=entry.get("topic", ""),
        dimension=entry["dimension"] if first_form else _DIMENSIONS.get(code[:2], "standard"),
        difficulty=entry["difficulty"],
        city=entry["city"],
        indicator=entry["indicator"],
        text=words_of(entry["text"]),
        explanation=words_of(entry["explanation"]),
        aha=NO_WORDS if first_form else words_of(entry["aha"]),
        sources=_sources_of(entry, facts),
        retired=entry.get("retired", False),
        **KINDS[entry.get("kind", "choice")].parse(entry, facts),
    )
    question = replace(
        question,
        direction=_direction_of(question, edition),
        data_topic=_data_topic_of(question, edition),
    )
    return (
        replace(question, fallback=_fallback_of(question, entry)) if "draw" in entry else question
    )


def _direction_of(question: Question, edition: Edition) -> Direction:
    """Return the better side of the observed value: that of its yardsticks, if they agree.

    Without a yardstick it is the indicator's, unless the value is of one data point of several.
    Neutral where the question is about no value of its city, or where the side is debatable.
    """
    observation = question.observation
    if observation is None or observation.city != question.city:
        return "neutral"
    # A number line may be of a number that stands in the words of a row.
    if question.scale and question.scale.value != observation.value:
        return "neutral"
    indicator = next(row for row in edition.indicators if row.code == observation.code)
    about = observation.code, observation.data_point
    sides = {row.direction for row in edition.targets if (row.code, row.data_point) == about}
    if not sides and not observation.data_point:
        sides = {indicator.direction}
    return sides.pop() if len(sides) == 1 and not indicator.debatable else "neutral"


def _data_topic_of(question: Question, edition: Edition) -> str:
    """Return the question's own topic where the edition has it, else its indicator's first one.

    Empty for questions on reading figures, and where there is no indicator.
    """
    if question.topic in {topic.topic for topic in edition.topics}:
        return question.topic
    if question.group == "reading":
        return ""
    codes = (row.topics for row in edition.indicators if row.code == question.indicator)
    return next(iter(next(codes, ())), "")


def _fallback_of(question: Question, entry: Mapping[str, Any]) -> Question:
    return replace(
        question,
        id=fallback_id(question.id),
        kind="choice",
        text=words_of(entry["fallback"].get("text", entry["text"])),
        scale=None,
        given=(),
        hidden=(),
    )


def _sources_of(entry: Mapping[str, Any], facts: Facts) -> tuple[Reference, ...]:
    if is_of_first_form(entry):
        return (_reference_of(entry["source"], facts.edition),)
    pages = entry.get("pages", {})
    return tuple(
        Reference("", "", NO_WORDS, source, SITE_PAGES[source])
        if source in SITE_PAGES
        else _reference_of(
            {"id": source, "page": pages.get(source) or facts.page_of(source)}, facts.edition
        )
        for source in entry["sources"]
    )


def _reference_of(source: Mapping[str, Any], edition: Edition) -> Reference:
    page = words_of(source["page"]) if source.get("page") else NO_WORDS
    if "id" not in source:
        return Reference(source["title"], source["url"], page, None)
    published = edition.sources[source["id"]]
    return Reference(published.title, published.url, page, published.id)
