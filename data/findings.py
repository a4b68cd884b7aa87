"""Findings that stand out of a city's values, each chosen by a rule that the method prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from statistics import median
from typing import Literal

from data.city_values import OFF_SCALE, side_by_side
from data.fulfilment import newest
from data.models import Edition, Observation
from data.own_goals import OwnGoal, own_goals
from data.scores import Fulfilment, Score
from data.scoring import TOP_BAND, share_of_target

Kind = Literal["furthest", "reached", "missed", "changed", "beside", "gap", "next"]
MOST = 6
# So that neither one dimension nor one bad figure fills the page.
_MOST_OF_A_DIMENSION = 3
# Somebody set these; nobody aims at an average.
_AIMS = ("goal", "limit", "norm", "own_goal")
_GOALS = ("goal", "own_goal")


@dataclass(frozen=True, slots=True)
class Finding:
    """One data point that stands out, and what it is told beside.

    ``score`` has its value and yardstick; that of a missed goal is the goal, ``own_goal``.
    ``history`` are its dated values fit to be rated, up to the year looked at, oldest first.
    ``before`` is the last value that did not reach the goal, or the first of those that changed;
    ``other_values`` are those of other cities.
    """

    kind: Kind
    score: Score
    history: tuple[Observation, ...] = ()
    before: Observation | None = None
    other_values: tuple[Observation, ...] = ()
    own_goal: OwnGoal | None = None


# A candidate with what orders it among those of its rule; the smallest is chosen.
_Candidate = tuple[tuple[int | Fraction, ...], Finding]
_Rule = Callable[["_Values"], Iterable[_Candidate]]


def findings(edition: Edition, fulfilment: Fulfilment) -> tuple[Finding, ...]:
    """Return at most six findings, none about the same indicator; fewer where rules find nothing.

    All but a gap rest on recent values that have a yardstick, so that each is told as better or
    worse than something. A dimension has at most three. Core indicators of the standard go before
    advanced ones, then the rule's own order decides, then that of the table. Free places are
    filled with the values furthest from a yardstick of any kind.
    """
    values = _Values(edition, fulfilment)
    chosen: list[Finding] = []
    for rule in (_furthest, _reached, _missed, _changed, _beside):
        chosen += _first(rule, values, chosen)
    if not chosen:
        return ()
    chosen += _first(_gap, values, chosen)
    while len(chosen) < MOST and (more := _first(partial(_furthest, kind="next"), values, chosen)):
        chosen += more
    return tuple(chosen)


def _first(rule: _Rule, values: _Values, chosen: Sequence[Finding]) -> list[Finding]:
    used = {finding.score.indicator.code for finding in chosen}
    dimensions = Counter(finding.score.indicator.dimension for finding in chosen)
    candidates = [
        (finding.score.indicator.level != "core", key, finding)
        for key, finding in rule(values)
        if finding.score.indicator.code not in used
        and dimensions[finding.score.indicator.dimension] < _MOST_OF_A_DIMENSION
    ]
    best = min(candidates, key=lambda candidate: candidate[:2], default=None)
    return [best[2]] if best else []


class _Values:
    """The recent values of a choice, and those that came before them."""

    def __init__(self, edition: Edition, fulfilment: Fulfilment) -> None:
        self.edition, self.fulfilment = edition, fulfilment
        self.oldest = max(fulfilment.recent_from, fulfilment.since or 0)
        self.recent = tuple(
            score
            for indicator_score in fulfilment.indicators
            for score in indicator_score.scores
            if score.observation is not None and self.is_recent(score.observation)
        )

    @property
    def judged(self) -> Iterator[Score]:
        """The recent values with a yardstick, where more is plainly better or worse."""
        for score in self.recent:
            if score.share is not None and not score.indicator.debatable:
                yield score

    def is_recent(self, observation: Observation) -> bool:
        """Return whether a value is fit to be rated, and recent in the year looked at."""
        year = observation.year or 0
        return observation.rate and self.oldest <= year <= self.fulfilment.as_of

    def history(self, score: Score) -> tuple[Observation, ...]:
        """Return the values fit to be rated of a data point, oldest first, one of a year."""
        years: dict[int, list[Observation]] = {}
        for observation in self.edition.of_city(self.fulfilment.city, score.indicator.code):
            year = observation.year
            if (
                observation.data_point == score.label
                and observation.rate
                and observation.value is not None
                and observation.unit_code == score.indicator.unit_of(score.label)
                and year is not None
                and year <= self.fulfilment.as_of
            ):
                years.setdefault(year, []).append(observation)
        return tuple(best for _, rows in sorted(years.items()) if (best := newest(rows)))

    def run(self, score: Score) -> tuple[Observation, ...]:
        """Return the newest values of one definition and class of source, oldest first."""
        run: list[Observation] = []
        later: Observation | None = None
        for observation in reversed(self.history(score)):
            if later and (later.breaks_series or not self.alike(observation, later)):
                break
            run.append(observation)
            later = observation
        return tuple(reversed(run))

    def alike(self, left: Observation, right: Observation) -> bool:
        """Return whether two values are of one definition and one class of source."""
        sources = self.edition.sources
        return left.comparability == right.comparability and (
            sources[left.source_id].source_class == sources[right.source_id].source_class
        )


def _furthest(values: _Values, kind: Kind = "furthest") -> Iterator[_Candidate]:
    """The smallest share of a goal, limit or guideline; ``next`` of any yardstick."""
    for score in values.recent:
        if score.target is None or score.share is None or score.band == TOP_BAND:
            continue
        if kind == "next" or score.target.yardstick_kind in _AIMS:
            yield (score.share,), Finding(kind, score, values.history(score))


def _reached(values: _Values) -> Iterator[_Candidate]:
    """The goal that was reached last, by a value of the definition of the one before."""
    for score in values.recent:
        target, history = score.target, values.history(score)
        if score.share != 100 or target is None or target.yardstick_kind not in _GOALS:
            continue
        met = [_share(value, score) == 100 for value in history]
        if all(met) or not met[-1]:
            continue
        place = len(met) - met[::-1].index(False)
        before, first = history[place - 1], history[place]
        if values.alike(before, first) and not first.breaks_series:
            yield (-(first.year or 0),), Finding("reached", score, history, before)


def _missed(values: _Values) -> Iterator[_Candidate]:
    """The city's own goal that was missed last."""
    fulfilment = values.fulfilment
    for own in own_goals(values.edition, fulfilment.city):
        deadline, value = own.goal.target_year, own.observation
        if own.outcome != "missed" or value is None or deadline is None:
            continue
        if values.is_recent(value) and deadline < fulfilment.as_of:
            score = Score(own.indicator, own.label, value, own.goal, None, "none", None, None)
            yield (-deadline,), Finding("missed", score, values.history(score), own_goal=own)


def _changed(values: _Values) -> Iterator[_Candidate]:
    """The largest factor between the ends of values of one definition and class of source."""
    for score in values.judged:
        run = values.run(score)
        if len(run) < 2:
            continue
        first, last = _value(run[0]), _value(run[-1])
        if first > 0 and last > 0 and first != last:
            factor = max(first / last, last / first)
            yield (-factor,), Finding("changed", score, values.history(score), run[0])


def _beside(values: _Values) -> Iterator[_Candidate]:
    """The value that most other cities have, furthest by factor from the middle of theirs."""
    fulfilment, edition = values.fulfilment, values.edition
    recent = {(score.indicator.code, score.label): score for score in values.judged}
    for indicator in side_by_side(edition, fulfilment.city, edition.cities):
        for label in dict.fromkeys(value.data_point for value in indicator.observations):
            score = recent.get((indicator.indicator.code, label))
            unit = indicator.indicator.unit_of(label)
            other_values = [
                value
                for value in indicator.observations
                if value.city != fulfilment.city
                and (value.data_point, value.unit_code) == (label, unit)
                and value.rate
                and (value.year or 0) <= fulfilment.as_of
            ]
            if score is None or score.observation is None or not other_values or unit in OFF_SCALE:
                continue
            middle, own = median(map(_value, other_values)), _value(score.observation)
            factor = max(own / middle, middle / own) if middle > 0 and own > 0 else Fraction(1)
            finding = Finding(
                "beside", score, values.history(score), other_values=tuple(other_values)
            )
            yield (-len(other_values), -factor), finding


def _gap(values: _Values) -> Iterator[_Candidate]:
    """The indicator without any value: a structural one, about the most topics of life."""
    for indicator_score in values.fulfilment.indicators:
        if not indicator_score.has_value:
            indicator = indicator_score.indicator
            key = (int(indicator.type != "structural"), -len(indicator.topics))
            yield key, Finding("gap", indicator_score.scores[0])


def _share(observation: Observation, score: Score) -> Fraction | None:
    if observation.value is None or score.target is None:
        return None
    return share_of_target(observation.value, score.target.value, score.target.direction)


def _value(observation: Observation) -> Fraction:
    return Fraction(observation.value or Decimal(0))
