"""Records of the tables, immutable: the vocabulary of the whole project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, get_args

if TYPE_CHECKING:
    from data.scores import ScoreStep

_Record = TypeVar("_Record")
EVERY_CITY = "all"  # the scope of a target that holds in every city
Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Level = Literal["core", "advanced"]
NameSource = Literal["translated", "published"]
Direction = Literal["higher_is_better", "lower_is_better", "neutral"]
Comparability = Literal["reported", "exact", "close", "proxy"]
# The kind of a yardstick decides the words of a verdict.
YardstickKind = Literal["goal", "limit", "norm", "average", "city", "natural_limit", "own_goal"]
TargetKind = YardstickKind | Literal["benchmark"]  # Editions before 2026.2 knew benchmarks only.
Evidence = Literal["verified", "statistics", "authority", "press", "study", "other"]
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)  # From the strongest to the weakest.
SourceClass = Literal[
    "itu", "statistics", "government", "international", "research", "press", "other"
]
WithheldReason = Literal["no_value", "no_year", "not_comparable", "withheld", "incomplete"]
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


NO_WORDS = Words("", "")
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
    plain_name: Words = NO_WORDS

    @property
    def title(self) -> Words:
        """The name that readers see: the plain one where the edition has it."""
        return self.plain_name or self.name


@dataclass(frozen=True, slots=True)
class Indicator(Record):
    """One of the 91 U4SSC indicators, as defined, before any city measured it.

    ``debatable`` says that more is not plainly better although the standard counts so. What an
    edition before 2026.2 does not have is empty: plain words, topics, ``debatable``.
    """

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
    plain_name: Words = NO_WORDS
    plain_definition: Words = NO_WORDS
    why: Words = NO_WORDS
    topics: tuple[str, ...] = ()
    debatable: bool = False

    @property
    def title(self) -> Words:
        """The name that readers see: the plain one where the edition has it."""
        return self.plain_name or self.name

    @property
    def slug(self) -> str:
        """The code as it stands in addresses: ``EC: ICT: ICT: 1C`` → ``ec-ict-ict-1c``."""
        return slug_of(self.code)

    def unit_of(self, label: str) -> str:
        """The machine value of the unit of a data point, or of the indicator as a whole."""
        point = self.data_point(label)
        return point.unit_code if point else self.unit_code

    def data_point(self, label: str) -> DataPoint | None:
        """The data point of this label, or None for the empty or an unlisted one."""
        return next((point for point in self.data_points if point.label == label), None)

    def title_of(self, label: str) -> Words:
        """The name for readers, with that of the data point of this label where there is one."""
        whole, point = self.title, self.data_point(label)
        if point is None:
            return whole
        return Words(f"{whole.en}: {point.title.en}", f"{whole.ru}: {point.title.ru}")

    @property
    def standard_labels(self) -> tuple[str, ...]:
        """The labels of the data points that the U4SSC standard defines, in its order.

        Read by its name in declarations/indicators.yml.
        """
        return tuple(point.label for point in self.data_points if point.standard)


@dataclass(frozen=True, slots=True)
class Observation(Record):
    """One published value of one city, indicator, data point and period.

    ``value`` keeps the digits as printed (``Decimal``), in ``unit_code``; None means that
    the source gives words only (``value_text``). ``year`` is the period's first year, None
    where the source gives none. ``reason`` is set exactly where ``rate`` is False.
    ``breaks_series`` says that the source changed its definition since the value before, so
    that no line may join the two. ``value_id`` names the row in every edition, ``evidence`` says
    on what the value rests, ``input_source_ids`` where the numbers of a derived one are from; an
    edition before 2026.2 says none of it.
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
    value_id: str = ""
    evidence: Evidence | None = None
    input_source_ids: tuple[str, ...] = ()
    series_break: bool = False


@dataclass(frozen=True, slots=True)
class Target(Record):
    """A published yardstick that a value may be held against; ours, not U4SSC's.

    A natural limit has no source. ``target_year`` is the year by which a goal was to be reached,
    None where none was named; ``single_case`` says that it binds each case, while values are means.
    ``set_by`` is who set it, or whose average it is.
    """

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
    target_year: int | None = None
    single_case: bool = False
    set_by: Words = NO_WORDS

    @property
    def yardstick_kind(self) -> YardstickKind:
        """The kind in the terms of today; an edition before 2026.2 knew three kinds only."""
        if self.kind != "benchmark":
            return _FIRST_KINDS.get((self.kind, self.basis), self.kind)
        return _BENCHMARKS.get(self.basis, "norm")


# How editions before 2026.2 said what has a kind of its own since.
_FIRST_KINDS: Mapping[tuple[str, str], YardstickKind] = {
    ("limit", "natural_limit"): "natural_limit",
    ("goal", "who"): "norm",
    ("goal", "moscow_programme"): "own_goal",
}
_BENCHMARKS: Mapping[str, YardstickKind] = {
    "oecd": "average",
    "international_average": "average",
    "national": "average",
    "leading_city": "city",
}


@dataclass(frozen=True, slots=True)
class Topic(Record):
    """A topic of life by which residents look for indicators."""

    topic: str
    name: Words
    label: Words


@dataclass(frozen=True, slots=True)
class PlainGroup(Record):
    """Plain words for a category, or for a sub-dimension where ``category`` is empty."""

    dimension: str
    sub_dimension: str
    category: str
    plain_name: Words
    label: Words


@dataclass(frozen=True, slots=True)
class Correction(Record):
    """One published cell that was corrected, or a row that was withdrawn (``column`` is empty)."""

    date: str
    table: str
    code: str
    data_point: str
    period: str
    value_id: str
    column: str
    old: str
    new: str
    reason: Words


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
    are those that were published, by city and view; without them they are computed.
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
    scores: Mapping[tuple[str, str], tuple[ScoreStep, ...]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year of the edition: what is known is known as of its end."""
        return int(self.date[:4])

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Corrections so far, none in an edition before 2026.2."""
        return cast(tuple[Correction, ...], self.more.get("corrections", ()))

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Topics of life in their order, none in an edition before 2026.2."""
        return cast(tuple[Topic, ...], self.more.get("topics", ()))

    @property
    def plain_groups(self) -> tuple[PlainGroup, ...]:
        """Plain words of sub-dimensions and categories, none in an edition before 2026.2."""
        return cast(tuple[PlainGroup, ...], self.more.get("categories", ()))

    def group_title(
        self, dimension: str, sub_dimension: Words, category: Words = NO_WORDS
    ) -> Words:
        """Return the name of a sub-dimension or category that readers see.

        It is the plain one where the edition has it, else that of the standard.
        """
        return next(
            (
                group.plain_name
                for group in self.plain_groups
                if (group.dimension, group.sub_dimension, group.category)
                == (dimension, sub_dimension.en, category.en)
            ),
            category or sub_dimension,
        )

    @cached_property
    def targets_by_indicator(self) -> Mapping[str, tuple[Target, ...]]:
        """The yardsticks of every indicator that has some, by its code, in table order."""
        return _grouped(self.targets, lambda target: target.code)

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
    records: Iterable[_Record], key: Callable[[_Record], str]
) -> Mapping[str, tuple[_Record, ...]]:
    groups: dict[str, list[_Record]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return {name: tuple(members) for name, members in groups.items()}
