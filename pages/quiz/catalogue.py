"""The statistics of the quiz as a catalogue of data sets, which the catalogue of all names."""

from collections.abc import Callable

from flask import Flask, Response

from data.metadata.origin import Origin
from data.models import Words
from pages.documents import Document, respond
from pages.operation.response_cache import cacheable
from pages.quiz.service import current_quiz_service
from pages.serving import store_away
from pages.site import Site
from quiz.faults import StoreFault

CATALOGUE = {"ttl": "/quiz/catalog.ttl", "jsonld": "/quiz/catalog.jsonld"}
_MEDIA_TYPES = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}
_ASK_EACH_TIME = "public, no-cache"  # A month may have a snapshot at any time.


def add_quiz_catalogue(server: Flask, site: Site) -> None:
    """Add the catalogue in both notations."""
    for form, address in CATALOGUE.items():
        server.add_url_rule(address, f"file.{address}", _view(site, form))


def _view(site: Site, form: str) -> Callable[[], Response]:
    def view() -> Response:
        service = current_quiz_service()
        try:
            service.statistics.read()  # Whoever comes first in a month makes its snapshot.
        except StoreFault:
            return store_away()
        cacheable(_state)
        content = _content(site, form)
        response = respond(Document.of(content, _MEDIA_TYPES[form]), cache_control=_ASK_EACH_TIME)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return view


def _state() -> str:
    return repr(current_quiz_service().snapshots())


def _content(site: Site, form: str) -> bytes:
    # Few processes are ever asked.
    from data.metadata.quiz_catalogue import QuizCatalogue  # noqa: PLC0415  # rdflib takes 18 MB.

    title = Words(site.name("en"), site.name("ru"))
    catalogue = QuizCatalogue(Origin(title, site.around.base_url, site.city))
    catalogue.fill(site.edition, current_quiz_service().snapshots())
    return catalogue.turtle() if form == "ttl" else catalogue.json_ld()
