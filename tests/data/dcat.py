"""Rules of DCAT-AP for a catalogue (dcat_ap.csv), and the faults of a graph by them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

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
SPDX = Namespace(SPACES["spdx"])
VCARD = Namespace(SPACES["vcard"])

Rule = dict[str, str]


def named(short: str) -> URIRef:
    prefix, _, name = short.partition(":")
    return URIRef(SPACES[prefix] + name)


def faults(graph: Graph, rule: Rule) -> Iterator[str]:
    """Every place where the graph is not as one row of the table says."""
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
    pairs = {(named(rule["class"]), named(rule["property"])) for rule in RULES}
    for node, predicate in set(graph.subject_predicates()):
        kinds = set(graph.objects(node, RDF.type))
        if predicate != RDF.type and not any((kind, predicate) in pairs for kind in kinds):
            yield f"{node} {predicate}"
