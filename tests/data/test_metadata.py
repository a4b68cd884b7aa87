"""What programs read about the files is valid, complete and never claims too much."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW

from data.exports.about import LICENCE
from data.exports.tables import EXPORTS, export_of
from data.manifests import Manifest
from data.models import Edition
from tests.data.conftest import CITY
from tests.data.packages import validate


@pytest.fixture(scope="module")
def package(published: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((published / "datapackage.json").read_bytes())
    return content


@pytest.fixture(scope="module")
def small_published(small: Path, small_built: Manifest) -> Path:
    return small_built.public / "data" / small.name


@pytest.fixture(scope="module")
def tables(package: dict[str, Any]) -> list[dict[str, Any]]:
    """The resources of the tables; the files of single indicators stand behind them."""
    resources: list[dict[str, Any]] = package["resources"][: len(EXPORTS)]
    return resources


@pytest.fixture(scope="module")
def indicator_files(package: dict[str, Any]) -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = package["resources"][len(EXPORTS) :]
    return resources


def test_frictionless_finds_the_published_package_valid(published: Path, edition: Edition) -> None:
    report = validate(published)
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(EXPORTS) + len(edition.indicators)


def test_frictionless_notices_changed_files(small_published: Path, tmp_path: Path) -> None:
    folder, changed = (
        shutil.copytree(small_published, tmp_path / "files"),
        {"values", "observations"},
    )
    for table in changed:
        path = folder / f"{table}.csv"
        path.write_bytes(path.read_bytes().replace(b",reported,", b",rumoured,"))
    kinds = {task.name: {error.type for error in task.errors} for task in validate(folder).tasks}
    assert {name for name in kinds if kinds[name]} == changed
    assert all({"constraint-error", "hash-count"} <= kinds[name] for name in changed)


def test_each_resource_says_bytes_checksum_and_rows(
    tables: list[dict[str, Any]], built: Manifest, edition: Edition
) -> None:
    assert [resource["name"] for resource in tables] == list(EXPORTS)
    for resource in tables:
        files = {file.name: file for file in built.of_table(edition.version, resource["name"])}
        csv = files[resource["path"]]
        assert (resource["bytes"], resource["rows"]) == (csv.bytes, csv.rows)
        assert resource["hash"] == f"sha256:{csv.sha256}"
        formats = {file["path"]: file for file in resource["otherFormats"]}
        assert {*formats, csv.name} == set(files)
        for name, other in formats.items():
            # The bytes of the others follow the libraries that write them.
            frozen = name.endswith((".csv", ".json"))
            assert other.get("hash") == (f"sha256:{files[name].sha256}" if frozen else None)


def test_each_file_of_an_indicator_says_its_bytes_and_checksum(
    indicator_files: list[dict[str, Any]], built: Manifest, edition: Edition
) -> None:
    folder = f"data/{edition.version}/"
    paths = [f"kpi/{indicator.slug}.csv" for indicator in edition.indicators]
    assert [resource["path"] for resource in indicator_files] == paths
    for resource in indicator_files:
        (other,) = resource["otherFormats"]
        assert other["path"] == resource["path"].replace(".csv", ".json")
        for described in (resource, other):
            file = built.files[folder + described["path"]]
            assert described["bytes"] == file.bytes
            assert described["hash"] == f"sha256:{file.sha256}"


def test_each_column_is_described_in_both_languages(
    tables: list[dict[str, Any]], edition: Edition
) -> None:
    for resource in tables:
        fields = resource["schema"]["fields"]
        names = export_of(edition, CITY, resource["name"]).header
        assert tuple(field["name"] for field in fields) == names
        assert_both_languages(resource, *fields)


def test_the_schema_of_indicators_describes_each_column_of_their_files(
    indicator_files: list[dict[str, Any]], published: Path
) -> None:
    for resource in indicator_files:
        fields = json.loads((published / resource["schema"]).read_bytes())["fields"]
        header = (published / resource["path"]).read_text("utf-8").partition("\n")[0]
        assert [field["name"] for field in fields] == header.split(",")
        assert_both_languages(*fields)


def assert_both_languages(*described: dict[str, Any]) -> None:
    for field in described:
        for name in ("title", "description"):
            assert field[name].strip(), field["name"]
            assert any("а" <= letter <= "я" for letter in field[f"{name}@ru"].lower())


def test_the_words_of_computed_tables_are_those_of_their_cells(
    tables: list[dict[str, Any]], edition: Edition
) -> None:
    for resource in tables:
        export = export_of(edition, CITY, resource["name"])
        for place, field in enumerate(resource["schema"]["fields"]):
            words = field.get("constraints", {}).get("enum")
            cells = {row[place] for row in export.rows} - {""}
            assert words is None or cells <= set(words), (resource["name"], field["name"])


def test_the_package_licenses_our_work_only(package: dict[str, Any], edition: Edition) -> None:
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert "licence covers our own work only" in package["description"]
    assert "Лицензия относится только к нашей работе" in package["description@ru"]
    for resource in package["resources"]:
        assert resource["licenses"] == package["licenses"]
        # A resource is taken alone too, so each says what its licence does not cover.
        assert "keep the terms of their sources" in resource["rights"]
        assert "условия их источников" in resource["rights@ru"]
    terms = {source["sourceId"]: source.get("terms", "") for source in package["sources"]}
    assert terms == {source.id: source.licence.en for source in edition.sources.values()}


def test_a_csvw_reader_finds_every_value_of_the_right_type(
    published: Path, edition: Edition
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for table in EXPORTS:
            reader = CSVW(str(published / f"{table}.csv-metadata.json"), validate=True)
            assert reader.is_valid, table
            export = export_of(edition, CITY, table)
            rows = list(next(iter(reader.tables)))
            assert len(rows) == len(export.rows)
            for row, cells in zip(rows, export.rows, strict=True):
                assert list(row) == list(export.header)
                for (_, value), kind, cell in zip(
                    row.items(), export.types.values(), cells, strict=True
                ):
                    assert (value is None) == (cell == "")
                    if value is not None:
                        assert plain(value, kind) == plain(cell, kind)


def plain(value: Any, kind: str) -> object:
    if kind in ("number", "integer"):
        return float(value)
    if kind == "yes_no":
        return value in (True, "yes")
    if hasattr(value, "unsplit"):
        return value.unsplit()  # A web address.
    return str(value)[:10] if kind == "date" else str(value)


def test_the_csvw_group_joins_the_tables_by_their_keys(small_published: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reader = CSVW(str(small_published / "csv-metadata.json"), validate=True)
    assert reader.is_valid
    assert [table.url.string for table in reader.tables] == [f"{name}.csv" for name in EXPORTS]
    group = json.loads((small_published / "csv-metadata.json").read_bytes())
    keys = {
        (table["url"], key["columnReference"][0], key["reference"]["resource"])
        for table in group["tables"]
        for key in table["tableSchema"].get("foreignKeys", [])
    }
    assert ("observations.csv", "source_id", "sources.csv") in keys
    assert ("fulfilment.csv", "code", "indicators.csv") in keys


def test_csvw_names_the_licence_of_the_compilation(published: Path) -> None:
    for path in published.glob("*csv-metadata.json"):
        group = json.loads(path.read_bytes())
        for table in (group, *group.get("tables", ())):
            assert table["dc:license"] == {"@id": LICENCE}
            rights = {words["@language"]: words["@value"] for words in table["dc:rights"]}
            assert "keep the terms of their sources" in rights["en"]
            assert "условия их источников" in rights["ru"]
