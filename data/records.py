"""Conversion between rows and records, and records as JSON, by the declarations of the tables.

Every row converted here has already passed data.checks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from data.models import (
    NO_WORDS,
    City,
    Correction,
    DataPoint,
    Edition,
    Indicator,
    Observation,
    PlainGroup,
    Population,
    Record,
    Source,
    Target,
    Topic,
    Words,
)
from data.table_files import Row, TableFiles
from data.tables import FIRST_SCHEMA, TABLES, Column, Member, Table

Cells = tuple[str, ...]
NO_LABEL = "-"
_Reader = Callable[[Row], Any]
# A table without a class of its own has records that hold everything in ``more``.
_CLASSES: Mapping[str, type[Record]] = {
    "indicators": Indicator,
    "data_points": DataPoint,
    "observations": Observation,
    "targets": Target,
    "sources": Source,
    "cities": City,
    "population": Population,
    "topics": Topic,
    "categories": PlainGroup,
    "corrections": Correction,
}


def labels_of(applies_to: str) -> tuple[str, ...]:
    """The observation labels of an ``applies_to`` cell; ``-`` stands for the empty one."""
    return tuple("" if label == NO_LABEL else label for label in applies_to.split(";"))


def items_of(cell: str) -> tuple[str, ...]:
    """The items of a cell that lists some, separated by semicolons."""
    return tuple(item.strip() for item in cell.split(";")) if cell else ()


def number_text(value: Decimal | None) -> str:
    """The number with the digits that it was printed with; empty for None."""
    return "" if value is None else format(value, "f")


def records_in(tables: TableFiles) -> dict[str, tuple[Any, ...]]:
    """Return the records of every table that the folder has, in the order of their rows.

    Indicators hold their data points, the standard's own first, in the order of the standard.
    """
    records = {
        name: tuple(map(_maker(TABLES[name], content.header), tables.rows(name)))
        for name, content in tables.files.items()
        if name != "indicators"
    }
    points: dict[str, list[DataPoint]] = {}
    for point in records.pop("data_points"):
        points.setdefault(point.code, []).append(point)
    make = _maker(TABLES["indicators"], tables.files["indicators"].header)
    records["indicators"] = tuple(
        make(row, data_points=_ordered(points.get(row["code"], ()), row["data_points"]))
        for row in tables.rows("indicators")
    )
    return records


def _ordered(points: Iterable[DataPoint], listed: str) -> tuple[DataPoint, ...]:
    positions = {label: position for position, label in enumerate(items_of(listed))}
    return tuple(sorted(points, key=lambda point: positions.get(point.label, len(positions))))


def _maker(table: Table, header: Sequence[str]) -> Callable[..., Any]:
    """Return the function that makes a record of a row; a column not in ``header`` is empty."""
    kind = _CLASSES.get(table.name, Record)
    field_names = {field.name for field in fields(kind)}
    readers = {member.attribute: _reader(member) for member in table.members}
    own = {name: read for name, read in readers.items() if name in field_names}
    # What the class works out by itself is not read.
    more = {
        member.name: readers[member.attribute]
        for member in table.members
        if member.column.name in header and not hasattr(kind, member.attribute)
    }
    if kind is Observation:
        period = own["period"]
        own["year"] = lambda row: int(period(row)[:4]) if period(row) else None

    def make(row: Row, **derived: Any) -> Any:
        values = {name: read(row) for name, read in own.items()} | derived
        if more:
            values["more"] = {name: read(row) for name, read in more.items()}
        return kind(**values)

    return make


def _reader(member: Member) -> _Reader:
    if not member.translations:
        return _cell_reader(member.column)
    readers = {name: _cell_reader(column) for name, column in member.translations.items()}
    if member.column.separator:
        return lambda row: {language: read(row) for language, read in readers.items()}
    english, russian = readers["en"], readers["ru"]
    return lambda row: Words(english(row), russian(row))


def _cell_reader(column: Column) -> _Reader:
    name = column.name
    if column.separator:
        empty = column.empty_item
        return lambda row: tuple("" if item == empty else item for item in items_of(row[name]))
    if column.type == "yes_no":
        return lambda row: row[name] == "yes"
    if column.type == "number":
        return lambda row: Decimal(row[name]) if row[name] else None
    if column.type == "integer":
        return lambda row: int(row[name]) if row[name] else None
    if column.vocabulary and (not column.required or column.since > FIRST_SCHEMA):
        return lambda row: row[name] or None
    return lambda row: row[name]


def tables_of(edition: Edition) -> tuple[str, ...]:
    """Return the names of the tables that the edition has, in the order of their declarations."""
    if edition.headers:
        return tuple(name for name in TABLES if name in edition.headers)
    return tuple(name for name, table in TABLES.items() if table.since <= edition.schema)


def columns_of(edition: Edition, table: str) -> tuple[Column, ...]:
    """Return the columns that a table has in the edition, in the order of its file.

    Raises ``KeyError`` for a table that the edition does not have.
    """
    declared = TABLES[table]
    if not edition.headers:
        return declared.columns
    return tuple(declared.by_name[name] for name in edition.headers[table])


def rows_of(edition: Edition, table: str) -> tuple[Cells, ...]:
    """Return the rows of one table, cells in the order of its columns.

    Rows stand in the order of the file, except that the data points of an indicator stand
    in the order that the indicator lists them in.

    Raises ``KeyError`` for a table that an edition does not have.
    """
    own: Mapping[str, Iterable[Any]] = {
        "indicators": edition.indicators,
        "data_points": (
            point for indicator in edition.indicators for point in indicator.data_points
        ),
        "observations": edition.observations,
        "targets": edition.targets,
        "sources": edition.sources.values(),
        "cities": edition.cities.values(),
        "population": edition.populations,
    }
    write = row_writer(edition, table)
    return tuple(map(write, own[table] if table in own else edition.more[table]))


def row_writer(edition: Edition, table: str) -> Callable[[Any], Cells]:
    """Return the function that writes a record of a table as the edition's file has it."""
    writers = _writers(table)
    wanted = [writers[column.name] for column in columns_of(edition, table)]
    return lambda record: tuple(write(record) for write in wanted)


@cache
def _writers(table: str) -> Mapping[str, Callable[[Any], str]]:
    writers: dict[str, Callable[[Any], str]] = {}
    for member in TABLES[table].members:
        get, write = _getter(table, member), _cell_writer(member.column)
        for language, column in member.translations.items():
            writers[column.name] = lambda record, get=get, write=write, language=language: write(  # type: ignore[misc]
                get(record)[language]
            )
        if not member.translations:
            writers[member.column.name] = lambda record, get=get, write=write: write(get(record))  # type: ignore[misc]
    return writers


def _getter(table: str, member: Member) -> Callable[[Any], Any]:
    if hasattr(_CLASSES.get(table, Record), member.attribute):
        return attrgetter(member.attribute)
    empty = NO_WORDS if member.translations else None
    return lambda record: record.more.get(member.name, empty)


def _cell_writer(column: Column) -> Callable[[Any], str]:
    if column.separator:
        separator, empty = column.separator, column.empty_item
        return lambda items: separator.join(item or empty for item in items)
    if column.type == "yes_no":
        return lambda value: "yes" if value else "no"
    if column.type == "number":
        return number_text
    if column.type == "integer":
        return lambda value: "" if value is None else f"{value:04}"
    return lambda value: value or ""


def record_json(table: str, record: Any, names: Iterable[str] = ()) -> dict[str, Any]:
    """Return the values of a record by their names in JSON; null for what is unknown.

    Texts in several languages are one value, ``{"en": …, "ru": …}``. ``names`` chooses some
    values and their order; the declaration's own if left out.
    """
    values = _values(table)
    return {name: values[name](record) for name in names or values}


@cache
def _values(table: str) -> Mapping[str, Callable[[Any], Any]]:
    return {member.name: _value(table, member) for member in TABLES[table].members}


def _value(table: str, member: Member) -> Callable[[Any], Any]:
    get = _getter(table, member)

    def value(record: Any) -> Any:
        plain = get(record)
        if isinstance(plain, Words):
            return {"en": plain.en or None, "ru": plain.ru or None} if plain else None
        if isinstance(plain, tuple):
            return [item or None for item in plain]
        return None if plain == "" else plain

    return value
