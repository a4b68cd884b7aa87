"""What answers look like around their items: pages of lists, the edition and its terms."""

from typing import Generic, TypeVar

from pydantic import Field

from pages.api.schemas import (
    City,
    Edition,
    Fulfilment,
    Gap,
    Indicator,
    JoinedValue,
    LevelScore,
    Observation,
    PublishedTarget,
    Schema,
    Source,
    Words,
)


class Licence(Schema):
    """On what terms the data may be used; values keep the terms of their sources."""

    name: str
    url: str
    note: Words


class EditionMark(Schema):
    """The edition that an answer was made from; `digest` is the SHA-256 of its tables."""

    version: str
    date: str
    digest: str


Item = TypeVar("Item")


class Answer(Schema):
    """What every answer says beside its matter."""

    edition: EditionMark
    licence: Licence


class Collection(Answer, Generic[Item]):
    """One page of a list; the order stays the same within an edition."""

    items: tuple[Item, ...]
    total: int = Field(description="How many there are on all pages together.", ge=0)
    limit: int
    offset: int
    next: str | None = Field(description="The address of the next page, null on the last one.")


class Indicators(Collection[Indicator]):
    """A page of the list of indicators."""


class Observations(Collection[Observation]):
    """A page of the list of observations."""


class Fulfilments(Collection[Fulfilment]):
    """A page of the list of data points with their scores, as of one year."""

    city: str = Field(description="The city, or the first of several.")
    as_of: int


class Values(Collection[JoinedValue]):
    """A page of the list of joined values."""


class Scores(Collection[LevelScore]):
    """A page of the list of scores of cities, groups and indicators."""


class Targets(Collection[PublishedTarget]):
    """A page of the list of yardsticks."""


class Gaps(Collection[Gap]):
    """A page of the register of gaps, as of one year."""


class Cities(Collection[City]):
    """A page of the list of cities."""


class Sources(Collection[Source]):
    """A page of the list of sources."""


class Editions(Collection[Edition]):
    """A page of the list of editions."""


class OneIndicator(Answer):
    """One indicator."""

    item: Indicator


class Link(Schema):
    """An address of the interface and what it answers."""

    url: str
    description: str


class Index(Answer):
    """Where everything is."""

    name: Words
    openapi: str
    documentation: str
    resources: tuple[Link, ...]
