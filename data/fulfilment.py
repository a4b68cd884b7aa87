"""Target fulfilment of one city as of a year: every indicator, group and reason.

Pure functions over an edition: the same edition, city, year and view always give the same result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from data.models import (
    EVIDENCE,
    Comparability,
    Edition,
    Indicator,
    Observation,
    Target,
)
from data.scores import Fulfilment, Group, GroupRate, IndicatorScore, Reason, Score, ScoreStep
from data.scoring import (
    band_of,
    group_share,
    points_of,
    share_of_target,
)
from data.yardsticks import COMMON, View, yardstick_of

# Within a year a value printed as a U4SSC result goes before one of the same definition, and
# those before a value of a slightly different one; then the stronger evidence decides.
_PREFERENCE: Mapping[Comparability, int] = {"reported": 0, "exact": 1, "close": 2, "proxy": 3}
_UNDATED = -1


def years_with_data(edition: Edition, city: str) -> tuple[int, ...]:
    """Every year in which this city has a dated number, oldest first."""
    return tuple(
        sorted(
            {
                observation.year
                for observation in edition.of_city(city)
                if observation.year is not None and observation.value is not None
            }
        )
    )


def scored_years(edition: Edition, city: str) -> tuple[int, ...]:
    """Every year in which a scored value of this city is new, oldest first."""
    years: set[int] = set()
    for year in years_with_data(edition, city):
        scores = fulfilment_of(edition, city, year).indicators
        if any(year in indicator_score.years for indicator_score in scores):
            years.add(year)
    return tuple(sorted(years))


def fulfilment_of(
    edition: Edition, city: str, as_of: int, view: View = COMMON, since: int | None = None
) -> Fulfilment:
    """Hold every indicator of ``city`` against its yardstick as of the end of ``as_of``.

    Per data point the newest ratable value not later than ``as_of`` counts; undated ones are
    known as of the edition's own year only. With ``since`` a value of an earlier year does not
    count. A published edition keeps the scores that it was published with. Raises ``KeyError``
    for a city that the edition does not know.
    """
    edition.cities[city]
    if steps := edition.scores.get((city, view)):
        fulfilment = _published(edition, city, as_of, steps)
    else:
        fulfilment = _computed(edition, city, as_of, view)
    fulfilment = replace(
        fulfilment,
        view=view,
        is_past=as_of < edition.year,
        plain_groups=edition.plain_groups,
    )
    return fulfilment if since is None else _recent_only(fulfilment, since)


def _computed(edition: Edition, city: str, as_of: int, view: View) -> Fulfilment:
    observations: dict[str, list[Observation]] = {}
    # Nobody knew a value without a year in 2009: it counts as of the edition's year only.
    for observation in edition.of_city(city):
        if as_of >= (edition.year if observation.year is None else observation.year):
            observations.setdefault(observation.code, []).append(observation)
    scores = []
    for indicator in edition.indicators:
        values = observations.get(indicator.code, [])
        labels = _labels(indicator, values)
        yardsticks = {
            label: yardstick_of(edition, city, indicator, label, view) for label in labels
        }
        scores.append(_indicator_score(indicator, values, yardsticks))
    return Fulfilment(city, as_of, tuple(scores))


def _published(edition: Edition, city: str, as_of: int, steps: Sequence[ScoreStep]) -> Fulfilment:
    scores: dict[str, IndicatorScore] = {}
    groups: dict[Group, GroupRate] = {}
    for step in steps:
        if step.since is None or step.since <= as_of:
            scores |= step.indicators
            groups |= step.groups
    members = (replace(scores[indicator.code], groups=groups) for indicator in edition.indicators)
    return Fulfilment(city, as_of, tuple(members))


def _recent_only(fulfilment: Fulfilment, since: int) -> Fulfilment:
    """Take the colour from each score whose value is of an earlier year than ``since``."""
    indicators = []
    for indicator_score in fulfilment.indicators:
        scores = tuple(_unless_older(score, since) for score in indicator_score.scores)
        changed = scores != indicator_score.scores
        joined = _joined(indicator_score.indicator, scores) if changed else indicator_score
        # Groups count other indicators now, so what was published of them does not hold.
        indicators.append(replace(joined, groups={}))
    return replace(fulfilment, indicators=tuple(indicators), since=since)


def _unless_older(score: Score, since: int) -> Score:
    year = score.observation.year if score.observation else None
    if score.band == "none" or year is None or year >= since:
        return score
    return replace(score, share=None, band="none", points=None, reason="older")


def _indicator_score(
    indicator: Indicator, observations: list[Observation], yardsticks: Mapping[str, Target | None]
) -> IndicatorScore:
    scores = (
        _score(
            indicator,
            label,
            [observation for observation in observations if observation.data_point == label],
            target,
        )
        for label, target in yardsticks.items()
    )
    return _joined(indicator, tuple(scores))


def _joined(indicator: Indicator, scores: tuple[Score, ...]) -> IndicatorScore:
    scored = [score for score in scores if score.share is not None]
    # A single scored part keeps its exact share; its band is the same as by points.
    share = scored[0].share if len(scored) == 1 else group_share(score.points for score in scored)
    return IndicatorScore(indicator, scores, share, band_of(share), _joint_reason(scores, share))


def _labels(indicator: Indicator, observations: list[Observation]) -> tuple[str, ...]:
    """The parts that the standard defines, then those that only this city's sources have."""
    observed = {
        observation.data_point for observation in observations if observation.value is not None
    }
    listed = [
        point.label for point in indicator.data_points if point.standard or point.label in observed
    ]
    if "" in observed or not listed:
        listed.insert(0, "")
    return tuple(listed)


def _score(
    indicator: Indicator, label: str, observations: list[Observation], target: Target | None
) -> Score:
    valued = [observation for observation in observations if observation.value is not None]
    ratable = [
        observation for observation in valued if observation.rate and observation.year is not None
    ]
    if not ratable:
        latest = newest(valued)
        reason: Reason = (latest.reason if latest else None) or "no_value"
        return Score(indicator, label, latest, target, None, "none", None, reason)
    scored = newest(ratable)
    if scored is None or scored.value is None or target is None:
        reason = "neutral" if indicator.direction == "neutral" else "no_target"
        return Score(indicator, label, scored, None, None, "none", None, reason)
    share = share_of_target(scored.value, target.value, target.direction)
    band = band_of(share)
    reason_or_none: Reason | None = "neutral" if share is None else None
    return Score(indicator, label, scored, target, share, band, points_of(band), reason_or_none)


def newest(observations: list[Observation]) -> Observation | None:
    """The newest one; within a year the better comparable, the better proven, the earlier row."""
    return min(
        observations,
        key=lambda observation: (
            -(_UNDATED if observation.year is None else observation.year),
            _PREFERENCE[observation.comparability],
            EVIDENCE.index(observation.evidence) if observation.evidence else 0,
        ),
        default=None,
    )


def _joint_reason(scores: tuple[Score, ...], share: Fraction | None) -> Reason | None:
    """The reason nearest to a score: a value that only lacks a target goes before a gap."""
    if share is not None:
        return None
    nearest: tuple[Reason, ...] = (
        "older",
        "no_target",
        "neutral",
        "incomplete",
        "not_comparable",
        "no_year",
        "withheld",
        "no_value",
    )
    reasons = {score.reason for score in scores}
    return next(reason for reason in nearest if reason in reasons)
