"""One indicator of one city as a file: values, target, score with every step, sources."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from data.exports.about import LICENCE
from data.exports.csv_files import csv_bytes
from data.exports.json_files import record_bytes
from data.exports.tables import Export, column_types
from data.fulfilment import fulfilment_of
from data.models import Edition, Indicator, Observation, Source, Target, Words
from data.records import Cells, number_text, record_json, row_writer
from data.score_steps import joint_steps, percent_text, score_steps
from data.scores import IndicatorScore, Score
from data.scoring import band_of, points_of, share_of_target
from data.tables import KPI, ONE_JSON_SCHEMA, ColumnType
from data.value_history import corrections_of

_TERMS = Words(
    "Values and quotations keep the terms of their sources.",
    "На значения и цитаты действуют условия их источников.",
)
# What the files of schema version 1 say of a record, in their order and words.
_FIRST_NAMES = {
    "indicators": "code name definition dimension sub_dimension category level type unit "
    "unit_words direction sdg_targets data_points notes source_id",
    "data_points": "data_point name unit standard",
    "observations": "data_point period value unit value_text source_id page derived "
    "comparability rate reason rate_reason break note",
    "targets": "data_point applies_to target unit direction basis kind scope primary doubtful "
    "source_id page value_text note",
    "sources": "source_id title title_language publisher year url licence accessed",
}
_TODAY = {"unit_words": "unit_name"}


def indicator_types(edition: Edition) -> dict[str, ColumnType]:
    """Return the types of the columns of an indicator's CSV, in order."""
    scored = {column.name: column.type for column in KPI.columns}
    return column_types(edition, "observations") | scored


class IndicatorFiles:
    """Makes the files of every indicator of one city, with scores computed once."""

    def __init__(self, edition: Edition, city: str) -> None:
        """Score the city as of its newest year; ``KeyError`` for an unknown city."""
        self._edition, self._city = edition, city
        self._as_of = edition.year
        fulfilment = fulfilment_of(edition, city, self._as_of)
        self._scores = {score.indicator.code: score for score in fulfilment.indicators}
        self._types = indicator_types(edition)
        self._cells = row_writer(edition, "observations")
        self._observations: dict[str, list[Observation]] = {}
        for observation in edition.of_city(city):
            self._observations.setdefault(observation.code, []).append(observation)

    def csv(self, indicator: Indicator) -> bytes:
        """One row an observation: its columns, then its score and its source.

        Where ``band`` is ``none``, ``reason`` says why the value itself is not rated; where that
        is empty too, there is no target. ``counts`` says whether the colour rests on the row.
        """
        return csv_bytes(Export(indicator.slug, self._types, tuple(self._rows(indicator))))

    def json(self, indicator: Indicator) -> bytes:
        """Everything about the indicator in one record, with every step of its score."""
        score = self._scores[indicator.code]
        edition, city = self._edition, self._edition.cities[self._city]
        return record_bytes(
            {
                "edition": {"version": edition.version, "date": edition.date},
                "city": {"city": city.id, "name": _pair(city.name)},
                "indicator": self._definition(indicator),
                "observations": self._records(
                    "observations", self._observations.get(indicator.code, [])
                ),
                "targets": self._records("targets", self._targets(indicator)),
                "score": self._score(score),
                "sources": self._records(
                    "sources", [edition.sources[name] for name in self._source_ids(indicator)]
                ),
                **self._corrections(indicator),
                "licence": {"compilation": LICENCE, "values": _pair(_TERMS)},
            }
        )

    def _corrections(self, indicator: Indicator) -> dict[str, Any]:
        """Corrections of the values and yardsticks, where the edition has a table of them."""
        if "corrections" not in self._edition.headers:
            return {}
        corrected = corrections_of(self._edition, self._city, indicator.code)
        return {"corrections": self._records("corrections", corrected)}

    def _definition(self, indicator: Indicator) -> dict[str, Any]:
        (definition,) = self._records("indicators", [indicator])
        definition["data_points"] = self._records("data_points", indicator.data_points)
        return definition

    def _records(self, table: str, records: Iterable[Any]) -> list[dict[str, Any]]:
        if self._edition.schema >= ONE_JSON_SCHEMA:
            return [record_json(table, record) for record in records]
        names = {name: _TODAY.get(name, name) for name in _FIRST_NAMES[table].split()}
        return [
            {name: values[today] for name, today in names.items()}
            for values in (record_json(table, record) for record in records)
        ]

    def _rows(self, indicator: Indicator) -> Iterator[Cells]:
        scores = {score.label: score for score in self._scores[indicator.code].scores}
        for observation in self._observations.get(indicator.code, []):
            score = scores.get(observation.data_point)
            source = self._edition.sources.get(observation.source_id)
            yield (
                *self._cells(observation),
                *_score_cells(observation, score),
                *_source_cells(source),
            )

    def _score(self, indicator_score: IndicatorScore) -> dict[str, Any]:
        return {
            "as_of": self._as_of,
            "band": indicator_score.band,
            "percent": percent_text(indicator_score.share) or None,
            "reason": indicator_score.reason,
            "steps": joint_steps(indicator_score),
            "data_points": [
                {
                    "data_point": score.label or None,
                    "band": score.band,
                    "points": score.points,
                    "reason": score.reason,
                    "steps": score_steps(score),
                }
                for score in indicator_score.scores
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
            *(observation.source_id for observation in self._observations.get(indicator.code, [])),
            *(target.source_id for target in self._targets(indicator)),
        )
        return [name for name in dict.fromkeys(used) if name in self._edition.sources]


def _score_cells(observation: Observation, score: Score | None) -> Cells:
    target = score.target if score else None
    share: Fraction | None = None
    if target is not None and observation.rate and observation.value is not None:
        share = share_of_target(observation.value, target.value, target.direction)
    points = points_of(band_of(share))
    counts = score is not None and score.band != "none" and score.observation is observation
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
