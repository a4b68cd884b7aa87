"""Warm-up: the main pages are cached before the site listens."""

from __future__ import annotations

import gc
import logging
from time import perf_counter

from flask import Flask
from werkzeug.test import Client

from components.document import language_address
from data.models import LANGUAGES
from pages.context import context_of
from pages.registry import registered_pages

_LOG = logging.getLogger(__name__)
_FILES = ("/sitemap.xml", "/robots.txt")


def warm(server: Flask) -> float:
    """Cache the main pages in both languages and return the seconds that it took.

    It runs in the process that the others are forked from, so they all have them. Nothing of
    the store stays open across the fork.
    """
    began = perf_counter()
    context = context_of(server)
    client = Client(context.cache)
    with server.app_context():
        pages = [page for page in registered_pages() if page.warm]
        paths = [path for page in pages for path in page.paths(context.site)]
    for url in (*(language_address(tag, path) for path in paths for tag in LANGUAGES), *_FILES):
        response = client.get(url, headers={"Accept-Encoding": "br"})
        if response.status_code != 200:
            _LOG.warning("%s answers %d", url, response.status_code)
    context.quiz.store.close()
    # What is loaded stays; the collector of a forked process would only touch it, and so copy it.
    gc.collect()
    gc.freeze()
    seconds = perf_counter() - began
    _LOG.info("the main pages are ready after %.1f s", seconds)
    return seconds
