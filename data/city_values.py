"""Cities side by side: the value of each, and which of them may share a scale."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from data.fulfilment import fulfilment_of, years_with_data
from data.models import Edition, Indicator, Observation

# A plain count grows with the city, and yes or no is no quantity: neither belongs on a scale.
COUNT = "number"
OFF_SCALE = (COUNT, "yes/no")


@dataclass(frozen=True, slots=True)
class Scale:
    """Values of one data point in one unit, from two or more cities, that may be drawn together."""

    label: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One indicator: a value per city and data point, the site's own city first.

    The other cities follow in the order of their table, never in that of their values.
    ``silent`` are the ids of cities whose source names the indicator without a number.
    """

    indicator: Indicator
    observations: tuple[Observation, ...]
    silent: tuple[str, ...]

    def scales(self) -> tuple[Scale, ...]:
        """Values that may share a scale: of one data point and unit, and fit to be rated.

        The edition says of each value whether it may be rated; a proxy, a doubtful or an
        undated one may not, and so is never drawn beside others.
        """
        groups: dict[tuple[str, str], list[Observation]] = {}
        for observation in self.observations:
            if observation.rate and observation.unit_code not in OFF_SCALE:
                groups.setdefault((observation.data_point, observation.unit_code), []).append(
                    observation
                )
        return tuple(
            Scale(label, tuple(members))
            for (label, _), members in groups.items()
            if len({observation.city for observation in members}) > 1
        )

    @property
    def shares_counts(self) -> bool:
        """Return whether several cities have a plain count of the same thing."""
        counts: dict[str, set[str]] = {}
        for observation in self.observations:
            if observation.rate and observation.unit_code == COUNT:
                counts.setdefault(observation.data_point, set()).add(observation.city)
        return any(len(cities) > 1 for cities in counts.values())


def cities_with_values(edition: Edition) -> tuple[str, ...]:
    """The cities that have at least one number, in table order."""
    return tuple(
        city
        for city in edition.cities
        if any(observation.value is not None for observation in edition.of_city(city))
    )


def side_by_side(
    edition: Edition, own: str, other_cities: Collection[str]
) -> tuple[SideBySide, ...]:
    """Every indicator in table order with the values of ``own`` and of the other cities.

    Of each city the value is taken that its scores rest on: per data point the newest that
    may be rated, else the newest that can be shown. Raises ``KeyError`` for an unknown city.
    """
    cities = [own, *(city for city in edition.cities if city in other_cities and city != own)]
    values_by_city = {city: _values(edition, city) for city in cities}
    silent: dict[str, list[str]] = {}
    for city in cities[1:]:
        for observation in edition.of_city(city):
            if observation.value is None:
                silent.setdefault(observation.code, []).append(city)
    rows = []
    for indicator in edition.indicators:
        values = [
            observation
            for city in cities
            for observation in values_by_city[city].get(indicator.code, ())
        ]
        with_number = {observation.city for observation in values}
        quiet = [city for city in silent.get(indicator.code, ()) if city not in with_number]
        rows.append(SideBySide(indicator, tuple(values), tuple(dict.fromkeys(quiet))))
    return tuple(rows)


def _values(edition: Edition, city: str) -> Mapping[str, tuple[Observation, ...]]:
    """The values of one city by code; nothing where no value has a year."""
    if city not in edition.cities:
        raise KeyError(city)
    if not years_with_data(edition, city):
        return {}
    scored = fulfilment_of(edition, city, edition.year)
    return {
        indicator_score.indicator.code: tuple(
            score.observation
            for score in indicator_score.scores
            if score.observation is not None and score.observation.value is not None
        )
        for indicator_score in scored.indicators
    }


def newest_of_others(
    edition: Edition, own: str, code: str, as_of: int | None = None
) -> tuple[Observation, ...]:
    """Return the newest number of each other city and data point, up to a year if one is given."""
    newest: dict[tuple[str, str], Observation] = {}
    for observation in edition.by_indicator.get(code, ()):
        year = observation.year or 0
        if observation.city == own or observation.value is None or (as_of and year > as_of):
            continue
        key = observation.city, observation.data_point
        if key not in newest or year > (newest[key].year or 0):
            newest[key] = observation
    return tuple(newest.values())
