"""The editions as a catalogue of data sets: DCAT-AP 3, as Turtle and as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Literal, URIRef

from data.exports.about import LICENCE, described
from data.manifests import PublishedFile
from data.metadata.authorities import (
    CONTINUOUSLY,
    LASTING,
    NEVER,
    NOW_AND_THEN,
    PUBLIC,
    SHA256,
    SPDX,
    SPOKEN,
    SUBJECTS,
    THEMES,
    file_format,
    media_type,
)
from data.metadata.catalogue_words import (
    CONTACT,
    LIVING,
    PROVENANCE,
    RIGHTS,
    SERVICE_DESCRIPTION,
    SERVICE_TITLE,
    WHOLE,
)
from data.metadata.data_package import INDICATOR_SCHEMA
from data.metadata.fields import resource_of
from data.metadata.origin import Origin
from data.metadata.statements import ADMS, DCAT, DCATAP, VCARD, Statements
from data.models import LANGUAGES, Edition
from data.tables import KPI

_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


class Catalogue(Statements):
    """The graph of all editions of one site, oldest first; every node has an address."""

    def __init__(self, origin: Origin) -> None:
        """Begin a catalogue of the site at ``origin``."""
        super().__init__(origin)
        self._catalogue, self._series = self._node("catalog"), self._node("series")
        self._publisher, self._rights = self._node("publisher"), self._node("rights")
        self._provenance, self._contact = self._node("provenance"), self._node("contact")
        self._licence = URIRef(LICENCE)

    def fill(self, editions: Sequence[tuple[Edition, Sequence[PublishedFile]]]) -> None:
        """Describe the site, the series of editions, and each edition with its files."""
        newest = editions[-1][0]
        kinds = (DCAT.Catalog,), (DCAT.Dataset, DCAT.DatasetSeries)
        for node, its_kinds in zip((self._catalogue, self._series), kinds, strict=True):
            for kind in its_kinds:
                self._add(node, RDF.type, kind)
            self._add(node, DCTERMS.publisher, self._publisher)
            self._add(node, DCTERMS.issued, _day(editions[0][0].date))
            self._add(node, DCTERMS.modified, _day(newest.date))
            self._say(node, DCTERMS.description, described(newest.package, "description"))
            self._languages(node)
        self._say(self._catalogue, DCTERMS.title, self._origin.site)
        self._say(self._series, DCTERMS.title, described(newest.package, "title"))
        self._add(self._catalogue, FOAF.homepage, self._document(""))
        self._add(self._catalogue, DCTERMS.license, self._licence)
        self._add(self._catalogue, DCTERMS.rights, self._rights)
        self._add(self._catalogue, DCAT.dataset, self._series)
        self._add(self._catalogue, DCTERMS.spatial, self._node(f"city-{self._origin.city}"))
        self._name(self._catalogue, DCAT.themeTaxonomy, SUBJECTS)
        self._name(self._series, DCTERMS.accrualPeriodicity, NOW_AND_THEN)
        self._add(self._series, DCAT.contactPoint, self._contact)
        self._theme(self._series, newest, "data/")
        self._agents_and_terms()
        before: URIRef | None = None
        for edition, files in editions:
            before = self._edition(edition, files, before)
            self._add(self._series, DCAT.seriesMember, before)
        self._add(self._series, DCAT.last, before)
        self._add(self._series, DCAT.first, self._node(f"edition-{editions[0][0].version}"))
        self._service(before)
        for path in LIVING:
            self._living(path, newest)

    def _edition(
        self, edition: Edition, files: Sequence[PublishedFile], before: URIRef | None
    ) -> URIRef:
        node = self._node(f"edition-{edition.version}")
        self._add(self._catalogue, DCAT.dataset, node)
        self._add(node, RDF.type, DCAT.Dataset)
        self._add(node, DCAT.inSeries, self._series)
        self._add(node, DCAT.prev, before)
        self._say(node, DCTERMS.title, described(edition.package, "title"))
        self._say(node, DCTERMS.description, described(edition.package, "description"))
        address = self._origin.address(f"data/{edition.version}/datapackage.json")
        self._add(node, DCTERMS.identifier, Literal(address, datatype=XSD.anyURI))
        self._add(node, DCAT.version, Literal(edition.version))
        for change in edition.change_log.changes:
            self._say(node, ADMS.versionNotes, change.words)
        for predicate in (DCTERMS.issued, DCTERMS.modified):
            self._add(node, predicate, _day(edition.date))
        self._add(node, DCTERMS.publisher, self._publisher)
        self._add(node, DCAT.contactPoint, self._contact)
        self._name(node, DCTERMS.accessRights, PUBLIC)
        self._name(node, DCTERMS.accrualPeriodicity, NEVER)
        self._add(node, DCTERMS.provenance, self._provenance)
        self._theme(node, edition, f"data/{edition.version}/")
        self._languages(node)
        self._places_and_years(node, edition)
        for file in files:
            self._add(node, DCAT.distribution, self._distribution(file, edition))
        return node

    def _distribution(self, file: PublishedFile, edition: Edition) -> URIRef:
        address = URIRef(self._origin.address(file.path))
        node = self._node(file.path)
        checksum = self._node(f"{file.path}-sha256")
        self._add(node, RDF.type, DCAT.Distribution)
        self._add(node, DCTERMS.title, Literal(file.name))
        resource = resource_of(edition, file.table) if file.table else {}
        resource = KPI.resource() if file.slug else resource
        words = WHOLE.get(file.name) or described(resource, "description")
        self._say(node, DCTERMS.description, words)
        self._name(node, DCATAP.availability, LASTING)
        self._add(node, DCAT.accessURL, address)
        self._add(node, DCAT.downloadURL, address)
        self._name(node, DCAT.mediaType, media_type(file.media_type))
        self._name(node, DCTERMS["format"], file_format(file.form))
        self._add(node, DCAT.byteSize, Literal(file.bytes, datatype=XSD.nonNegativeInteger))
        self._add(node, DCTERMS.issued, _day(edition.date))
        self._add(node, DCTERMS.license, self._licence)
        self._add(node, DCTERMS.rights, self._rights)
        self._add(node, SPDX.checksum, checksum)
        self._add(checksum, RDF.type, SPDX.Checksum)
        self._name(checksum, SPDX.algorithm, SHA256)
        digest = Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)
        self._add(checksum, SPDX.checksumValue, digest)
        return node

    def _service(self, edition: URIRef | None) -> None:
        """The interface for programs, which answers from the edition in force."""
        node = self._node("api")
        self._add(self._catalogue, DCAT.service, node)
        self._add(node, RDF.type, DCAT.DataService)
        self._say(node, DCTERMS.title, SERVICE_TITLE)
        self._say(node, DCTERMS.description, SERVICE_DESCRIPTION)
        self._add(node, DCAT.endpointURL, URIRef(self._origin.address("api/v1/")))
        address = URIRef(self._origin.address("api/v1/openapi.json"))
        self._add(node, DCAT.endpointDescription, address)
        self._add(node, DCAT.servesDataset, edition)
        self._add(node, DCTERMS.publisher, self._publisher)
        self._add(node, DCAT.contactPoint, self._contact)
        self._add(node, DCTERMS.license, self._licence)
        self._add(node, DCTERMS.rights, self._rights)
        self._name(node, DCTERMS.accessRights, PUBLIC)

    def _living(self, path: str, newest: Edition) -> None:
        """Describe a table that grows while the site runs: a data set of no edition."""
        formats, title, description, page = LIVING[path]
        node = self._node(path)
        self._add(self._catalogue, DCAT.dataset, node)
        self._add(node, RDF.type, DCAT.Dataset)
        self._add(node, DCTERMS.publisher, self._publisher)
        self._add(node, DCAT.contactPoint, self._contact)
        self._name(node, DCTERMS.accessRights, PUBLIC)
        # Answers and downloads come all the time, questions when editors change them.
        often = NOW_AND_THEN if path == "quiz/codebook" else CONTINUOUSLY
        self._name(node, DCTERMS.accrualPeriodicity, often)
        self._languages(node)
        self._say(node, DCTERMS.title, title)
        self._say(node, DCTERMS.description, description)
        self._theme(node, newest, page)
        for form in formats:
            address = URIRef(self._origin.address(f"{path}.{form}"))
            distribution = self._node(f"{path}.{form}")
            self._add(node, DCAT.distribution, distribution)
            self._add(distribution, RDF.type, DCAT.Distribution)
            self._say(distribution, DCTERMS.title, title)
            self._say(distribution, DCTERMS.description, description)
            self._name(distribution, DCATAP.availability, LASTING)
            self._add(distribution, DCAT.accessURL, address)
            self._add(distribution, DCAT.downloadURL, address)
            self._name(distribution, DCAT.mediaType, media_type(_MEDIA_TYPES[form]))
            self._name(distribution, DCTERMS["format"], file_format(form))
            self._add(distribution, DCTERMS.license, self._licence)
            self._add(distribution, DCTERMS.rights, self._rights)

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
        self._add(self._provenance, RDF.type, DCTERMS.ProvenanceStatement)
        self._say(self._provenance, RDFS.label, PROVENANCE)

    def _places_and_years(self, node: URIRef, edition: Edition) -> None:
        for city in edition.cities.values():
            place = self._node(f"city-{city.id}")
            self._add(node, DCTERMS.spatial, place)
            self._add(place, RDF.type, DCTERMS.Location)
            self._say(place, SKOS.prefLabel, city.name)
        years = [
            observation.year for observation in edition.observations if observation.year is not None
        ]
        if years:
            period = self._node(f"years-{edition.version}")
            self._add(node, DCTERMS.temporal, period)
            self._add(period, RDF.type, DCTERMS.PeriodOfTime)
            self._add(period, DCAT.startDate, _year(min(years)))
            self._add(period, DCAT.endDate, _year(max(years)))

    def _languages(self, node: URIRef) -> None:
        for language in LANGUAGES:
            self._name(node, DCTERMS.language, SPOKEN[language])


def in_catalogue(files: Iterable[PublishedFile], edition: str) -> list[PublishedFile]:
    """The files of an edition that hold data; what describes them is no distribution.

    Those of single indicators are among them from the second schema on.
    """
    start = f"data/{edition}/"
    own = [published_file for published_file in files if published_file.path.startswith(start)]
    later = any(published_file.name == INDICATOR_SCHEMA for published_file in own)
    return [
        published_file
        for published_file in own
        if published_file.table
        or (published_file.slug and later)
        or published_file.name in ("all.zip", "all.xlsx")
    ]


def _day(iso: str) -> Literal:
    return Literal(iso, datatype=XSD.date)


def _year(year: int) -> Literal:
    return Literal(f"{year:04}", datatype=XSD.gYear, normalize=False)
