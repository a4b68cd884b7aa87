"""The tables of an edition, declared once in ``data/declarations`` with columns, words and checks.

Header, parser, writer, JSON, API models, CSVW and Data Package fields are derived from them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from data.models import Language, Words

Kind = Literal["text", "number", "year", "date", "period", "address"]
# Integers are years and points; ``yes_no`` is yes or no in text, true or false elsewhere.
ColumnType = Literal["text", "number", "integer", "yes_no", "date"]

YES_NO = ("yes", "no")
# Version 2 brought one shape of JSON for files and API; a declaration may name a later one.
FIRST_SCHEMA, ONE_JSON_SCHEMA = 1, 2
_DECLARATIONS = Path(__file__).with_name("declarations")
_PROFILES = "https://datapackage.org/profiles/2.0"
_TABLE_WORDS = ("title", "title@ru", "description", "description@ru")
_KEYS = ("primaryKey", "uniqueKeys", "foreignKeys")
# What a declared field says to this project alone; all else is Table Schema.
_OWN = (
    *("kind", "vocabulary", "attribute", "member", "after"),
    *("separator", "empty_item", "since", "ahead"),
)
_TYPES: Mapping[str, ColumnType] = {
    "number": "number", "date": "date", "year": "integer", "integer": "integer",
    "boolean": "yes_no",
}  # fmt: skip
_KINDS: Mapping[str, Kind] = {"number": "number", "date": "date", "year": "year"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what a cell may hold, and what it is called in a record.

    ``vocabulary`` lists the allowed cells; where ``edition_vocabulary`` is set, the edition's
    data package lists them. ``refers_to`` is the table and column that must know the cell.
    A cell with a ``separator`` lists items, of which ``empty_item`` stands for the empty one.
    ``since`` is the schema version that brought the column: an edition may lack later ones.
    A year that is ``ahead`` may be later than the edition's own.
    ``field`` describes it in the terms of Table Schema.
    """

    name: str
    kind: Kind = "text"
    type: ColumnType = "text"
    required: bool = False
    vocabulary: tuple[str, ...] = ()
    edition_vocabulary: bool = False
    refers_to: tuple[str, str] | None = None
    separator: str = ""
    empty_item: str = ""
    since: int = FIRST_SCHEMA
    ahead: bool = False
    attribute: str = ""
    member: str = ""
    after: str = ""
    field: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One value of a record: a column, or the columns that say the same in each language.

    ``name`` stands in JSON, ``attribute`` in the record class.
    """

    name: str
    attribute: str
    column: Column
    translations: Mapping[Language, Column]


@dataclass(frozen=True)  # Without slots, since ``cached_property`` needs a dictionary.
class Table:
    """One table: its columns in file order, and those that name a row.

    ``identity`` are the columns that make two rows the same row in two editions, ``row`` says
    what a row is. A computed table that is not of ``every_city`` is of the city of the site.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    computed: bool = False
    every_city: bool = True
    since: int = FIRST_SCHEMA
    row: Words | None = None
    declaration: Mapping[str, Any] | None = None

    @property
    def file(self) -> str:
        """The name of the file inside the edition's folder."""
        return f"{self.name}.csv"

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The names of the columns in file order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def translations(self) -> tuple[tuple[str, str], ...]:
        """The pairs of columns that say the same in English and Russian."""
        stems = (name.removesuffix("_ru") for name in self.header if name.endswith("_ru"))
        return tuple(
            (f"{stem}_en" if f"{stem}_en" in self.by_name else stem, f"{stem}_ru") for stem in stems
        )

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The values of a record, in the order of JSON."""
        russian = dict(self.translations)
        later = set(russian.values())
        members: list[Member] = []
        for column in self.columns:
            if column.name in later:
                continue
            pair: dict[Language, Column] = {}
            if column.name in russian:
                pair = {"en": column, "ru": self.by_name[russian[column.name]]}
            stem = column.name.removesuffix("_en") if pair else column.name
            member = Member(column.member or stem, column.attribute or stem, column, pair)
            names = [earlier.name for earlier in members]
            position = names.index(column.after) + 1 if column.after else len(members)
            members.insert(position, member)
        return tuple(members)

    def columns_of(self, schema: int) -> tuple[Column, ...]:
        """Return the columns that the table has under a schema version, in file order."""
        return tuple(column for column in self.columns if column.since <= schema)

    def resource(self, schema_version: int | None = None) -> dict[str, Any]:
        """Return the description of the table as a Data Package resource, of the newest schema."""
        declaration = self.declaration or {}
        schema = {"$schema": f"{_PROFILES}/tableschema.json"}
        columns = self.columns_of(schema_version or SCHEMA_VERSION)
        fields = [dict(column.field or {}) for column in columns]
        keys = {name: declaration[name] for name in _KEYS if name in declaration}
        if "foreignKeys" in keys:
            # A cell that lists several items is no key to Table Schema.
            lists = {column.name for column in self.columns if column.separator}
            keys["foreignKeys"] = [
                key for key in declaration["foreignKeys"] if lists.isdisjoint(key["fields"])
            ]
        return {
            "$schema": f"{_PROFILES}/dataresource.json",
            "name": self.name,
            "type": "table",
            **{name: declaration[name] for name in _TABLE_WORDS},
            "path": self.file,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {**schema, "fields": fields, **keys, "missingValues": [""]},
        }


def _column(field: Mapping[str, Any], references: Mapping[str, tuple[str, str]]) -> Column:
    name, constraints = field["name"], field.get("constraints", {})
    boolean = field["type"] == "boolean"
    described = {key: value for key, value in field.items() if key not in _OWN}
    if boolean:
        described |= {"trueValues": [YES_NO[0]], "falseValues": [YES_NO[1]]}
    kind: Kind = _KINDS.get(field["type"], "address" if field.get("format") == "uri" else "text")
    return Column(
        name,
        kind=field.get("kind", kind),
        type=_TYPES.get(field["type"], "text"),
        required=constraints.get("required", False),
        vocabulary=YES_NO if boolean else tuple(constraints.get("enum", ())),
        edition_vocabulary=field.get("vocabulary") == "edition",
        refers_to=references.get(name),
        separator=field.get("separator", ""),
        empty_item=field.get("empty_item", ""),
        since=field.get("since", FIRST_SCHEMA),
        ahead=field.get("ahead", False),
        attribute=field.get("attribute", ""),
        member=field.get("member", ""),
        after=field.get("after", ""),
        field=described,
    )


def declared_table(name: str, declaration: Mapping[str, Any]) -> Table:
    """Return the table that a declaration describes.

    Raises ``KeyError`` where the declaration lacks what each one needs.
    """
    references = {
        key["fields"][0]: (key["reference"]["resource"], key["reference"]["fields"][0])
        for key in declaration.get("foreignKeys", ())
    }
    unique = declaration.get("primaryKey") or declaration.get("uniqueKeys", [()])[0]
    return Table(
        name,
        tuple(_column(field, references) for field in declaration["fields"]),
        # Observations repeat by a finer rule, which data.observation_rules holds.
        key=() if name == "observations" else tuple(unique),
        identity=tuple(declaration.get("identity", unique)),
        computed=declaration.get("computed", False),
        every_city=declaration.get("every_city", not declaration.get("computed", False)),
        since=declaration.get("since", FIRST_SCHEMA),
        row=Words(declaration.get("row", ""), declaration.get("row@ru", "")),
        declaration=declaration,
    )


def _declared(folder: Path) -> Sequence[Table]:
    # The loader in C: the other takes a third of a second.
    read = {
        path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in folder.glob("*.yml")
    }
    ordered = sorted(read, key=lambda name: (read[name]["order"], name))
    return [declared_table(name, read[name]) for name in ordered]


def _by_name(tables: Iterable[Table]) -> Mapping[str, Table]:
    return {table.name: table for table in tables}


_DECLARED = _declared(_DECLARATIONS)
# Files that are no tables of an edition; only their columns are declared.
DESCRIBED: Mapping[str, Table] = _by_name(
    table for table in _DECLARED if table.declaration and table.declaration.get("described")
)
KPI = DESCRIBED["kpi"]  # What stands behind the columns of observations.
_ALL = [table for table in _DECLARED if table.name not in DESCRIBED]
TABLES: Mapping[str, Table] = _by_name(table for table in _ALL if not table.computed)
# Computed from the others.
COMPUTED: Mapping[str, Table] = _by_name(table for table in _ALL if table.computed)
SCHEMA_VERSION = max(
    ONE_JSON_SCHEMA,
    *(table.since for table in _ALL),
    *(column.since for table in _ALL for column in table.columns),
)
INDICATORS, DATA_POINTS = TABLES["indicators"], TABLES["data_points"]
OBSERVATIONS, TARGETS = TABLES["observations"], TABLES["targets"]
CITIES, POPULATION, CORRECTIONS = TABLES["cities"], TABLES["population"], TABLES["corrections"]
