"""Choice of what to share and where: read from the address of the page, kept where it can be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Any

from components import urls
from components.embeds.page import FRAME_THEMES
from components.texts import text
from data.models import LANGUAGES, Language
from data.yardsticks import COMMON, VIEWS
from pages.chart import DIMENSIONS, WHEEL, is_group
from pages.editions import Editions
from pages.explored_chart import ExploredChart, view_names
from pages.list_choice import LIST, choice_of, is_list, title_of
from pages.quiz.service import current_quiz_service
from pages.requests import (
    LONGEST_QUERY,
    BadParameter,
    NoSuchThing,
    Parameter,
    search_words,
    year,
)
from pages.selection import Selection
from pages.site import Site

# The largest width of the chart in pixels by the name of the size; columns may be narrower.
SIZES = {"narrow": 360, "text": 640, "wide": 960}
TEXT_SIZE = "text"
UNTITLED = "0"
# Where a chart may go, and where a question of the quiz may.
PLACES = (
    "address",
    "frame",
    "figure",
    "picture",
    "markdown",
    "wiki",
    "newsletter",
    "message",
    "download",
)
QUIZ_PLACES = ("address", "frame", "figure", "message")


@dataclass(frozen=True, slots=True)
class EmbedChoice:
    """One choice; empty words mean what the form offers first.

    ``q`` narrows the list of charts, ``as_of`` and ``edition`` are empty for a chart that
    follows the data, ``since`` for values of any age, ``lang`` for the language of the page.
    """

    chart: str = WHEEL
    place: str = PLACES[0]
    q: str = ""
    as_of: str = ""
    since: str = ""
    yardstick: str = COMMON
    lang: str = ""
    theme: str = "auto"
    size: str = TEXT_SIZE
    edition: str = ""
    title: str = ""

    def query(self) -> dict[str, str]:
        """The parameters of the address that gives this choice; the search is not among them."""
        given = {
            field.name: getattr(self, field.name) for field in fields(self) if field.name != "q"
        }
        plain = EmbedChoice()
        return {name: value for name, value in given.items() if value != getattr(plain, name)}

    def language_in(self, language: Language) -> Language:
        """The language of the chart on a page in ``language``."""
        return next((chosen for chosen in LANGUAGES if chosen == self.lang), language)

    def at(self, chart: str) -> EmbedChoice:
        """The same for another chart, in a place where it can go."""
        place = self.place if self.place in places_of(chart) else PLACES[0]
        return replace(self, chart=chart, place=place)

    @property
    def selection(self) -> Selection:
        """The year, the oldest values and the yardsticks of the chart."""
        return Selection(
            int(self.as_of) if self.as_of else None,
            int(self.since) if self.since else None,
            next((view for view in VIEWS if view == self.yardstick), COMMON),
            self.edition,
        )


def places_of(chart: str) -> tuple[str, ...]:
    """Return where a chart or question may go, by their names in URLs."""
    if chart == urls.QUIZ_STATISTICS:
        return PLACES
    return QUIZ_PLACES if urls.is_of_quiz(chart) else PLACES


def _short(given: str) -> str:
    """Any word; whether it means something is told beside the form, where the rest is kept."""
    return " ".join(given[:LONGEST_QUERY].split())


PARAMETERS = tuple(
    Parameter(field.name, search_words if field.name == "q" else _short)
    for field in fields(EmbedChoice)
)


def share_page(language: Language, chart: str, **selection: object) -> str:
    """Return the address of the Share panel for a chart as it is shown somewhere else.

    The fragment lets the first Tab lead to its question.
    """
    chosen: Any = {name: str(value or "") for name, value in selection.items()}
    return urls.page(language, "embed", **EmbedChoice(chart=chart, **chosen).query()) + "#share"


def chart_names(site: Site, language: Language, chosen: str = "") -> dict[str, str]:
    """Every chart and question that can be embedded, by its name in addresses.

    Of lists there are those of all indicators and of the filters that are ``chosen``, of Explore
    every view and the one that is.
    """
    names = {WHEEL: text("embed_chart_wheel", language)}
    for slug, key in DIMENSIONS.items():
        names[slug] = text(f"dimension_{key}", language)
    for name in dict.fromkeys([LIST, *([chosen] if is_list(chosen) else [])]):
        with suppress(NoSuchThing):
            names[name] = title_of(choice_of(name, site, Selection()), site, language)
    names |= {indicator.slug: indicator.title[language] for indicator in site.edition.indicators}
    names |= view_names(language)
    if urls.is_explored(chosen) and chosen not in names:
        with suppress(NoSuchThing, BadParameter):
            names[chosen] = ExploredChart.named(site, language, chosen).label
    return names | _question_names(site, language)


def _question_names(site: Site, language: Language) -> dict[str, str]:
    """Return the start of the quiz and its questions, where the city has a quiz."""
    quiz = current_quiz_service()
    if not quiz.offers_quiz(site.city):
        return {}
    names = {
        urls.QUIZ_STATISTICS: text("embed_chart_statistics", language),
        urls.quiz_chart(): text("embed_chart_quiz", language),
    }
    for question in quiz.bank.questions_for(site.city):
        names[urls.quiz_chart(question.id)] = question.text[language]
    return names


def read_choice(
    editions: Editions, language: Language, given: dict[str, str]
) -> tuple[EmbedChoice, tuple[str, ...]]:
    """The choice with what could not be understood left out, and the names of that."""
    asked = EmbedChoice(**given)
    if asked.lang == language:
        asked = replace(asked, lang="")
    versions = [edition.version for edition in editions.newest.editions]
    site = editions.at(asked.edition if asked.edition in versions else None)
    known: dict[str, Callable[[str], bool]] = {
        "chart": lambda word: word in chart_names(site, language, word),
        "place": lambda word: word in places_of(asked.chart),
        "as_of": lambda word: _fits(site, "as_of", word),
        "since": lambda word: _fits(site, "since", word),
        "yardstick": lambda word: word in VIEWS,
        "lang": lambda word: word in LANGUAGES,
        "theme": lambda word: word in FRAME_THEMES,
        "size": lambda word: word in SIZES,
        "edition": lambda word: word in versions,
        "title": lambda word: word == UNTITLED,
    }
    plain = EmbedChoice()
    bad = tuple(
        name
        for name, knows in known.items()
        if (word := getattr(asked, name)) != getattr(plain, name) and not knows(word)
    )
    kept: Any = {name: getattr(plain, name) for name in bad}
    return replace(asked, **kept), bad


def _fits(site: Site, name: str, word: str) -> bool:
    try:
        selection: Any = {name: year(word)}
        Selection(**selection).fulfilment(site)
    except (ValueError, BadParameter):
        return False
    return True


def found_charts(site: Site, names: dict[str, str], q: str) -> dict[str, str]:
    """Those of the charts that a search finds, in their order; all of them without a search."""
    if not q:
        return names
    codes = {indicator.code for indicator in site.search.find(q)}
    slugs = {indicator.slug for indicator in site.edition.indicators if indicator.code in codes}
    slugs |= {
        name
        for name in names
        if (is_group(name) or urls.is_explored(name) or urls.is_of_quiz(name))
        and q.casefold() in names[name].casefold()
    }
    return {slug: name for slug, name in names.items() if slug in slugs}


def years_of(site: Site, choice: EmbedChoice) -> tuple[int, ...]:
    """The years in which the chosen chart has new values, newest first; and the chosen year."""
    years = set(site.years)
    indicator = next(
        (indicator for indicator in site.edition.indicators if indicator.slug == choice.chart), None
    )
    if indicator is not None:
        years = {
            observation.year
            for observation in site.edition.of_city(site.city, indicator.code)
            if observation.year is not None
        } & years
    if choice.as_of:
        years.add(int(choice.as_of))
    return tuple(sorted(years, reverse=True))
