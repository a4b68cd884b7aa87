"""One indicator's values over the years: which of them a line may join, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from components.formats import listing, period, quantity
from components.texts import text
from data.models import Indicator, Language, Observation, Target, Words


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """The dated values of one data point, oldest first, and the target they are held against."""

    name: str
    observations: tuple[Observation, ...]
    target: Target | None

    def segments(self) -> tuple[tuple[Observation, Observation], ...]:
        """Neighbours that a line may join: successive years of one source and one definition.

        Anything else is a gap or a break, and a line across it would show values that
        nobody published. What is not scored, as part of a year, is no successor of a full year.
        """
        kinds: dict[tuple[str, str], list[Observation]] = {}
        for observation in self.observations:
            if observation.rate and observation.comparability != "proxy":
                kinds.setdefault((observation.source_id, observation.comparability), []).append(
                    observation
                )
        return tuple(
            (left, right)
            for members in kinds.values()
            for left, right in pairwise(members)
            if left.year is not None and right.year == left.year + 1 and not right.breaks_series
        )

    def breaks(self) -> tuple[tuple[Observation, Observation], ...]:
        """The last value before each change of definition, and the first value after it."""
        return tuple(
            (earlier[-1], right)
            for right in self.observations
            if right.breaks_series
            for earlier in [
                [
                    observation
                    for observation in self.observations
                    if _year(observation) < _year(right)
                ]
            ]
            if earlier
        )


def _year(observation: Observation) -> int:
    return observation.year or 0


def trend_series(
    indicator: Indicator, observations: Sequence[Observation], targets: Sequence[Target]
) -> tuple[TrendSeries, ...]:
    """Group one city's dated numbers of one indicator by data point, in listed order."""
    dated = [
        observation
        for observation in observations
        if observation.value is not None and observation.year is not None
    ]
    labels = dict.fromkeys(["", *(point.label for point in indicator.data_points)])
    labels.update(dict.fromkeys(observation.data_point for observation in dated))
    series = []
    for label in labels:
        members = sorted(
            (observation for observation in dated if observation.data_point == label),
            key=lambda observation: observation.period,
        )
        if members:
            target = next((target for target in targets if label in target.applies_to), None)
            series.append(TrendSeries(label, tuple(members), target))
    return tuple(series)


def axis_ticks(highest: Decimal) -> tuple[Decimal, ...]:
    """Round steps from 0 to at least ``highest``: four to six of 1, 2, 2.5 or 5 × 10ⁿ."""
    if highest <= 0:
        return (Decimal(0), Decimal(1))
    raw = highest / 4
    magnitude = Decimal(1).scaleb(raw.adjusted())
    step = next(
        magnitude * factor
        for factor in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
        if magnitude * factor >= raw
    )
    count = -(-highest // step)
    ticks = [step * index for index in range(int(count) + 1)]
    if ticks[-1] < highest:
        ticks.append(ticks[-1] + step)
    return tuple(tick.normalize() for tick in ticks)


def trend_sentence(series: TrendSeries, language: Language, unit: Words) -> str:
    """Describe the chart in one sentence of first, last and count.

    Where the definition changed in between, it says when: the ends measure different things.
    """
    first, last = series.observations[0], series.observations[-1]
    if first.value is None or last.value is None:
        return ""
    if len(series.observations) == 1:
        wording = "trend_one"
    else:
        wording = "trend_many_broken" if series.breaks() else "trend_many"
    changed = dict.fromkeys(period(right.period, language) for _, right in series.breaks())
    return text(
        wording,
        language,
        n=len(series.observations),
        first=quantity(first.value, unit, language),
        last=quantity(last.value, unit, language),
        first_year=period(first.period, language),
        last_year=period(last.period, language),
        changed=listing(tuple(changed), language),
    )
