"""The goals that a city set itself: kept, missed, open, or of unknown outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from data.fulfilment import newest
from data.models import EVERY_CITY, Edition, Indicator, Observation, Target
from data.scoring import share_of_target

Outcome = Literal["kept", "missed", "open", "unknown"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """One goal of a city and the value that decides on it, None where there is none.

    ``outcome`` is None for a doubtful goal, on which no value can decide.
    """

    indicator: Indicator
    goal: Target
    observation: Observation | None
    outcome: Outcome | None

    @property
    def label(self) -> str:
        """The data point that the goal is about, empty for the indicator as a whole."""
        return self.goal.applies_to[0] if self.goal.applies_to else self.goal.data_point

    @property
    def distance(self) -> Decimal | None:
        """The missing amount, in the unit of the goal and above 0; None where it is reached."""
        if self.observation is None or self.observation.value is None:
            return None
        return (
            None
            if _meets(self.observation, self.goal)
            else abs(self.goal.value - self.observation.value)
        )


def own_goals(edition: Edition, city: str, code: str | None = None) -> tuple[OwnGoal, ...]:
    """Return the goals of a city, of one indicator or of all, in table order.

    A goal is kept as soon as a value meets it. While its year has not ended it is open, never
    missed; afterwards the first value of that year or later decides. Without such a value the
    outcome is unknown. A goal may count otherwise than the standard does, so a value that is not
    comparable with the standard counts here; one whose figure is doubtful does not.
    """
    indicators = {indicator.code: indicator for indicator in edition.indicators}
    return tuple(
        _judged(indicators[goal.code], goal, edition.of_city(city, goal.code), edition.year)
        for goal in edition.targets
        if goal.yardstick_kind == "own_goal"
        and goal.scope in (EVERY_CITY, city)
        and code in (None, goal.code)
    )


def _judged(
    indicator: Indicator, goal: Target, observations: Sequence[Observation], year: int
) -> OwnGoal:
    values = [
        observation
        for observation in observations
        if observation.data_point in goal.applies_to
        and observation.value is not None
        and observation.year is not None
        and observation.unit_code == goal.unit_code
        and observation.reason != "withheld"
    ]
    deadline = goal.target_year
    over = deadline is not None and deadline < year
    due = [value for value in values if over and (value.year or 0) >= (deadline or 0)]
    # After the deadline the value nearest to it decides, before it the newest one.
    first_due = min((value.year or 0 for value in due), default=0)
    value = newest([value for value in due if value.year == first_due] or values)
    if goal.doubtful:
        return OwnGoal(indicator, goal, value, None)
    if value is not None and _meets(value, goal):
        return OwnGoal(indicator, goal, value, "kept")
    if not over:
        return OwnGoal(indicator, goal, value, "open")
    return OwnGoal(indicator, goal, value, "missed" if due else "unknown")


def _meets(observation: Observation, goal: Target) -> bool:
    share = share_of_target(observation.value or 0, goal.value, goal.direction)
    return share == Fraction(100)
