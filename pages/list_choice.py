"""Filters of the list, read from a URL and applied; their names in the paths of charts."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from components import urls
from components.ages import capitalised
from components.bands import band_words
from components.texts import text
from data.models import EVIDENCE, Indicator, Language
from data.scores import Fulfilment
from data.scoring import BANDS
from pages.requests import BadParameter, NoSuchThing, Parameter, one_of, search_words
from pages.selection import Selection
from pages.site import Site

LIST = "list"
FILTERS = ("dimension", "category", "band", "evidence", "level", "type", "topic")
FILTER_NAMES = ("q", *FILTERS)
UNKNOWN_TYPE = "unknown"
# Categories, levels, types and topics are those of an edition.
PARAMETERS = (
    Parameter("q", search_words),
    Parameter("dimension", one_of(tuple(urls.DIMENSION_SLUGS.values()))),
    Parameter("band", one_of(BANDS)),
    Parameter("evidence", one_of(EVIDENCE)),
    *(Parameter(name, search_words) for name in ("category", "level", "type", "topic")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters of the list, and the selection it is scored by; an empty string restricts nothing.

    ``evidence`` is that of a scored value.
    """

    q: str = ""
    dimension: str = ""
    category: str = ""
    band: str = ""
    evidence: str = ""
    level: str = ""
    type: str = ""
    topic: str = ""
    selection: Selection = field(default_factory=Selection)

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, in the order of URLs."""
        filters = {name: str(getattr(self, name)) for name in FILTER_NAMES}
        return {name: value for name, value in filters.items() if value}

    def query(self) -> dict[str, Any]:
        """The parameters of the address that shows this choice."""
        return self.filters | self.selection.query()

    @property
    def chart(self) -> str:
        """The name of this list as a chart: ``list/dimension-economy/band-0-33``."""
        words = {name: value.replace("/", " ").strip() for name, value in self.filters.items()}
        segments = [f"{name}-{value}" for name, value in words.items()]
        return "/".join((LIST, *segments))


def is_list(chart: str) -> bool:
    """Return whether the name of a chart is that of a list."""
    return chart.partition("/")[0] == LIST


def choice_of(chart: str, site: Site, selection: Selection) -> Choice:
    """Return the choice that the name of a chart stands for, with its segments in any order.

    Raises ``NoSuchThing`` where a segment names no filter, or a value that means nothing.
    """
    reads = {parameter.name: parameter.read for parameter in PARAMETERS}
    try:
        filters = {name: reads[name](value) for name, value in segments_of(chart).items()}
        choice = Choice(**filters, selection=selection)
        check(choice, site)
    except ValueError as wrong:
        raise NoSuchThing(chart) from wrong
    return choice


def ordered_name(chart: str) -> str:
    """Return the name of a chart with the filters of a list in the order of URLs."""
    if not is_list(chart):
        return chart
    filters: dict[str, Any] = {**segments_of(chart)}
    return Choice(**filters).chart


def segments_of(chart: str) -> dict[str, str]:
    """Return the filters in the name of a list, unread; raise ``NoSuchThing`` for a wrong name."""
    filters: dict[str, str] = {}
    for segment in chart.split("/")[1:]:
        name, _, value = segment.partition("-")
        if name in filters or name not in FILTER_NAMES or not value:
            raise NoSuchThing(chart)
        filters[name] = value
    return filters


def check(choice: Choice, site: Site) -> None:
    """Raise ``BadParameter`` where an edition has no such category, level, type or topic."""
    for name in ("category", "level", "type", "topic"):
        if getattr(choice, name) not in ("", *values_of(name, site)):
            raise BadParameter(name)


def chosen_fulfilment(site: Site, choice: Choice) -> Fulfilment:
    """The indicators of one choice, scored by its selection, in the order of the search.

    Raises:
        BadParameter: the selection has a year without data.
    """
    fulfilment = choice.selection.fulfilment(site)
    scores = {score.indicator.code: score for score in fulfilment.indicators}
    return replace(
        fulfilment,
        indicators=tuple(
            scores[indicator.code]
            for indicator in site.search.find(choice.q)
            if choice.band in ("", scores[indicator.code].band)
            and choice.dimension in ("", urls.DIMENSION_SLUGS[indicator.dimension])
            and choice.category in ("", category_slug(indicator))
            and choice.level in ("", indicator.level)
            and choice.type in ("", indicator.type or UNKNOWN_TYPE)
            and (not choice.topic or choice.topic in indicator.topics)
            and (
                not choice.evidence
                or any(
                    score.observation is not None and score.observation.evidence == choice.evidence
                    for score in scores[indicator.code].scored
                )
            )
        ),
    )


def category_slug(indicator: Indicator) -> str:
    """Return the name of an indicator's category in URLs: ``ict-electricity-supply``."""
    name = f"{indicator.sub_dimension.en} {indicator.category.en}".lower()
    return re.sub(r"[^a-z0-9]+", "-", name)


def values_of(name: str, site: Site) -> tuple[str, ...]:
    """The categories, levels, types and topics of the edition; every kind of evidence there is."""
    if name == "evidence":
        return EVIDENCE
    if name == "topic":
        return tuple(topic.topic for topic in site.edition.topics)
    if name == "category":
        return tuple(dict.fromkeys(map(category_slug, site.edition.indicators)))
    values = (getattr(indicator, name) or UNKNOWN_TYPE for indicator in site.edition.indicators)
    return tuple(dict.fromkeys(values))


def options_of(name: str, site: Site, language: Language) -> dict[str, str]:
    """Return the values of a filter with their words."""
    edition = site.edition
    if name == "dimension":
        keys = dict.fromkeys(indicator.dimension for indicator in edition.indicators)
        return {urls.DIMENSION_SLUGS[key]: text(f"dimension_{key}", language) for key in keys}
    if name == "category":
        return {
            category_slug(indicator): edition.group_title(
                indicator.dimension, indicator.sub_dimension, indicator.category
            )[language]
            for indicator in edition.indicators
        }
    if name == "band":
        return {band: band_words(band, language) for band in BANDS}
    if name == "topic":
        return {topic.topic: topic.name[language] for topic in edition.topics}
    return {value: text(f"{name}_{value}", language) for value in values_of(name, site)}


def title_of(choice: Choice, site: Site, language: Language) -> str:
    """Return the name of a list: its filters in words, or that of all indicators."""
    words = []
    for name, value in choice.filters.items():
        if name == "q":
            words.append(text("list_quoted", language, q=value))
            continue
        word = options_of(name, site, language)[value]
        named = name in ("level", "type", "evidence")
        words.append(f"{text(f'list_{name}', language)}: {word}" if named else word)
    return capitalised(", ".join(words)) if words else text("list_title", language)
