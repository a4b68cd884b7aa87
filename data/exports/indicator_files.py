"""One indicator of one city as a file: values, target, score with every step, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from data.exports.about import LICENCE
from data.exports.csv_files import csv_bytes
from data.exports.json_files import record_bytes
from data.exports.tables import ColumnType, Export, column_types
from data.fulfilment import IndicatorScore, Score, fulfilment_of, newest_year
from data.models import Edition, Indicator, Observation, Source, Target, Words
from data.rows import Cells, number_text, observation_cells
from data.score_steps import joint_steps, percent_text, score_steps
from data.scoring import band_of, points_of, share_of_target

# Behind the columns of observations.csv: each value held against the target, and its source.
_SCORE_TYPES: Mapping[str, ColumnType] = {
    "target": "number",
    "target_direction": "text",
    "target_basis": "text",
    "target_kind": "text",
    "target_source_id": "text",
    "share_percent": "number",
    "band": "text",
    "points": "integer",
    "counts": "yes_no",
    "source_title": "text",
    "source_publisher": "text",
    "source_url": "text",
    "source_licence": "text",
    "source_publisher_ru": "text",
    "source_licence_ru": "text",
}
_TERMS = Words(
    "Values and quotations keep the terms of their sources.",
    "На значения и цитаты действуют условия их источников.",
)
INDICATOR_TYPES: Mapping[str, ColumnType] = column_types("observations") | dict(_SCORE_TYPES)
INDICATOR_HEADER = tuple(INDICATOR_TYPES)


class IndicatorFiles:
    """Makes the files of every indicator of one city, with scores computed once."""

    def __init__(self, edition: Edition, city: str) -> None:
        """Score the city as of its newest year; ``KeyError`` for an unknown city."""
        self._edition, self._city = edition, city
        self._as_of = newest_year(edition, city)
        fulfilment = fulfilment_of(edition, city, self._as_of)
        self._scores = {one.indicator.code: one for one in fulfilment.indicators}
        self._seen: dict[str, list[Observation]] = {}
        for seen in edition.of_city(city):
            self._seen.setdefault(seen.code, []).append(seen)

    def csv(self, indicator: Indicator) -> bytes:
        """One row an observation: its columns, then its score and its source.

        Where ``band`` is ``none``, ``reason`` says why the value itself is not rated; where that
        is empty too, there is no target. ``counts`` says whether the colour rests on the row.
        """
        return csv_bytes(Export(indicator.slug, INDICATOR_TYPES, tuple(self._rows(indicator))))

    def json(self, indicator: Indicator) -> bytes:
        """Everything about the indicator in one record, with every step of its score."""
        one = self._scores[indicator.code]
        edition, city = self._edition, self._edition.cities[self._city]
        return record_bytes(
            {
                "edition": {"version": edition.version, "date": edition.date},
                "city": {"city": city.id, "name": _pair(city.name)},
                "indicator": _definition(indicator),
                "observations": [_observation(seen) for seen in self._seen.get(indicator.code, [])],
                "targets": [_target(target) for target in self._targets(indicator)],
                "score": self._score(one),
                "sources": [_source(edition.sources[name]) for name in self._source_ids(indicator)],
                "licence": {"compilation": LICENCE, "values": _pair(_TERMS)},
            }
        )

    def _rows(self, indicator: Indicator) -> Iterator[Cells]:
        scores = {score.label: score for score in self._scores[indicator.code].scores}
        for seen in self._seen.get(indicator.code, []):
            score = scores.get(seen.data_point)
            source = self._edition.sources.get(seen.source_id)
            yield (*observation_cells(seen), *_score_cells(seen, score), *_source_cells(source))

    def _score(self, one: IndicatorScore) -> dict[str, Any]:
        return {
            "as_of": self._as_of,
            "band": one.band,
            "percent": percent_text(one.share) or None,
            "reason": one.reason,
            "steps": joint_steps(one),
            "data_points": [
                {
                    "data_point": score.label or None,
                    "band": score.band,
                    "points": score.points,
                    "reason": score.reason,
                    "steps": score_steps(score),
                }
                for score in one.scores
            ],
        }

    def _targets(self, indicator: Indicator) -> list[Target]:
        scopes = ("all", self._city)
        return [
            target
            for target in self._edition.targets
            if target.code == indicator.code and target.scope in scopes
        ]

    def _source_ids(self, indicator: Indicator) -> list[str]:
        used: Iterable[str] = (
            indicator.source_id,
            indicator.sdg_source_id,
            *(seen.source_id for seen in self._seen.get(indicator.code, [])),
            *(target.source_id for target in self._targets(indicator)),
        )
        return [name for name in dict.fromkeys(used) if name in self._edition.sources]


def _score_cells(seen: Observation, score: Score | None) -> Cells:
    target = score.target if score else None
    share: Fraction | None = None
    if target is not None and seen.rate and seen.value is not None:
        share = share_of_target(seen.value, target.value, target.direction)
    points = points_of(band_of(share))
    counts = score is not None and score.band != "none" and score.observation is seen
    return (
        number_text(target.value if target else None),
        target.direction if target else "",
        target.basis if target else "",
        target.kind if target else "",
        target.source_id if target else "",
        percent_text(share),
        band_of(share),
        "" if points is None else str(points),
        "yes" if counts else "no",
    )


def _source_cells(source: Source | None) -> Cells:
    if source is None:
        return ("",) * 6
    publisher, licence = source.publisher, source.licence
    return (source.title, publisher.en, source.url, licence.en, publisher.ru, licence.ru)


def _pair(words: Words) -> dict[str, str] | None:
    return {"en": words.en, "ru": words.ru} if words else None


def _definition(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": _pair(one.name),
        "definition": _pair(one.definition),
        "dimension": one.dimension,
        "sub_dimension": _pair(one.sub_dimension),
        "category": _pair(one.category),
        "level": one.level,
        "type": one.type or None,
        "unit": one.unit_code,
        "unit_words": _pair(one.unit),
        "direction": one.direction,
        "sdg_targets": list(one.sdg_targets),
        "data_points": [
            {
                "data_point": point.label,
                "name": _pair(point.name),
                "unit": point.unit_code,
                "standard": point.standard,
            }
            for point in one.data_points
        ],
        "notes": _pair(one.notes),
        "source_id": one.source_id,
    }


def _observation(seen: Observation) -> dict[str, Any]:
    return {
        "data_point": seen.data_point or None,
        "period": seen.period or None,
        "value": seen.value,
        "unit": seen.unit_code or None,
        "value_text": seen.value_text or None,
        "source_id": seen.source_id,
        "page": _pair(seen.page),
        "derived": seen.derived,
        "comparability": seen.comparability,
        "rate": seen.rate,
        "reason": seen.reason,
        "rate_reason": _pair(seen.rate_reason),
        "break": seen.breaks_series,
        "note": _pair(seen.note),
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "data_point": target.data_point or None,
        "applies_to": [label or None for label in target.applies_to],
        "target": target.value,
        "unit": target.unit_code,
        "direction": target.direction,
        "basis": target.basis,
        "kind": target.kind,
        "scope": target.scope,
        "primary": target.primary,
        "doubtful": target.doubtful,
        "source_id": target.source_id,
        "page": _pair(target.page),
        "value_text": target.value_text or None,
        "note": _pair(target.note),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "source_id": source.id,
        "title": source.title,
        "title_language": source.title_language,
        "publisher": _pair(source.publisher),
        "year": source.year,
        "url": source.url or None,
        "licence": _pair(source.licence),
        "accessed": source.accessed,
    }
