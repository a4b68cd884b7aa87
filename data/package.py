"""The data package: what datapackage.json says about an edition, and whether the tables agree."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.checks import Vocabularies, is_date
from data.faults import Fault, quoted
from data.table_files import TableFiles
from data.tables import FIRST_SCHEMA, SCHEMA_VERSION, TABLES, Table

PACKAGE_FILE = "datapackage.json"
SCHEMA_NAME = "schemaVersion"
_NO_PACKAGE = (
    AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError,
)  # fmt: skip
# Major, minor and, for corrections only, patch; the first major number was a year.
VERSION = re.compile(r"[1-9][0-9]*\.[0-9]+(\.[1-9][0-9]*)?")


@dataclass(frozen=True, slots=True)
class Package:
    """Description of an edition, from its data package.

    ``date`` is ISO 8601. ``vocabularies`` are the words that a column is limited to, by
    table and column; ``fields`` the column names in order, by table. ``method`` is the version
    of the scoring rule, ``schema`` that of the declared tables, ``description`` the whole file.
    """

    version: str = ""
    date: str = ""
    vocabularies: Vocabularies = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    method: int = 1
    schema: int = FIRST_SCHEMA
    description: Mapping[str, Any] = field(default_factory=dict)


def read_package(
    folder: Path, headers: Mapping[str, tuple[str, ...]]
) -> tuple[Package, list[Fault]]:
    """Read the description of the edition in ``folder``, and say what is wrong with it.

    What it does not describe of the tables, whose ``headers`` are given, is taken from their
    declarations.
    """
    try:
        description = json.loads((folder / PACKAGE_FILE).read_bytes())
        written(description)
        description["resources"] = list(_completed(description["resources"], headers))
        resources = {resource["name"]: resource for resource in description["resources"]}
        fields = {name: resource["schema"]["fields"] for name, resource in resources.items()}
        package = Package(
            version=str(description.get("version", "")),
            date=str(description.get("created", ""))[:10],
            vocabularies=dict(_vocabularies(fields)),
            fields={
                name: tuple(str(described["name"]) for described in its)
                for name, its in fields.items()
            },
            method=int(description.get("scoringMethod", 1)),
            schema=int(description.get(SCHEMA_NAME, FIRST_SCHEMA)),
            description=description,
        )
    except FileNotFoundError:
        return Package(), [_fault(None, "the file is missing", "put it into the folder")]
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        return Package(), [_fault(None, problem, "make it a readable file")]
    except UnicodeDecodeError:
        return Package(), [_fault(None, "the text is not UTF-8", "save the file as UTF-8")]
    except json.JSONDecodeError as error:
        problem = f"the file is not JSON ({error.msg})"
        return Package(), [_fault(error.lineno, problem, "correct it there or just before")]
    except _NO_PACKAGE as error:
        why = quoted(str(error))
        problem = f"the file is not a data package with resources, schemas and fields ({why})"
        return Package(), [_fault(None, problem, "see the Data Package standard, version 2")]
    return package, list(_heading_faults(package, resources))


def _completed(
    resources: list[dict[str, Any]], headers: Mapping[str, tuple[str, ...]]
) -> Iterator[dict[str, Any]]:
    """The resources as they are, with what they leave out of tables that are there."""
    described = {resource["name"]: resource for resource in resources}
    for name, resource in described.items():
        yield _with_columns(resource, headers[name]) if name in headers else resource
    for name in headers:
        if name not in described:
            yield _with_columns({**TABLES[name].resource()}, headers[name])


def _with_columns(resource: dict[str, Any], header: tuple[str, ...]) -> dict[str, Any]:
    """The resource with the declared fields of columns that it does not describe."""
    schema = resource["schema"]
    described = {field["name"]: field for field in schema["fields"]}
    declared = TABLES[resource["name"]].by_name
    if all(column in described or column not in declared for column in header):
        return resource
    fields = [
        described.pop(column, None) or dict(declared[column].field or {})
        for column in header
        if column in described or column in declared
    ]
    return {**resource, "schema": {**schema, "fields": [*fields, *described.values()]}}


def written(description: Any) -> bytes:
    """The file that holds a description; raises ``ValueError`` for what JSON cannot hold."""
    text = json.dumps(description, ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode()


def check_package(package: Package, tables: TableFiles) -> list[Fault]:
    """Return where the described fields are not the columns of the tables, in their order."""
    faults = []
    for name, content in tables.files.items():
        described = package.fields.get(name)
        if described is not None and described != content.header:
            problem = f"the fields of {name} are not the columns of {TABLES[name].file}"
            different = [
                column
                for column in (*described, *content.header)
                if column not in described or column not in content.header
            ]
            problem += f" (only in one of them: {_listed(different)})" if different else ""
            faults.append(_fault(None, problem, "describe the columns in the order of the file"))
    return faults


def _listed(columns: list[str]) -> str:
    names = [
        column if column.isidentifier() and len(column) <= 60 else quoted(column)
        for column in columns
    ]
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")


def _fault(row: int | None, problem: str, remedy: str) -> Fault:
    return Fault(PACKAGE_FILE, row, "", problem, remedy)


def _vocabularies(
    fields: Mapping[str, list[dict[str, Any]]],
) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for table, its_fields in fields.items():
        for description in its_fields:
            words = description.get("constraints", {}).get("enum", ())
            yield (table, description["name"]), tuple(str(word) for word in words)


def _heading_faults(package: Package, resources: Mapping[str, Any]) -> Iterator[Fault]:
    if not VERSION.fullmatch(package.version):
        yield _fault(None, "version is not MAJOR.MINOR", "write one, such as 2026.1")
    if not is_date(package.date):
        yield _fault(None, "created is not a date and time", "write 2026-11-22T00:00:00Z or so")
    if not FIRST_SCHEMA <= package.schema <= SCHEMA_VERSION:
        problem = f"{SCHEMA_NAME} is {package.schema}, which this site does not know"
        remedy = f"write a number from {FIRST_SCHEMA} to {SCHEMA_VERSION}, or update the site"
        yield _fault(None, problem, remedy)
    for name, table in TABLES.items():
        if name not in resources:
            continue
        if resources[name].get("path") != table.file:
            problem = f"the path of {name} is not {table.file}"
            yield _fault(None, problem, f"write {table.file}")
        yield from _vocabulary_faults(package, table)


def _vocabulary_faults(package: Package, table: Table) -> Iterator[Fault]:
    for column in table.columns:
        words = package.vocabularies.get((table.name, column.name), ())
        if column.edition_vocabulary and not words:
            problem = f"the field {column.name} of {table.name} has no constraints.enum"
            yield _fault(None, problem, "list the words that the column may hold")
        if column.vocabulary and words and set(words) != set(column.vocabulary):
            problem = f"the enum of {column.name} of {table.name} is not what the site knows"
            yield _fault(None, problem, f"write {', '.join(column.vocabulary)}")
