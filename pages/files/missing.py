"""404 for files, as a page or as problem details, with a list of what exists."""

from dataclasses import dataclass

from dash import html
from flask import Response, request

from components import urls
from components.document import Page
from components.markup import page_opening
from components.texts import text
from data.exports.tables import EXPORTS
from data.models import Language
from pages.api.problems import Fault, Refused, problem_response
from pages.faults import request_line
from pages.files.headers import SHARED
from pages.serving import answer_once, paint_page
from pages.site import Site

LATEST = "latest"
_INDICATOR_FORMATS = ("csv", "json", "svg", "png")
_MAX_ECHO = 80


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a URL that names nothing, and what exists in its place.

    ``existing`` has a URL for each name; ``words`` is the key of the text for readers.
    """

    part: str
    name: str
    words: str
    existing: dict[str, str]


def missing_of_edition(site: Site, language: Language, edition: str, name: str) -> Missing:
    """Return what is missing below ``/data/``: the edition itself, or a file of it."""
    versions = [published.version for published in reversed(site.editions)]
    if edition not in (LATEST, *versions):
        pages = {version: urls.data_edition(language, version) for version in versions}
        return Missing("edition", edition, "edition_not_found_words", pages)
    version = versions[0] if edition == LATEST else edition
    files = {file.name: f"/{file.path}" for file in site.files.of_edition(version)}
    table = name.partition(".")[0]
    if table in EXPORTS:
        files = {file: url for file, url in files.items() if file.partition(".")[0] == table}
    return Missing("file", name, "file_not_found_words", files)


def missing_of_indicator(site: Site, language: Language, slug: str, form: str) -> Missing:
    """Return what is missing below ``kpi/``: the indicator itself, or this format of it."""
    slugs = [indicator.slug for indicator in site.edition.indicators]
    if slug in slugs:
        formats = _INDICATOR_FORMATS
        files = {f"{slug}.{name}": urls.indicator_file(language, slug, name) for name in formats}
        return Missing("file", f"{slug}.{form}", "file_not_found_words", files)
    pages = {name: urls.indicator(language, name) for name in slugs}
    return Missing("indicator", slug, "indicator_not_found_words", pages)


def refuse(site: Site, language: Language, missing: Missing) -> Response:
    """Answer 404: as a page to who asks for pages, else as problem details."""
    if _wants_page():
        return answer_once(paint_page(_page(site, missing, language), language), 404)
    detail = f"There is no {missing.part} {missing.name[:_MAX_ECHO]!r}."
    fault = Fault(parameter=missing.part, detail="these exist", allowed=tuple(missing.existing))
    refused = Refused("not-found", 404, detail, [fault])
    response = problem_response(refused, site.around.base_url)
    response.headers.update(SHARED)
    response.headers.add("Vary", "Accept")
    return response


def _wants_page() -> bool:
    """Return whether HTML is preferred, as browsers do; programs take anything or say nothing."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > max(accepted["application/json"], accepted["text/csv"])


def _page(site: Site, missing: Missing, language: Language) -> Page:
    title = text("file_not_found_title", language)
    words = text(missing.words, language, name=missing.name[:_MAX_ECHO])
    main = html.Div(
        [
            page_opening(title, words),
            html.Ul([html.Li(html.A(name, href=url)) for name, url in missing.existing.items()]),
            request_line(site, language),
        ],
        className="page words",
    )
    return Page(title=title, description=words, path="", main=main, indexable=False)
