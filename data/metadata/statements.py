"""A graph about one site that grows statement by statement and is written in two notations."""

import json
from typing import Any

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from data.metadata.authorities import SPDX, Term
from data.metadata.origin import Origin
from data.models import LANGUAGES, Words

# rdflib's own DCAT is closed and knows version 2 only.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_SPACES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}


class Statements:
    """Statements about one site; every node has an address below that of the catalogue."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._graph = Graph(bind_namespaces="none")
        for prefix, space in _SPACES.items():
            self._graph.bind(prefix, space)

    def turtle(self) -> bytes:
        """The graph as Turtle; the same graph gives the same bytes."""
        return self._graph.serialize(format="turtle", encoding="utf-8")

    def json_ld(self) -> bytes:
        """The graph as JSON-LD with short names; the same graph gives the same bytes."""
        context = {prefix: str(space) for prefix, space in self._graph.namespaces()}
        context.pop("xml", None)
        text = self._graph.serialize(format="json-ld", context=context, auto_compact=True)
        content = json.dumps(_ordered(json.loads(text)), ensure_ascii=False, indent=1)
        return (content.replace("<", "\\u003c") + "\n").encode()

    def _name(self, node: URIRef, predicate: URIRef, term: Term) -> None:
        """Point to a term that others define, and say what it is and what it is called."""
        self._add(node, predicate, term.address)
        self._add(term.address, RDF.type, term.kind)
        self._say(term.address, term.named_by, term.name)

    def _document(self, path: str) -> URIRef:
        page = URIRef(self._origin.address(path))
        self._add(page, RDF.type, FOAF.Document)
        return page

    def _node(self, name: str) -> URIRef:
        return URIRef(self._origin.address(f"catalog.ttl#{name}"))

    def _say(self, node: URIRef, predicate: URIRef, words: Words) -> None:
        for language in LANGUAGES:
            self._add(node, predicate, Literal(words[language], lang=language))

    def _add(self, node: URIRef, predicate: URIRef, value: URIRef | Literal | None) -> None:
        if value is not None:
            self._graph.add((node, predicate, value))


def _ordered(value: Any) -> Any:
    """Lists of JSON-LD are sets; an order of ours makes the bytes the same every time."""
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value
