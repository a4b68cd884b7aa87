"""Answers addresses with pages: matched, painted, and every fault with a face."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import brotli
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter

from components.document import Page, document
from components.shell import shell
from components.texts import text
from data.models import LANGUAGES, Language
from pages.documents import Documents, answer
from pages.exploring import wrap_painted
from pages.faults import (
    REQUEST_MARK,
    bad_request_page,
    busy_page,
    failure_page,
    not_found_page,
    refused_page,
    too_many_page,
)
from pages.operation.journal import request_id
from pages.operation.memory import lasts
from pages.registry import REGISTRY, Registered
from pages.requests import (
    BadParameter,
    NoSuchThing,
    preferred_language,
    read_parameters,
)
from pages.site import Site, current_site

_QUICK_BROTLI = 4
_RETRY_SECONDS = 30
# Only what is too much at once is refused with 503; a failure is no HTTPException.
_FACES = {429: too_many_page, 503: busy_page}


def answer_once(
    painted: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Send a document that is for one reader and moment, so that nobody keeps it."""
    body = painted.replace(REQUEST_MARK, request_id()).encode()
    response = Response(body, status, content_type="text/html; charset=utf-8")
    if request.accept_encodings["br"]:
        response.set_data(brotli.compress(body, quality=_QUICK_BROTLI))
        response.headers["Content-Encoding"] = "br"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(headers or {})
    return response


class SlugConverter(BaseConverter):
    """What may stand for an indicator in an address; anything with a dot is a file."""

    regex = "[a-z0-9-]+"


def add_pages(server: Flask, site: Site, documents: Documents) -> None:
    """Give every registered page its address in both languages, and every fault its face."""
    server.add_url_rule("/", "root", _redirect_to_language)
    languages = ",".join(LANGUAGES)
    for registered in REGISTRY.values():
        server.add_url_rule(
            f"/<any({languages}):language>/{registered.rule}",
            f"page.{registered.name}",
            _view(registered, site, documents),
        )
    server.register_error_handler(HTTPException, _answer_fault(site, documents))
    server.register_error_handler(Exception, _answer_failure(site, server))


def _redirect_to_language() -> Response:
    response = moved(f"/{preferred_language(request)}/")
    response.headers["Vary"] = "Accept-Language"
    return response


def moved(address: str) -> Response:
    """Lead to another address of this site; nobody may keep the answer, since it changes."""
    return Response("", 302, {"Location": address, "Cache-Control": "no-cache"})


def store_away() -> Response:
    """Say to a program that what it asks for stands in the answer store, which is away."""
    headers = {"Retry-After": str(_RETRY_SECONDS), "Cache-Control": "no-store"}
    return Response("The answer store is away.\n", 503, headers, mimetype="text/plain")


def _view(registered: Registered, site: Site, documents: Documents) -> Callable[..., Response]:
    def view(language: Language, **parts: str) -> Response:
        try:
            parameters = read_parameters(request, registered.parameters)

            def build() -> str:
                return paint_page(
                    registered.layout(site, language, **parts, **parameters), language
                )

            if registered.personal:
                return answer_once(build(), headers=registered.headers)
            key = _key(registered.name, language, {**parts, **parameters})
            follows = registered.follows
            if follows is None:
                lasts("pages")
            else:
                state = partial(follows, site, language, **parts)
                name = state()
                key += f":{name}"
                lasts("pages", name, state)
            passing = bool(parameters) or follows is not None
            kept = documents.at(key, build, variant=passing, for_many=not parameters)
            return answer(kept)
        except BadParameter as bad:
            page = bad_request_page(site, language, bad.name)
            return answer_once(paint_page(page, language), 400)
        except NoSuchThing:
            return _not_found(site, documents, language)

    return view


def _key(name: str, language: Language, parameters: dict[str, Any]) -> str:
    return f"{name}:{language}:{urlencode(sorted(parameters.items()))}"


def paint_page(page: Page, language: Language) -> str:
    """The whole document of a page as the first answer sends it."""
    site = current_site()
    wrap_painted(page, language)
    short_name = text("brand_short", language, **site.city_words(language))
    body = shell(page, language, site.name(language), site.edition, short_name)
    return document(page, body, language, site.around)


def _not_found(site: Site, documents: Documents, language: Language) -> Response:
    kept = documents.at(
        f"404:{language}", lambda: paint_page(not_found_page(site, language), language)
    )
    return answer_once(kept.plain.decode(), 404)


def _answer_fault(
    site: Site, documents: Documents
) -> Callable[[HTTPException], Response | HTTPException]:
    def handle(fault: HTTPException) -> Response | HTTPException:
        if fault.code is None or fault.code < 400:
            return fault  # A redirect to the address with its slash.
        language = preferred_language(request)
        if fault.code == 404:
            return _not_found(site, documents, language)
        face = _FACES.get(fault.code, failure_page if fault.code >= 500 else refused_page)
        response = answer_once(paint_page(face(site, language), language), fault.code)
        for name, value in fault.get_headers():
            if name.lower() in ("allow", "retry-after"):
                response.headers[name] = value
        return response

    return handle


def _answer_failure(site: Site, server: Flask) -> Callable[[Exception], Response]:
    def handle(failure: Exception) -> Response:
        server.logger.error("unexpected failure", exc_info=failure)
        language = preferred_language(request)
        page = failure_page(site, language)
        return answer_once(paint_page(page, language), 503)

    return handle
