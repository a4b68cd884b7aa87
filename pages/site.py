"""The site as loaded: edition, city and settings, with scores kept once computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from flask import Flask, current_app

from components.document import Surroundings
from data.fulfilment import Fulfilment, fulfilment_of, newest_year, years_with_data
from data.manifests import Manifest
from data.models import Edition, Language
from data.profiles import Profile
from data.search import IndicatorSearch
from pages.files.downloads import Downloads
from pages.requests import BadParameter

# The name of the application among Flask's extensions; ``pages.context`` says what it holds.
EXTENSION = "city-indicators"


@dataclass
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
    _scored: dict[int, Fulfilment] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

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
        """The search over the edition's indicators."""
        return IndicatorSearch(self.edition.indicators)

    @cached_property
    def newest_year(self) -> int:
        """The year that is shown where none is asked for; the edition's own without data."""
        return newest_year(self.edition, self.city)

    def fulfilment(self, as_of: int | None = None) -> Fulfilment:
        """The scores as of a year, or as of the newest one.

        Raises:
            BadParameter: the city has no data in this year.
        """
        year = self.newest_year if as_of is None else as_of
        if year != self.newest_year and year not in self.years:
            raise BadParameter("as_of")
        with self._lock:
            if year not in self._scored:
                self._scored[year] = fulfilment_of(self.edition, self.city, year)
            return self._scored[year]

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
