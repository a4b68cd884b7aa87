"""Parameters of each list: names, kinds and what they choose from.

The same models make the descriptions in ``openapi.json``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from data.models import Indicator, Observation, slug_of
from data.records import NO_LABEL

MOST_ITEMS = 500
LAST_OFFSET = 1_000_000
_LONGEST_NUMBER = 9
Values = tuple[str, ...] | tuple[int, ...]
Vocabulary = Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Holds a parameter to one list of the vocabulary."""

    vocabulary: str


def whole_number(value: Any) -> int:
    """Digits only: no sign, no space, no decimal point, no digits of other scripts."""
    if isinstance(value, int):
        return value
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise ValueError(text)
    return int(text)


def _tidied(words: str) -> str:
    return " ".join(words.split())


def _slug(name: str | None) -> str | None:
    return slug_of(name) if name else name


Whole = Annotated[int, BeforeValidator(whole_number)]
Cities = Annotated[
    tuple[str, ...],
    OneOf("cities"),
    Field(description="Ids of cities, each as a parameter of its own."),
]
IndicatorName = Annotated[
    str | None,
    OneOf("indicators"),
    AfterValidator(_slug),
    Field(description="The indicator's slug or its code."),
]
Year = Annotated[int | None, OneOf("span")]
Yardstick = Annotated[
    str,
    OneOf("views"),
    Field(description="Which yardsticks values are compared with; `common` if not given."),
]
Evidence = Annotated[str | None, OneOf("evidence"), Field(description="What the value rests on.")]
Dimension = Annotated[str | None, OneOf("dimensions")]
Category = Annotated[
    str | None,
    OneOf("categories"),
    Field(description="The English name of a category; some occur in two dimensions."),
]
Level = Annotated[str | None, OneOf("levels")]


class Query(BaseModel):
    """What an address may ask; nothing else may be asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def non_defaults(self) -> dict[str, Any]:
        """The parameters that differ from their defaults, by name: the same for the same answer."""
        return dict(sorted(self.model_dump(exclude_defaults=True).items()))


class Nothing(Query):
    """No parameters."""


class Paging(Query):
    """Which part of a list."""

    limit: Whole = Field(100, ge=1, le=MOST_ITEMS, description="How many items at most.")
    offset: Whole = Field(0, ge=0, le=LAST_OFFSET, description="How many items to leave out first.")


class TableQuery(Paging):
    """A list that is a table, so that it comes as CSV too."""

    format: Literal["json", "csv"] = Field(
        "json",
        description="`csv` has the columns of the published table, and all rows where no `limit` "
        "is given. `Accept: text/csv` asks for the same.",
    )


class DefinedQuery(TableQuery):
    """A table of indicators, filtered by what an indicator is."""

    dimension: Dimension = None
    category: Category = None
    level: Level = None

    def defines(self, indicator: Indicator) -> bool:
        """Return whether an indicator is the one asked for, or of the group asked for."""
        values: dict[str, object] = {
            "indicator": indicator.slug,
            "dimension": indicator.dimension,
            "category": indicator.category.en,
            "level": indicator.level,
        }
        return all(getattr(self, name, None) in (None, value) for name, value in values.items())


class IndicatorQuery(DefinedQuery):
    """Filters of the list of indicators."""

    type: Annotated[str | None, OneOf("types")] = None
    q: Annotated[str, AfterValidator(_tidied)] = Field(
        "",
        min_length=1,
        max_length=100,
        pattern=r"^[^\x00]+$",
        description="Words of either language, a code or a synonym; every word must occur.",
    )


class TargetQuery(DefinedQuery):
    """Filters of the list of yardsticks."""

    indicator: IndicatorName = None
    kind: Annotated[str | None, OneOf("kinds")] = None


class YearsQuery(DefinedQuery):
    """A list of several cities and a range of years."""

    city: Cities = ()
    indicator: IndicatorName = None
    year_from: Year = Field(None, description="The first year of a range.")
    year_to: Year = Field(None, description="The last year of a range.")

    def spans(self, year: int | None) -> bool:
        """Return whether a year is in the range; one that is not known is in none."""
        first, last = self.year_from, self.year_to
        if year is None:
            return first is None and last is None
        return (first is None or first <= year) and (last is None or year <= last)


class ObservationQuery(YearsQuery):
    """Filters of the lists of observations and values."""

    year: Annotated[int | None, OneOf("years")] = Field(
        None, description="The first year of the observation's period."
    )
    data_point: Annotated[str | None, OneOf("data_points")] = Field(
        None, description="A part of an indicator; `-` stands for the indicator as a whole."
    )
    comparability: Annotated[str | None, OneOf("comparabilities")] = None
    evidence: Evidence = None

    def fits(self, observation: Observation) -> bool:
        """Return whether an observation has the values asked for, but for its indicator's."""
        label = "" if self.data_point == NO_LABEL else self.data_point
        return (
            observation.city in (self.city or (observation.city,))
            and self.year in (None, observation.year)
            and self.spans(observation.year)
            and label in (None, observation.data_point)
            and self.comparability in (None, observation.comparability)
            and self.evidence in (None, observation.evidence)
        )


class ScoreQuery(YearsQuery):
    """Filters of the list of scores of cities, groups and indicators."""

    level: Annotated[str | None, OneOf("score_levels")] = Field(
        None, description="What is scored: a city, a group of its indicators, an indicator."
    )
    as_of: Year = Field(None, description="The year as of whose end the newest values count.")
    yardstick: Yardstick = "common"


class AsOfQuery(DefinedQuery):
    """A list of what is known of cities as of a year."""

    city: Annotated[
        tuple[str, ...], OneOf("cities"), Field(description="The city of this site if not given.")
    ] = ()
    as_of: Annotated[int | None, OneOf("years_as_of")] = Field(
        None,
        description="The year of the answer: only what was known of years up to this one "
        "counts; the year of the edition where none is given.",
    )
    indicator: IndicatorName = None


class GapQuery(AsOfQuery):
    """Filters of the register of gaps."""

    reason: Annotated[str | None, OneOf("reasons")] = None


class FulfilmentQuery(AsOfQuery):
    """Filters of the list of scored data points."""

    band: Annotated[str | None, OneOf("bands")] = Field(
        None, description="The band of the data point, `none` where it has no score."
    )
    evidence: Evidence = None
    since: Year = Field(None, description="Values of earlier years are not scored.")
    yardstick: Yardstick = "common"
