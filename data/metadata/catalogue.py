"""The editions as a catalogue of data sets: DCAT-AP 3, as Turtle and as JSON-LD."""

from collections.abc import Iterable, Sequence

from rdflib import DCTERMS, RDF, XSD, Literal, URIRef

from data.exports.about import described
from data.manifests import PublishedFile
from data.metadata.authorities import NEVER, NOW_AND_THEN, SHA256, SPDX
from data.metadata.catalogue_words import LIVING, WHOLE
from data.metadata.data_package import INDICATOR_SCHEMA
from data.metadata.fields import resource_of
from data.metadata.site_statements import QUIZ_TABLES, SiteStatements, day_literal
from data.metadata.statements import ADMS, DCAT
from data.models import Edition
from data.tables import KPI


class Catalogue(SiteStatements):
    """The graph of all editions of one site, oldest first; every node has an address."""

    def fill(self, editions: Sequence[tuple[Edition, Sequence[PublishedFile]]]) -> None:
        """Describe the site, the series of editions, and each edition with its files."""
        newest = editions[-1][0]
        title, description = (described(newest.package, name) for name in ("title", "description"))
        self._catalogue_head(self._catalogue, self._origin.site, description)
        self._data_set(self._series, title, description, NOW_AND_THEN)
        self._add(self._series, RDF.type, DCAT.DatasetSeries)
        self._theme(self._series, newest, "data/")
        for node in (self._catalogue, self._series):
            self._add(node, DCTERMS.issued, day_literal(editions[0][0].date))
            self._add(node, DCTERMS.modified, day_literal(newest.date))
        self._add(self._catalogue, DCAT.dataset, self._series)
        self._agents_and_terms()
        before: URIRef | None = None
        for edition, files in editions:
            before = self._edition(edition, files, before)
            self._add(self._series, DCAT.seriesMember, before)
        self._add(self._series, DCAT.last, before)
        self._add(self._series, DCAT.first, self._node(f"edition-{editions[0][0].version}"))
        self._service(before)
        tables = [path for path in LIVING if self._origin.has_quiz or path not in QUIZ_TABLES]
        for path in tables:
            self._add(self._catalogue, DCAT.dataset, self._node(path))
            self._living(path, newest)
        if self._origin.has_quiz:
            self._add(self._catalogue, DCAT.catalog, self._quiz_catalogue)
            self._quiz_head()

    def _edition(
        self, edition: Edition, files: Sequence[PublishedFile], before: URIRef | None
    ) -> URIRef:
        node = self._node(f"edition-{edition.version}")
        title, description = (described(edition.package, name) for name in ("title", "description"))
        self._add(self._catalogue, DCAT.dataset, node)
        self._data_set(node, title, description, NEVER)
        self._add(node, DCAT.inSeries, self._series)
        self._add(node, DCAT.prev, before)
        address = self._origin.address(f"data/{edition.version}/datapackage.json")
        self._add(node, DCTERMS.identifier, Literal(address, datatype=XSD.anyURI))
        self._add(node, DCAT.version, Literal(edition.version))
        for change in edition.change_log.changes:
            self._say(node, ADMS.versionNotes, change.words)
        for predicate in (DCTERMS.issued, DCTERMS.modified):
            self._add(node, predicate, day_literal(edition.date))
        self._how_made(node)
        self._theme(node, edition, f"data/{edition.version}/")
        self._places(node, edition.cities.values())
        self._years(node, edition)
        for file in files:
            self._add(node, DCAT.distribution, self._distribution(file, edition))
        return node

    def _distribution(self, file: PublishedFile, edition: Edition) -> URIRef:
        node = self._node(file.path)
        checksum = self._node(f"{file.path}-sha256")
        self._file(node, file.path, file.media_type, file.form)
        self._add(node, DCTERMS.title, Literal(file.name))
        resource = resource_of(edition, file.table) if file.table else {}
        resource = KPI.resource() if file.slug else resource
        words = WHOLE.get(file.name) or described(resource, "description")
        self._say(node, DCTERMS.description, words)
        self._add(node, DCAT.byteSize, Literal(file.bytes, datatype=XSD.nonNegativeInteger))
        self._add(node, DCTERMS.issued, day_literal(edition.date))
        self._add(node, SPDX.checksum, checksum)
        self._add(checksum, RDF.type, SPDX.Checksum)
        self._name(checksum, SPDX.algorithm, SHA256)
        digest = Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)
        self._add(checksum, SPDX.checksumValue, digest)
        return node

    def _years(self, node: URIRef, edition: Edition) -> None:
        years = [
            observation.year for observation in edition.observations if observation.year is not None
        ]
        if years:
            period = self._node(f"years-{edition.version}")
            self._add(node, DCTERMS.temporal, period)
            self._add(period, RDF.type, DCTERMS.PeriodOfTime)
            self._add(period, DCAT.startDate, _year(min(years)))
            self._add(period, DCAT.endDate, _year(max(years)))


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


def _year(year: int) -> Literal:
    return Literal(f"{year:04}", datatype=XSD.gYear, normalize=False)
