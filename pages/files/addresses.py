"""Addresses around the published files: the edition in force, files that are not there, counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from flask import Flask, Response

from data.models import LANGUAGES, Language
from pages.documents import Document, respond
from pages.files.headers import SHARED, TABLE_TYPE
from pages.files.missing import (
    LATEST,
    asked_language,
    missing_of_edition,
    missing_of_indicator,
    refuse,
)
from pages.files.robots import is_robot
from pages.files.server import FileServer
from pages.files.store import served_files
from pages.serving import store_away
from pages.site import Site
from quiz.counters import DownloadCounts
from quiz.faults import StoreFault

COUNTS = "/data/downloads.csv"
COUNT_COLUMNS = ("month", "file", "edition", "format", "language", "downloads")
# Short enough that counts, which wait for a while in two places before, are a minute old at most.
_COUNTS_KEPT = "public, max-age=15"
_LATEST_KEPT = "public, max-age=60"


def add_file_addresses(server: Flask, site: Site) -> FileServer:
    """Serve the published files, and answer what stands around them."""
    languages = ",".join(LANGUAGES)
    server.add_url_rule(COUNTS, "file.downloads", _counts(site))
    server.add_url_rule(f"/data/{LATEST}/<path:name>", "file.latest", _latest(site))
    server.add_url_rule("/data/", "file.nowhere", _nowhere(site), defaults={"rest": ""})
    server.add_url_rule("/data/<path:rest>", "file.missing", _nowhere(site))
    rule = f"/<any({languages}):language>/kpi/<slug:slug>.<form>"
    server.add_url_rule(rule, "file.missing_indicator", _no_indicator(site))
    served = FileServer(
        server.wsgi_app,
        served_files(site.files, site.editions, site.city),
        lambda file, user_agent: None if is_robot(user_agent) else site.downloads.count(file),
    )
    server.wsgi_app = served  # type: ignore[method-assign]  # As Flask documents.
    return served


def _latest(site: Site) -> Callable[[str], Response]:
    def view(name: str) -> Response:
        path = f"data/{site.edition.version}/{name}"
        if site.files.find(path) is None:
            language = asked_language()
            return refuse(site, language, missing_of_edition(site, language, LATEST, name))
        headers = {**SHARED, "Location": f"/{path}", "Cache-Control": _LATEST_KEPT}
        return Response("", 302, headers)

    return view


def _nowhere(site: Site) -> Callable[[str], Response]:
    def view(rest: str) -> Response:
        edition, _, name = rest.partition("/")
        language = asked_language()
        return refuse(site, language, missing_of_edition(site, language, edition, name))

    return view


def _no_indicator(site: Site) -> Callable[[Language, str, str], Response]:
    def view(language: Language, slug: str, form: str) -> Response:
        return refuse(site, language, missing_of_indicator(site, language, slug, form))

    return view


def _counts(site: Site) -> Callable[[], Response]:
    def view() -> Response:
        try:
            counted = site.downloads.read()
        except StoreFault:
            return store_away()
        table = Document.of(counts_csv(counted), TABLE_TYPE)
        response = respond(table, cache_control=_COUNTS_KEPT)
        response.headers.update(SHARED)
        name = f"{site.city}-u4ssc-downloads.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return view


def counts_csv(counted: DownloadCounts) -> str:
    """The counts as a table; ``language`` is empty where a file is the same for all."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COUNT_COLUMNS)
    for one, total in counted.items():
        first, _, _ = one.file.partition("/")
        form = one.file.rpartition("/")[2].partition(".")[2]
        language = first if first in LANGUAGES else ""
        writer.writerow((one.month, one.file, one.edition, form, language, total))
    return written.getvalue()
