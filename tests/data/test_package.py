"""The data package is valid, says what the code knows, and is checked against the tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from data.editions import load_edition, newest_folder
from data.models import (
    Comparability,
    Direction,
    Level,
    NameSource,
    SourceClass,
    WithheldReason,
    YardstickKind,
)
from data.package import PACKAGE_FILE
from data.scores import Reason
from data.scoring import Band
from data.tables import COMPUTED, TABLES
from tests.data.conftest import EditionCopy, copy_as_draft
from tests.data.packages import validate


@pytest.fixture
def package(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / PACKAGE_FILE).read_bytes())
    return content


@pytest.fixture
def fields(package: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (resource["name"], field["name"]): field
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }


@pytest.mark.slow
def test_frictionless_finds_the_whole_package_valid(folder: Path) -> None:
    report = validate(folder)
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(TABLES)


@pytest.mark.parametrize(
    ("table", "cells", "kind"),
    [
        ("observations", {"code": "EC: X: Y: 9Z"}, "foreign-key"),
        ("targets", {"source_id": "NOBODY"}, "foreign-key"),
        ("observations", {"value": "12,5"}, "type-error"),
        ("observations", {"rate": "maybe"}, "type-error"),
        ("observations", {"period": "2018/2019"}, "constraint-error"),
        ("indicators", {"dimension": "weather"}, "constraint-error"),
        ("sources", {"source_id": "U4SSC-CM-2017"}, "primary-key"),
    ],
)
@pytest.mark.slow
def test_the_schema_alone_is_enough_to_find_common_faults(
    small: Path, tmp_path: Path, table: str, cells: dict[str, str], kind: str
) -> None:
    copy = EditionCopy(copy_as_draft(small, tmp_path / small.name))
    copy.change(table, 2, **cells)
    assert kind in {kind for (kind,) in validate(copy.folder).flatten(["type"])}


def test_the_fields_are_the_columns_in_their_order(
    package: dict[str, Any], copy: EditionCopy
) -> None:
    for resource in package["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == list(TABLES[resource["name"]].header) == copy.lines(resource["name"])[0]
    assert {resource["name"] for resource in package["resources"]} == set(TABLES)


def test_the_edition_describes_its_columns_as_they_are_declared(package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        table = TABLES[resource["name"]]
        declared = table.resource()["schema"]
        for field, column in zip(resource["schema"]["fields"], table.columns, strict=True):
            constraints = dict(field.pop("constraints", {}))
            if column.edition_vocabulary:
                assert constraints.pop("enum")
            expected = dict(column.field or {})
            assert constraints == expected.pop("constraints", {}), (table.name, column.name)
            assert field == expected
        assert {name: resource["schema"][name] for name in declared if name != "fields"} == {
            name: value for name, value in declared.items() if name != "fields"
        }


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("indicators", {"level": Level, "direction": Direction, "name_ru_source": NameSource}),
        ("observations", {"comparability": Comparability, "reason": WithheldReason}),
        ("targets", {"kind": YardstickKind}),
        ("sources", {"class": SourceClass}),
        ("fulfilment", {"band": Band, "reason": Reason}),
        ("gaps", {"reason": Reason}),
    ],
)
def test_the_declared_words_are_those_that_the_code_knows(
    table: str, words: dict[str, Any]
) -> None:
    columns = (COMPUTED.get(table) or TABLES[table]).by_name
    for column, vocabulary in words.items():
        # Only readers ask for recent values alone, so no file says that one is older.
        assert set(columns[column].vocabulary) == set(get_args(vocabulary)) - {"older"}


def test_every_title_and_description_is_in_both_languages(package: dict[str, Any]) -> None:
    described = [package, *package["resources"]]
    for resource in package["resources"]:
        described.extend(resource["schema"]["fields"])
    for field in described:
        for name in ("title", "description"):
            assert field[name].strip(), field["name"]
            assert field[f"{name}@ru"].strip(), field["name"]
            assert any("а" <= letter <= "я" for letter in field[f"{name}@ru"].lower()), field[
                "name"
            ]
    assert package["languages"] == ["en", "ru"]


def test_every_declared_table_has_its_words_in_both_languages() -> None:
    for table in (*TABLES.values(), *COMPUTED.values()):
        assert table.row
        for described in (table.resource(), *(column.field or {} for column in table.columns)):
            for name in ("title", "title@ru", "description", "description@ru"):
                assert described[name].strip(), (table.name, described["name"], name)


def test_every_number_has_a_unit_in_words(fields: dict[tuple[str, str], Any]) -> None:
    numbers = [field for field in fields.values() if field["type"] in {"number", "year"}]
    assert numbers
    assert all(field["unit"] and field["unit@ru"] for field in numbers)


def test_the_package_says_version_date_licence_and_files(package: dict[str, Any]) -> None:
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == newest_folder().name
    assert package["created"] == f"{load_edition().date}T00:00:00Z"
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert "keep the terms of their sources" in package["description"]
    for resource in package["resources"]:
        description = (
            resource["format"],
            resource["mediatype"],
            resource["encoding"],
            resource["path"],
        )
        assert description == ("csv", "text/csv", "utf-8", f"{resource['name']}.csv")
        assert resource["schema"]["missingValues"] == [""]


def change_package(copy: EditionCopy, *path: str | int, value: Any) -> None:
    file = copy.folder / PACKAGE_FILE
    content = json.loads(file.read_bytes())
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    file.write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("version",), "new", "version is not MAJOR.MINOR"),
        (("created",), "yesterday", "created is not a date"),
        (("resources",), None, "not a data package"),
        (("resources", 0, "path"), "other.csv", "the path of indicators is not indicators.csv"),
        (("schemaVersion",), 99, "schemaVersion is 99, which this site does not know"),
        (("resources", 0, "schema", "fields", 0, "name"), "kode", "only in one of them: kode"),
        (("resources", 0, "schema", "fields", 4, "constraints"), {}, "has no constraints.enum"),
        (
            ("resources", 0, "schema", "fields", 7, "constraints", "enum"),
            ["core"],
            "the enum of level of indicators is not what the site knows",
        ),
    ],
)
def test_a_package_that_does_not_fit_is_reported(
    copy: EditionCopy, path: tuple[str | int, ...], value: Any, problem: str
) -> None:
    change_package(copy, *path, value=value)
    faults = [fault for fault in copy.faults() if problem in fault.problem]
    assert [fault.file for fault in faults] == [PACKAGE_FILE]


def test_fields_in_another_order_are_reported(copy: EditionCopy, package: dict[str, Any]) -> None:
    fields = package["resources"][0]["schema"]["fields"]
    change_package(copy, "resources", 0, "schema", "fields", value=[*fields[1:], fields[0]])
    assert copy.places() == [(PACKAGE_FILE, None, "")]


def test_broken_json_is_reported_with_its_line(copy: EditionCopy) -> None:
    (copy.folder / PACKAGE_FILE).write_text('{\n  "name": "x",\n  oops\n}', "utf-8")
    fault = copy.faults()[0]
    assert (fault.file, fault.row) == (PACKAGE_FILE, 3)
    assert "not JSON" in fault.problem


def test_a_package_that_is_not_utf_8_is_reported(copy: EditionCopy) -> None:
    (copy.folder / PACKAGE_FILE).write_bytes('{"name": "Москва"}'.encode("cp1251"))
    assert "not UTF-8" in copy.faults()[0].problem


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "3",
        '{"resources": [1]}',
        '{"resources": {"a": 1}}',
        '{"resources": [], "scoringMethod": 1e999}',
        '{"resources": [], "title": NaN}',
        '{"resources": [], "title": "\\ud800"}',
        "[" * 5000 + "]" * 5000,
    ],
    ids=lambda content: content[:50],
)
def test_json_that_is_no_package_is_reported(copy: EditionCopy, content: str) -> None:
    (copy.folder / PACKAGE_FILE).write_text(content, "utf-8")
    assert "not a data package" in copy.faults()[0].problem


def test_a_field_whose_name_is_no_text_is_reported(
    copy: EditionCopy, package: dict[str, Any]
) -> None:
    package = json.loads(json.dumps(package))
    package["resources"][0]["schema"]["fields"][0]["name"] = 5
    (copy.folder / PACKAGE_FILE).write_text(json.dumps(package), "utf-8")
    assert "(only in one of them: “5”)" in copy.faults()[0].problem


def test_what_a_package_leaves_out_is_taken_from_the_declarations(copy: EditionCopy) -> None:
    described = load_edition(copy.folder).package["resources"]
    change_package(copy, "resources", 2, value=None)
    change_package(copy, "resources", 3 - 1, "schema", "fields", value=[])
    assert [fault.problem for fault in copy.faults()] == [
        "the field basis of targets has no constraints.enum"
    ]
    change_package(copy, "resources", value=[described[0], described[3], described[4]])
    completed = load_edition(copy.folder).package["resources"]
    assert sorted(completed, key=str) == sorted(described, key=str)


def test_a_missing_package_is_reported(copy: EditionCopy) -> None:
    (copy.folder / PACKAGE_FILE).unlink()
    assert copy.places() == [(PACKAGE_FILE, None, "")]
