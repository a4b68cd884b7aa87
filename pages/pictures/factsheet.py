"""The city on one page as PDF: ``/en/factsheet.pdf``."""

import json
from datetime import UTC, datetime

from flask import Flask, Response, request

from components import urls
from components.factsheet.contents import Contents, factsheet_contents
from data.models import LANGUAGES, Language
from pages.documents import Document, respond
from pages.files.headers import SHARED
from pages.pictures.renders import Renders
from pages.site import Site


def add_factsheets(server: Flask, site: Site, renders: Renders) -> None:
    """Add the sheet of the edition in force in every language, which the first reader has set."""
    published = datetime.fromisoformat(site.edition.date).replace(tzinfo=UTC)

    def view(language: Language) -> Response:
        content = renders.at(
            f"factsheet:{site.edition.digest}:{site.city}:{language}",
            lambda: json.dumps(sheet_contents(site, language)),
            "components.factsheet",
        )
        response = respond(Document(content, "application/pdf"))
        response.headers.update(SHARED)
        # The policy of pages forbids plug-ins, and some browsers count their PDF reader as one.
        response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
        response.headers["Content-Language"] = language
        name = f"{site.city}-u4ssc-{site.edition.version}-factsheet-{language}.pdf"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        response.last_modified = published
        response.make_conditional(request)
        return response

    languages = ",".join(LANGUAGES)
    server.add_url_rule(f"/<any({languages}):language>/factsheet.pdf", "factsheet", view)


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
