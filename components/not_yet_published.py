"""First values after a chosen year, for indicators without data up to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from components.texts import text
from data.models import Language, Observation
from data.scores import IndicatorScore


@dataclass(frozen=True, slots=True)
class NotYetPublished:
    """One indicator that has no value up to ``as_of`` and its ``first`` ones after it."""

    as_of: int
    first: tuple[Observation, ...]

    @property
    def year(self) -> int:
        """The year of the first value."""
        return self.first[0].year or self.as_of

    def state(self, language: Language) -> str:
        """Say that there is no value yet, for the place of the band's words."""
        return text("later_state", language, year=self.as_of)

    def reason(self, language: Language) -> str:
        """Say in which year the values begin."""
        return text("later_first", language, first=self.year)

    def sentence(self, name: str, language: Language) -> str:
        """Both in one sentence."""
        return text("later_sentence", language, name=name, year=self.as_of, first=self.year)


def later_values(
    score: IndicatorScore, observations: Iterable[Observation], as_of: int
) -> NotYetPublished | None:
    """The first values after ``as_of``; None where an earlier one is known, or none at all."""
    if score.has_value:
        return None
    dated = [
        (observation.year, observation)
        for observation in observations
        if observation.year and observation.value is not None
    ]
    after = [(year, observation) for year, observation in dated if year > as_of]
    if not after:
        return None
    first = min(year for year, _ in after)
    return NotYetPublished(
        as_of, tuple(observation for year, observation in after if year == first)
    )
