"""Every published edition as a site of its own: what frozen charts and pictures show."""

import re
from dataclasses import replace

from pages.site import Site

LATEST = "latest"
_VERSION = re.compile(r"[1-9][0-9]{0,5}(\.[0-9]{1,5}){1,2}")


class NoSuchEdition(LookupError):
    """The address asks for an edition that was never published; carries its version."""


class Editions:
    """The sites of all published editions by version; that in force is ``newest``."""

    def __init__(self, site: Site) -> None:
        """Make a site of each edition that knows the city; years are scored when asked for."""
        self.newest = site
        self._sites = {
            edition.version: replace(site, editions=site.editions[:count])
            for count, edition in enumerate(site.editions, 1)
            if site.city in edition.cities
        }
        self._sites[site.edition.version] = site

    def at(self, version: str | None) -> Site:
        """The site of a version; the one in force for ``latest`` or none.

        Raises:
            NoSuchEdition: there is no such edition with this city in it.
        """
        if version is None or version == LATEST:
            return self.newest
        try:
            return self._sites[version]
        except KeyError:
            raise NoSuchEdition(version) from None


def edition_version(value: str) -> str:
    """The version of an edition, such as ``2026.1``, or ``latest``."""
    if value != LATEST and not _VERSION.fullmatch(value):
        raise ValueError(value)
    return value
