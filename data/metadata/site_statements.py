"""Statements that all catalogues of a site make: publisher, terms, subjects, tables, API."""

from collections.abc import Iterable

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Literal, URIRef

from data.exports.about import LICENCE
from data.metadata.authorities import (
    CONTINUOUSLY,
    LASTING,
    NOW_AND_THEN,
    PUBLIC,
    SPOKEN,
    SUBJECTS,
    THEMES,
    Term,
    file_format,
    media_type,
)
from data.metadata.catalogue_words import (
    CONTACT,
    LIVING,
    PROVENANCE,
    QUIZ,
    QUIZ_DESCRIPTION,
    RIGHTS,
    SERVICE_DESCRIPTION,
    SERVICE_TITLE,
)
from data.metadata.origin import Origin
from data.metadata.statements import DCAT, DCATAP, VCARD, Statements
from data.models import LANGUAGES, City, Edition, Words

QUIZ_TABLES = ("quiz/statistics", "quiz/codebook")
_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


class SiteStatements(Statements):
    """Statements that stand in every catalogue of a site, so that each can be read alone."""

    def __init__(self, origin: Origin) -> None:
        super().__init__(origin)
        self._catalogue, self._series = self._node("catalog"), self._node("series")
        self._quiz_catalogue = self._quiz_node("catalog")
        self._publisher, self._rights = self._node("publisher"), self._node("rights")
        self._provenance, self._contact = self._node("provenance"), self._node("contact")
        self._licence = URIRef(LICENCE)

    def _quiz_node(self, name: str) -> URIRef:
        return URIRef(self._origin.address(f"quiz/catalog.ttl#{name}"))

    def _catalogue_head(self, node: URIRef, title: Words, description: Words) -> None:
        """Describe a catalogue but for its dates and what it lists."""
        self._add(node, RDF.type, DCAT.Catalog)
        self._say(node, DCTERMS.title, title)
        self._say(node, DCTERMS.description, description)
        self._languages(node)
        self._add(node, DCTERMS.publisher, self._publisher)
        self._add(node, FOAF.homepage, self._document(""))
        self._add(node, DCTERMS.license, self._licence)
        self._add(node, DCTERMS.rights, self._rights)
        self._add(node, DCTERMS.spatial, self._node(f"city-{self._origin.city}"))
        self._name(node, DCAT.themeTaxonomy, SUBJECTS)
        self._add(node, DCAT.service, self._node("api"))

    def _quiz_head(self) -> None:
        """Describe the catalogue of the quiz as far as it stays the same while the site runs."""
        self._catalogue_head(self._quiz_catalogue, QUIZ, QUIZ_DESCRIPTION)
        for path in QUIZ_TABLES:
            self._add(self._quiz_catalogue, DCAT.dataset, self._node(path))

    def _data_set(self, node: URIRef, title: Words, description: Words, often: Term) -> None:
        """Describe a data set of ours but for its subject and its files."""
        self._add(node, RDF.type, DCAT.Dataset)
        self._say(node, DCTERMS.title, title)
        self._say(node, DCTERMS.description, description)
        self._languages(node)
        self._add(node, DCTERMS.publisher, self._publisher)
        self._add(node, DCAT.contactPoint, self._contact)
        self._name(node, DCTERMS.accessRights, PUBLIC)
        self._name(node, DCTERMS.accrualPeriodicity, often)

    def _living(self, path: str, newest: Edition) -> None:
        """Describe a table that grows while the site runs: a data set of no edition."""
        formats, title, description, page = LIVING[path]
        node = self._node(path)
        # Answers and downloads come all the time, questions when editors change them.
        often = NOW_AND_THEN if path == "quiz/codebook" else CONTINUOUSLY
        self._data_set(node, title, description, often)
        self._theme(node, newest, page)
        for form in formats:
            distribution = self._node(f"{path}.{form}")
            self._add(node, DCAT.distribution, distribution)
            self._say(distribution, DCTERMS.title, title)
            self._say(distribution, DCTERMS.description, description)
            self._file(distribution, f"{path}.{form}", _MEDIA_TYPES[form], form)

    def _file(self, node: URIRef, path: str, its_media_type: str, form: str) -> None:
        """Describe a file but for its title, its description and its dates."""
        address = URIRef(self._origin.address(path))
        self._add(node, RDF.type, DCAT.Distribution)
        self._name(node, DCATAP.availability, LASTING)
        self._add(node, DCAT.accessURL, address)
        self._add(node, DCAT.downloadURL, address)
        self._name(node, DCAT.mediaType, media_type(its_media_type))
        self._name(node, DCTERMS["format"], file_format(form))
        self._add(node, DCTERMS.license, self._licence)
        self._add(node, DCTERMS.rights, self._rights)

    def _service(self, data_set: URIRef | None) -> None:
        """The interface for programs, which answers with a data set."""
        node = self._node("api")
        self._add(node, RDF.type, DCAT.DataService)
        self._say(node, DCTERMS.title, SERVICE_TITLE)
        self._say(node, DCTERMS.description, SERVICE_DESCRIPTION)
        self._add(node, DCAT.endpointURL, URIRef(self._origin.address("api/v1/")))
        address = URIRef(self._origin.address("api/v1/openapi.json"))
        self._add(node, DCAT.endpointDescription, address)
        self._add(node, DCAT.servesDataset, data_set)
        self._add(node, DCTERMS.publisher, self._publisher)
        self._add(node, DCAT.contactPoint, self._contact)
        self._add(node, DCTERMS.license, self._licence)
        self._add(node, DCTERMS.rights, self._rights)
        self._name(node, DCTERMS.accessRights, PUBLIC)

    def _theme(self, node: URIRef, edition: Edition, page: str) -> None:
        """Subject and landing pages of a data set."""
        for language, name in (("en", "keywords"), ("ru", "keywords@ru")):
            for keyword in edition.package.get(name, ()):
                self._add(node, DCAT.keyword, Literal(keyword, lang=language))
        for theme in THEMES:
            self._name(node, DCAT.theme, theme)
            self._add(theme.address, SKOS.inScheme, SUBJECTS.address)
        for language in LANGUAGES:
            self._add(node, DCAT.landingPage, self._document(f"{language}/{page}"))

    def _agents_and_terms(self) -> None:
        self._add(self._publisher, RDF.type, FOAF.Agent)
        self._say(self._publisher, FOAF.name, self._origin.site)
        self._add(self._publisher, FOAF.homepage, self._document(""))
        # The page says how to reach the operator, so a new address there needs no new build.
        self._add(self._contact, RDF.type, VCARD.Kind)
        self._say(self._contact, VCARD.fn, CONTACT)
        for language in LANGUAGES:
            self._add(self._contact, VCARD.hasURL, self._document(f"{language}/about/"))
        self._add(self._licence, RDF.type, DCTERMS.LicenseDocument)
        self._add(self._rights, RDF.type, DCTERMS.RightsStatement)
        self._say(self._rights, RDFS.label, RIGHTS)

    def _how_made(self, node: URIRef) -> None:
        self._add(node, DCTERMS.provenance, self._provenance)
        self._add(self._provenance, RDF.type, DCTERMS.ProvenanceStatement)
        self._say(self._provenance, RDFS.label, PROVENANCE)

    def _places(self, node: URIRef, cities: Iterable[City]) -> None:
        for city in cities:
            place = self._node(f"city-{city.id}")
            self._add(node, DCTERMS.spatial, place)
            self._add(place, RDF.type, DCTERMS.Location)
            self._say(place, SKOS.prefLabel, city.name)

    def _languages(self, node: URIRef) -> None:
        for language in LANGUAGES:
            self._name(node, DCTERMS.language, SPOKEN[language])


def day_literal(iso: str) -> Literal:
    """Return a day such as 2026-11-30."""
    return Literal(iso, datatype=XSD.date)
