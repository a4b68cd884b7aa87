"""Target fulfilment of one city as of a year: every indicator, group and reason.

Pure functions over an edition: the same edition, city and year always give the same result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, NamedTuple

from data.models import (
    Comparability,
    DataPoint,
    Edition,
    Indicator,
    Observation,
    Target,
    Words,
)
from data.scoring import (
    Band,
    band_of,
    group_share,
    points_of,
    share_of_target,
)

Reason = Literal["no_value", "no_target", "not_comparable", "no_year", "neutral", "withheld"]

# Within a year a value printed as a U4SSC result goes before official statistics of the
# same definition, and those before a value of a slightly different one.
_PREFERENCE: Mapping[Comparability, int] = {"reported": 0, "exact": 1, "close": 2, "proxy": 3}
_UNDATED = -1


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
    def has_value(self) -> bool:
        """Return whether any number was published, comparable or not."""
        return any(score.observation is not None for score in self.scores)


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
    """The indicators of one category within one sub-dimension, in table order."""

    name: Words
    sub_dimension: Words
    dimension: str
    indicators: tuple[IndicatorScore, ...]


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Every indicator of one city as of one year, in table order."""

    city: str
    as_of: int
    indicators: tuple[IndicatorScore, ...]

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
        return tuple(
            Category(category, sub_dimension, its_dimension, tuple(members))
            for (its_dimension, sub_dimension, category), members in groups.items()
        )


def years_with_data(edition: Edition, city: str) -> tuple[int, ...]:
    """Every year in which this city has a dated number, oldest first."""
    return tuple(
        sorted(
            {
                observation.year
                for observation in edition.of_city(city)
                if observation.year is not None and observation.value is not None
            }
        )
    )


def newest_year(edition: Edition, city: str) -> int:
    """The newest year with data of ``city``; the edition's own year where it has none."""
    return max(years_with_data(edition, city), default=int(edition.date[:4]))


def fulfilment_of(edition: Edition, city: str, as_of: int) -> Fulfilment:
    """Hold every indicator of ``city`` against its target as of the end of ``as_of``.

    Per data point the newest ratable value not later than ``as_of`` counts; undated ones are
    known as of the newest year with data only. A published edition keeps the scores that it was
    published with. Raises ``KeyError`` for a city that the edition does not know.
    """
    edition.cities[city]
    if steps := edition.scores.get(city):
        return _published(edition, city, as_of, steps)
    observations: dict[str, list[Observation]] = {}
    # Nobody knew a value without a year in 2009: it counts as of the newest year only.
    newest = newest_year(edition, city)
    for observation in edition.of_city(city):
        if as_of >= (newest if observation.year is None else observation.year):
            observations.setdefault(observation.code, []).append(observation)
    targets: dict[str, list[Target]] = {}
    for target in edition.targets:
        if target.primary and target.scope in ("all", city):
            targets.setdefault(target.code, []).append(target)
    return Fulfilment(
        city,
        as_of,
        tuple(
            _indicator_score(
                indicator, observations.get(indicator.code, []), targets.get(indicator.code, [])
            )
            for indicator in edition.indicators
        ),
    )


def _published(edition: Edition, city: str, as_of: int, steps: Sequence[ScoreStep]) -> Fulfilment:
    scores: dict[str, IndicatorScore] = {}
    groups: dict[Group, GroupRate] = {}
    for step in steps:
        if step.since is None or step.since <= as_of:
            scores |= step.indicators
            groups |= step.groups
    members = (replace(scores[indicator.code], groups=groups) for indicator in edition.indicators)
    return Fulfilment(city, as_of, tuple(members))


def _indicator_score(
    indicator: Indicator, observations: list[Observation], targets: list[Target]
) -> IndicatorScore:
    labels = _labels(indicator, observations)
    scores = tuple(
        _score(
            indicator,
            label,
            [observation for observation in observations if observation.data_point == label],
            next((target for target in targets if label in target.applies_to), None),
        )
        for label in labels
    )
    scored = [score for score in scores if score.share is not None]
    # A single scored part keeps its exact share; its band is the same as by points.
    share = scored[0].share if len(scored) == 1 else group_share(score.points for score in scored)
    return IndicatorScore(indicator, scores, share, band_of(share), _joint_reason(scores, share))


def _labels(indicator: Indicator, observations: list[Observation]) -> tuple[str, ...]:
    """The parts that the standard defines, then those that only this city's sources have."""
    observed = {
        observation.data_point for observation in observations if observation.value is not None
    }
    listed = [
        point.label for point in indicator.data_points if point.standard or point.label in observed
    ]
    if "" in observed or not listed:
        listed.insert(0, "")
    return tuple(listed)


def _score(
    indicator: Indicator, label: str, observations: list[Observation], target: Target | None
) -> Score:
    valued = [observation for observation in observations if observation.value is not None]
    ratable = [
        observation for observation in valued if observation.rate and observation.year is not None
    ]
    if not ratable:
        shown = _newest(valued)
        reason: Reason = (shown.reason if shown else None) or "no_value"
        return Score(indicator, label, shown, target, None, "none", None, reason)
    scored = _newest(ratable)
    if scored is None or scored.value is None or target is None:
        reason = "neutral" if indicator.direction == "neutral" else "no_target"
        return Score(indicator, label, scored, None, None, "none", None, reason)
    share = share_of_target(scored.value, target.value, target.direction)
    band = band_of(share)
    reason_or_none: Reason | None = "neutral" if share is None else None
    return Score(indicator, label, scored, target, share, band, points_of(band), reason_or_none)


def _newest(observations: list[Observation]) -> Observation | None:
    """The newest one; within a year the better comparable, then the earlier row."""
    return min(
        observations,
        key=lambda observation: (
            -(_UNDATED if observation.year is None else observation.year),
            _PREFERENCE[observation.comparability],
        ),
        default=None,
    )


def _joint_reason(scores: tuple[Score, ...], share: Fraction | None) -> Reason | None:
    """The reason nearest to a score: a value that only lacks a target goes before a gap."""
    if share is not None:
        return None
    nearest: tuple[Reason, ...] = (
        "no_target",
        "neutral",
        "not_comparable",
        "no_year",
        "withheld",
        "no_value",
    )
    reasons = {score.reason for score in scores}
    return next(reason for reason in nearest if reason in reasons)
