"""Records of an edition as the items that the interface answers."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from components import urls
from data import models
from data.exports.tables import exports_of
from data.records import Cells, number_text, record_json
from data.robustness import robustness_of
from data.scores import Fulfilment, IndicatorScore, Score
from data.tables import COMPUTED, Column
from pages.api import schemas

_DECIMALS = 6
Row = TypeVar("Row", bound=schemas.Schema)


def both(words: models.Words) -> schemas.Words:
    """A text in both languages; a language without words is null."""
    return schemas.Words(en=words.en or None, ru=words.ru or None)


def both_or_none(words: models.Words) -> schemas.Words | None:
    """The same, null where there are no words at all."""
    return both(words) if words else None


def percent(share: Fraction | None) -> Decimal | None:
    """A share in percent with six decimals, cut so that it never crosses the edge of a band."""
    if share is None:
        return None
    return Decimal(share.numerator * 10**_DECIMALS // share.denominator).scaleb(-_DECIMALS)


def _digits(value: Decimal | None) -> str | None:
    return number_text(value) or None


def indicator_item(indicator: models.Indicator, base_url: str) -> schemas.Indicator:
    """One indicator with its data points and addresses."""
    values = record_json("indicators", indicator) | {
        "slug": indicator.slug,
        "data_points": [_data_point(point) for point in indicator.data_points],
        "url": f"{base_url}/api/v1/indicators/{indicator.slug}",
        "pages": {
            language: base_url + urls.indicator(language, indicator.slug)
            for language in models.LANGUAGES
        },
    }
    return schemas.Indicator(**values)


def _data_point(point: models.DataPoint) -> dict[str, Any]:
    values = record_json("data_points", point)
    del values["code"]
    return values


def observation_item(observation: models.Observation) -> schemas.Observation:
    """One row of the table of observations."""
    values = record_json("observations", observation) | {
        "slug": models.slug_of(observation.code),
        "year": observation.year,
        "value_digits": _digits(observation.value),
        "unit": observation.unit_code,
    }
    return schemas.Observation(**values)


def _target(target: models.Target) -> schemas.Target:
    return schemas.Target(
        value=target.value,
        value_digits=number_text(target.value),
        unit=target.unit_code,
        basis=target.basis,
        kind=target.kind,
        scope=target.scope,
        doubtful=target.doubtful,
        value_text=target.value_text or None,
        source_id=target.source_id or None,
        page=both_or_none(target.page),
        note=both_or_none(target.note),
    )


def fulfilment_item(
    edition: models.Edition, fulfilment: Fulfilment, indicator_score: IndicatorScore, score: Score
) -> schemas.Fulfilment:
    """One row of the table of scores, with its target and with the score of its indicator."""
    indicator, observation, target, point = (
        indicator_score.indicator,
        score.observation,
        score.target,
        score.data_point,
    )
    unit = point.unit_code if point else indicator.unit_code
    year = observation.year if observation else None
    robustness = robustness_of(edition, fulfilment.city, score)
    return schemas.Fulfilment(
        city=fulfilment.city,
        as_of=fulfilment.as_of,
        code=indicator.code,
        slug=indicator.slug,
        dimension=indicator.dimension,
        category=both(indicator.category),
        level=indicator.level,
        data_point=score.label or None,
        period=(observation.period or None) if observation else None,
        value=observation.value if observation else None,
        value_digits=_digits(observation.value) if observation else None,
        unit=observation.unit_code if observation else unit,
        direction=target.direction if target else indicator.direction,
        target=_target(target) if target else None,
        share_percent=percent(score.share),
        band=score.band,
        points=score.points,
        reason=score.reason,
        comparability=observation.comparability if observation else None,
        source_id=observation.source_id if observation else None,
        indicator_share_percent=percent(indicator_score.share),
        indicator_band=indicator_score.band,
        year=year,
        recent=None if year is None else year >= fulfilment.recent_from,
        evidence=observation.evidence if observation else None,
        robust=None if robustness is None else not robustness.depends,
    )


def target_item(target: models.Target) -> schemas.PublishedTarget:
    """One row of the table of yardsticks."""
    values = record_json("targets", target) | {"slug": models.slug_of(target.code)}
    return schemas.PublishedTarget(**values)


def row_item(model: type[Row], table: str, cells: Cells, **more: Any) -> Row:
    """One row of a computed table, given its cells as text."""
    declared = COMPUTED[table]
    texts = dict(zip(declared.header, cells, strict=True))
    values = {
        member.name: (
            both_or_none(models.Words(*(texts[text.name] for text in member.translations.values())))
            if member.translations
            else _typed(member.column, texts[member.name])
        )
        for member in declared.members
    }
    return model(**values, **more)


def _typed(column: Column, cell: str) -> Any:
    if not cell:
        return None
    if column.type == "yes_no":
        return cell == "yes"
    if column.type == "number":
        return Decimal(cell)
    return int(cell) if column.type == "integer" else cell


def edition_item(edition: models.Edition, in_force: bool, base_url: str) -> schemas.Edition:
    """One edition with the addresses of its tables."""
    return schemas.Edition(
        version=edition.version,
        date=edition.date,
        digest=edition.digest,
        in_force=in_force,
        tables={
            table: base_url + urls.table_file(edition.version, table)
            for table in exports_of(edition)
        },
    )
