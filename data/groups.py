"""Scores groups of indicators by U4SSC's points: categories, dimensions, the whole city."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from data.scores import Group, IndicatorScore
from data.scoring import BANDS, Band, band_of, group_share


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A category, sub-dimension, dimension or the whole city, scored by points.

    ``share`` is the percentage of the highest possible points over the scored data points;
    the two pairs of counts say how much of the group that rests on.
    """

    share: Fraction | None
    band: Band
    points: int
    scored_data_points: int
    scored_indicators: int
    indicators: int
    bands: Mapping[Band, int]


def group_score(indicators: Iterable[IndicatorScore]) -> GroupScore:
    """Score any group of indicators by the points of all their scored data points."""
    members = tuple(indicators)
    points = [score.points for indicator_score in members for score in indicator_score.scored]
    codes: Group = frozenset(score.indicator.code for score in members)
    published = members[0].groups.get(codes) if members else None
    share = published.share if published else group_share(points)
    counted = Counter(score.band for score in members)
    return GroupScore(
        share=share,
        band=published.band if published else band_of(share),
        points=sum(earned or 0 for earned in points),
        scored_data_points=len(points),
        scored_indicators=sum(score.band != "none" for score in members),
        indicators=len(members),
        bands={band: counted[band] for band in BANDS},
    )
