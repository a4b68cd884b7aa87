"""Makes what most readers ask for before the site says that it is ready."""

from __future__ import annotations

import gc
import logging
from time import perf_counter

from flask import Flask

from components import urls
from data.models import LANGUAGES
from pages.quiz.service import QuizService

_LOG = logging.getLogger(__name__)
_PAGES = ("", "kpi/", "quiz/", "data/", "method/", "about/")
_FILES = ("/sitemap.xml", "/robots.txt")


def warm(server: Flask) -> float:
    """Build the main pages in both languages and return the seconds that it took.

    It runs in the process that the others are forked from, so they all have them. Nothing of
    the store stays open across the fork.
    """
    began = perf_counter()
    service: QuizService = server.extensions["city-quiz"]
    paths = [*_PAGES, *(f"{slug}/" for slug in urls.DIMENSION_SLUGS.values())]
    for address in (*(f"/{one}/{path}" for path in paths for one in LANGUAGES), *_FILES):
        with server.test_request_context(address):
            answered = server.full_dispatch_request()
            if answered.status_code != 200:
                _LOG.warning("%s answers %d", address, answered.status_code)
    service.store.close()
    # What is loaded stays; the collector of a forked process would only touch it, and so copy it.
    gc.collect()
    gc.freeze()
    took = perf_counter() - began
    _LOG.info("the main pages are ready after %.1f s", took)
    return took
