"""Records of an edition as the items that the interface answers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from components import urls
from data import models
from data.exports import EXPORTS
from data.fulfilment import IndicatorScore, Score
from data.records import number_text
from pages.api import schemas

_DECIMALS = 6


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


def indicator_item(one: models.Indicator, base_url: str) -> schemas.Indicator:
    """One indicator with its data points and addresses."""
    return schemas.Indicator(
        slug=one.slug,
        code=one.code,
        name=both(one.name),
        name_ru_source=one.name_ru_source,
        dimension=one.dimension,
        sub_dimension=both(one.sub_dimension),
        category=both(one.category),
        level=one.level,
        type=one.type or None,
        unit=one.unit_code,
        unit_name=both(one.unit),
        direction=one.direction,
        sdg_targets=one.sdg_targets,
        definition=both(one.definition),
        data_points=tuple(_data_point(point) for point in one.data_points),
        source_id=one.source_id,
        page=one.page or None,
        sdg_source=one.sdg_source_id or None,
        notes=both_or_none(one.notes),
        synonyms=schemas.Synonyms(en=one.synonyms["en"], ru=one.synonyms["ru"]),
        url=f"{base_url}/api/v1/indicators/{one.slug}",
        pages=schemas.Words(
            en=base_url + urls.indicator("en", one.slug),
            ru=base_url + urls.indicator("ru", one.slug),
        ),
    )


def _data_point(point: models.DataPoint) -> schemas.DataPoint:
    return schemas.DataPoint(
        data_point=point.label,
        name=both(point.name),
        unit=point.unit_code,
        unit_name=both(point.unit),
        standard=point.standard,
    )


def observation_item(seen: models.Observation) -> schemas.Observation:
    """One row of the table of observations."""
    return schemas.Observation(
        city=seen.city,
        code=seen.code,
        slug=models.slug_of(seen.code),
        data_point=seen.data_point or None,
        period=seen.period or None,
        year=seen.year,
        value=seen.value,
        value_digits=_digits(seen.value),
        unit=seen.unit_code,
        value_text=seen.value_text or None,
        source_id=seen.source_id,
        page=both_or_none(seen.page),
        derived=seen.derived,
        comparability=seen.comparability,
        note=both_or_none(seen.note),
        rate=seen.rate,
        rate_reason=both_or_none(seen.rate_reason),
        reason=seen.reason,
        breaks_series=seen.breaks_series,
    )


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
        source_id=target.source_id,
        page=both_or_none(target.page),
        note=both_or_none(target.note),
    )


def fulfilment_item(city: str, as_of: int, one: IndicatorScore, score: Score) -> schemas.Fulfilment:
    """One row of the table of scores, with its target and with the score of its indicator."""
    known, seen, target, point = one.indicator, score.observation, score.target, score.data_point
    unit = point.unit_code if point else known.unit_code
    return schemas.Fulfilment(
        city=city,
        as_of=as_of,
        code=known.code,
        slug=known.slug,
        dimension=known.dimension,
        category=both(known.category),
        level=known.level,
        data_point=score.label or None,
        period=(seen.period or None) if seen else None,
        value=seen.value if seen else None,
        value_digits=_digits(seen.value) if seen else None,
        unit=seen.unit_code if seen else unit,
        direction=target.direction if target else known.direction,
        target=_target(target) if target else None,
        share_percent=percent(score.share),
        band=score.band,
        points=score.points,
        reason=score.reason,
        comparability=seen.comparability if seen else None,
        source_id=seen.source_id if seen else None,
        indicator_share_percent=percent(one.share),
        indicator_band=one.band,
    )


def source_item(source: models.Source) -> schemas.Source:
    """One row of the table of sources."""
    return schemas.Source(
        source_id=source.id,
        title=source.title,
        title_language=source.title_language,
        publisher=both(source.publisher),
        year=source.year,
        url=source.url or None,
        licence=both_or_none(source.licence),
        accessed=source.accessed,
        source_class=source.source_class,
    )


def edition_item(edition: models.Edition, in_force: bool, base_url: str) -> schemas.Edition:
    """One edition with the addresses of its tables."""
    return schemas.Edition(
        version=edition.version,
        date=edition.date,
        digest=edition.digest,
        in_force=in_force,
        tables={table: base_url + urls.table_file(edition.version, table) for table in EXPORTS},
    )
