"""Reads what an address asks for and refuses what it cannot mean, in the reader's words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Request, abort, current_app
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from data.models import LANGUAGES, Language
from pages.operation.response_cache import PARAMETERS

LONGEST_QUERY = 2000
# How a rule of Flask begins whose address has a language.
IN_LANGUAGE = f"/<any({','.join(LANGUAGES)}):language>"
Parser = Callable[[str], Any]


class BadParameter(ValueError):
    """A known parameter has a value that means nothing; carries its name for the page."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoSuchThing(LookupError):
    """The address is well formed, but nothing is there."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter a page knows: how to read it; it may be absent.

    One that ``repeats`` gives a tuple of what it names, each once and in one order.
    """

    name: str
    read: Parser
    repeats: bool = False


def read_parameters(request: Request, parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    """Return the values of the known parameters; unknown ones are left alone.

    Links get campaign tags added on their way, so a name that nobody knows is no fault.

    Raises:
        BadParameter: a known one is repeated, too long, not text, or cannot be read.
    """
    raw = request.query_string
    if len(raw) > LONGEST_QUERY:
        raise BadParameter("?")
    try:
        unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadParameter("?") from error
    request.environ[PARAMETERS] = [parameter.name for parameter in parameters]
    values = {}
    for parameter in parameters:
        texts = request.args.getlist(parameter.name)
        if parameter.repeats:
            if read := {_read(parameter, value) for value in texts if value != ""}:
                values[parameter.name] = tuple(sorted(read))
            continue
        if len(texts) > 1:
            raise BadParameter(parameter.name)
        if texts and texts[0] != "":
            values[parameter.name] = _read(parameter, texts[0])
    return values


def request_with(query: str) -> Request:
    """Return a request as if it had this query, for ``read_parameters``."""
    return Request(EnvironBuilder(query_string=query).get_environ())


def match_path(*paths: str) -> tuple[str, dict[str, Any]]:
    """Return the endpoint and the path variables of the first of these paths that leads anywhere.

    Raises:
        NoSuchThing: none of them does, or only to a redirect.
    """
    adapter = current_app.url_map.bind("")
    for path in paths:
        try:
            endpoint, variables = adapter.match(path, method="GET")
        except HTTPException:  # A redirect is one, too.
            continue
        return endpoint, dict(variables)
    raise NoSuchThing(*paths)


def _read(parameter: Parameter, value: str) -> Any:
    if "\x00" in value:
        raise BadParameter(parameter.name)
    try:
        return parameter.read(value)
    except ValueError as error:
        raise BadParameter(parameter.name) from error


def one_of(allowed: Mapping[str, Any] | tuple[str, ...]) -> Parser:
    """A parser that takes only these words."""

    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(value)
        return value

    return read


def name_of_thing(value: str) -> str:
    """Slug of an indicator or a city: small letters, digits and hyphens, at most 60."""
    if len(value) > 60 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(value)
    return value


def year(value: str) -> int:
    """A year of four digits."""
    if not (len(value) == 4 and value.isascii() and value.isdigit()):
        raise ValueError(value)
    return int(value)


def whole_number(least: int, most: int) -> Parser:
    """A parser of whole numbers between these, in digits alone."""

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(most))):
            raise ValueError(value)
        if not least <= int(value) <= most:
            raise ValueError(value)
        return int(value)

    return read


def search_words(value: str) -> str:
    """Text that a reader typed, at most 100 characters, with spaces tidied."""
    if len(value) > 100 or "\x00" in value:
        raise ValueError(value)
    return " ".join(value.split())


def preferred_language(request: Request) -> Language:
    """The language of the address if it has one, else what the browser prefers, else Russian.

    A browser's language counts whatever its region: ``en-US`` is English, as much as ``en``.
    """
    first = request.path.split("/")[1]
    for language in LANGUAGES:
        if first == language:
            return language
    wanted: dict[str, float] = {}
    for tag, quality in request.accept_languages:
        primary = re.split("[-_]", tag.lower())[0]
        wanted[primary] = max(quality, wanted.get(primary, 0))
    any_other = wanted.get("*", 0)
    # Of equals the one that the browser names first.
    candidates = [language for language in (*wanted, "ru", "en") if language in LANGUAGES]
    best = max(candidates, key=lambda language: wanted.get(language, any_other))
    return "en" if best == "en" and wanted.get(best, any_other) > 0 else "ru"


def language_of(value: Any) -> Language:
    """Return a language that a browser sent back; refuse anything else with 400."""
    return next((language for language in LANGUAGES if value == language), None) or abort(400)
