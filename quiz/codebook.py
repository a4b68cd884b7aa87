"""The codebook of the quiz: what was asked, with which answers, which is right, from when to when.

A row is one option of a choice, or one band of a number line; it has the ``question``, ``version``
and ``option`` of the statistics. ``data/declarations/quiz_codebook.yml`` describes the columns.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from data.models import LANGUAGES, Language, Words
from data.tables import DESCRIBED, YES_NO
from quiz.bank import Bank
from quiz.fingerprints import NOT_RECORDED
from quiz.items import KINDS
from quiz.items.scale import bounds_of, plain_digits
from quiz.models import Question

COLUMNS = DESCRIBED["quiz_codebook"].header
Record = dict[str, str]


def rows(bank: Bank) -> list[Record]:
    """Return one row per option or band, with ``COLUMNS``, in the order of the bank."""
    records = []
    for entry in _entries(bank):
        options = entry.pop("options")
        records += [_record({**entry, **option}) for option in options]
    return records


def document(bank: Bank) -> dict[str, Any]:
    """Return the same as nested values fit for JSON, texts by language, numbers as decimals.

    ``fields`` describes the names; null is what a question does not have.
    """
    fields = DESCRIBED["quiz_codebook"].resource()["schema"]["fields"]
    return {"fields": fields, "questions": list(_entries(bank))}


def _entries(bank: Bank) -> Iterator[dict[str, Any]]:
    current = {question.key for question in bank.current}
    for question in bank.questions:
        kept = bank.published.get(question.key, NOT_RECORDED)
        days = {
            "in_force": question.key in current,
            "first_day": kept.first_day or None,
            "last_day": kept.last_day or None,
        }
        for entry in filter(None, (question, question.fallback)):
            yield {**_question(entry), **days}


def _question(question: Question) -> dict[str, Any]:
    scale = question.scale
    bounds = bounds_of(scale) if scale else {}
    texts = {} if scale else {option.id: option.text for option in question.options}
    return {
        "question": question.id,
        "version": question.version,
        "kind": question.kind,
        "group": question.group,
        "topic": question.topic or None,
        "dimension": question.dimension,
        "difficulty": question.difficulty,
        "city": question.city,
        "code": question.indicator,
        "text": _by_language(question.text),
        "unit": _by_language(question.unit if scale else None),
        "options": [
            {
                "option": name,
                "label": _by_language(texts.get(name)),
                **dict(zip(("low", "high"), bounds.get(name, (None, None)), strict=True)),
                "right": right,
            }
            for name, right in KINDS[question.kind].publish(question).items()
        ],
        "answer": scale.value if scale else question.answer,
    }


def _by_language(words: Words | None) -> dict[Language, str] | None:
    return {language: words[language] for language in LANGUAGES} if words else None


def _record(values: Mapping[str, Any]) -> Record:
    record = dict.fromkeys(COLUMNS, "")
    for name, value in values.items():
        if isinstance(value, dict):
            record |= {f"{name}_{language}": words for language, words in value.items()}
        elif isinstance(value, bool):
            record[name] = YES_NO[not value]
        elif value is not None:
            record[name] = plain_digits(value) if isinstance(value, Decimal) else str(value)
    return {name: record[name] for name in COLUMNS}
