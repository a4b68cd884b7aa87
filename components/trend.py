"""One indicator's values over the years: which of them a line may join, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from components.formats import brief_quantity, listing, period, quantity
from components.texts import text
from data.models import Indicator, Language, Observation, Target, Words

_WHOLE = Decimal(100)
# Of the highest value, from which spread on an axis begins at zero; and the room at its ends.
_SPREAD, _ROOM = Decimal("0.4"), Decimal("0.12")
_MOST_TICKS = 5
_FACTORS = (10, 5, 4, 3, 2)  # That the words for a change name, the largest first.
_STEPS = tuple(
    Decimal(factor).scaleb(power) for power in (0, 1, 2) for factor in ("1", "2", "2.5", "5")
)


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """The dated values of one data point, oldest first, and the target they are held against.

    ``until`` is the year that the time axis reaches at least. ``others`` are comparable values
    of other cities, each with the name of its city.
    """

    name: str
    observations: tuple[Observation, ...]
    target: Target | None
    until: int | None = None
    others: tuple[tuple[Words, Observation], ...] = ()

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
    others: Sequence[tuple[Words, Observation]] = (),
) -> tuple[TrendSeries, ...]:
    """Group one city's dated numbers of one indicator by data point, in listed order.

    Of ``others`` a series gets those of its data point, unit and years that share its axis.
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
            beside = tuple(named for named in others if _is_beside(named[1], own))
            series.append(replace(own, others=beside))
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


@dataclass(frozen=True, slots=True)
class Axis:
    """The ends of a vertical axis and at most five round ticks between them."""

    ends: tuple[float, float]
    ticks: tuple[Decimal, ...]


def axis_of(series: TrendSeries) -> Axis:
    """Return an axis that holds all values and the yardstick, with room for a name above.

    It begins at zero where the values spread over a good part of the way from there, or else near
    the lowest one: dots and lines, unlike bars, show no length. A share ends at 100.
    """
    values = [_value(observation) for observation in series.observations]
    if series.target is not None:
        values.append(series.target.value)
    return axis_for(values, is_share=series.observations[0].unit_code == "%")


def axis_for(values: Sequence[Decimal], *, is_share: bool) -> Axis:
    """Return an axis for plain values, as ``axis_of`` does for a series."""
    low, high = min(values), max(values)
    span = high - low or abs(high) / 5 or Decimal(1)
    from_zero = low >= 0 and span >= high * _SPREAD
    bottom = Decimal(0) if from_zero else low - span * _ROOM
    if low >= 0:
        bottom = max(bottom, Decimal(0))
    top = high + max(high - bottom, span) * _ROOM
    if is_share and high <= _WHOLE:
        top = min(top, _WHOLE)
    return Axis((float(bottom), float(top)), ticks_between(bottom, top))


def ticks_between(bottom: Decimal, top: Decimal) -> tuple[Decimal, ...]:
    """Return at most five round numbers from ``bottom`` to ``top``."""
    magnitude = Decimal(1).scaleb((top - bottom).adjusted() - 1)
    for step in (magnitude * factor for factor in _STEPS):
        first, last = _ceiling(bottom / step), -_ceiling(-top / step)
        if last - first < _MOST_TICKS:
            return tuple(_plain(step * count) for count in range(first, last + 1))
    raise AssertionError(f"no ticks between {bottom} and {top}")


def _ceiling(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _plain(tick: Decimal) -> Decimal:
    """Return a tick without needless zeros and without an exponent."""
    whole = tick == tick.to_integral_value()
    return tick.quantize(Decimal(1)) if whole else tick.normalize()


def trend_sentence(series: TrendSeries, language: Language, unit: Words) -> str:
    """Describe the chart in sentences that compare nothing of two definitions or evidences."""
    return " ".join(trend_sentences(series, language, unit))


def trend_sentences(series: TrendSeries, language: Language, unit: Words) -> tuple[str, ...]:
    """Return these sentences: one for each run of comparable values, and one of caveats.

    They name the ends and the extremes of each run, the years in which the definition changed,
    how many values stand apart, and the newest one if it is one of those.
    """
    count, runs = len(series.observations), series.runs()
    latest = series.observations[-1]
    newest = _dated(latest, language, unit)
    if count == 1:
        return (text("trend_one", language, value=newest),)
    if not runs:
        return (text("trend_apart", language, n=count, newest=newest),)
    sentences: list[str] = []
    if changed := dict.fromkeys(period(right.period, language) for _, right in series.breaks()):
        sentences.append(text("trend_changed", language, changed=listing(tuple(changed), language)))
    if apart := count - sum(len(run) for run in runs):
        sentences.append(text("trend_others", language, n=apart))
    if _year(latest) > max(_year(run[-1]) for run in runs):
        sentences.append(text("trend_newest", language, newest=newest))
    run_sentences = tuple(_run_sentence(run, language, unit) for run in runs)
    return (*run_sentences, " ".join(sentences)) if sentences else run_sentences


def _run_sentence(run: Sequence[Observation], language: Language, unit: Words) -> str:
    first, last = run[0], run[-1]
    values = [_value(observation) for observation in run]
    words = text(
        _change(values),
        language,
        first=_dated(first, language, unit),
        last=_dated(last, language, unit, brief_quantity),
    )
    extremes = {
        name: _dated(extreme, language, unit, brief_quantity)
        for name, extreme in (("low", min(run, key=_value)), ("high", max(run, key=_value)))
        if _value(extreme) not in (values[0], values[-1])
    }
    if extremes:
        words += text(f"trend_{'_'.join(extremes)}", language, **extremes)
    return words + "."


def _change(values: Sequence[Decimal]) -> str:
    """Return the key of the words for a change: its direction, and its size by whole factors."""
    first, last = values[0], values[-1]
    if first == last:
        return "trend_same" if len(set(values)) == 1 else "trend_back"
    direction = "up" if last > first else "down"
    small, large = sorted((first, last))
    factor = next((factor for factor in _FACTORS if 0 < small * factor < large), 0)
    return f"trend_{direction}_{factor}" if factor else f"trend_{direction}"


def _value(observation: Observation) -> Decimal:
    return Decimal(0) if observation.value is None else observation.value


def _dated(
    observation: Observation,
    language: Language,
    unit: Words,
    written: Callable[[Decimal, Words, Language], str] = quantity,
) -> str:
    """A value with its unit and period: ``1.8% (2023)``."""
    shown = written(_value(observation), unit, language)
    return text("dated_value", language, value=shown, period=period(observation.period, language))
