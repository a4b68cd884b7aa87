"""The tables of an edition as they stand in files: which columns, and what a cell may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from data.models import Comparability, Direction, Level, SourceClass, TargetKind, WithheldReason

Kind = Literal["text", "number", "year", "date", "period", "address"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what a cell may hold.

    ``vocabulary`` lists the allowed cells; where ``edition_vocabulary`` is set, the edition's
    data package lists them. ``refers_to`` is the table and column that must know the cell.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    vocabulary: tuple[str, ...] = ()
    edition_vocabulary: bool = False
    refers_to: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in file order, and those that name a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of the file inside the edition's folder."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns in file order."""
        return tuple(column.name for column in self.columns)

    @property
    def translations(self) -> tuple[tuple[str, str], ...]:
        """The pairs of columns that say the same in English and Russian."""
        names = set(self.header)
        return tuple(
            (f"{stem}_en" if f"{stem}_en" in names else stem, f"{stem}_ru")
            for stem in (name.removesuffix("_ru") for name in self.header if name.endswith("_ru"))
        )


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _required(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, required=True) for name in names)


def _one_of(name: str, vocabulary: tuple[str, ...]) -> Column:
    return Column(name, required=True, vocabulary=vocabulary)


EVERY_CITY = "all"  # the scope of a target that holds in every city
_YES_NO = ("yes", "no")
_CODE = Column("code", required=True, refers_to=("indicators", "code"))
_CITY = Column("city", required=True, refers_to=("cities", "city"))
_SOURCE = Column("source_id", required=True, refers_to=("sources", "source_id"))
_SDG_SOURCE = Column("sdg_source", required=True, refers_to=("sources", "source_id"))
_DIRECTION = _one_of("direction", get_args(Direction))

INDICATORS = Table(
    "indicators",
    (
        *_required("code", "name_en", "name_ru"),
        _one_of("name_ru_source", ("translated", "published")),
        Column("dimension", required=True, edition_vocabulary=True),
        *_required("sub_dimension", "category"),
        _one_of("level", get_args(Level)),
        Column("type", edition_vocabulary=True),
        *_required("unit"),
        _DIRECTION,
        *_texts("sdg_targets"),
        *_required("definition_en", "definition_ru"),
        *_texts("data_points"),
        _SOURCE,
        *_texts("page"),
        _SDG_SOURCE,
        *_texts("notes"),
        *_required("sub_dimension_ru", "category_ru", "unit_en", "unit_ru"),
        *_texts("synonyms_en", "synonyms_ru", "notes_ru"),
    ),
    key=("code",),
)
DATA_POINTS = Table(
    "data_points",
    (
        _CODE,
        *_required("data_point", "name_en", "name_ru", "unit"),
        _one_of("standard", _YES_NO),
        *_required("unit_en", "unit_ru"),
    ),
    key=("code", "data_point"),
)
OBSERVATIONS = Table(
    "observations",
    (
        _CITY,
        _CODE,
        *_texts("data_point"),
        Column("period", "period"),
        Column("value", "number"),
        *_texts("unit", "value_text"),
        _SOURCE,
        *_texts("page"),
        _one_of("derived", _YES_NO),
        _one_of("comparability", get_args(Comparability)),
        *_texts("note"),
        _one_of("rate", _YES_NO),
        *_texts("rate_reason", "note_ru", "rate_reason_ru", "page_ru"),
        Column("reason", vocabulary=get_args(WithheldReason)),
        _one_of("break", _YES_NO),
    ),
)
TARGETS = Table(
    "targets",
    (
        _CODE,
        *_texts("data_point"),
        Column("target", "number", required=True),
        _one_of("direction", tuple(word for word in get_args(Direction) if word != "neutral")),
        *_required("unit"),
        Column("basis", required=True, edition_vocabulary=True),
        _one_of("kind", get_args(TargetKind)),
        *_required("scope"),
        _one_of("primary", _YES_NO),
        _one_of("doubtful", _YES_NO),
        *_required("applies_to"),
        _SOURCE,
        *_texts("page", "value_text", "note", "note_ru", "page_ru"),
    ),
    key=("code", "data_point", "target", "scope", "source_id"),
)
SOURCES = Table(
    "sources",
    (
        *_required("source_id", "title", "publisher"),
        Column("year", "year"),
        Column("url", "address"),
        *_texts("licence"),
        Column("accessed", "date", required=True),
        _one_of("class", get_args(SourceClass)),
        Column("title_language", required=True, edition_vocabulary=True),
        *_required("publisher_ru"),
        *_texts("licence_ru"),
    ),
    key=("source_id",),
)
CITIES = Table(
    "cities", _required("city", "name_en", "name_ru", "country", "country_ru"), key=("city",)
)
POPULATION = Table(
    "population",
    (
        _CITY,
        Column("year", "year", required=True),
        Column("population_thousand", "number", required=True),
        *_required("kind"),
        _SOURCE,
        *_required("kind_ru"),
    ),
    key=("city", "year"),
)
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (INDICATORS, DATA_POINTS, OBSERVATIONS, TARGETS, SOURCES, CITIES, POPULATION)
}
