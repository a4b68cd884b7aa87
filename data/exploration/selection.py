"""A reader's selection of scores, and its short form in an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args
from urllib.parse import parse_qs, quote

from data.fulfilment import years_with_data
from data.models import EVIDENCE, Comparability, Edition, YardstickKind
from data.scoring import BANDS
from data.yardsticks import COMMON, VIEWS, View

Chart = Literal["heat-map", "trends", "distance", "changes", "cities", "wheel"]
CHARTS: tuple[Chart, ...] = get_args(Chart)
FileForm = Literal["csv", "ru-excel.csv", "xlsx", "parquet"]
FILE_FORMS: tuple[FileForm, ...] = get_args(FileForm)
AGES = ("recent", "older", "undated")
# More than a chart can tell apart.
MOST_CITIES = 8
_LONGEST_REMEMBERED = 40
# Filters by the names of their parameters, in the order in which pages offer them.
FILTERS: Mapping[str, str] = {
    "dimension": "dimensions",
    "topic": "topics",
    "kpi": "indicators",
    "level": "levels",
    "kind": "kinds",
    "evidence": "evidence",
    "age": "ages",
    "comparability": "comparability",
    "band": "bands",
}
PARAMETERS = ("view", *FILTERS, "yardstick", "city", "from", "as_of", "before", "pick")


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters, yardsticks, cities and years of one view; an empty filter leaves everything.

    ``indicators`` and ``highlighted`` are codes. ``cities`` begins with the site's own.
    ``first_year`` and ``last_year`` bound the years as of which is looked; rows are those of the
    last. ``before`` is the year, or the version of an edition, that changes are counted from.
    ``ignored`` has what an address asked for and nobody knows.
    """

    chart: Chart
    cities: tuple[str, ...]
    first_year: int
    last_year: int
    dimensions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    comparability: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    yardsticks: View = COMMON
    before: int | str = ""
    highlighted: str = ""
    ignored: tuple[str, ...] = field(default=(), compare=False)

    def filter(self, name: str) -> tuple[str, ...]:
        """Return what is chosen of a filter, by the name of its parameter."""
        chosen: tuple[str, ...] = getattr(self, FILTERS[name])
        return chosen

    def without(self, name: str, choice: str = "") -> Selection:
        """Return the selection without one choice of a filter, or without all of it."""
        rest = tuple(other for other in self.filter(name) if choice and other != choice)
        changes: dict[str, Any] = {FILTERS[name]: rest}
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the addresses of one edition and city.

    ``choices`` has those of each filter by the name of its parameter, in the order in which pages
    offer them; ``slugs`` those of indicators by code; ``default`` is what an address without
    parameters shows: everything that is known of the city.
    """

    choices: Mapping[str, tuple[str, ...]]
    slugs: Mapping[str, str]
    default: Selection


_vocabularies: dict[tuple[str, str], Vocabulary] = {}


def vocabulary_of(edition: Edition, city: str) -> Vocabulary:
    """Return the vocabulary of an edition and city, made once."""
    key = edition.digest, city
    if key not in _vocabularies:
        _vocabularies[key] = _vocabulary(edition, city)
    return _vocabularies[key]


def _vocabulary(edition: Edition, city: str) -> Vocabulary:
    indicators = edition.indicators
    choices = {
        "dimension": tuple(dict.fromkeys(indicator.dimension for indicator in indicators)),
        "topic": tuple(topic.topic for topic in edition.topics),
        "kpi": tuple(indicator.code for indicator in indicators),
        "level": tuple(dict.fromkeys(indicator.level for indicator in indicators)),
        "kind": get_args(YardstickKind),
        "evidence": EVIDENCE,
        "age": AGES,
        "comparability": get_args(Comparability),
        "band": BANDS,
    }
    slugs = {indicator.code: indicator.slug for indicator in indicators}
    first = min([*years_with_data(edition, city), edition.year])
    return Vocabulary(choices, slugs, Selection(CHARTS[0], (city,), first, edition.year))


def read_selection(
    query: str | Mapping[str, Sequence[str]],
    edition: Edition,
    city: str,
    versions: Iterable[str] = (),
) -> Selection:
    """Return the selection of a query string, or of the values of its parameters.

    Choices of a filter may be repeated parameters or one with commas between them. Whatever
    nobody knows is left out and remembered in ``ignored``. ``versions`` are those of the editions
    that changes may be counted from.
    """
    values = parse_qs(query, max_num_fields=1000) if isinstance(query, str) else query
    return _Reading(values, edition, city, tuple(versions)).selection()


def query_of(selection: Selection, edition: Edition) -> str:
    """Return the query string of a selection, without defaults; empty for the default one."""
    vocabulary = vocabulary_of(edition, selection.cities[0])
    default, slugs = vocabulary.default, vocabulary.slugs
    parts: dict[str, Iterable[object]] = {
        "view": [] if selection.chart == default.chart else [selection.chart],
        **{name: selection.filter(name) for name in FILTERS},
        "yardstick": [] if selection.yardsticks == COMMON else [selection.yardsticks],
        "city": selection.cities[1:],
        "from": [] if selection.first_year == default.first_year else [selection.first_year],
        "as_of": [] if selection.last_year == default.last_year else [selection.last_year],
        "before": [selection.before] if selection.before else [],
        "pick": [selection.highlighted] if selection.highlighted else [],
    }
    written = {
        name: ",".join(slugs.get(str(value), str(value)).replace("_", "-") for value in part)
        for name, part in parts.items()
    }
    return "&".join(f"{name}={quote(value, safe=',')}" for name, value in written.items() if value)


class _Reading:
    def __init__(
        self,
        values: Mapping[str, Sequence[str]],
        edition: Edition,
        city: str,
        versions: tuple[str, ...],
    ) -> None:
        self._values, self._edition, self._city = values, edition, city
        self._versions = versions
        self._ignored: list[str] = [
            name for name in values if name not in PARAMETERS and not name.startswith("utm_")
        ]

    def selection(self) -> Selection:
        """Return what the parameters say, and what of it was ignored."""
        vocabulary = vocabulary_of(self._edition, self._city)
        default, words = vocabulary.default, vocabulary.choices
        slugs = {slug: code for code, slug in vocabulary.slugs.items()}
        filters: dict[str, Any] = {
            attribute: self._several(name, slugs if name == "kpi" else _slugs(words[name]))
            for name, attribute in FILTERS.items()
        }
        years = {str(year): year for year in range(default.first_year, default.last_year + 1)}
        last = self._single("as_of", years) or default.last_year
        first = self._single("from", {word: year for word, year in years.items() if year <= last})
        earlier = {word: year for word, year in years.items() if year < last}
        versions = {version: version for version in self._versions}
        others = {city: city for city in self._edition.cities if city != self._city}
        selection = Selection(
            chart=self._single("view", _slugs(CHARTS)) or default.chart,
            cities=(self._city, *self._several("city", others, MOST_CITIES)),
            first_year=first or min(default.first_year, last),
            last_year=last,
            yardsticks=self._single("yardstick", _slugs(VIEWS)) or COMMON,
            before=self._single("before", earlier | versions) or "",
            highlighted=self._single("pick", slugs) or "",
            **filters,
        )
        return replace(selection, ignored=tuple(dict.fromkeys(self._ignored)))

    def _several(
        self, name: str, choices: Mapping[str, str], most: int | None = None
    ) -> tuple[str, ...]:
        """Return the choices that the address names, in the order of all choices."""
        words = [word for value in self._values.get(name, ()) for word in value.split(",") if word]
        chosen = [choice for word, choice in choices.items() if word in _plain(words)]
        for word, plain in zip(words, _plain(words), strict=True):
            if plain not in choices or choices[plain] in chosen[most or len(chosen) :]:
                self._ignored.append(f"{name}={word[:_LONGEST_REMEMBERED]}")
        return tuple(chosen[:most])

    def _single(self, name: str, choices: Mapping[str, Any]) -> Any:
        words = [word for word in self._values.get(name, ()) if word]
        for word, plain in zip(words, _plain(words), strict=True):
            if plain in choices:
                return choices[plain]
            self._ignored.append(f"{name}={word[:_LONGEST_REMEMBERED]}")
        return None


def _plain(words: Iterable[str]) -> list[str]:
    """Other pages write underscores where these have hyphens."""
    return [word.replace("_", "-") for word in words]


def _slugs(choices: Iterable[Any]) -> dict[str, Any]:
    return {choice.replace("_", "-"): choice for choice in choices}
