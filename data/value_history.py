"""One published value through the editions, by the id that the newest of them gives it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from data.models import Correction, Edition, Observation


class Version(NamedTuple):
    """The row of one edition, None where the value did not stand in it."""

    edition: Edition
    observation: Observation | None


@dataclass(frozen=True, slots=True)
class ValueHistory:
    """A value with its corrections; ``observation`` is that of the newest edition that has it.

    ``withdrawal`` is the correction that took the value out, None while it holds.
    """

    value_id: str
    observation: Observation
    versions: tuple[Version, ...]
    corrections: tuple[Correction, ...]

    @property
    def withdrawal(self) -> Correction | None:
        """The correction that withdrew the value, or None."""
        return next((entry for entry in self.corrections if not entry.column), None)


def value_history(editions: Sequence[Edition], value_id: str) -> ValueHistory | None:
    """Follow a value id through the editions, oldest first; None for an id that none knows.

    An edition before 2026.2 has no ids: there the row of the same city, code, data point, period
    and source is meant, or the one that was corrected into it.
    """
    corrections = tuple(
        correction
        for correction in editions[-1].corrections
        if correction.table == "observations" and correction.value_id == value_id
    )
    named = _named(editions, value_id)
    before = _before(named, corrections) if named else None
    versions = []
    for edition in editions:
        observation = _by_id(edition, value_id)
        if observation is None and edition.schema < editions[-1].schema:
            observation = (
                _same_row(edition, before)
                if before
                else _withdrawn_row(edition, value_id, corrections)
            )
        versions.append(Version(edition, observation))
    newest = next((row for _, row in reversed(versions) if row is not None), None)
    if newest is None:
        return None
    return ValueHistory(value_id, newest, tuple(versions), corrections)


def corrections_of(edition: Edition, city: str, code: str) -> tuple[Correction, ...]:
    """Return what was corrected of the values of a city and the yardsticks of an indicator."""
    return tuple(
        correction
        for correction in edition.corrections
        if correction.code == code
        and (correction.table == "targets" or correction.value_id.startswith(f"{city}-"))
    )


def _named(editions: Iterable[Edition], value_id: str) -> Observation | None:
    observations = (_by_id(edition, value_id) for edition in reversed(tuple(editions)))
    return next((observation for observation in observations if observation is not None), None)


def _by_id(edition: Edition, value_id: str) -> Observation | None:
    return next((row for row in edition.observations if row.value_id == value_id), None)


def _before(observation: Observation, corrections: Iterable[Correction]) -> Observation:
    """The row as it was found before the cells by which it is found were corrected."""
    for correction in corrections:
        if correction.column == "period":
            observation = replace(observation, period=correction.old)
        elif correction.column == "data_point":
            observation = replace(observation, data_point=correction.old)
    return observation


def _same_row(edition: Edition, observation: Observation) -> Observation | None:
    """The row of the same key; of several the one with the same number, in the same words."""
    rows = [row for row in edition.observations if _key(row) == _key(observation)]
    return min(
        rows,
        key=lambda row: (
            row.value != observation.value,
            row.value_text != observation.value_text,
        ),
        default=None,
    )


def _key(observation: Observation) -> tuple[str, ...]:
    return (
        observation.city,
        observation.code,
        observation.data_point,
        observation.period,
        observation.source_id,
    )


def _withdrawn_row(
    edition: Edition, value_id: str, corrections: Iterable[Correction]
) -> Observation | None:
    """The row that a withdrawal is about: its id begins with the city and ends with the source."""
    withdrawal = next((entry for entry in corrections if not entry.column), None)
    if withdrawal is None:
        return None
    rows = [
        row
        for row in edition.observations
        if (row.code, row.data_point, row.period)
        == (withdrawal.code, withdrawal.data_point, withdrawal.period)
        and value_id.startswith(f"{row.city}-")
        and str(row.value) == withdrawal.old
    ]
    ends = [row for row in rows if value_id.endswith(row.source_id.lower())]
    return next(iter(ends or rows), None)
