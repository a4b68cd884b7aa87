"""What a past year hides: numbers that were published, but only for later years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from components.texts import text
from data.fulfilment import IndicatorScore
from data.models import Language, Observation


@dataclass(frozen=True, slots=True)
class Later:
    """One indicator that has no value up to ``as_of`` and its ``first`` ones after it."""

    as_of: int
    first: tuple[Observation, ...]

    @property
    def year(self) -> int:
        """The year of the first value."""
        return self.first[0].year or self.as_of

    def state(self, language: Language) -> str:
        """What there is not, for the place where a state stands."""
        return text("later_state", language, year=self.as_of)

    def reason(self, language: Language) -> str:
        """When the values begin."""
        return text("later_first", language, first=self.year)

    def sentence(self, name: str, language: Language) -> str:
        """Both in one sentence."""
        return text("later_sentence", language, name=name, year=self.as_of, first=self.year)


def later_values(
    one: IndicatorScore, observations: Iterable[Observation], as_of: int
) -> Later | None:
    """The first values after ``as_of``; None where an earlier one is known, or none at all."""
    if one.has_value:
        return None
    dated = [(seen.year, seen) for seen in observations if seen.year and seen.value is not None]
    after = [(year, seen) for year, seen in dated if year > as_of]
    if not after:
        return None
    first = min(year for year, _ in after)
    return Later(as_of, tuple(seen for year, seen in after if year == first))
