"""Rules for questions of the bank: every fault of an entry, with its remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from data.models import LANGUAGES, Edition, Language, Observation
from quiz.models import DIFFICULTIES, DIMENSIONS, PLACEHOLDER, THEMES

FIELDS = (
    *("id", "version", "dimension", "theme", "difficulty", "city", "indicator"),
    *("text", "options", "answer", "explanation", "source"),
)
_OPTIONAL = ("value", "retired")
VALUE_FIELDS = ("city", "code", "data_point", "period", "source_id")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_OPTION_ID = re.compile(r"[a-z]")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


class Problem(NamedTuple):
    """One fault of a question: the field, what is wrong, what to do."""

    field: str
    problem: str
    remedy: str


def problems_of(entry: Mapping[str, Any], edition: Edition) -> Iterator[Problem]:
    """Yield every fault of one question; nothing where the entry is fit to be asked."""
    for field in FIELDS:
        if field not in entry:
            yield Problem(field, "is missing", "write it, null where it stays empty")
    for field in sorted(set(entry) - {*FIELDS, *_OPTIONAL}):
        yield Problem(field, "is no field of a question", "remove it")
    if not set(FIELDS) <= set(entry):
        return
    yield from _check_plain_fields(entry, edition)
    yield from _check_words(entry["text"], "text")
    yield from _check_words(entry["explanation"], "explanation")
    yield from _check_options(entry["options"], entry["answer"])
    yield from _check_source(entry["source"], edition)
    yield from _check_value(entry, edition)


def _check_plain_fields(entry: Mapping[str, Any], edition: Edition) -> Iterator[Problem]:
    if not (isinstance(entry["id"], str) and _ID.fullmatch(entry["id"])):
        yield Problem("id", "is no id", "use lower-case words joined by hyphens")
    version = entry["version"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        yield Problem("version", "is no version", "use 1, 2, 3 …")
    if not isinstance(entry.get("retired", False), bool):
        yield Problem("retired", "is neither true nor false", "use one of them")
    for field, allowed in (
        ("dimension", DIMENSIONS),
        ("theme", THEMES),
        ("difficulty", DIFFICULTIES),
        ("city", (None, *edition.cities)),
        ("indicator", (None, *(indicator.code for indicator in edition.indicators))),
    ):
        if entry[field] not in allowed:
            remedy = "use one of the edition" if len(allowed) > 4 else f"use one of {allowed}"
            yield Problem(field, f"{entry[field]!r} is not known", remedy)


def _check_words(words: Any, field: str) -> Iterator[Problem]:
    """Check that both languages are there, with the same placeholders."""
    if not isinstance(words, Mapping) or set(words) != set(LANGUAGES):
        yield Problem(field, "is not in both languages", "write it as {en: …, ru: …}")
        return
    for language in LANGUAGES:
        text = words[language]
        if not isinstance(text, str) or not text.strip() or text != text.strip():
            yield Problem(field, f"{language} is no text or has spaces around it", "write a text")
            return
        for braces in set(_BRACES.findall(text)) - {PLACEHOLDER}:
            yield Problem(field, f"{language} has {braces}", f"use {PLACEHOLDER} or words")
    if words["en"].count(PLACEHOLDER) != words["ru"].count(PLACEHOLDER):
        yield Problem(field, f"has {PLACEHOLDER} in one language only", "use it in both")


def _check_options(options: Any, answer: Any) -> Iterator[Problem]:
    if not isinstance(options, Sequence) or not 3 <= len(options) <= 5:
        yield Problem("options", "are not 3 to 5", "write a list of 3 to 5")
        return
    if not all(isinstance(option, Mapping) and set(option) == {"id", "text"} for option in options):
        yield Problem("options", "have other fields than id and text", "use {id: …, text: …}")
        return
    ids = [option["id"] for option in options]
    if not all(isinstance(name, str) and _OPTION_ID.fullmatch(name) for name in ids):
        yield Problem("options", "have an id that is no letter", "use a, b, c …")
    for option in options:
        yield from _check_words(option["text"], f"options.{option['id']}")
    if ids.count(answer) != 1:
        yield Problem("answer", f"{answer!r} is not the id of one option", "name the right one")
    if len(set(map(str, ids))) < len(ids):
        yield Problem("options", "repeat an id", "give each its own letter")


def _check_source(source: Any, edition: Edition) -> Iterator[Problem]:
    if not isinstance(source, Mapping):
        yield Problem("source", "is no source", "use {id: …} or {title: …, url: …}")
        return
    if "page" in source:
        yield from _check_words(source["page"], "source.page")
    fields = set(source) - {"page"}
    if fields == {"id"}:
        if str(source["id"]) not in edition.sources:
            yield Problem("source", f"{source['id']!r} is not in sources.csv", "add it there")
        elif not edition.sources[source["id"]].url:
            yield Problem("source", f"{source['id']} has no address in sources.csv", "add it")
    elif fields == {"title", "url"}:
        if not (isinstance(source["title"], str) and source["title"].strip()):
            yield Problem("source", "has no title", "write it as printed")
        if not str(source["url"]).startswith("https://"):
            yield Problem("source", "has no https:// address", "write it in full")
    else:
        yield Problem("source", "names neither a source nor a title and url", "use {id: …}")


def _check_value(entry: Mapping[str, Any], edition: Edition) -> Iterator[Problem]:
    """Check that the value exists exactly once, and is the right option and no other."""
    options = entry["options"] if isinstance(entry["options"], Sequence) else ()
    used = [
        option.get("id")
        for option in options
        if isinstance(option, Mapping) and PLACEHOLDER in str(option.get("text"))
    ]
    elsewhere = PLACEHOLDER in f"{entry['text']}{entry['explanation']}"
    if "value" not in entry:
        if used or elsewhere:
            yield Problem("value", f"is missing, but {PLACEHOLDER} is used", "name the observation")
        return
    value = entry["value"]
    if not isinstance(value, Mapping) or set(value) != set(VALUE_FIELDS):
        yield Problem("value", "does not name an observation", f"use {', '.join(VALUE_FIELDS)}")
        return
    observations = observations_of(value, edition)
    if len(observations) != 1:
        yield Problem("value", f"fits {len(observations)} observations", "name exactly one")
    elif observations[0].value is None:
        yield Problem("value", "is an observation in words", "name one with a number")
    if value["code"] != entry["indicator"]:
        yield Problem("value", "is of another indicator than the question", "make them agree")
    if not used and not elsewhere:
        yield Problem("value", f"is named, but {PLACEHOLDER} is used nowhere", "use it")
    if any(option_id != entry["answer"] for option_id in used):
        yield Problem("options", f"a wrong one has {PLACEHOLDER}", "write a number of its own")


def observations_of(value: Mapping[str, Any], edition: Edition) -> list[Observation]:
    """Return the observations that agree with every field of ``value``."""
    return [
        observation
        for observation in edition.observations
        if all(getattr(observation, field) == value[field] for field in VALUE_FIELDS)
    ]


def repeated_options(entry: Mapping[str, Any], edition: Edition) -> Iterator[Problem]:
    """Yield options that read the same with the value filled in, of an entry without faults."""
    value = observations_of(entry["value"], edition)[0].value if "value" in entry else None
    number = PLACEHOLDER if value is None else f"{value:f}"
    for language in LANGUAGES:
        texts = Counter(
            _plain(option["text"][language], language).replace(PLACEHOLDER, number)
            for option in entry["options"]
        )
        for text, times in texts.items():
            if times > 1:
                yield Problem("options", f"{times} read “{text}” in {language}", "tell them apart")


def _plain(text: str, language: Language) -> str:
    """Return lower case, plain spaces, numbers as Python writes them: 1 234,5 → 1234.5."""
    text = re.sub(r"(?<=\d)[\s,](?=\d{3}\b)" if language == "en" else r"(?<=\d)\s(?=\d)", "", text)
    if language == "ru":
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return " ".join(text.lower().split())
