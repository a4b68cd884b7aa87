"""Ages of the values behind the scores of a group of indicators."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low

from data.scores import Fulfilment, IndicatorScore
from data.scoring import Band


@dataclass(frozen=True, slots=True)
class Ages:
    """Count of the scored indicators of a group that rest on recent values, and the years of all.

    ``years`` has the year of every scored value, oldest first; an indicator is recent where all
    its scored values are of ``recent_from`` or later. ``older`` counts the others by band.
    """

    recent_from: int
    scored: int
    recent: int
    older: Mapping[Band, int]
    years: tuple[int, ...]

    @property
    def median(self) -> int | None:
        """The earliest year that at least half of the values are not newer than."""
        return median_low(self.years) if self.years else None


def ages_of(scores: Iterable[IndicatorScore], recent_from: int) -> Ages:
    """Count recent and older indicators among the scored ones of ``scores``."""
    scored = [indicator_score for indicator_score in scores if indicator_score.share is not None]
    older = [score for score in scored if not score.is_recent(recent_from)]
    years = (
        score.observation.year
        for indicator_score in scored
        for score in indicator_score.scored
        if score.observation is not None
    )
    return Ages(
        recent_from=recent_from,
        scored=len(scored),
        recent=len(scored) - len(older),
        older=Counter(score.band for score in older),
        years=tuple(sorted(year for year in years if year is not None)),
    )


def ages_of_city(fulfilment: Fulfilment) -> Ages:
    """Count them among all indicators of a city."""
    return ages_of(fulfilment.indicators, fulfilment.recent_from)
