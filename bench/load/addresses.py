"""Which addresses readers ask for, found where the site itself names them."""

from __future__ import annotations

import random
import re
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.load.wrk import Asked

_PLACE = re.compile(r"<loc>([^<]+)</loc>")
_ASSET = re.compile(r'(?:href|src)="(/(?:assets|_dash)/[^"]+)"')
_INDICATOR = re.compile(r"/(?:ru|en)/kpi/([^/]+)/")
_LENGTH = 5000
# Of 100 readers' requests: what stands in the news, everything else, and what pages bring along.
PAGES, FILES, QUIZ = 80, 12, 8
_HOME_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every address that the load asks for, by what it is."""

    pages: tuple[str, ...]
    indicators: tuple[str, ...]
    embeds: tuple[str, ...]
    pictures: tuple[str, ...]
    files: tuple[str, ...]
    assets: tuple[str, ...]

    def kinds(self) -> dict[str, tuple[str, ...]]:
        """The kinds that are measured one by one."""
        return {
            "home page": ("/en/", "/ru/"),
            "pages": self.pages,
            "indicator pages": self.indicators,
            "embeds": self.embeds,
            "pictures, SVG": tuple(path for path in self.pictures if path.endswith(".svg")),
            "pictures, PNG": tuple(path for path in self.pictures if path.endswith(".png")),
            "data files": self.files,
            "scripts and styles": self.assets,
        }


def find_addresses(site: str) -> Addresses:
    """Read the sitemap and the home page of a running site."""
    places = [urlsplit(location).path for location in _PLACE.findall(fetch(f"{site}/sitemap.xml"))]
    indicators = [place for place in places if _INDICATOR.fullmatch(place)]
    slugs = sorted({slug for place in indicators for slug in _INDICATOR.findall(place)})
    charts = [(language, slug) for language in ("ru", "en") for slug in ("wheel", *slugs)]
    pictures = [
        f"/{language}/{'' if slug == 'wheel' else 'kpi/'}{slug}.{form}"
        for language, slug in charts
        for form in ("svg", "png")
        if form == "svg" or slug == "wheel"
    ]
    edition = next(_editions(places))
    files = [f"/data/{edition}/{name}" for name in ("observations.csv", "fulfilment.csv")]
    files += [f"/en/kpi/{slug}.{form}" for slug in slugs[:10] for form in ("csv", "json")]
    return Addresses(
        # The start of the quiz is made for each reader anew, and counts as the quiz.
        pages=tuple(
            place for place in places if place not in indicators and not place.endswith("/quiz/")
        ),
        indicators=tuple(indicators),
        embeds=tuple(f"/embed/{language}/{slug}" for language, slug in charts),
        pictures=tuple(pictures),
        files=(*files, "/en/factsheet.pdf"),
        assets=tuple(sorted(set(_ASSET.findall(fetch(f"{site}/en/"))))),
    )


def _editions(places: Sequence[str]) -> Iterator[str]:
    for place in places:
        if match := re.fullmatch(r"/en/data/(\d{4}\.\d+)/", place):
            yield match[1]


def every(paths: Sequence[str]) -> list[Asked]:
    """Each path as often as any other, in an order that is the same in each run."""
    shuffled = list(paths)
    random.Random(1).shuffle(shuffled)  # noqa: S311  # An order of questions, no secret.
    return [Asked(address) for address in shuffled]


def spike(addresses: Addresses) -> list[Asked]:
    """What readers of the evening news ask for, but for the quiz: 80 pages to 12 files.

    Half of the pages are the home page in the two languages; the others are all pages of the
    site alike. Half of the files are what pages bring along, a quarter pictures, a quarter data.
    """
    chance = random.Random(2)  # noqa: S311  # Dice of imagined readers, no secret.
    pages = (*addresses.pages, *addresses.indicators)
    paths = []
    for _ in range(_LENGTH):
        if chance.random() < PAGES / (PAGES + FILES):
            home = chance.random() < _HOME_SHARE
            paths.append(chance.choice(("/ru/", "/en/") if home else pages))
        else:
            kinds = (addresses.assets, addresses.assets, addresses.pictures, addresses.files)
            paths.append(chance.choice(chance.choice(kinds)))
    return [Asked(address) for address in paths]


def fetch(address: str) -> str:
    """The text of an address."""
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())
