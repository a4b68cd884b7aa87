"""The things that the interface answers: one model for each, checked as it is made.

The same models make the descriptions in ``openapi.json``. Names are those of the columns of the
published tables wherever there is a column. What is unknown or absent is null, never "".
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from data.fulfilment import Reason
from data.models import Comparability, Direction, Level, SourceClass, TargetKind, WithheldReason
from data.scoring import Band

# A number of a table, written with its digits: 77.60 is sent as 77.60.
Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
_DIGITS = Field(description="The number with the digits it was published with, as a string.")


def _open(schema: dict[str, Any]) -> None:
    """Later versions may add fields, so the description must not forbid any."""
    schema.pop("additionalProperties", None)


class Schema(BaseModel):
    """Whatever is answered: nothing is missing, nothing undescribed gets in."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra=_open,
        json_schema_mode_override="serialization",
    )


class Words(Schema):
    """One text in both languages; null where it was not written."""

    en: str | None
    ru: str | None


class Synonyms(Schema):
    """Other words that the search finds an indicator by."""

    en: tuple[str, ...]
    ru: tuple[str, ...]


class DataPoint(Schema):
    """One part of an indicator that has several."""

    data_point: str
    name: Words
    unit: str
    unit_name: Words
    standard: bool = Field(description="Whether the U4SSC standard defines it.")


class Indicator(Schema):
    """One indicator as U4SSC defines it."""

    slug: str
    code: str
    name: Words
    name_ru_source: Literal["published", "translated"]
    dimension: str
    sub_dimension: Words
    category: Words
    level: Level
    type: str | None
    unit: str
    unit_name: Words
    direction: Direction
    sdg_targets: tuple[str, ...]
    definition: Words
    data_points: tuple[DataPoint, ...]
    source_id: str
    page: str | None
    sdg_source: str | None
    notes: Words | None
    synonyms: Synonyms
    url: str
    pages: Words = Field(description="The addresses of the indicator's pages for readers.")


class Observation(Schema):
    """One published value of one city, indicator, data point and period."""

    city: str
    code: str
    slug: str
    data_point: str | None
    period: str | None
    year: int | None = Field(description="The first year of the period.")
    value: Number | None
    value_digits: str | None = _DIGITS
    unit: str
    value_text: str | None = Field(description="The wording of the source.")
    source_id: str
    page: Words | None
    derived: bool
    comparability: Comparability
    note: Words | None
    rate: bool
    rate_reason: Words | None
    reason: WithheldReason | None
    breaks_series: bool = Field(
        serialization_alias="break",
        description="Whether the source changed its definition since the value before.",
    )


class Target(Schema):
    """A published target that a value is held against; chosen by this project, not by U4SSC."""

    value: Number
    value_digits: str = _DIGITS
    unit: str
    basis: str
    kind: TargetKind
    scope: str
    doubtful: bool
    value_text: str | None = Field(description="The wording of the source.")
    source_id: str
    page: Words | None
    note: Words | None


class Fulfilment(Schema):
    """One data point of one indicator in one city, held against its target as of a year."""

    city: str
    as_of: int
    code: str
    slug: str
    dimension: str
    category: Words
    level: Level
    data_point: str | None
    period: str | None
    value: Number | None
    value_digits: str | None = _DIGITS
    unit: str
    direction: Direction
    target: Target | None
    share_percent: Number | None = Field(
        description="How far the target is met, from 0 to 100, cut (not rounded) after six "
        "decimals; the exact share decides the band."
    )
    band: Band
    points: int | None = Field(ge=1, le=4)
    reason: Reason | None = Field(description="Why the band is `none`; null otherwise.")
    comparability: Comparability | None
    source_id: str | None
    indicator_share_percent: Number | None
    indicator_band: Band = Field(description="The band of all data points of the indicator.")


class City(Schema):
    """A city that has observations."""

    city: str
    name: Words
    country: Words
    years: tuple[int, ...] = Field(description="The years that have a number, oldest first.")
    observations: int
    default: bool = Field(description="Whether this city is taken where none is asked for.")


class Source(Schema):
    """Where a value, a target or a definition comes from."""

    source_id: str
    title: str
    title_language: str
    publisher: Words
    year: int | None
    url: str | None
    licence: Words | None = Field(description="The terms as the source states them, if it does.")
    accessed: str
    source_class: SourceClass = Field(serialization_alias="class")


class Edition(Schema):
    """One published edition of all tables."""

    version: str
    date: str
    digest: str
    in_force: bool
    tables: dict[str, str] = Field(description="The address of each table as CSV.")
