"""Two editions side by side: which indicators of a city changed colour, and because of what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from data.fulfilment import fulfilment_of
from data.models import Edition, Indicator, Observation, Target
from data.scores import Fulfilment, IndicatorScore, Score
from data.scoring import Band
from data.table_changes import TableChange, table_changes

Cause = Literal["value", "target", "method", "correction"]
_Identity = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One data point whose band changed; None where an edition does not list it."""

    label: str
    before: Score | None
    after: Score | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class ColourChange:
    """One indicator that changed colour, with the data points that made it.

    ``causes``: ``value`` a newly published one counts now; ``target`` another target holds;
    ``method`` the rule, the direction or the parts of the indicator changed; ``correction``
    a row that was published before was corrected or withdrawn.
    """

    indicator: Indicator
    before: Band | None
    after: Band | None
    causes: tuple[Cause, ...]
    scores: tuple[ScoreChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences between two editions: rows by table, and colours of one city."""

    before: Edition
    after: Edition
    as_of: tuple[int, int]
    tables: tuple[TableChange, ...]
    colours: tuple[ColourChange, ...]


def compare(before: Edition, after: Edition, city: str) -> Comparison:
    """Compare two editions, each as of its own year.

    Raises ``KeyError`` for a city that one of them does not know.
    """
    years = before.year, after.year
    old, new = fulfilment_of(before, city, years[0]), fulfilment_of(after, city, years[1])
    judge = _Judge(before, after, city)
    return Comparison(
        before, after, years, table_changes(before, after), tuple(_colours(old, new, judge))
    )


def _colours(old: Fulfilment, new: Fulfilment, judge: _Judge) -> Iterator[ColourChange]:
    olds = {score.indicator.code: score for score in old.indicators}
    news = {score.indicator.code: score for score in new.indicators}
    gone = {code: score for code, score in olds.items() if code not in news}
    for code, score in (news | gone).items():
        before, after = olds.get(code), news.get(code)
        bands = (before.band if before else None, after.band if after else None)
        if bands[0] != bands[1]:
            yield _colour(score.indicator, before, after, judge)


def _colour(
    indicator: Indicator,
    before: IndicatorScore | None,
    after: IndicatorScore | None,
    judge: _Judge,
) -> ColourChange:
    olds = {score.label: score for score in before.scores} if before else {}
    news = {score.label: score for score in after.scores} if after else {}
    scores = []
    for label in dict.fromkeys([*news, *olds]):
        old, new = olds.get(label), news.get(label)
        if old is None or new is None or old.band != new.band:
            scores.append(ScoreChange(label, old, new, judge.causes(old, new)))
    causes = tuple(dict.fromkeys(cause for score_change in scores for cause in score_change.causes))
    return ColourChange(
        indicator,
        before.band if before else None,
        after.band if after else None,
        causes or ("method",),
        tuple(scores),
    )


class _Judge:
    """Knows both editions' rows, and so what made a data point change its band."""

    def __init__(self, before: Edition, after: Edition, city: str) -> None:
        self._by_rule: frozenset[tuple[str, str]] = frozenset()
        if before.method != after.method:
            self._by_rule = _bands_that_the_rule_changed(before, city)
        self._old, self._new = _by_identity(before, city), _by_identity(after, city)

    def causes(self, old: Score | None, new: Score | None) -> tuple[Cause, ...]:
        causes: list[Cause] = []
        pair = (old.observation if old else None, new.observation if new else None)
        causes += self._observation_causes(*pair)
        if old and new:
            if self._target(old.target) != self._target(new.target):
                causes.append("target")
            name = new.indicator.code, new.label
            if name in self._by_rule or old.indicator.direction != new.indicator.direction:
                causes.append("method")
        # Without any of these, only the parts of the indicator can have changed.
        return tuple(dict.fromkeys(causes)) or ("method",)

    def _observation_causes(
        self, old: Observation | None, new: Observation | None
    ) -> Iterator[Cause]:
        """A row that both editions have but differently, or that vanished, is a correction."""
        if old and _weighed(self._new.get(_identity(old))) != _weighed(old):
            yield "correction"
        if new and (old is None or _identity(old) != _identity(new)):
            before = self._old.get(_identity(new))
            if before is None:
                yield "value"
            elif _weighed(before) != _weighed(new):
                yield "correction"

    @staticmethod
    def _target(target: Target | None) -> object:
        return target and (target.value, target.direction, target.basis, target.source_id)


def _bands_that_the_rule_changed(before: Edition, city: str) -> frozenset[tuple[str, str]]:
    """The data points whose band in the earlier edition would be another by today's rule."""
    published = fulfilment_of(before, city, before.year)
    computed = fulfilment_of(replace(before, scores={}), city, before.year)
    return frozenset(
        (old.indicator.code, old.label)
        for olds, news in zip(published.indicators, computed.indicators, strict=True)
        for old, new in zip(olds.scores, news.scores, strict=True)
        if old.band != new.band
    )


def _identity(observation: Observation) -> _Identity:
    return (
        observation.city,
        observation.code,
        observation.data_point,
        observation.period,
        observation.source_id,
    )


def _weighed(observation: Observation | None) -> object:
    """Return the cells of a row that can change a colour; its notes cannot."""
    return observation and (
        observation.value,
        observation.unit_code,
        observation.rate,
        observation.reason,
        observation.comparability,
    )


def _by_identity(edition: Edition, city: str) -> Mapping[_Identity, Observation]:
    return {
        _identity(observation): observation
        for observation in edition.of_city(city)
        if observation.value is not None
    }
