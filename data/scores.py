"""Scores of a city's indicators against their yardsticks, and of groups of them: the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from data.models import NO_WORDS, DataPoint, Indicator, Observation, PlainGroup, Target, Words
from data.scoring import Band
from data.yardsticks import COMMON, View

Reason = Literal[
    "no_value",
    "no_target",
    "not_comparable",
    "no_year",
    "neutral",
    "withheld",
    "incomplete",
    "older",
]
# A value is recent within so many years before the year that the reader looks at.
RECENT_YEARS = 5


@dataclass(frozen=True, slots=True)
class Score:
    """One data point of one indicator, held against its target.

    ``observation`` is the value that was scored, or else the newest one that could be shown
    without a score, or None. ``share`` is in percent, exact. ``reason`` says why the band
    is ``none`` and is None otherwise.
    """

    indicator: Indicator
    label: str
    observation: Observation | None
    target: Target | None
    share: Fraction | None
    band: Band
    points: int | None
    reason: Reason | None

    @property
    def data_point(self) -> DataPoint | None:
        """The listed data point, None where the indicator has only one value."""
        return self.indicator.data_point(self.label)


class GroupRate(NamedTuple):
    """Score of a group of indicators: its share in percent, exact, and its band."""

    share: Fraction | None
    band: Band


# The codes of the indicators of a group.
Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator with all its data points; they make one band by the points method.

    ``groups`` are the rates of the groups as published, none where they are still computed.
    """

    indicator: Indicator
    scores: tuple[Score, ...]
    share: Fraction | None
    band: Band
    reason: Reason | None
    groups: Mapping[Group, GroupRate] = field(default_factory=dict, compare=False, repr=False)

    @property
    def scored(self) -> tuple[Score, ...]:
        """The data points that have a band other than ``none``."""
        return tuple(score for score in self.scores if score.band != "none")

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the scored values, each once, from the oldest on; none without a score."""
        years = {score.observation.year for score in self.scored if score.observation}
        return tuple(sorted(year for year in years if year is not None))

    @property
    def decisive(self) -> Score | None:
        """The data point that says most of an indicator; None where no number was published.

        It is the one furthest from its yardstick, of equals the oldest; without a rated one, the
        first that has a value and the reason of the indicator, else the first that has a value.
        """
        rated = [
            (score.share, _year(score), score) for score in self.scored if score.share is not None
        ]
        if rated:
            return min(rated, key=lambda entry: entry[:2])[2]
        valued = [score for score in self.scores if score.observation is not None]
        return min(valued, key=lambda score: score.reason != self.reason, default=None)

    def is_recent(self, recent_from: int) -> bool:
        """Return whether all scored values are of ``recent_from`` or later, and there is one."""
        return bool(self.years) and self.years[0] >= recent_from

    @property
    def has_value(self) -> bool:
        """Return whether any number was published, comparable or not."""
        return any(score.observation is not None for score in self.scores)


def _year(score: Score) -> int:
    """Return the year of a scored value; only values with a year are scored."""
    return (score.observation.year if score.observation else None) or 0


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """Stored scores of a published edition as of a year, by code and by group.

    ``since`` is None for what holds before any year with data.
    """

    since: int | None
    indicators: dict[str, IndicatorScore]
    groups: dict[Group, GroupRate]


@dataclass(frozen=True, slots=True)
class Category:
    """The indicators of one category within one sub-dimension, in table order.

    ``title`` and ``sub_title`` are the names that readers see: the plain ones, or those of the
    standard where the edition has none. ``label`` is the short plain name, for charts, or empty.
    """

    name: Words
    sub_dimension: Words
    dimension: str
    indicators: tuple[IndicatorScore, ...]
    title: Words = NO_WORDS
    sub_title: Words = NO_WORDS
    label: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Every indicator of one city as of one year, in table order.

    ``since`` is the year before which values were left out, None for all of them. ``is_past``
    says that the edition knows of later years. ``plain_groups`` are its plain words.
    """

    city: str
    as_of: int
    indicators: tuple[IndicatorScore, ...]
    view: View = COMMON
    since: int | None = None
    is_past: bool = False
    plain_groups: tuple[PlainGroup, ...] = field(default=(), repr=False)

    @property
    def recent_from(self) -> int:
        """The year from which on a value is recent."""
        return self.as_of - RECENT_YEARS

    def find(self, code: str) -> IndicatorScore | None:
        """The indicator of this code, or None."""
        return next((score for score in self.indicators if score.indicator.code == code), None)

    def of_dimension(self, dimension: str) -> tuple[IndicatorScore, ...]:
        """The indicators of one dimension, in table order."""
        return tuple(score for score in self.indicators if score.indicator.dimension == dimension)

    def dimensions(self) -> tuple[str, ...]:
        """The dimensions in table order."""
        return tuple(dict.fromkeys(score.indicator.dimension for score in self.indicators))

    def categories(self, dimension: str | None = None) -> tuple[Category, ...]:
        """The categories in table order, of one dimension or of all three."""
        groups: dict[tuple[str, Words, Words], list[IndicatorScore]] = {}
        for score in self.indicators:
            indicator = score.indicator
            if dimension in (None, indicator.dimension):
                key = (indicator.dimension, indicator.sub_dimension, indicator.category)
                groups.setdefault(key, []).append(score)
        plain = {
            (group.dimension, group.sub_dimension, group.category): group
            for group in self.plain_groups
        }
        categories = []
        for (its_dimension, sub_dimension, name), members in groups.items():
            own = plain.get((its_dimension, sub_dimension.en, name.en))
            whole = plain.get((its_dimension, sub_dimension.en, ""))
            categories.append(
                Category(
                    name,
                    sub_dimension,
                    its_dimension,
                    tuple(members),
                    own.plain_name if own else name,
                    whole.plain_name if whole else sub_dimension,
                    own.label if own else NO_WORDS,
                )
            )
        return tuple(categories)
