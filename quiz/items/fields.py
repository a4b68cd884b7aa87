"""Rules for fields that several kinds share: words in both languages, options, number lines."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.models import LANGUAGES, Language, Words
from quiz.facts import Problem
from quiz.models import Option

MOST_STEPS = 250
_OPTION_ID = re.compile(r"[a-z]")
SCALE_FIELDS = {"min", "max", "step", "unit", "exact", "close"}


def check_words(words: Any, field: str) -> Iterator[Problem]:
    """Yield a fault unless both languages are there."""
    if not isinstance(words, Mapping) or set(words) != set(LANGUAGES):
        yield Problem(field, "is not in both languages", "write it as {en: …, ru: …}")
        return
    for language in LANGUAGES:
        text = words[language]
        if not isinstance(text, str) or not text.strip() or text != text.strip():
            yield Problem(field, f"{language} is no text or has spaces around it", "write a text")


def words_of(words: Mapping[str, str]) -> Words:
    """Return the words of an entry."""
    return Words(words["en"], words["ru"])


def check_options(
    options: Any, answer: Any, expected_ids: Sequence[str] = (), field: str = "options"
) -> Iterator[Problem]:
    """Yield faults of options: number, ids (letters unless expected), texts, the right one."""
    if not isinstance(options, Sequence) or not 3 <= len(options) <= 5:
        yield Problem(field, "are not 3 to 5", "write a list of 3 to 5")
        return
    if not all(isinstance(option, Mapping) and set(option) == {"id", "text"} for option in options):
        yield Problem(field, "have other fields than id and text", "use {id: …, text: …}")
        return
    ids = [option["id"] for option in options]
    if expected_ids and ids != list(expected_ids):
        yield Problem(field, f"are not {', '.join(expected_ids)}", "use these, in this order")
    elif not expected_ids and not all(
        isinstance(name, str) and _OPTION_ID.fullmatch(name) for name in ids
    ):
        yield Problem(field, "have an id that is no letter", "use a, b, c …")
    faulty = [
        problem
        for option in options
        for problem in check_words(option["text"], f"{field}.{option['id']}")
    ]
    yield from faulty
    if ids.count(answer) != 1:
        yield Problem("answer", f"{answer!r} is not the id of one option", "name the right one")
    if len(set(map(str, ids))) < len(ids):
        yield Problem(field, "repeat an id", "give each its own letter")
    if not faulty:
        yield from _repeated(options, field)


def _repeated(options: Sequence[Mapping[str, Any]], field: str) -> Iterator[Problem]:
    for language in LANGUAGES:
        texts = Counter(_plain(option["text"][language], language) for option in options)
        for text, times in texts.items():
            if times > 1:
                yield Problem(field, f"{times} read “{text}” in {language}", "tell them apart")


def _plain(text: str, language: Language) -> str:
    """Return lower case, plain spaces, numbers as Python writes them: 1 234,5 → 1234.5."""
    text = re.sub(r"(?<=\d)[\s,](?=\d{3}\b)" if language == "en" else r"(?<=\d)\s(?=\d)", "", text)
    if language == "ru":
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return " ".join(text.lower().split())


def options_of(options: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Return the options of an entry."""
    return tuple(Option(option["id"], words_of(option["text"])) for option in options)


def check_line(line: Mapping[str, Any], value: Decimal, field: str) -> Iterator[Problem]:
    """Yield faults of a number line: its ends, its bands, too many steps."""
    low, high, step, exact, close = (
        Decimal(str(line[name])) for name in ("min", "max", "step", "exact", "close")
    )
    if not low <= value <= high:
        yield Problem(field, f"{value} lies outside", "widen the line")
    if not 0 < exact < close < (high - low) / 3:
        yield Problem(field, "bands are not exact < close < a third of the line", "narrow them")
    if (high - low) / step > MOST_STEPS or (high - low) % step:
        yield Problem(field, f"has no whole number of up to {MOST_STEPS} steps", "change the step")
    yield from check_words(line["unit"], f"{field}.unit")
