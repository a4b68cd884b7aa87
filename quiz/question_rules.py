"""Rules for questions of the bank: every fault of an entry, with its remedy."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.models import Edition
from quiz.facts import SITE_PAGES, Facts, Problem
from quiz.items import KINDS
from quiz.items.fields import check_words
from quiz.models import DIFFICULTIES, DIMENSIONS, GROUPS

_FIELDS = (
    *("id", "version", "kind", "group", "topic", "city", "indicator", "difficulty"),
    *("text", "explanation", "aha", "facts", "sources"),
)
_OPTIONAL = ("terms", "pages", "misconception", "comparability_note", "retired")
# Entries that were retired before facts were asked for.
_RETIRED_FIELDS = (
    *("id", "version", "dimension", "difficulty", "city", "indicator"),
    *("text", "options", "answer", "explanation", "source", "retired"),
)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
TOPICS = (
    *("air_water", "getting_around", "health", "money_work", "internet_services"),
    *("children_school", "safety", "waste_climate", "taking_part", "city_standard"),
)


def is_of_first_form(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry was retired before facts were asked for."""
    return entry.get("retired") is True and "facts" not in entry


def problems_of(entry: Mapping[str, Any], edition: Edition) -> Iterator[Problem]:
    """Yield every fault of one question; nothing where the entry is fit to be asked."""
    first_form = is_of_first_form(entry)
    name = entry.get("kind", "choice")
    if name not in tuple(KINDS):
        yield Problem("kind", f"{name!r} is not known", f"use one of {tuple(KINDS)}")
        return
    kind = KINDS[name]
    fields = _RETIRED_FIELDS if first_form else (*_FIELDS, *kind.fields)
    for field in fields:
        if field not in entry:
            yield Problem(field, "is missing", "write it, null where it stays empty")
    for field in sorted(set(entry) - {*fields, *_OPTIONAL}):
        yield Problem(field, "is no field of such a question", "remove it")
    if not set(fields) <= set(entry):
        return
    yield from _check_plain_fields(entry, edition, first_form=first_form)
    problems = [
        *check_words(entry["text"], "text"),
        *check_words(entry["explanation"], "explanation"),
    ]
    if first_form:
        yield from problems
        yield from _check_sources([entry["source"]], edition)
        yield from kind.check(entry, Facts(entry, edition))
        return
    problems += [*check_words(entry["aha"], "aha"), *_check_source_ids(entry, edition)]
    yield from problems
    if problems:
        return
    try:
        facts = Facts(entry, edition)
        problems += kind.check(entry, facts)
        yield from problems
        yield from () if problems else facts.problems()
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        # What an editor can write in the place of a number or a list has no end.
        yield Problem(name, f"cannot be read: {error!r}", "compare with another question")


def _check_plain_fields(
    entry: Mapping[str, Any], edition: Edition, *, first_form: bool
) -> Iterator[Problem]:
    if not (isinstance(entry["id"], str) and _ID.fullmatch(entry["id"])):
        yield Problem("id", "is no id", "use lower-case words joined by hyphens")
    version = entry["version"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        yield Problem("version", "is no version", "use 1, 2, 3 …")
    if not isinstance(entry.get("retired", False), bool):
        yield Problem("retired", "is neither true nor false", "use one of them")
    rules: tuple[tuple[str, Sequence[str | None]], ...] = (
        ("difficulty", DIFFICULTIES),
        ("city", (None, *edition.cities)),
        ("indicator", (None, *(indicator.code for indicator in edition.indicators))),
        *((("dimension", DIMENSIONS),) if first_form else (("group", GROUPS), ("topic", TOPICS))),
    )
    for field, allowed in rules:
        if entry[field] not in allowed:
            remedy = "use one of the edition" if len(allowed) > 10 else f"use one of {allowed}"
            yield Problem(field, f"{entry[field]!r} is not known", remedy)


def _check_source_ids(entry: Mapping[str, Any], edition: Edition) -> Iterator[Problem]:
    sources, pages = entry["sources"], entry.get("pages", {})
    if not isinstance(sources, Sequence) or not sources:
        yield Problem("sources", "are none", "write a list of ids")
        return
    yield from _check_sources(
        [{"id": source} for source in sources if source not in SITE_PAGES], edition
    )
    for source, words in pages.items():
        if source not in sources:
            yield Problem("pages", f"{source!r} is not among the sources", "name one of them")
        yield from check_words(words, f"pages.{source}")


def _check_sources(sources: Sequence[Any], edition: Edition) -> Iterator[Problem]:
    """Check sources that are an ``id`` of the edition, or a ``title`` and a ``url``."""
    for source in sources:
        if not isinstance(source, Mapping):
            yield Problem("source", "is no source", "use {id: …} or {title: …, url: …}")
            continue
        if "page" in source:
            yield from check_words(source["page"], "source.page")
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
