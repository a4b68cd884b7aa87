"""Gives the interface its addresses: questions read, answers kept, refusals told to programs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import simplejson
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from data.exports.csv_files import csv_bytes
from data.models import Words
from pages.api import envelopes, items
from pages.api.catalogue_index import CatalogueIndex
from pages.api.description import describe
from pages.api.endpoints import ROOT, Endpoint, marks
from pages.api.lists import endpoints_of
from pages.api.problems import Fault, Kind, Refused, problem_response
from pages.api.queries import Nothing
from pages.api.query_parser import read_query
from pages.api.quiz import quiz_endpoints
from pages.documents import Documents, respond
from pages.files.headers import TABLE_TYPE
from pages.operation.response_cache import CSV, preferred_type
from pages.quiz.service import QuizService
from pages.site import Site

_DOCUMENTS = ("openapi.json", "docs.md")
_FOLDER = "/api"
_JSON = "application/json"
_MARKDOWN = "text/markdown; charset=utf-8"
_DOCUMENTATION = Path(__file__).parents[2] / "docs" / "api.md"
_DOCUMENTED_HOST = "http://127.0.0.1:8050"  # Where the site stands on a reader's own machine.
_METHODS = ["GET", "OPTIONS"]
_SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Link": f'<{ROOT}openapi.json>; rel="service-desc", <{ROOT}docs.md>; rel="service-doc"',
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}
_MARKS = frozenset(envelopes.Answer.model_fields)
View = Callable[..., Response]


def add_api(
    server: Flask, site: Site, documents: Documents, quiz: QuizService | None = None
) -> None:
    """Add ``/api/v1/`` and what is told wherever an address begins with ``/api/``.

    Without ``quiz`` nothing is answered about it.
    """
    index = CatalogueIndex(site)
    endpoints = (*endpoints_of(index), *(quiz_endpoints(quiz) if quiz else ()))
    endpoints = (_index(endpoints), *endpoints)
    blueprint = Blueprint("api", __name__)
    for endpoint in endpoints:
        view = _view(endpoint, index, documents)
        _add(blueprint, endpoint.name, endpoint.rule, view)
    openapi = _document(documents, lambda: to_json(describe(index, endpoints, ROOT)), _JSON)
    _add(blueprint, "openapi", "openapi.json", openapi)
    words = _DOCUMENTATION.read_text("utf-8").replace(_DOCUMENTED_HOST, index.base_url)
    _add(blueprint, "documentation", "docs.md", _document(documents, lambda: words, _MARKDOWN))
    _tell_faults(
        server,
        blueprint,
        [ROOT + path for path in (*(endpoint.path for endpoint in endpoints), *_DOCUMENTS)],
        index.base_url,
    )
    server.register_blueprint(blueprint)


def to_json(content: object) -> str:
    """Compact JSON; a ``Decimal`` is written with the digits that it has."""
    written: str = simplejson.dumps(
        content, use_decimal=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return written


def _matter_first(answer: envelopes.Answer) -> dict[str, Any]:
    """The answer as values; what all answers say stands behind what was asked for."""
    dumped = answer.model_dump(by_alias=True)
    return {**{name: dumped.pop(name) for name in list(dumped) if name not in _MARKS}, **dumped}


def _add(blueprint: Blueprint, name: str, rule: str, view: View) -> None:
    def answer_or_allow(**parts: str) -> Response:
        if request.method == "OPTIONS":
            allowed = Response("", 204, _PREFLIGHT)
            del allowed.headers["Content-Type"]
            return allowed
        return view(**parts)

    blueprint.add_url_rule(
        ROOT + rule,
        name,
        answer_or_allow,
        methods=_METHODS,
        provide_automatic_options=False,
        strict_slashes=bool(rule),  # Only the root may be written without its slash.
    )


def _view(endpoint: Endpoint, index: CatalogueIndex, documents: Documents) -> View:
    def view(**parts: str) -> Response:
        query = read_query(endpoint.query, request.query_string)
        table = endpoint.table
        if table and preferred_type(request.headers.get("Accept", "")) == CSV:
            query = query.model_copy(update={"format": "csv"})
        query_string = urlencode({**parts, **query.non_defaults()}, doseq=True)
        as_csv = getattr(query, "format", "") == "csv"

        def build() -> str | bytes:
            if table and as_csv:
                return csv_bytes(table(index, query))
            return to_json(_matter_first(endpoint.build(index, query, **parts)))

        response = respond(
            documents.at(
                f"api:{endpoint.name}:{query_string}:{sorted(query.model_fields_set)}",
                build,
                TABLE_TYPE if as_csv else _JSON,
                variant=bool(query.non_defaults()),
                state=endpoint.state,
            )
        )
        if table:
            response.vary.add("Accept")
        return response

    return view


def _document(documents: Documents, content: Callable[[], str], media_type: str) -> View:
    def view() -> Response:
        read_query(Nothing, request.query_string)
        return respond(documents.at(f"api:{request.path}", content, media_type))

    return view


def _index(endpoints: tuple[Endpoint, ...]) -> Endpoint:
    def build(index: CatalogueIndex, _query: Nothing) -> envelopes.Answer:
        root = index.base_url + ROOT
        name = Words(en=index.site_name["en"], ru=index.site_name["ru"])
        return envelopes.Index(
            name=items.both(name),
            openapi=f"{root}openapi.json",
            documentation=f"{root}docs.md",
            resources=tuple(
                envelopes.Link(url=root + endpoint.path, description=endpoint.summary)
                for endpoint in endpoints
            ),
            **marks(index),
        )

    return Endpoint("index", "", "Where everything is", Nothing, envelopes.Index, build)


def _tell_faults(server: Flask, blueprint: Blueprint, addresses: list[str], base_url: str) -> None:
    """Answer every fault below ``/api/`` with a problem, before pages see it."""

    def refuse(fault: HTTPException) -> Response:
        response = problem_response(_refused(fault, addresses), base_url)
        if wait := dict(fault.get_headers()).get("Retry-After"):
            response.headers["Retry-After"] = wait
        return response

    def before() -> Response | None:
        fault = request.routing_exception
        return refuse(fault) if fault is not None and _is_ours() else None

    def fail(failure: Exception) -> Response:
        server.logger.error("unexpected failure", exc_info=failure)
        refused = Refused("unavailable", 503, "The answer could not be made.")
        return problem_response(refused, base_url)

    def share(response: Response) -> Response:
        if _is_ours():
            response.headers.update(_SHARED)
        return response

    server.before_request(before)
    server.after_request(share)
    blueprint.register_error_handler(Refused, lambda refused: problem_response(refused, base_url))
    blueprint.register_error_handler(HTTPException, refuse)
    blueprint.register_error_handler(Exception, fail)


def _is_ours() -> bool:
    return request.path == _FOLDER or request.path.startswith(f"{_FOLDER}/")


def _refused(fault: HTTPException, addresses: list[str]) -> Refused:
    # A redirect is for //, which is no address of ours either.
    status = fault.code if fault.code and fault.code >= 400 else 404
    kinds: dict[int, Kind] = {
        404: "not-found",
        405: "method-not-allowed",
        429: "too-many-requests",
    }
    kind = kinds.get(status, "unavailable" if status >= 500 else "bad-request")
    details: dict[Kind, str] = {
        "not-found": "There is no such address.",
        "method-not-allowed": "This address answers GET, HEAD and OPTIONS.",
        "too-many-requests": "Retry-After says in how many seconds to come again.",
    }
    faults = []
    if kind == "not-found":
        detail = "these addresses exist"
        faults = [Fault(parameter=None, detail=detail, allowed=tuple(addresses))]
    return Refused(kind, status, details.get(kind, fault.description or fault.name), faults)
