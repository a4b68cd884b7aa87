"""Chart or question that a URL of this site shows, as oEmbed's consumers write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from flask import request

from components import urls
from data.models import LANGUAGES, Language
from pages import explore_files
from pages.chart import WHEEL, Chart, is_group
from pages.editions import Editions, NoSuchEdition
from pages.embeds import explored, frames, questions
from pages.embeds.quiz_statistics import PICTURES
from pages.embeds.quiz_subject import subject_of
from pages.explore_files import PICTURE_PARAMETERS as PICTURED
from pages.explored_chart import choices_in
from pages.list_choice import FILTER_NAMES, LIST, Choice
from pages.pictures import charts
from pages.registry import find_page
from pages.requests import (
    BadParameter,
    NoSuchThing,
    Parameter,
    match_path,
    preferred_language,
    read_parameters,
    request_with,
)
from pages.selection import selection_in

# What a page shows is called in addresses: always the same, or as a part of the page's address.
_PAGES = {
    "home": WHEEL,
    "list": LIST,
    "quiz": urls.quiz_chart(),
    "quiz_statistics": urls.QUIZ_STATISTICS,
    "explore": urls.EXPLORED,
}
# What other addresses show, and the parameters that they know.
_SHOWN = {
    explored.ENDPOINT: (urls.EXPLORED, explored.FRAME_PARAMETERS),
    **dict.fromkeys(explore_files.PICTURES, (urls.EXPLORED, PICTURED)),
    questions.STATISTICS: (urls.QUIZ_STATISTICS, questions.PARAMETERS),
    **dict.fromkeys(PICTURES, (urls.QUIZ_STATISTICS, charts.LOOK)),
}
_PARTS = {"dimension": "dimension", "indicator": "slug"}
_PORTS = {"http": 80, "https": 443}
_PRIVATE_PARTS = frozenset(("run", "code", "secret"))


class PrivatePlace(LookupError):
    """The address is one reader's alone."""


@dataclass(frozen=True)
class Place:
    """One chart or question and how it is to be shown, as its embed would be asked for it."""

    language: Language
    name: str
    asked: Mapping[str, Any]


def place_of(editions: Editions, url: str) -> Place:
    """The chart that an address with origin shows.

    Raises:
        NoSuchThing: it is no address of this site, or one without a chart.
        PrivatePlace: it is a page of somebody's run of the quiz.
    """
    parts = _parts_here(editions.newest.around.base_url, url)
    path = unquote(_path(editions.newest.around.base_url, parts))
    if path == "/":
        path = f"/{preferred_language(request)}/"
    endpoint, values = match_path(path, f"{path}/")
    name, parameters = _chart(endpoint, values)
    language = next(
        (candidate for candidate in LANGUAGES if candidate == values.get("language")), None
    )
    if name is None or language is None:
        raise NoSuchThing(url)
    try:
        asked = read_parameters(request_with(parts.query), parameters)
        name, asked = _named(name, asked, values.get("options", ""))
        if name == urls.EXPLORED:
            choices = {key: asked[key] for key in sorted(asked) if key not in ("size", "width")}
            return Place(language, name, choices)
        if urls.is_of_quiz(name):
            subject_of(editions.newest, language, name)
        else:
            site = editions.at(asked.get("edition"))
            _ = Chart(site, language, name, selection_in(asked)).sheet
    except (BadParameter, NoSuchEdition) as wrong:
        raise NoSuchThing(url) from wrong
    of_frame = questions.PARAMETERS if urls.is_of_quiz(name) else frames.PARAMETERS
    kept = {parameter.name for parameter in of_frame}
    return Place(language, name, {key: asked[key] for key in sorted(asked) if key in kept})


def _named(name: str, asked: dict[str, Any], options: str) -> tuple[str, dict[str, Any]]:
    """Return the name of a chart with what was asked of a list, and what its path says too."""
    if name == LIST:
        filters = {key: asked[key] for key in FILTER_NAMES if key in asked}
        name = Choice(**filters).chart
    if not options:
        return name, asked
    if name == urls.EXPLORED:
        view, _, look = explore_files.view_in(options)
        return name, choices_in(view) | look | asked
    name, look = charts.chart_in(name, options.rpartition(".")[0])
    return name, look | asked


def _parts_here(base_url: str, url: str) -> SplitResult:
    """The parts of an address on this host, by http or https."""
    try:
        parts, own = urlsplit(url), urlsplit(base_url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError as wrong:
        raise NoSuchThing(url) from wrong
    ports = {own.port} if own.port else set(_PORTS.values())
    here = parts.scheme in _PORTS and parts.hostname == own.hostname and port in ports
    if not here or parts.username is not None or parts.password is not None:
        raise NoSuchThing(url)
    return parts


def _path(base_url: str, parts: SplitResult) -> str:
    below = urlsplit(base_url).path
    rest = parts.path.removeprefix(below)
    if not parts.path.startswith(below) or rest[:1] not in ("", "/"):
        raise NoSuchThing(parts.path)
    return rest or "/"


def _chart(endpoint: str, values: Mapping[str, Any]) -> tuple[str | None, tuple[Parameter, ...]]:
    """The name of what an address shows, or None, and the parameters that the address knows."""
    if endpoint == frames.ENDPOINT:
        filters = f"/{values['filters']}" if "filters" in values else ""
        return f"{values['name']}{filters}", frames.PARAMETERS
    if endpoint in (questions.START, questions.QUESTION):
        return urls.quiz_chart(values.get("question_id", "")), questions.PARAMETERS
    if endpoint in _SHOWN:
        return _SHOWN[endpoint]
    if endpoint.startswith(charts.ENDPOINT):
        return _of_picture(values), charts.PARAMETERS
    page = find_page(endpoint)
    if page is None:
        return None, ()
    if page.personal and not _PRIVATE_PARTS.isdisjoint(values):
        raise PrivatePlace(page.name)
    name = _PAGES.get(page.name) or values.get(_PARTS.get(page.name, ""))
    return name, page.parameters


def _of_picture(values: Mapping[str, Any]) -> str | None:
    """The chart of a picture's address, where that is one that answers."""
    name = str(values["name"])
    return None if is_group(name) == values["of_indicator"] else name
