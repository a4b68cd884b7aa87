"""The question bank: every question ever asked, checked against the edition it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from data.faults import Fault
from data.models import Edition, Words
from quiz.faults import BrokenBank
from quiz.models import Option, Question, Reference
from quiz.question_file import QUESTIONS, Entry, read_entries
from quiz.question_rules import observations_of, problems_of, repeated_options


@dataclass(frozen=True)
class Bank:
    """All versions of all questions, in the order of the file.

    Only the newest version of a question is drawn, unless it is retired. Earlier ones stay
    for the runs that began with them and for their statistics.
    """

    questions: tuple[Question, ...]

    @cached_property
    def _by_key(self) -> dict[tuple[str, int], Question]:
        return {question.key: question for question in self.questions}

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
        """What can be asked on the site of a city: nothing that is about another city."""
        return tuple(question for question in self.current if question.city in (None, city))

    def find(self, question_id: str, version: int) -> Question | None:
        """One version of a question, current or not; None where the bank never had it."""
        return self._by_key.get((question_id, version))

    def of_indicator(self, code: str, city: str) -> tuple[Question, ...]:
        """The questions for a city that belong to an indicator."""
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
    return Bank(tuple(_question_of(entry.content, edition) for entry in entries))


def checked_entries(edition: Edition, path: Path = QUESTIONS) -> tuple[list[Entry], list[Fault]]:
    """Read the file and check it without stopping at faults; all are returned."""
    entries, faults = read_entries(path)
    for entry in entries:
        problems = list(problems_of(entry.content, edition))
        if not problems:
            problems = list(repeated_options(entry.content, edition))
        name = entry.content.get("id", "")
        for field, problem, remedy in problems:
            faults.append(Fault(path.name, entry.line, f"{name}.{field}", problem, remedy))
    faults += [Fault(path.name, *place) for place in _repeated_versions(entries)]
    return entries, faults


def _repeated_versions(entries: list[Entry]) -> Iterator[tuple[int, str, str, str]]:
    seen: dict[tuple[Any, Any], int] = {}
    for entry in entries:
        key = (str(entry.content.get("id")), str(entry.content.get("version")))
        if key in seen:
            problem = f"{key[0]}, version {key[1]}, stands in row {seen[key]} already"
            yield entry.line, "id", problem, "use another id, or the next version"
        seen.setdefault(key, entry.line)


def _question_of(entry: Mapping[str, Any], edition: Edition) -> Question:
    value = observations_of(entry["value"], edition)[0].value if "value" in entry else None
    return Question(
        id=entry["id"],
        version=entry["version"],
        dimension=entry["dimension"],
        theme=entry["theme"],
        difficulty=entry["difficulty"],
        city=entry["city"],
        indicator=entry["indicator"],
        text=Words(**entry["text"]),
        options=tuple(Option(one["id"], Words(**one["text"])) for one in entry["options"]),
        answer=entry["answer"],
        explanation=Words(**entry["explanation"]),
        source=_reference_of(entry["source"], edition),
        value=value,
        retired=entry.get("retired", False),
    )


def _reference_of(source: Mapping[str, Any], edition: Edition) -> Reference:
    page = Words(**source["page"]) if "page" in source else Words("", "")
    if "id" not in source:
        return Reference(source["title"], source["url"], page, None)
    published = edition.sources[source["id"]]
    return Reference(published.title, published.url, page, published.id)
