"""URLs around the published files: the edition in force, files that are missing, counts."""

import csv
import io

from flask import Flask, Response, request

from data.models import LANGUAGES, Language
from pages.documents import Document, respond
from pages.files.bots import is_bot
from pages.files.headers import SHARED, TABLE_TYPE
from pages.files.missing import LATEST, missing_of_edition, missing_of_indicator, refuse
from pages.files.server import FileServer, served_files
from pages.requests import IN_LANGUAGE, preferred_language
from pages.serving import store_away
from pages.settings import Settings
from pages.site import Site
from quiz.counters import DownloadCounts
from quiz.faults import StoreFault

COUNTS = "/data/downloads.csv"
COUNT_COLUMNS = ("month", "file", "edition", "format", "language", "downloads")
# Short enough that counts, which wait for a while in two places before, are a minute old at most.
_COUNTS_CACHE_CONTROL = "public, max-age=15"
_LATEST_CACHE_CONTROL = "public, max-age=60"


def add_file_server(server: Flask, settings: Settings, site: Site) -> None:
    """Serve the published files before Flask, and the URLs around them."""
    _add_routes(server, site)
    files = FileServer(
        server.wsgi_app,
        served_files(site.files, site.editions, site.city),
        lambda file, user_agent: None if is_bot(user_agent) else site.downloads.count(file),
        settings.x_accel_redirect,
        settings.folder / "files",
    )
    server.wsgi_app = files  # type: ignore[method-assign]  # As Flask documents.


def _add_routes(server: Flask, site: Site) -> None:
    @server.route(COUNTS, endpoint="file.downloads")
    def downloads() -> Response:
        try:
            table = Document.of(counts_csv(site.downloads.read()), TABLE_TYPE)
        except StoreFault:
            return store_away()
        response = respond(table, cache_control=_COUNTS_CACHE_CONTROL)
        name = f"{site.city}-u4ssc-downloads.csv"
        response.headers.update(SHARED)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    @server.route(f"/data/{LATEST}/<path:name>", endpoint="file.latest")
    def latest(name: str) -> Response:
        path = f"data/{site.edition.version}/{name}"
        if site.files.find(path) is None:
            return refuse_file(LATEST, name)
        headers = {**SHARED, "Location": f"/{path}", "Cache-Control": _LATEST_CACHE_CONTROL}
        return Response("", 302, headers)

    @server.route("/data/", endpoint="file.nowhere", defaults={"path": ""})
    @server.route("/data/<path:path>", endpoint="file.missing")
    def missing(path: str) -> Response:
        edition, _, name = path.partition("/")
        return refuse_file(edition, name)

    @server.route(f"{IN_LANGUAGE}/kpi/<slug:slug>.<form>", endpoint="file.missing_indicator")
    def missing_indicator(language: Language, slug: str, form: str) -> Response:
        return refuse(site, language, missing_of_indicator(site, language, slug, form))

    def refuse_file(edition: str, name: str) -> Response:
        language = preferred_language(request)
        return refuse(site, language, missing_of_edition(site, language, edition, name))


def counts_csv(counts: DownloadCounts) -> str:
    """Return the counts as a table; ``language`` is empty where a file is the same for all."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COUNT_COLUMNS)
    for download, total in counts.items():
        first, _, _ = download.file.partition("/")
        extension = download.file.rpartition("/")[2].partition(".")[2]
        language = first if first in LANGUAGES else ""
        writer.writerow(
            (download.month, download.file, download.edition, extension, language, total)
        )
    return table.getvalue()
