"""One chart of an edition as an address asks for it: what pictures, embeds and codes show."""

from dataclasses import dataclass, field
from functools import cached_property

from components import urls
from components.ages import chosen_title, uncapitalised
from components.formats import day
from components.not_yet_published import NotYetPublished, later_values
from components.pictures.frame import Imprint, Sheet
from components.pictures.sheet_sources import group_sources, indicator_sources, later_sources
from components.pictures.sheets import (
    dimension_sheet,
    indicator_sheet,
    later_sheet,
    list_sheet,
    wheel_sheet,
)
from components.sentences import newest_words
from components.texts import text
from components.trend import TrendSeries
from data.models import Language
from data.scores import Fulfilment, IndicatorScore
from pages.indicator_tables import series_of
from pages.list_choice import Choice, choice_of, chosen_fulfilment, is_list, segments_of, title_of
from pages.requests import NoSuchThing
from pages.selection import Selection
from pages.site import Site

WHEEL = "wheel"
DIMENSIONS = {slug: key for key, slug in urls.DIMENSION_SLUGS.items()}
OVERVIEWS = (WHEEL, *DIMENSIONS)


def is_group(name: str) -> bool:
    """Return whether a chart is of many indicators: an overview or a list."""
    return name in OVERVIEWS or is_list(name)


@dataclass(frozen=True)
class Chart:
    """The chart of a name: ``wheel``, the slug of a dimension or indicator, or a list's.

    What is read from it raises ``NoSuchThing`` where the edition has no such chart, and
    ``BadParameter`` where the selection has a year without data.
    """

    site: Site
    language: Language
    name: str
    selection: Selection = field(default_factory=Selection)

    @cached_property
    def fulfilment(self) -> Fulfilment:
        """The scores of the selection; those of its indicators for a list."""
        if is_list(self.name):
            return chosen_fulfilment(self.site, self.choice)
        return self.selection.fulfilment(self.site)

    @cached_property
    def choice(self) -> Choice:
        """The filters of a list."""
        return choice_of(self.name, self.site, self.selection)

    @cached_property
    def score(self) -> IndicatorScore:
        """The score of the chart's indicator."""
        for score in self.fulfilment.indicators:
            if score.indicator.slug == self.name:
                return score
        raise NoSuchThing(self.name)

    @cached_property
    def later(self) -> NotYetPublished | None:
        """The first values of the indicator, where the selected year hides all of them."""
        observations = self.site.edition.of_city(self.site.city, self.score.indicator.code)
        return later_values(self.score, observations, self.fulfilment.as_of)

    @cached_property
    def series(self) -> tuple[TrendSeries, ...]:
        """The dated values of the indicator up to the selected year, one series a data point."""
        targets = [score.target for score in self.score.scores if score.target]
        return series_of(self.site, self.score, targets, self.fulfilment.as_of)

    @cached_property
    def sheet(self) -> Sheet:
        """Words and drawings of the chart's picture."""
        if self.name == WHEEL:
            return wheel_sheet(self.fulfilment, self.site.name(self.language), self.language)
        if self.name in DIMENSIONS:
            return dimension_sheet(self.fulfilment, DIMENSIONS[self.name], self.language)
        if is_list(self.name):
            title = title_of(self.choice, self.site, self.language)
            return list_sheet(self.fulfilment, title, self.language)
        if self.later:
            return later_sheet(self.score, self.later, self.language)
        return indicator_sheet(self.score, self.series, self.fulfilment, self.language)

    @cached_property
    def imprint(self) -> Imprint:
        """Site, address, edition and sources of the chart's picture."""
        address = self.site.around.base_url + page_of(self.language, self.name, self.selection)
        return Imprint(
            site_name=self.site.name(self.language),
            address=address.partition("://")[2],
            edition=edition_words(self.site, self.language),
            sources=self._sources(),
        )

    @property
    def shared_title(self) -> str:
        """The title for networks and oEmbed: an indicator with its city, value and year."""
        language = self.language
        if is_group(self.name):
            return chosen_title(self.sheet.title, self.fulfilment, language, self.selection.edition)
        name, city = self.sheet.title, self.site.profile.name[language]
        title = text("chart_title", language, name=name, city=city)
        if words := newest_words(self.score, language):
            title = f"{title}: {words}"
        if version := self.selection.edition:
            title = f"{title}, {text('chosen_edition', language, version=version)}"
        return title

    @property
    def sentence(self) -> str:
        """The finding with what a reader chose."""
        if is_group(self.name) or not self.sheet.choice:
            return self.sheet.sentence
        return f"{self.sheet.choice}: {self.sheet.sentence}"

    @property
    def finding(self) -> str:
        """The finding with the names of chart and city, as it can stand alone."""
        if is_group(self.name):
            return f"{self.shared_title}. {self.sheet.sentence}"
        name, city = self.sheet.title, self.site.profile.name[self.language]
        title = text("chart_title", self.language, name=name, city=city)
        return f"{title}: {uncapitalised(self.sentence)}"

    @property
    def description(self) -> str:
        """The chart in words, for readers who do not see it."""
        sheet = self.sheet
        named = sheet.description.startswith(sheet.title)
        return sheet.description if named else f"{sheet.title}. {sheet.description}"

    def _sources(self) -> tuple[str, ...]:
        sources = self.site.edition.sources
        if is_group(self.name):
            groups = self.fulfilment.categories(DIMENSIONS.get(self.name))
            return group_sources(groups, sources, self.language)
        if self.later:
            return later_sources(self.later, sources, self.language)
        return indicator_sources(self.score, self.series, sources, self.language)


def page_of(language: Language, name: str, selection: Selection | None = None) -> str:
    """Return the path of the page that shows the same as a chart.

    Those of indicators show the edition in force, and say what the one selected said.
    """
    query = selection.query() if selection else {}
    if name == WHEEL:
        return urls.home(language, **query)
    if name in DIMENSIONS:
        return urls.dimension(language, DIMENSIONS[name], **query)
    if is_list(name):
        return urls.page(language, "kpi", **segments_of(name), **query)
    return urls.indicator(language, name, **query)


def file_of(name: str) -> str:
    """Return the path of a picture's file below the language, without its ending."""
    of_indicator = not (is_group(name) or urls.is_explored(name) or name == urls.QUIZ_STATISTICS)
    return f"kpi/{name}" if of_indicator else name


def edition_words(site: Site, language: Language) -> str:
    """Version and date of the edition in force."""
    edition = site.edition
    return text(
        "footer_edition", language, version=edition.version, date=day(edition.date, language)
    )
