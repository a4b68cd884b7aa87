"""Scores as rows to choose from, made once per edition, city, yardsticks and year."""

from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple

from data.exploration.selection import vocabulary_of
from data.fulfilment import fulfilment_of
from data.models import Direction, Edition
from data.records import number_text
from data.score_steps import percent_text
from data.scores import Fulfilment, IndicatorScore, Score
from data.scoring import Band
from data.yardsticks import View


class Row(NamedTuple):
    """One data point of one indicator as of one year.

    ``value`` and ``target_value`` are doubles for drawing, in the unit ``unit_code``; what ends
    with ``_text`` has the digits as printed. Shares are in percent. ``decisive`` marks the data
    point that says most of its indicator. Numbers that are not known are None, words are empty.
    """

    city: str
    code: str
    label: str
    as_of: int
    dimension: str
    category: str
    level: str
    direction: Direction
    value: float | None
    value_text: str
    period: str
    unit_code: str
    year: int | None
    age: str
    target_value: float | None
    target_text: str
    target_kind: str
    target_basis: str
    target_year: int | None
    share: float | None
    share_text: str
    band: Band
    reason: str
    comparability: str
    evidence: str
    source_id: str
    target_source_id: str
    value_id: str
    decisive: bool
    indicator_band: Band
    indicator_share: float | None
    indicator_reason: str


Rows = tuple[Row, ...]
# Of some 130 rows, 50 KB, each.
_MOST_KEPT = 1000
_kept: dict[tuple[str, str, View, int], Rows] = {}
_lock = Lock()


def score_rows(edition: Edition, city: str, view: View, as_of: int) -> Rows:
    """Return a row for each data point of each indicator; none as of years before the first number.

    Raises ``KeyError`` for an unknown city.
    """
    key = edition.digest, city, view, as_of
    with _lock:
        rows = _kept.pop(key, None)
        if rows is None:
            first = vocabulary_of(edition, city).default.first_year
            rows = tuple(_rows(fulfilment_of(edition, city, as_of, view))) if as_of >= first else ()
        # The least recently used stand first.
        _kept[key] = rows
        while len(_kept) > _MOST_KEPT:
            del _kept[next(iter(_kept))]
        return rows


def _rows(fulfilment: Fulfilment) -> Iterator[Row]:
    for indicator_score in fulfilment.indicators:
        decisive = indicator_score.decisive or indicator_score.scores[0]
        for score in indicator_score.scores:
            yield _row(fulfilment, indicator_score, score, decisive)


def _row(
    fulfilment: Fulfilment, indicator_score: IndicatorScore, score: Score, decisive: Score
) -> Row:
    indicator, observation, target = score.indicator, score.observation, score.target
    value = observation.value if observation else None
    year = observation.year if observation else None
    age = "recent" if year is not None and year >= fulfilment.recent_from else "older"
    share, joint = score.share, indicator_score.share
    return Row(
        city=fulfilment.city,
        code=indicator.code,
        label=score.label,
        as_of=fulfilment.as_of,
        dimension=indicator.dimension,
        category=indicator.category.en,
        level=indicator.level,
        direction=target.direction if target else indicator.direction,
        value=None if value is None else float(value),
        value_text=number_text(value),
        period=observation.period if observation else "",
        unit_code=observation.unit_code if observation else indicator.unit_of(score.label),
        year=year,
        age="" if value is None else "undated" if year is None else age,
        target_value=float(target.value) if target else None,
        target_text=number_text(target.value) if target else "",
        target_kind=target.yardstick_kind if target else "",
        target_basis=target.basis if target else "",
        target_year=target.target_year if target else None,
        share=None if share is None else float(share),
        share_text=percent_text(share),
        band=score.band,
        reason=score.reason or "",
        comparability=observation.comparability if observation else "",
        evidence=(observation.evidence or "") if observation else "",
        source_id=observation.source_id if observation else "",
        target_source_id=target.source_id if target else "",
        value_id=observation.value_id if observation else "",
        decisive=score is decisive,
        indicator_band=indicator_score.band,
        indicator_share=None if joint is None else float(joint),
        indicator_reason=indicator_score.reason or "",
    )
