"""Joins what watches the site to its server."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from pages.documents import Documents
from pages.operation import metrics
from pages.operation.journal import note_routes
from pages.operation.readiness import add_readiness
from pages.operation.security_text import add_security_text
from pages.settings import Settings
from pages.site import Site


def add_operation(server: Flask, settings: Settings, site: Site, documents: Documents) -> None:
    """Add the journal's notes, and the addresses for those who run the site."""
    started = datetime.now(UTC)
    note_routes(server)
    add_readiness(server, settings, site)
    add_security_text(server, settings, site, documents, started)
    metrics.begin_counting()
    metrics.EDITION.labels(site.edition.version, site.edition.digest[:16]).set(1)
    metrics.WORKERS_WANTED.set(settings.processes)
    metrics.STARTED.set(started.timestamp())
