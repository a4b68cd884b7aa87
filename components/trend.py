"""One indicator's values over the years: which of them a line may join."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from components.axes import Axis, axis_for
from data.models import Indicator, Observation, Target, Words


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """The dated values of one data point, oldest first, and the target they are held against.

    ``until`` is the year that the time axis reaches at least. ``other_cities`` are comparable
    values of other cities, each with the name of its city.
    """

    name: str
    observations: tuple[Observation, ...]
    target: Target | None
    until: int | None = None
    other_cities: tuple[tuple[Words, Observation], ...] = ()

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

    def runs(self) -> tuple[tuple[Observation, ...], ...]:
        """At most three groups of values that sentences may tell together, in order of time.

        They are the newest run, and the longest one of each section between two changes of the
        definition; where these are more than two, the two longest of them.

        A run has at least two values of one definition, as the source and as the standard see it,
        and of one evidence; one that counts otherwise than the standard joins its own source only.
        Of a period that was printed twice the first row counts. What is scored goes before what
        is not.
        """
        changes = [_year(right) for _, right in self.breaks()]
        members: dict[tuple[object, ...], dict[str, Observation]] = {}
        for observation in self.observations:
            own = observation.comparability == "proxy" or observation.evidence is None
            evidence = observation.source_id if own else observation.evidence
            kind = observation.comparability, observation.rate, evidence
            section = _section(observation, changes)
            members.setdefault((section, *kind), {}).setdefault(observation.period, observation)
        runs = [tuple(group.values()) for group in members.values() if len(group) > 1]
        runs = [run for run in runs if run[0].rate] or runs
        if not runs:
            return ()
        newest = max(runs, key=lambda run: (_year(run[-1]), len(run)))
        longest: dict[int, tuple[Observation, ...]] = {}
        for run in sorted(runs, key=lambda run: (len(run), _year(run[-1]))):
            longest[_section(run[0], changes)] = run
        earlier = sorted((run for run in longest.values() if run is not newest), key=len)
        return tuple(sorted((*earlier[-2:], newest), key=lambda run: _year(run[0])))


def _section(observation: Observation, changes: Sequence[int]) -> int:
    """Return how many changes of the definition came up to the year of an observation."""
    return sum(year <= _year(observation) for year in changes)


def _year(observation: Observation) -> int:
    return observation.year or 0


def trend_series(
    indicator: Indicator,
    observations: Sequence[Observation],
    targets: Sequence[Target],
    until: int | None = None,
    other_cities: Sequence[tuple[Words, Observation]] = (),
) -> tuple[TrendSeries, ...]:
    """Group one city's dated numbers of one indicator by data point, in listed order.

    Of ``other_cities`` a series gets those of its data point, unit and years that share its axis.
    """
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
            own = TrendSeries(label, tuple(members), target, until)
            beside = tuple(named for named in other_cities if _is_beside(named[1], own))
            series.append(replace(own, other_cities=beside))
    return tuple(series)


def _is_beside(other: Observation, series: TrendSeries) -> bool:
    """Return whether another city's value may stand in the picture without stretching it."""
    newest = series.observations[-1]
    if (other.data_point, other.unit_code) != (newest.data_point, newest.unit_code):
        return False
    if other.value is None or other.year is None or not other.rate:
        return False
    low, high = axis_of(series).ends
    years = _year(series.observations[0]), max(_year(newest), series.until or 0)
    return years[0] <= other.year <= years[1] and low <= other.value <= high


def axis_of(series: TrendSeries) -> Axis:
    """Return an axis that holds all values and the yardstick, with room for a name above.

    It begins at zero where the values spread over a good part of the way from there, or else near
    the lowest one: dots and lines, unlike bars, show no length. A share ends at 100.
    """
    values = [_value(observation) for observation in series.observations]
    if series.target is not None:
        values.append(series.target.value)
    return axis_for(values, is_share=series.observations[0].unit_code == "%")


def _value(observation: Observation) -> Decimal:
    return Decimal(0) if observation.value is None else observation.value
