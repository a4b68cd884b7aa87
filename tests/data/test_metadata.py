"""What programs read about the files is valid, complete and never claims too much."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from csvw import CSVW
from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from data.exports import EXPORTS, export_of
from data.exports.about import LICENCE
from data.manifests import Manifest
from data.metadata.catalogue import Catalogue, in_catalogue
from data.models import Edition
from tests.data.conftest import BASE_URL, CITY, ORIGIN, SITE
from tests.data.packages import validate

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
AUTHORITY = "http://publications.europa.eu/resource/authority/"


@pytest.fixture(scope="module")
def package(published: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((published / "datapackage.json").read_bytes())
    return content


@pytest.fixture(scope="module")
def tables(package: dict[str, Any]) -> list[dict[str, Any]]:
    """The resources of the tables; the files of single indicators stand behind them."""
    resources: list[dict[str, Any]] = package["resources"][: len(EXPORTS)]
    return resources


@pytest.fixture(scope="module")
def indicator_files(package: dict[str, Any]) -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = package["resources"][len(EXPORTS) :]
    return resources


@pytest.fixture(scope="module")
def graph(built: Manifest) -> Graph:
    return Graph().parse(built.catalogue / "catalog.ttl", format="turtle")


def test_frictionless_finds_the_published_package_valid(published: Path, edition: Edition) -> None:
    report = validate(published)
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(EXPORTS) + len(edition.indicators)


@pytest.mark.parametrize("table", ["fulfilment", "gaps", "observations"])
def test_frictionless_notices_a_changed_file(published: Path, tmp_path: Path, table: str) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "files"))
    path = folder / f"{table}.csv"
    path.write_bytes(path.read_bytes().replace(b"no_value", b"no_worth"))
    kinds = {found for (found,) in validate(folder).flatten(["type"])}
    assert {"constraint-error", "hash-count"} <= kinds


def test_each_resource_says_bytes_checksum_and_rows(
    tables: list[dict[str, Any]], built: Manifest, edition: Edition
) -> None:
    assert [resource["name"] for resource in tables] == list(EXPORTS)
    for resource in tables:
        files = {file.name: file for file in built.of_table(edition.version, resource["name"])}
        csv = files[resource["path"]]
        assert (resource["bytes"], resource["rows"]) == (csv.bytes, csv.rows)
        assert resource["hash"] == f"sha256:{csv.sha256}"
        others = {one["path"]: one for one in resource["otherFormats"]}
        assert {*others, csv.name} == set(files)
        for name, one in others.items():
            # The bytes of the others follow the libraries that write them.
            frozen = name.endswith((".csv", ".json"))
            assert one.get("hash") == (f"sha256:{files[name].sha256}" if frozen else None)


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
    for one in described:
        for name in ("title", "description"):
            assert one[name].strip(), one["name"]
            assert any("а" <= letter <= "я" for letter in one[f"{name}@ru"].lower())


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
    assert [one["name"] for one in package["licenses"]] == ["CC-BY-4.0"]
    assert "licence covers our own work only" in package["description"]
    assert "Лицензия относится только к нашей работе" in package["description@ru"]
    for resource in package["resources"]:
        assert resource["licenses"] == package["licenses"]
        # A resource is taken alone too, so each says what its licence does not cover.
        assert "keep the terms of their sources" in resource["rights"]
        assert "условия их источников" in resource["rights@ru"]
    terms = {one["sourceId"]: one.get("terms", "") for one in package["sources"]}
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


def test_the_csvw_group_joins_the_tables_by_their_keys(published: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reader = CSVW(str(published / "csv-metadata.json"), validate=True)
    assert reader.is_valid
    assert [table.url.string for table in reader.tables] == [f"{one}.csv" for one in EXPORTS]
    group = json.loads((published / "csv-metadata.json").read_bytes())
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
        for told in (group, *group.get("tables", ())):
            assert told["dc:license"] == {"@id": LICENCE}
            rights = {one["@language"]: one["@value"] for one in told["dc:rights"]}
            assert "keep the terms of their sources" in rights["en"]
            assert "условия их источников" in rights["ru"]


def test_both_notations_of_the_catalogue_say_the_same(graph: Graph, built: Manifest) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's reader uses a class of its own that it gave up.
        other = Graph().parse(built.catalogue / "catalog.jsonld", format="json-ld")
    assert len(graph) > 500
    assert isomorphic(graph, other)


def only(graph: Graph, node: Any, predicate: URIRef) -> Any:
    (value,) = graph.objects(node, predicate)
    return value


def languages(graph: Graph, node: Any, predicate: URIRef) -> set[str | None]:
    return {value.language for value in graph.objects(node, predicate)}


def test_the_catalogue_has_what_dcat_ap_requires(graph: Graph) -> None:
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert languages(graph, catalogue, predicate) == {"en", "ru"}
    publisher = only(graph, catalogue, DCTERMS.publisher)
    assert (publisher, RDF.type, FOAF.Agent) in graph
    assert Literal(SITE.en, lang="en") in graph.objects(publisher, FOAF.name)
    assert only(graph, catalogue, FOAF.homepage) == URIRef(f"{BASE_URL}/")
    assert set(graph.objects(catalogue, DCAT.dataset)) >= set(
        graph.subjects(RDF.type, DCAT.Dataset)
    )


def test_each_data_set_has_what_dcat_ap_asks_for(graph: Graph, edition: Edition) -> None:
    (dataset,) = graph.subjects(DCAT.inSeries)
    (series,) = graph.subjects(RDF.type, DCAT.DatasetSeries)
    assert (series, RDF.type, DCAT.Dataset) in graph
    for node in (dataset, series):
        for predicate in (DCTERMS.title, DCTERMS.description):
            assert languages(graph, node, predicate) == {"en", "ru"}
    assert only(graph, dataset, DCAT.inSeries) == series
    assert str(only(graph, dataset, DCAT.version)) == edition.version
    for predicate in (DCTERMS.issued, DCTERMS.modified):
        assert only(graph, dataset, predicate) == Literal(edition.date, datatype=XSD.date)
    assert {str(one).rpartition("/")[2] for one in graph.objects(dataset, DCAT.theme)} >= {"REGI"}
    assert {str(one) for one in graph.objects(dataset, DCTERMS.language)} == {
        f"{AUTHORITY}language/ENG",
        f"{AUTHORITY}language/RUS",
    }
    places = list(graph.objects(dataset, DCTERMS.spatial))
    assert all((one, RDF.type, DCTERMS.Location) in graph for one in places)
    assert Literal("Москва", lang="ru") in {
        name for one in places for name in graph.objects(one, SKOS.prefLabel)
    }
    period = only(graph, dataset, DCTERMS.temporal)
    years = [int(str(only(graph, period, one))[:4]) for one in (DCAT.startDate, DCAT.endDate)]
    seen = [one.year for one in edition.observations if one.year is not None]
    assert years == [min(seen), max(seen)]


def distributions(graph: Graph) -> Iterator[Any]:
    yield from graph.subjects(RDF.type, DCAT.Distribution)


def test_each_distribution_points_to_a_file_with_size_and_checksum(
    graph: Graph, built: Manifest, edition: Edition
) -> None:
    (dataset,) = graph.subjects(DCAT.inSeries)
    found = set()
    for node in graph.objects(dataset, DCAT.distribution):
        address = str(only(graph, node, DCAT.accessURL))
        assert address == str(only(graph, node, DCAT.downloadURL))
        file = built.files[address.removeprefix(f"{BASE_URL}/")]
        assert int(only(graph, node, DCAT.byteSize)) == file.bytes
        checksum = only(graph, node, SPDX.checksum)
        assert only(graph, checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        assert str(only(graph, checksum, SPDX.checksumValue)) == file.sha256
        assert str(only(graph, node, DCAT.mediaType)).endswith(file.media_type)
        assert str(only(graph, node, DCTERMS["format"])).startswith(f"{AUTHORITY}file-type/")
        found.add(file.name)
    assert len(found) == len(EXPORTS) * 5 + 2 * len(edition.indicators) + 2
    assert found == {one.name for one in in_catalogue(built.files.values(), edition.version)}


def test_tables_that_grow_are_data_sets_of_their_own(graph: Graph) -> None:
    (edition,) = graph.subjects(DCAT.inSeries)
    living = {node for node in distributions(graph) if (edition, None, node) not in graph}
    assert {str(only(graph, node, DCAT.downloadURL)).removeprefix(BASE_URL) for node in living} == {
        "/quiz/statistics.csv",
        "/quiz/statistics.json",
        "/data/downloads.csv",
    }
    for node in living:
        (dataset,) = graph.subjects(DCAT.distribution, node)
        assert str(only(graph, dataset, DCTERMS.accrualPeriodicity)).endswith("frequency/CONT")
        assert languages(graph, dataset, DCTERMS.title) == {"en", "ru"}


def test_no_distribution_claims_more_than_our_own_work(graph: Graph) -> None:
    for node in distributions(graph):
        licence = only(graph, node, DCTERMS.license)
        assert licence == URIRef(LICENCE)
        assert (licence, RDF.type, DCTERMS.LicenseDocument) in graph
        rights = only(graph, node, DCTERMS.rights)
        assert (rights, RDF.type, DCTERMS.RightsStatement) in graph
        labels = {one.language: str(one) for one in graph.objects(rights, RDFS.label)}
        assert "keep the terms of their sources" in labels["en"]
        assert "условия их источников" in labels["ru"]


def test_every_address_of_the_catalogue_is_absolute_and_of_this_site_or_an_authority(
    graph: Graph,
) -> None:
    for triple in graph:
        for node in triple:
            if isinstance(node, URIRef):
                assert urlsplit(node).scheme in ("http", "https"), node
            else:
                assert isinstance(node, Literal), "no node is blank"


def test_a_later_edition_follows_the_earlier_one(built: Manifest, edition: Edition) -> None:
    later = Edition(**{**fields_of(edition), "version": "2099.1", "date": "2099-12-01"})
    catalogue = Catalogue(ORIGIN)
    files = in_catalogue(built.files.values(), edition.version)
    catalogue.fill([(edition, files), (later, [])])
    found = Graph().parse(data=catalogue.turtle(), format="turtle")
    versions = (edition.version, later.version)
    old, new = (URIRef(f"{BASE_URL}/catalog.ttl#edition-{version}") for version in versions)
    assert only(found, new, DCAT.prev) == old
    (series,) = found.subjects(RDF.type, DCAT.DatasetSeries)
    assert (only(found, series, DCAT.first), only(found, series, DCAT.last)) == (old, new)
    assert set(found.objects(series, DCAT.seriesMember)) == {old, new}


def fields_of(edition: Edition) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in edition.__dataclass_fields__}
