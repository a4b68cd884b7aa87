"""Why the colour of an indicator is another one as of a later year."""

from dataclasses import dataclass
from typing import Literal

from data.scores import Fulfilment, IndicatorScore, Score

# ``city``: a rated data point has a newer value; ``known``: one is rated for the first time;
# ``gone``: one that was rated is not any more.
Cause = Literal["city", "known", "gone"]
CAUSES: tuple[Cause, ...] = ("city", "known", "gone")


@dataclass(frozen=True, slots=True)
class YearChange:
    """An indicator whose band differs between two years."""

    before: IndicatorScore
    after: IndicatorScore
    cause: Cause


def year_changes(before: Fulfilment, after: Fulfilment) -> tuple[YearChange, ...]:
    """Return the indicators whose band is another one as of the later year, in table order.

    Where several data points changed, one that is new or gone is the cause: the band then no
    longer counts the same things.
    """
    return tuple(
        YearChange(old, new, _cause(old, new))
        for old, new in zip(before.indicators, after.indicators, strict=True)
        if old.band != new.band
    )


def _cause(before: IndicatorScore, after: IndicatorScore) -> Cause:
    old, new = _rated(before), _rated(after)
    if new.keys() - old.keys():
        return "known"
    return "gone" if old.keys() - new.keys() else "city"


def _rated(indicator_score: IndicatorScore) -> dict[str, Score]:
    return {score.label: score for score in indicator_score.scored}
