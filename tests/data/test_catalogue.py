"""The catalogue, read alone, keeps to dcat_ap.csv and says what is so of every file."""

from __future__ import annotations

import warnings
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from rdflib import FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from data.exports.about import LICENCE
from data.exports.tables import EXPORTS
from data.manifests import Manifest
from data.metadata.catalogue import Catalogue, in_catalogue
from data.metadata.quiz_catalogue import QuizCatalogue
from data.models import Edition
from tests.data.conftest import BASE_URL, ORIGIN, SITE
from tests.data.dcat import DCAT, DCT, RULES, SPDX, VCARD, faults, named, unlisted

AUTHORITY = "http://publications.europa.eu/resource/authority/"


@pytest.fixture(scope="module")
def graph(built: Manifest) -> Graph:
    return Graph().parse(built.catalogue / "catalog.ttl", format="turtle")


def test_the_catalogue_keeps_to_the_table_of_its_classes(graph: Graph) -> None:
    assert not [fault for rule in RULES for fault in faults(graph, rule)]
    assert not list(unlisted(graph))
    for kind in {rule["class"] for rule in RULES}:
        assert (None, RDF.type, named(kind)) in graph, "each class is met"


def test_the_check_notices_what_breaks_the_table(graph: Graph) -> None:
    for rule in RULES:
        place = next(iter(graph.subjects(RDF.type, named(rule["class"])))), named(rule["property"])
        values = list(graph.objects(*place))
        wrong = URIRef("urn:wrong") if rule["kind"] == "literal" else Literal("wrong")
        graph.set((*place, wrong))
        assert any(": wrong" in fault or ": urn:wrong" in fault for fault in faults(graph, rule)), (
            rule
        )
        graph.remove((*place, None))
        for value in values:
            graph.add((*place, value))


def test_each_edition_leads_to_its_own_page(graph: Graph, edition: Edition) -> None:
    node = URIRef(f"{BASE_URL}/catalog.ttl#edition-{edition.version}")
    assert set(graph.objects(node, DCAT.landingPage)) == {
        URIRef(f"{BASE_URL}/{language}/data/{edition.version}/") for language in ("en", "ru")
    }
    keywords = {literal.language for literal in graph.objects(node, DCAT.keyword)}
    assert keywords == {"en", "ru"}


def test_the_interface_for_programs_is_a_service_of_the_catalogue(graph: Graph) -> None:
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    (address,) = graph.objects(service, DCAT.endpointURL)
    assert address == URIRef(f"{BASE_URL}/api/v1/")
    assert (URIRef(f"{BASE_URL}/catalog.ttl#catalog"), DCAT.service, service) in graph


def test_whoever_has_a_question_is_led_to_the_page_that_says_whom_to_ask(graph: Graph) -> None:
    (contact,) = set(graph.objects(None, DCAT.contactPoint))
    assert set(graph.objects(contact, VCARD.hasURL)) == {
        URIRef(f"{BASE_URL}/{language}/about/") for language in ("en", "ru")
    }
    assert {literal.language for literal in graph.objects(contact, VCARD.fn)} == {"en", "ru"}
    kinds = {DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService}
    described = {node for kind in kinds for node in graph.subjects(RDF.type, kind)}
    assert set(graph.subjects(DCAT.contactPoint)) == described
    assert not list(graph.objects(None, VCARD.hasEmail)), "an address that nobody gave"


def test_both_notations_of_the_catalogue_say_the_same(graph: Graph, built: Manifest) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's reader uses a class of its own that it gave up.
        other = Graph().parse(built.catalogue / "catalog.jsonld", format="json-ld")
    assert len(graph) > 500
    assert isomorphic(graph, other)


def only(graph: Graph, node: Any, predicate: URIRef) -> Any:
    (value,) = graph.objects(node, predicate)
    return value


def test_titles_and_descriptions_are_in_both_languages(graph: Graph) -> None:
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService):
        for node in graph.subjects(RDF.type, kind):
            for predicate in (DCT.title, DCT.description):
                assert {value.language for value in graph.objects(node, predicate)} == {"en", "ru"}


def test_the_catalogue_names_its_publisher_and_every_data_set(graph: Graph) -> None:
    catalogue = URIRef(f"{BASE_URL}/catalog.ttl#catalog")
    publisher = only(graph, catalogue, DCT.publisher)
    assert Literal(SITE.en, lang="en") in graph.objects(publisher, FOAF.name)
    assert only(graph, catalogue, FOAF.homepage) == URIRef(f"{BASE_URL}/")
    listed = set(graph.objects(catalogue, DCAT.dataset))
    assert listed >= set(graph.subjects(RDF.type, DCAT.Dataset))


def test_the_data_set_of_an_edition_says_version_dates_places_and_years(
    graph: Graph, edition: Edition
) -> None:
    (dataset,) = graph.subjects(DCAT.inSeries)
    assert str(only(graph, dataset, DCAT.version)) == edition.version
    for predicate in (DCT.issued, DCT.modified):
        assert only(graph, dataset, predicate) == Literal(edition.date, datatype=XSD.date)
    assert {str(theme).rpartition("/")[2] for theme in graph.objects(dataset, DCAT.theme)} >= {
        "REGI"
    }
    spoken = {str(language).rpartition("/")[2] for language in graph.objects(dataset, DCT.language)}
    assert spoken == {"ENG", "RUS"}
    names = [
        name
        for place in graph.objects(dataset, DCT.spatial)
        for name in graph.objects(place, SKOS.prefLabel)
    ]
    assert Literal("Москва", lang="ru") in names
    period = only(graph, dataset, DCT.temporal)
    years = [
        int(str(only(graph, period, predicate))[:4]) for predicate in (DCAT.startDate, DCAT.endDate)
    ]
    dated = [value.year for value in edition.observations if value.year is not None]
    assert years == [min(dated), max(dated)]


def test_each_distribution_points_to_a_file_with_size_and_checksum(
    graph: Graph, built: Manifest, edition: Edition
) -> None:
    (dataset,) = graph.subjects(DCAT.inSeries)
    names = set()
    for node in graph.objects(dataset, DCAT.distribution):
        address = str(only(graph, node, DCAT.accessURL))
        assert address == str(only(graph, node, DCAT.downloadURL))
        file = built.files[address.removeprefix(f"{BASE_URL}/")]
        assert int(only(graph, node, DCAT.byteSize)) == file.bytes
        checksum = only(graph, node, SPDX.checksum)
        assert only(graph, checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        assert str(only(graph, checksum, SPDX.checksumValue)) == file.sha256
        assert str(only(graph, node, DCAT.mediaType)).endswith(file.media_type)
        assert str(only(graph, node, DCT["format"])).startswith(f"{AUTHORITY}file-type/")
        names.add(file.name)
    assert len(names) == len(EXPORTS) * 5 + 2 * len(edition.indicators) + 2
    assert names == {file.name for file in in_catalogue(built.files.values(), edition.version)}


def test_tables_that_belong_to_no_edition_are_data_sets_of_their_own(graph: Graph) -> None:
    (edition,) = graph.subjects(DCAT.inSeries)
    living = {
        node
        for node in graph.subjects(RDF.type, DCAT.Distribution)
        if (edition, None, node) not in graph
    }
    assert {str(only(graph, node, DCAT.downloadURL)).removeprefix(BASE_URL) for node in living} == {
        "/quiz/statistics.csv",
        "/quiz/statistics.json",
        "/quiz/codebook.csv",
        "/quiz/codebook.json",
        "/data/downloads.csv",
    }
    for node in living:
        (dataset,) = graph.subjects(DCAT.distribution, node)
        often = "IRREG" if "codebook" in node else "CONT"
        assert str(only(graph, dataset, DCT.accrualPeriodicity)).endswith(f"frequency/{often}")


def test_no_distribution_claims_more_than_our_own_work(graph: Graph) -> None:
    for node in graph.subjects(RDF.type, DCAT.Distribution):
        licence = only(graph, node, DCT.license)
        assert licence == URIRef(LICENCE)
        rights = only(graph, node, DCT.rights)
        labels = {label.language: str(label) for label in graph.objects(rights, RDFS.label)}
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
    later = replace(edition, version="2099.1", date="2099-12-01")
    catalogue = Catalogue(ORIGIN)
    files = in_catalogue(built.files.values(), edition.version)
    catalogue.fill([(edition, files), (later, [])])
    parsed = Graph().parse(data=catalogue.turtle(), format="turtle")
    versions = (edition.version, later.version)
    old, new = (URIRef(f"{BASE_URL}/catalog.ttl#edition-{version}") for version in versions)
    assert only(parsed, new, DCAT.prev) == old
    (series,) = parsed.subjects(RDF.type, DCAT.DatasetSeries)
    assert (only(parsed, series, DCAT.first), only(parsed, series, DCAT.last)) == (old, new)
    assert set(parsed.objects(series, DCAT.seriesMember)) == {old, new}


MONTHS = {"2026-12": date(2027, 1, 2), "2026-11": date(2026, 12, 1), "2027-01": date(2027, 2, 1)}


def quiz_graph(edition: Edition, months: dict[str, date]) -> Graph:
    catalogue = QuizCatalogue(ORIGIN)
    catalogue.fill(edition, months)
    return Graph().parse(data=catalogue.turtle(), format="turtle")


@pytest.mark.parametrize("months", [{}, MONTHS], ids=["before a month", "after some"])
def test_the_catalogue_of_the_quiz_keeps_to_the_table(
    edition: Edition, months: dict[str, date]
) -> None:
    graph = quiz_graph(edition, months)
    assert not [fault for rule in RULES for fault in faults(graph, rule)]
    assert not list(unlisted(graph))
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert set(graph.objects(catalogue, DCAT.dataset)) == set(
        graph.subjects(RDF.type, DCAT.Dataset)
    )


def test_the_catalogue_leads_to_that_of_the_quiz(graph: Graph, edition: Edition) -> None:
    sub = only(graph, URIRef(f"{BASE_URL}/catalog.ttl#catalog"), DCAT.catalog)
    assert str(sub) == f"{BASE_URL}/quiz/catalog.ttl#catalog"
    of_quiz = quiz_graph(edition, MONTHS)
    assert set(graph.predicate_objects(sub)) < set(of_quiz.predicate_objects(sub))
    for dataset in graph.objects(sub, DCAT.dataset):
        assert set(of_quiz.predicate_objects(dataset)) == set(graph.predicate_objects(dataset))


def test_a_site_without_a_quiz_names_none(built: Manifest, edition: Edition) -> None:
    catalogue = Catalogue(replace(ORIGIN, has_quiz=False))
    catalogue.fill([(edition, in_catalogue(built.files.values(), edition.version))])
    for content in (catalogue.turtle(), catalogue.json_ld()):
        assert b"quiz" not in content
    graph = Graph().parse(data=catalogue.turtle(), format="turtle")
    assert not [fault for rule in RULES for fault in faults(graph, rule)]
    assert not list(unlisted(graph))


def test_months_of_the_quiz_follow_one_another(edition: Edition) -> None:
    graph = quiz_graph(edition, MONTHS)
    first, second, third = (
        URIRef(f"{BASE_URL}/quiz/catalog.ttl#{month}") for month in sorted(MONTHS)
    )
    (series,) = graph.subjects(RDF.type, DCAT.DatasetSeries)
    assert (only(graph, series, DCAT.first), only(graph, series, DCAT.last)) == (first, third)
    assert set(graph.objects(series, DCAT.seriesMember)) == {first, second, third}
    assert not list(graph.objects(first, DCAT.prev))
    assert (only(graph, second, DCAT.prev), only(graph, third, DCAT.prev)) == (first, second)
    assert only(graph, second, DCT.issued) == Literal("2027-01-02", datatype=XSD.date)
    addresses = {
        str(only(graph, node, DCAT.downloadURL))
        for node in graph.objects(second, DCAT.distribution)
    }
    assert addresses == {f"{BASE_URL}/quiz/statistics/2026-12.{form}" for form in ("csv", "json")}
