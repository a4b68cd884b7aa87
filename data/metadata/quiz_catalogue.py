"""The statistics of the quiz as a catalogue of its own, which grows by a data set each month."""

from collections.abc import Mapping
from datetime import date

from rdflib import DCTERMS, RDF, XSD, Literal

from data.metadata.authorities import MONTHLY, NEVER
from data.metadata.catalogue_words import QUIZ, SNAPSHOTS, SNAPSHOTS_DESCRIPTION
from data.metadata.site_statements import QUIZ_TABLES, SiteStatements, day_literal
from data.metadata.statements import DCAT
from data.models import Edition, Words

_FORMS = {"csv": "text/csv", "json": "application/json"}
_PAGE = "quiz/statistics/"


class QuizCatalogue(SiteStatements):
    """The graph of the quiz's statistics; every node has an address."""

    def fill(self, newest: Edition, made_on: Mapping[str, date]) -> None:
        """Describe the living tables and the snapshots of the months, by the days they were made.

        ``newest`` is the edition in force, whose keywords and city stand for those of the quiz.
        """
        self._quiz_head()
        self._agents_and_terms()
        self._places(self._quiz_catalogue, [newest.cities[self._origin.city]])
        self._service(self._node("quiz/statistics"))
        for path in QUIZ_TABLES:
            self._living(path, newest)
        if made_on:
            self._snapshots(newest, sorted(made_on.items()))

    def _snapshots(self, newest: Edition, months: list[tuple[str, date]]) -> None:
        series = self._quiz_node("snapshots")
        self._add(series, RDF.type, DCAT.DatasetSeries)
        self._data_set(series, SNAPSHOTS, SNAPSHOTS_DESCRIPTION, MONTHLY)
        self._theme(series, newest, _PAGE)
        self._add(self._quiz_catalogue, DCAT.dataset, series)
        first, last = months[0], months[-1]
        for node in (series, self._quiz_catalogue):
            self._add(node, DCTERMS.modified, day_literal(last[1].isoformat()))
        self._add(series, DCTERMS.issued, day_literal(first[1].isoformat()))
        self._add(series, DCAT.first, self._quiz_node(first[0]))
        self._add(series, DCAT.last, self._quiz_node(last[0]))
        before = None
        for month, day in months:
            node = self._quiz_node(month)
            self._add(series, DCAT.seriesMember, node)
            self._add(node, DCAT.inSeries, series)
            self._add(node, DCAT.prev, before)
            self._snapshot(month, day, newest)
            before = node

    def _snapshot(self, month: str, made_on: date, newest: Edition) -> None:
        node = self._quiz_node(month)
        title = Words(f"{QUIZ.en}: {month}", f"{QUIZ.ru}: {month}")
        self._add(self._quiz_catalogue, DCAT.dataset, node)
        self._data_set(node, title, SNAPSHOTS_DESCRIPTION, NEVER)
        self._theme(node, newest, _PAGE)
        address = self._origin.address(f"quiz/statistics/{month}.csv")
        self._add(node, DCTERMS.identifier, Literal(address, datatype=XSD.anyURI))
        day = day_literal(made_on.isoformat())
        self._add(node, DCTERMS.issued, day)
        for form, its_media_type in _FORMS.items():
            file = self._quiz_node(f"{month}.{form}")
            self._add(node, DCAT.distribution, file)
            self._say(file, DCTERMS.title, title)
            self._say(file, DCTERMS.description, SNAPSHOTS_DESCRIPTION)
            self._add(file, DCTERMS.issued, day)
            self._file(file, f"quiz/statistics/{month}.{form}", its_media_type, form)
