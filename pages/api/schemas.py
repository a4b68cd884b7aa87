"""The things that the interface answers: one model for each, checked as it is made.

The same models make the descriptions in ``openapi.json``. Names are those of the columns of the
published tables wherever there is a column. What is unknown or absent is null, never "".
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from data.models import Comparability, Direction, Evidence, Level, TargetKind
from data.scores import Reason
from data.scoring import Band
from data.tables import COMPUTED, TABLES, ColumnType, Member

# A number of a table, written with its digits: 77.60 is sent as 77.60.
Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
_DIGITS = Field(description="The number with the digits it was published with, as a string.")

_WORDING = "The wording of the source."
_NONE: Mapping[str, str] = {}
_Model = TypeVar("_Model", bound="Schema")


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


_TYPES: Mapping[ColumnType, Any] = {
    "number": Number, "integer": int, "yes_no": bool, "text": str, "date": str,
}  # fmt: skip


def of_table(
    table: str,
    *,
    after: Mapping[str, str] = _NONE,
    described: Mapping[str, str] = _NONE,
    without: Iterable[str] = (),
) -> Callable[[type[_Model]], type[_Model]]:
    """Give a model the values of a table's records, in the order of the table's declaration.

    What the model declares itself replaces the value of this name, or else stands behind the
    value that ``after`` names for it, first where that is empty.
    """

    def extended(model: type[_Model]) -> type[_Model]:
        own = {name: (field.annotation, field) for name, field in model.model_fields.items()}
        fields = {
            member.name: own.get(
                member.name, (_type_of(member), Field(description=described.get(member.name)))
            )
            for member in {**TABLES, **COMPUTED}[table].members
            if member.name not in without
        }
        for name, other in after.items():
            items = list(fields.items())
            position = list(fields).index(other) + 1 if other else 0
            fields = dict([*items[:position], (name, own[name]), *items[position:]])
        options: Any = fields
        derived = create_model(
            model.__name__,
            __base__=Schema,
            __doc__=model.__doc__,
            __module__=model.__module__,
            **options,
        )
        return cast("type[_Model]", derived)

    return extended


def _type_of(member: Member) -> Any:
    column = member.column
    if column.separator:
        if member.translations:
            return Synonyms
        return tuple[str | None, ...] if column.empty_item else tuple[str, ...]
    kind: Any = Words if member.translations else _TYPES[column.type]
    if column.type == "text" and column.vocabulary:
        kind = Literal[column.vocabulary]
    return kind if column.required else kind | None


@of_table(
    "data_points",
    described={"standard": "Whether the U4SSC standard defines it."},
    without=["code"],
)
class DataPoint(Schema):
    """One part of an indicator that has several."""


@of_table("indicators", after={"slug": "", "url": "synonyms", "pages": "url"})
class Indicator(Schema):
    """One indicator as U4SSC defines it."""

    slug: str
    data_points: tuple[DataPoint, ...]
    url: str
    pages: Words = Field(description="The addresses of the indicator's pages for readers.")


@of_table(
    "observations",
    after={"slug": "code", "year": "period", "value_digits": "value"},
    described={
        "value_text": _WORDING,
        "break": "Whether the source changed its definition since the value before.",
    },
)
class Observation(Schema):
    """One published value of one city, indicator, data point and period."""

    slug: str
    year: int | None = Field(description="The first year of the period.")
    value_digits: str | None = _DIGITS
    unit: str


class Target(Schema):
    """A published target that a value is compared with; chosen by this project, not by U4SSC."""

    value: Number
    value_digits: str = _DIGITS
    unit: str
    basis: str
    kind: TargetKind
    scope: str
    doubtful: bool
    value_text: str | None = Field(description=_WORDING)
    source_id: str | None
    page: Words | None
    note: Words | None


class Fulfilment(Schema):
    """One data point of one indicator in one city, compared with its yardstick as of a year."""

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
    year: int | None = Field(description="The first year of the period.")
    recent: bool | None = Field(description="Whether it is of the five years before `as_of`.")
    evidence: Evidence | None = Field(description="What the value rests on.")
    robust: bool | None = Field(
        description="Whether every other published yardstick gives the same band."
    )


@of_table("targets", after={"slug": "code"}, described={"value_text": _WORDING})
class PublishedTarget(Schema):
    """One published yardstick; the primary one decides a colour."""

    slug: str


@of_table("gaps", after={"slug": "code"})
class Gap(Schema):
    """One data point of one indicator that has no score as of a year, and why."""

    slug: str


@of_table("values")
class JoinedValue(Schema):
    """One published number with everything that belongs to it."""


@of_table("scores")
class LevelScore(Schema):
    """The score of a city, a group of its indicators or one indicator as of a year."""


class City(Schema):
    """A city that has observations."""

    city: str
    name: Words
    country: Words
    years: tuple[int, ...] = Field(description="The years that have a number, oldest first.")
    observations: int
    default: bool = Field(description="Whether this city is taken where none is asked for.")


@of_table("sources", described={"licence": "The terms as the source states them, if it does."})
class Source(Schema):
    """Where a value, a target or a definition comes from."""


class Edition(Schema):
    """One published edition of all tables."""

    version: str
    date: str
    digest: str
    in_force: bool
    tables: dict[str, str] = Field(description="The address of each table as CSV.")
