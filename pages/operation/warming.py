"""Warm-up: the main pages are cached before the site listens."""

from __future__ import annotations

import gc
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.test import Client

from components.document import language_address
from data.models import LANGUAGES
from pages.context import context_of
from pages.registry import registered_pages

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_LOG = logging.getLogger(__name__)
_FILES = ("/sitemap.xml", "/robots.txt")


def warm(server: Flask) -> float:
    """Cache the main pages in both languages and return the seconds that it took.

    It runs in the process that the others are forked from, so they all have them. Nothing of
    the store stays open across the fork.
    """
    began = perf_counter()
    context = context_of(server)
    with server.app_context():
        pages = [page for page in registered_pages() if page.warm]
        paths = [path for page in pages for path in page.paths(context.site)]
    urls = [*(language_address(tag, path) for path in paths for tag in LANGUAGES), *_FILES]
    # Brotli runs beside Python, so that two threads use two cores.
    with ThreadPoolExecutor(2) as threads:
        statuses = threads.map(partial(_ask, context.cache), urls)
    for url, status in zip(urls, statuses, strict=True):
        if status != 200:
            _LOG.warning("%s answers %d", url, status)
    context.quiz.store.close()
    # What is loaded stays; the collector of a forked process would only touch it, and so copy it.
    gc.collect()
    gc.freeze()
    gc.enable()
    seconds = perf_counter() - began
    _LOG.info("the main pages are ready after %.1f s", seconds)
    return seconds


def _ask(application: WSGIApplication, url: str) -> int:
    return Client(application).get(url, headers={"Accept-Encoding": "br"}).status_code
