"""The city on one page as PDF: set once per edition and language, then served as it lies there."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, request
from flask_caching.backends import FileSystemCache

from components import urls
from components.factsheet.contents import Contents, factsheet_contents
from components.factsheet.typesetting import typesetting_version
from data.locks import only_writer
from data.models import LANGUAGES, Language
from pages.files.headers import SHARED
from pages.files.published import NoFiles
from pages.settings import ROOT
from pages.site import Site

_REVALIDATE = "public, max-age=0, must-revalidate"
_SECONDS = 60
# Two languages of three editions: processes that started before an upgrade have theirs in memory.
_MAX_FILES = 2 * 3
_KEPT_SECONDS = 365 * 24 * 3600


def add_factsheets(server: Flask, site: Site, folder: Path) -> None:
    """Find the sheets of the edition in force inside ``folder`` or set them, and answer them.

    Raises ``NoFiles`` where a sheet cannot be set.
    """
    sheets = {
        language: _published(sheet_contents(site, language), folder) for language in LANGUAGES
    }
    languages = ",".join(LANGUAGES)
    server.add_url_rule(
        f"/<any({languages}):language>/factsheet.pdf", "factsheet", _view(site, sheets)
    )


def sheet_contents(site: Site, language: Language) -> Contents:
    """Return the content of the sheet as of the newest year."""
    return factsheet_contents(
        site.fulfilment(),
        site.edition,
        language,
        city=site.profile.name[language],
        site_name=site.name(language),
        address=site.around.base_url + urls.home(language),
    )


def _published(contents: Contents, folder: Path) -> bytes:
    """The sheet with these contents, from ``folder`` if it lies there."""
    written = json.dumps(contents, ensure_ascii=False, sort_keys=True).encode()
    key = hashlib.sha256(written + typesetting_version().encode()).hexdigest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        cache = FileSystemCache(str(folder), _MAX_FILES, _KEPT_SECONDS)
        with only_writer(folder):
            content: bytes = cache.get(key) or _set_apart(written)
            cache.set(key, content)  # Anew, since what is in use is not outdated.
    except (subprocess.SubprocessError, OSError) as fault:
        raise NoFiles(f"The fact sheet could not be set in {folder}: {fault}") from fault
    return content


def _set_apart(written: bytes) -> bytes:
    """Set a sheet in a process of its own, so that the server never loads Typst."""
    command = [sys.executable, "-m", "components.factsheet"]
    done = subprocess.run(  # noqa: S603  # Our own command.
        command, input=written, stdout=subprocess.PIPE, cwd=ROOT, check=True, timeout=_SECONDS
    )
    return done.stdout


def _view(site: Site, sheets: dict[Language, bytes]) -> Callable[[Language], Response]:
    tags = {language: hashlib.sha256(sheet).hexdigest()[:20] for language, sheet in sheets.items()}
    published = datetime.fromisoformat(site.edition.date).replace(tzinfo=UTC)

    def view(language: Language) -> Response:
        response = Response(sheets[language], content_type="application/pdf")
        response.headers.update(SHARED)
        response.headers["Cache-Control"] = _REVALIDATE
        # The policy of pages forbids plug-ins, and some browsers count their PDF reader as one.
        response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
        response.headers["Content-Language"] = language
        name = f"{site.city}-u4ssc-{site.edition.version}-factsheet-{language}.pdf"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        response.last_modified = published
        response.set_etag(tags[language])
        response.make_conditional(request)
        return response

    return view
