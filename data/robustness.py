"""Colours that stay under every fitting yardstick, and colours that hang on the choice."""

from dataclasses import dataclass
from fractions import Fraction

from data.models import Edition, Target
from data.scores import Fulfilment, Score
from data.scoring import Band, band_of, share_of_target
from data.yardsticks import fitting_yardsticks


@dataclass(frozen=True, slots=True)
class Alternative:
    """A score under another yardstick; ``share`` is in percent, exact."""

    yardstick: Target
    share: Fraction
    band: Band


@dataclass(frozen=True, slots=True)
class Robustness:
    """A score beside what every other published yardstick would make of it, in table order.

    A city's own goals are none of them: they overrule no common yardstick.
    """

    score: Score
    alternatives: tuple[Alternative, ...]

    @property
    def yardsticks(self) -> int:
        """The number of yardsticks that were tried, the one that decides included."""
        return 1 + len(self.alternatives)

    @property
    def depends(self) -> bool:
        """Return whether another yardstick gives another band."""
        return bool(self.other_bands)

    @property
    def other_bands(self) -> tuple[Alternative, ...]:
        """The alternatives with another band than the score's."""
        return tuple(
            alternative for alternative in self.alternatives if alternative.band != self.score.band
        )


def robustness_of(edition: Edition, city: str, score: Score) -> Robustness | None:
    """Hold the value of a score against every other yardstick of its direction.

    None where the score has no band.
    """
    observation, chosen = score.observation, score.target
    if score.band == "none" or observation is None or observation.value is None or chosen is None:
        return None
    alternatives = []
    for yardstick in fitting_yardsticks(edition, city, score.indicator, score.label):
        if (
            yardstick == chosen
            or yardstick.yardstick_kind == "own_goal"
            or yardstick.direction != chosen.direction
        ):
            continue
        share = share_of_target(observation.value, yardstick.value, yardstick.direction)
        if share is not None:
            alternatives.append(Alternative(yardstick, share, band_of(share)))
    return Robustness(score, tuple(alternatives))


def all_robustness(edition: Edition, fulfilment: Fulfilment) -> tuple[Robustness, ...]:
    """Return the robustness of every rated data point of a city, in table order."""
    tried = (
        robustness_of(edition, fulfilment.city, score)
        for indicator_score in fulfilment.indicators
        for score in indicator_score.scored
    )
    return tuple(robustness for robustness in tried if robustness is not None)
