"""404 for files, as a page or as problem details, with a list of what exists."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from flask import Response, request

from components import urls
from components.document import Page
from components.texts import text
from data.exports import EXPORTS
from data.models import Language
from pages.api.problems import Fault, Refused, problem_response
from pages.faults import request_line
from pages.files.headers import SHARED
from pages.serving import answer_once, paint_page
from pages.site import Site

LATEST = "latest"
_INDICATOR_FORMS = ("csv", "json", "svg", "png")
_LONGEST_ECHO = 80


@dataclass(frozen=True, slots=True)
class Missing:
    """What was asked for in vain: the part of the address, and what exists in its place.

    ``existing`` gives an address for each name; ``words`` is the text that says it to readers.
    """

    part: str
    name: str
    words: str
    existing: dict[str, str]


def missing_of_edition(site: Site, language: Language, edition: str, name: str) -> Missing:
    """What is missing below ``/data/``: the edition itself, or a file of it."""
    versions = [one.version for one in reversed(site.editions)]
    if edition not in (LATEST, *versions):
        pages = {one: urls.data_edition(language, one) for one in versions}
        return Missing("edition", edition, "edition_not_found_words", pages)
    version = versions[0] if edition == LATEST else edition
    files = {one.name: f"/{one.path}" for one in site.files.of_edition(version)}
    table = name.partition(".")[0]
    if table in EXPORTS:
        files = {one: where for one, where in files.items() if one.partition(".")[0] == table}
    return Missing("file", name, "file_not_found_words", files)


def missing_of_indicator(site: Site, language: Language, slug: str, form: str) -> Missing:
    """What is missing below ``kpi/``: the indicator itself, or this form of it."""
    slugs = [one.slug for one in site.edition.indicators]
    if slug in slugs:
        files = {
            f"{slug}.{one}": urls.indicator_file(language, slug, one) for one in _INDICATOR_FORMS
        }
        return Missing("file", f"{slug}.{form}", "file_not_found_words", files)
    pages = {one: urls.indicator(language, one) for one in slugs}
    return Missing("indicator", slug, "indicator_not_found_words", pages)


def refuse(site: Site, language: Language, missing: Missing) -> Response:
    """Answer 404: as a page to who asks for pages, else as problem details."""
    if _wants_page():
        return answer_once(paint_page(_page(missing, language), language), 404)
    detail = f"There is no {missing.part} {missing.name[:_LONGEST_ECHO]!r}."
    fault = Fault(parameter=missing.part, detail="these exist", allowed=tuple(missing.existing))
    refused = Refused("not-found", 404, detail, [fault])
    response = problem_response(refused, site.around.base_url)
    response.headers.update(SHARED)
    response.headers.add("Vary", "Accept")
    return response


def _wants_page() -> bool:
    """Browsers ask for HTML above all; programs for nothing, anything, or something else."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > max(accepted["application/json"], accepted["text/csv"])


def _page(missing: Missing, language: Language) -> Page:
    title = text("file_not_found_title", language)
    words = text(missing.words, language, name=missing.name[:_LONGEST_ECHO])
    main = html.Div(
        [
            html.Div([html.H1(title), html.P(words, className="lead")], className="opening"),
            html.Ul(
                [html.Li(html.A(name, href=where)) for name, where in missing.existing.items()]
            ),
            request_line(language),
        ],
        className="page words",
    )
    return Page(title=title, description=words, path="", main=main, indexable=False)
