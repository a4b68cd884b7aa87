"""The catalogue, read alone, keeps to the table of classes and properties in dcat_ap.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from data.manifests import Manifest
from data.models import Edition
from tests.data.conftest import BASE_URL

# Written from the specification of DCAT-AP 3.0.1 in words of our own. Where it recommends and we
# promise, the least number is ours; `kind` is literal or node, an empty `max` is any number.
RULES = list(
    csv.DictReader(Path(__file__).with_name("dcat_ap.csv").read_text("utf-8").splitlines())
)
SPACES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
DCAT = Namespace(SPACES["dcat"])
DCT = Namespace(SPACES["dct"])
VCARD = Namespace(SPACES["vcard"])


def named(short: str) -> URIRef:
    prefix, _, name = short.partition(":")
    return URIRef(SPACES[prefix] + name)


def faults(graph: Graph) -> Iterator[str]:
    """Every place where the graph is not as the table says."""
    for rule in RULES:
        for node in graph.subjects(RDF.type, named(rule["class"])):
            values = list(graph.objects(node, named(rule["property"])))
            where = f"{node} {rule['property']}"
            if len(values) < int(rule["min"]) or len(values) > int(rule["max"] or len(values)):
                yield f"{where}: {len(values)} values"
            for value in values:
                if isinstance(value, Literal) != (rule["kind"] == "literal"):
                    yield f"{where}: {value} is no {rule['kind']}"
                elif rule["kind"] == "literal":
                    if rule["range"] and value.datatype != XSD[rule["range"]]:
                        yield f"{where}: {value} is no {rule['range']}"
                elif rule["range"] and (value, RDF.type, named(rule["range"])) not in graph:
                    yield f"{where}: {value} is no {rule['range']}"


def unlisted(graph: Graph) -> Iterator[str]:
    """Properties of a node that no class of the node has in the table."""
    known = {(named(rule["class"]), named(rule["property"])) for rule in RULES}
    for node, predicate in set(graph.subject_predicates()):
        kinds = set(graph.objects(node, RDF.type))
        if predicate != RDF.type and not any((kind, predicate) in known for kind in kinds):
            yield f"{node} {predicate}"


@pytest.fixture(scope="module")
def graph(built: Manifest) -> Graph:
    return Graph().parse(built.catalogue / "catalog.ttl", format="turtle")


def test_the_catalogue_keeps_to_the_table_of_its_classes(graph: Graph) -> None:
    assert not list(faults(graph))
    assert not list(unlisted(graph))
    used = {rule["class"] for rule in RULES}
    assert all((None, RDF.type, named(one)) in graph for one in used), "each class is met"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule['class']} {rule['property']}")
def test_the_check_notices_what_breaks_the_table(graph: Graph, rule: dict[str, str]) -> None:
    broken = Graph()
    for triple in graph:
        broken.add(triple)
    node = next(iter(graph.subjects(RDF.type, named(rule["class"]))))
    wrong = URIRef("urn:wrong") if rule["kind"] == "literal" else Literal("wrong")
    broken.set((node, named(rule["property"]), wrong))
    assert any(f"{node} {rule['property']}: wrong" in one or "urn:wrong" in one
               for one in faults(broken))  # fmt: skip


def test_each_edition_leads_to_its_own_page(graph: Graph, edition: Edition) -> None:
    node = URIRef(f"{BASE_URL}/catalog.ttl#edition-{edition.version}")
    assert set(graph.objects(node, DCAT.landingPage)) == {
        URIRef(f"{BASE_URL}/{language}/data/{edition.version}/") for language in ("en", "ru")
    }
    keywords = {one.language for one in graph.objects(node, DCAT.keyword)}
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
    assert {one.language for one in graph.objects(contact, VCARD.fn)} == {"en", "ru"}
    asked = {DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService}
    described = {node for kind in asked for node in graph.subjects(RDF.type, kind)}
    assert set(graph.subjects(DCAT.contactPoint)) == described
    assert not list(graph.objects(None, VCARD.hasEmail)), "an address that nobody gave"
