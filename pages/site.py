"""The site as loaded: edition, city and settings, with scores kept once computed."""

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from flask import Flask, current_app

from components.document import Surroundings
from components.takeover.paint import Parts
from data.fulfilment import fulfilment_of, scored_years, years_with_data
from data.manifests import Manifest
from data.models import Edition, Indicator, Language
from data.profiles import Profile
from data.scores import Fulfilment
from data.search import IndicatorSearch
from data.yardsticks import COMMON, View
from pages.files.downloads import Downloads
from pages.requests import BadParameter

# The name of the application among Flask's extensions; ``pages.context`` says what it holds.
EXTENSION = "city-indicators"
# Choices of year, view and age whose scores are kept.
_MAX_KEPT = 100


@dataclass(eq=False)
class Site:
    """Everything a layout may read; one per process, unchanged after start.

    ``editions`` are the published ones, oldest first; the last one is in force. ``files`` lists
    every published file by its address without the leading slash, with size, rows and checksum:
    ``site.files.find("data/2026.1/observations.csv")``, ``.of_table(version, table)``,
    ``.of_edition(version)``; see ``data.manifests``. ``downloads`` knows how often each was taken:
    ``.read()`` or ``.at_hand()`` by ``Download(month, file, edition)``, and ``.tag()`` names the
    counts as they are, for a page's ``follows``; see ``pages.files.downloads``.
    """

    editions: tuple[Edition, ...]
    profile: Profile
    around: Surroundings
    server: Flask
    files: Manifest
    downloads: Downloads
    contact: str = ""
    source_url: str = ""
    # What has been painted of pages that are made for each reader anew.
    parts: Parts = field(init=False, default_factory=Parts)
    _scored: dict[tuple[int, View, int | None], Fulfilment] = field(
        init=False, default_factory=dict
    )
    _lock: Lock = field(init=False, default_factory=Lock)

    @property
    def edition(self) -> Edition:
        """The edition in force."""
        return self.editions[-1]

    @property
    def version(self) -> str:
        """Another name as soon as anything changes that is computed from the editions."""
        return self.files.key

    @property
    def city(self) -> str:
        """The id of the city that this site is about."""
        return self.profile.city

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year with data, oldest first; none where no number of the city has a year."""
        return years_with_data(self.edition, self.city)

    @cached_property
    def search(self) -> IndicatorSearch:
        """The search over the indicators of the edition in force."""
        return IndicatorSearch(self.edition)

    @cached_property
    def scored_years(self) -> tuple[int, ...]:
        """Every year in which a scored value is new, oldest first: what the year control offers."""
        return scored_years(self.edition, self.city)

    def fulfilment(
        self, as_of: int | None = None, view: View = COMMON, since: int | None = None
    ) -> Fulfilment:
        """The scores as of a year, or of the edition's own, under a view of the yardsticks.

        With ``since`` values of earlier years do not count.

        Raises:
            BadParameter: the city has no data in the year ``as_of``.
        """
        year = self.edition.year if as_of is None else as_of
        if year != self.edition.year and year not in self.years:
            raise BadParameter("as_of")
        with self._lock:
            key = year, view, since
            if key not in self._scored:
                if len(self._scored) >= _MAX_KEPT:
                    self._scored.clear()
                self._scored[key] = fulfilment_of(self.edition, self.city, year, view, since)
            return self._scored[key]

    def indicator(self, code: str) -> Indicator:
        """The indicator of a code in the edition in force; raises ``LookupError`` without one."""
        for indicator in self.edition.indicators:
            if indicator.code == code:
                return indicator
        raise LookupError(code)

    def name(self, language: Language) -> str:
        """The site's title."""
        return self.around.site_name[language]

    def city_words(self, language: Language) -> dict[str, str]:
        """The city's name in the cases that sentences need, as values for texts."""
        profile = self.profile
        return {
            "city": profile.name[language],
            "city_genitive": profile.genitive[language],
            "city_prepositional": profile.prepositional[language],
        }


def current_site() -> Site:
    """The site of the running application."""
    site: Site = current_app.extensions[EXTENSION].site
    return site
