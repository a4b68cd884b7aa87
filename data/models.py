"""Records of the tables, immutable: the vocabulary of the whole project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from data.fulfilment import ScoreStep

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Level = Literal["core", "advanced"]
NameSource = Literal["translated", "published"]
Direction = Literal["higher_is_better", "lower_is_better", "neutral"]
Comparability = Literal["reported", "exact", "close", "proxy"]
TargetKind = Literal["goal", "benchmark", "limit"]
SourceClass = Literal[
    "itu", "statistics", "government", "international", "research", "press", "other"
]
WithheldReason = Literal["no_value", "no_year", "not_comparable", "withheld"]
EditionKind = Literal["first", "major", "minor", "patch"]
ChangeKind = Literal["added", "corrected", "removed", "method", "described"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; ``words["ru"]`` is the Russian one."""

    en: str
    ru: str

    def __getitem__(self, language: Language) -> str:
        return self.ru if language == "ru" else self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.ru)


_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a table.

    ``more`` holds, by their names in JSON, the declared values that the class has no attribute
    for: what a new column says can be shown before the class knows it.
    """

    more: Mapping[str, Any] = field(default_factory=lambda: _NOTHING, hash=False)


def slug_of(code: str) -> str:
    """The code of an indicator as it stands in addresses."""
    return code.lower().replace(": ", "-")


@dataclass(frozen=True, slots=True)
class DataPoint(Record):
    """One part of an indicator that has several, such as PM10 of air pollution."""

    code: str
    label: str
    name: Words
    unit_code: str
    unit: Words
    standard: bool


@dataclass(frozen=True, slots=True)
class Indicator(Record):
    """One of the 91 U4SSC indicators, as defined, before any city measured it."""

    code: str
    name: Words
    name_ru_source: NameSource
    dimension: str
    sub_dimension: Words
    category: Words
    level: Level
    type: str
    unit_code: str
    unit: Words
    direction: Direction
    sdg_targets: tuple[str, ...]
    definition: Words
    data_points: tuple[DataPoint, ...]
    source_id: str
    page: str
    sdg_source_id: str
    notes: Words
    synonyms: Mapping[Language, tuple[str, ...]]

    @property
    def slug(self) -> str:
        """The code as it stands in addresses: ``EC: ICT: ICT: 1C`` → ``ec-ict-ict-1c``."""
        return slug_of(self.code)

    def data_point(self, label: str) -> DataPoint | None:
        """The data point of this label, or None for the empty or an unlisted one."""
        return next((point for point in self.data_points if point.label == label), None)

    @property
    def standard_labels(self) -> tuple[str, ...]:
        """The labels of the data points that the U4SSC standard defines, in its order."""
        return tuple(point.label for point in self.data_points if point.standard)


@dataclass(frozen=True, slots=True)
class Observation(Record):
    """One published value of one city, indicator, data point and period.

    ``value`` keeps the digits as printed (``Decimal``), in ``unit_code``; None means that
    the source gives words only (``value_text``). ``year`` is the period's first year, None
    where the source gives none. ``reason`` is set exactly where ``rate`` is False.
    ``breaks_series`` says that the source changed its definition since the value before, so
    that no line may join the two.
    """

    city: str
    code: str
    data_point: str
    period: str
    year: int | None
    value: Decimal | None
    unit_code: str
    value_text: str
    source_id: str
    page: Words
    derived: bool
    comparability: Comparability
    note: Words
    rate: bool
    rate_reason: Words
    reason: WithheldReason | None
    breaks_series: bool = False


@dataclass(frozen=True, slots=True)
class Target(Record):
    """A published target a value may be held against; ours, not U4SSC's."""

    code: str
    data_point: str
    value: Decimal
    direction: Direction
    unit_code: str
    basis: str
    kind: TargetKind
    scope: str
    primary: bool
    doubtful: bool
    applies_to: tuple[str, ...]
    source_id: str
    page: Words
    value_text: str
    note: Words


@dataclass(frozen=True, slots=True)
class Source(Record):
    """Origin of a value or a target."""

    id: str
    title: str
    title_language: str
    publisher: Words
    year: int | None
    url: str
    licence: Words
    accessed: str
    source_class: SourceClass


@dataclass(frozen=True, slots=True)
class City(Record):
    """A city that has observations."""

    id: str
    name: Words
    country: Words


@dataclass(frozen=True, slots=True)
class Population(Record):
    """Residents of one city in one year, in thousands: the denominator of derived rates."""

    city: str
    year: int
    thousand: Decimal
    kind: Words
    source_id: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an edition changed, in words; ``table`` and ``code`` may be empty."""

    kind: ChangeKind
    words: Words
    table: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """Changes of an edition against the one before, whose version is ``before``.

    ``rows`` counts by table how many rows were added, changed and removed.
    """

    kind: EditionKind = "first"
    before: str = ""
    changes: tuple[Change, ...] = ()
    rows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)  # Without slots, since ``cached_property`` needs a dictionary.
class Edition:
    """All tables of one published edition: read once, checked as a whole, never changed.

    ``observations`` are in table order. ``digest`` is the SHA-256 of all tables, in hex,
    and serves as the version of everything computed from them. ``package`` is what its
    datapackage.json says, ``method`` the version of the scoring rule it was published with,
    ``schema`` that of the declared tables. ``headers`` lists the columns of its files by table;
    none for an edition that was not read from files, which has every declared one. ``more``
    holds the records of tables without an attribute here. ``files`` are the folders with the text
    files that were published, by city; a city without one gets them from the tables. ``scores``
    are those that were published, by city; without them they are computed.
    """

    version: str
    date: str
    digest: str
    indicators: tuple[Indicator, ...]
    observations: tuple[Observation, ...]
    targets: tuple[Target, ...]
    sources: Mapping[str, Source]
    cities: Mapping[str, City]
    populations: tuple[Population, ...]
    change_log: ChangeLog = ChangeLog()
    method: int = 1
    package: Mapping[str, Any] = field(default_factory=dict)
    schema: int = 1
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    more: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    scores: Mapping[str, tuple[ScoreStep, ...]] = field(default_factory=dict)

    @cached_property
    def by_city(self) -> Mapping[str, tuple[Observation, ...]]:
        """The observations of every city that has some, each in table order."""
        return _grouped(self.observations, lambda observation: observation.city)

    @cached_property
    def by_indicator(self) -> Mapping[str, tuple[Observation, ...]]:
        """The observations of every indicator that has some, by its code, in table order."""
        return _grouped(self.observations, lambda observation: observation.code)

    def of_city(self, city: str, code: str | None = None) -> tuple[Observation, ...]:
        """Return the observations of a city, of one indicator or of all, in table order."""
        observations = self.by_city.get(city, ())
        return (
            observations
            if code is None
            else tuple(observation for observation in observations if observation.code == code)
        )


def _grouped(
    observations: Iterable[Observation], key: Callable[[Observation], str]
) -> Mapping[str, tuple[Observation, ...]]:
    groups: dict[str, list[Observation]] = {}
    for observation in observations:
        groups.setdefault(key(observation), []).append(observation)
    return {name: tuple(members) for name, members in groups.items()}
