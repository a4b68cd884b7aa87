"""Answers addresses with pages: matched, painted, and every fault with a face."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter

from components import urls
from components.document import Page, document, part_of_document
from components.shell import language_switch, shell
from components.takeover.explored import wrap_painted
from components.takeover.paint import Painted, blank, paint
from components.texts import text
from data.models import Language
from pages.documents import Documents, respond
from pages.faults import (
    REQUEST_MARK,
    FaultKind,
    bad_request_page,
    fault_page,
    not_found_page,
)
from pages.operation.access_log import request_id
from pages.registry import FOOTER, HEADER, RegisteredPage, navigation_links, registered_pages
from pages.requests import (
    BadParameter,
    NoSuchThing,
    preferred_language,
    read_parameters,
)
from pages.site import Site, current_site
from pages.typed_urls import intended_url, similar_indicators, similar_words

_RETRY_SECONDS = 30
STORE_AWAY = b"The answer store is away.\n"
_MAX_NOT_FOUND = 100
_BLANKS: dict[str, Any] = {
    "title": blank("title"),
    "description": blank("description"),
    "path": blank("path"),
    "main": Painted(blank("main")),
}
_NotFound = Callable[[Language], Response]
# Only what is too much at once is refused with 503; a failure is no HTTPException.
_FAULTS: dict[int, FaultKind] = {429: "too_many", 503: "busy"}


def answer_once(
    painted: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Send a document that is for one reader and moment, so that nobody keeps it."""
    body = painted.replace(REQUEST_MARK, request_id()).encode()
    response = Response(body, status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(headers or {})
    return response


def answer_bad(
    site: Site, language: Language, bad: BadParameter, status: int = 400, path: str = ""
) -> Response:
    """Send the page that names a parameter which means nothing; see ``bad_request_page``."""
    page = bad_request_page(site, language, bad.name, path)
    return answer_once(paint_page(page, language), status)


def is_from_script() -> bool:
    """Return whether a script asks that puts the content of a page in the place of another's."""
    return request.headers.get("X-Requested-With") == "fetch"


def send_personal(
    page: Page, language: Language, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Send a page that is made for one reader, whole or as much as a script takes of it."""
    if is_from_script():
        switch = language_switch(page, language)
        site = current_site().name(language)
        part = part_of_document(page, switch, language, site)
        painted = Painted(part).filled(**page.blanks) if page.blanks else part
    else:
        painted = paint_page(page, language)
    return answer_once(painted, status, headers)


class SlugConverter(BaseConverter):
    """Slug of an indicator in a URL; anything with a dot is a file."""

    regex = "[a-z0-9-]+"


def add_pages(server: Flask, site: Site, documents: Documents) -> None:
    """Give every registered page its address in both languages, and every fault its face."""
    server.add_url_rule("/", "root", _redirect_to_language)
    not_found = _not_found(site)
    for page in registered_pages():
        server.add_url_rule(page.rule, page.endpoint, _view(page, site, documents, not_found))
    server.register_error_handler(HTTPException, _answer_fault(site, not_found))
    server.register_error_handler(Exception, _answer_failure(site, server))


def _redirect_to_language() -> Response:
    response = moved(f"/{preferred_language(request)}/")
    response.headers["Vary"] = "Accept-Language"
    return response


def moved(address: str, status: int = 302) -> Response:
    """Lead to another address of this site; nobody may keep the answer, since it changes."""
    return Response("", status, {"Location": address, "Cache-Control": "no-cache"})


def store_away() -> Response:
    """Say to a program that what it asks for stands in the answer store, which is away."""
    return Response(STORE_AWAY, 503, store_away_headers())


def store_away_headers() -> dict[str, str]:
    """Return the headers of the answer that says so."""
    return {
        "Content-Type": "text/plain; charset=utf-8",
        "Retry-After": str(_RETRY_SECONDS),
        "Cache-Control": "no-store",
    }


def _view(
    registered: RegisteredPage, site: Site, documents: Documents, not_found: _NotFound
) -> Callable[..., Response]:
    def view(language: Language, **parts: str) -> Response:
        try:
            parameters = read_parameters(request, registered.parameters)

            def layout() -> Page:
                return registered.layout(language, **parts, **parameters)

            if registered.personal:
                return send_personal(layout(), language, headers=registered.headers)

            def build() -> str:
                return paint_page(layout(), language)

            key = _key(registered.name, language, {**parts, **parameters})
            follows = registered.follows
            state = partial(follows, language, **parts) if follows else None
            return respond(documents.at(key, build, variant=bool(parameters), state=state))
        except BadParameter as bad:
            return answer_bad(site, language, bad, path=request.path)
        except NoSuchThing:
            return not_found(language)

    return view


def _key(name: str, language: Language, parameters: dict[str, Any]) -> str:
    return f"{name}:{language}:{urlencode(sorted(parameters.items()))}"


def paint_page(page: Page, language: Language) -> str:
    """The whole document of a page as the first answer sends it.

    Nothing but its blanks is painted anew of a page that has some. Of a page that search engines
    do not list only the content is painted, unless its head has data of its own: most such pages
    are made for each reader anew.
    """
    site = current_site()
    if page.blanks:
        whole = site.parts.paint(_paint_whole, site, replace(page, blanks={}), language)
        return whole.filled(**page.blanks)
    if page.indexable or page.structured or page.feed:
        wrap_painted(page)
        return _paint_whole(site, page, language)
    frame = site.parts.paint(_paint_whole, site, replace(page, **_BLANKS), language)
    return frame.filled(
        title=page.title,
        description=page.description,
        path=page.path,
        main=Painted(paint(page.main)),
    )


def _paint_whole(site: Site, page: Page, language: Language) -> Painted:
    brand = text("brand_short", language, **site.city_words(language))
    links = {group: navigation_links(site, group) for group in (HEADER, FOOTER)}
    body = shell(page, language, brand, site.edition, **links)
    return Painted(document(page, body, language, site.around))


def _not_found(site: Site) -> _NotFound:
    """Return what answers 404, painted once for each language and the indicators it offers."""

    @lru_cache(_MAX_NOT_FOUND)
    def painted(language: Language, codes: tuple[str, ...]) -> str:
        links = [
            (similar_words(indicator, language), urls.indicator(language, indicator.slug))
            for indicator in map(site.indicator, codes)
        ]
        return paint_page(not_found_page(site, language, links), language)

    def not_found(language: Language) -> Response:
        similar = similar_indicators(site, request.path)
        codes = tuple(indicator.code for indicator in similar)
        return answer_once(painted(language, codes), 404)

    return not_found


def _answer_fault(
    site: Site, not_found: _NotFound
) -> Callable[[HTTPException], Response | HTTPException]:
    def handle(fault: HTTPException) -> Response | HTTPException:
        if fault.code is None or fault.code < 400:
            return fault  # A redirect to the address with its slash.
        if fault.code == 404 and (url := intended_url(site, request)):
            return moved(url, 301)
        language = preferred_language(request)
        if fault.code == 404:
            return not_found(language)
        kind = _FAULTS.get(fault.code, "failure" if fault.code >= 500 else "refused")
        page = fault_page(kind, site, language)
        response = answer_once(paint_page(page, language), fault.code)
        for name, value in fault.get_headers():
            if name.lower() in ("allow", "retry-after"):
                response.headers[name] = value
        return response

    return handle


def _answer_failure(site: Site, server: Flask) -> Callable[[Exception], Response]:
    def handle(failure: Exception) -> Response:
        server.logger.error("unexpected failure", exc_info=failure)
        language = preferred_language(request)
        return answer_once(paint_page(fault_page("failure", site, language), language), 503)

    return handle
