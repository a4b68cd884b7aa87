"""Writes down each request: its id, a line in the log, the figures; nothing of who asked."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

from flask import Flask, Response, has_request_context, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from data.models import LANGUAGES
from pages.operation.logs import ANSWERS
from pages.operation.metrics import BYTES, REQUESTS, SECONDS

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "X-Request-Id"
_ID = "city.request_id"
# Where a request carries the pattern of its address and its language.
ROUTE, LANGUAGE = "city.route", "city.language"
# When all of the request was there, if the server says so: from then on its reader waits.
ARRIVED: ContextVar[float | None] = ContextVar("arrived", default=None)
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
FILES = "file"
_STATIC = ("/assets/", "/_dash/")
_CONVERTED = re.compile(r"<(?:[^<>]*:)?(\w+)>")
TRANSPORT_SECURITY = ("Strict-Transport-Security", "max-age=31536000")
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_LOG = logging.getLogger(ANSWERS)


class Journal:
    """The outermost layer of the application: every answer passes it, static files too."""

    def __init__(self, application: WSGIApplication, trusts_proxy: bool, encrypted: bool) -> None:
        """``trusts_proxy`` says whether a request may bring its id along.

        ``encrypted`` says that readers reach the site by TLS; then browsers are told to go on so.
        """
        self._application = application
        self._trusts_proxy = trusts_proxy
        self._encrypted = encrypted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        began = ARRIVED.get() or perf_counter()
        known = request_id_of(environ.get("HTTP_X_REQUEST_ID", ""), self._trusts_proxy)
        environ[_ID] = known
        answered_with, size = "500", 0

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            nonlocal answered_with, size
            answered_with = status[:3]
            lengths = (value for name, value in headers if name.lower() == "content-length")
            size = int(next(lengths, 0))
            answered = [*headers, (REQUEST_ID, known)]
            # A trusted proxy has told the scheme by now.
            if self._encrypted or environ.get("wsgi.url_scheme") == "https":
                answered.append(TRANSPORT_SECURITY)
            return start_response(status, answered, exc_info)

        clear_contextvars()
        bind_contextvars(request_id=known)
        try:
            return self._application(environ, start)
        finally:
            _write(environ, answered_with, size, perf_counter() - began)
            clear_contextvars()


def _write(environ: WSGIEnvironment, status: str, size: int, seconds: float) -> None:
    route = environ.get(ROUTE) or _route_without_flask(environ.get("PATH_INFO", ""))
    asked = environ.get("REQUEST_METHOD", "")
    method = asked if asked in _METHODS else "other"
    sent = 0 if method == "HEAD" or status == "304" else size
    language = environ.get(LANGUAGE, "-")
    write_down(environ[_ID], method, route, status, sent, seconds, language)


def write_down(
    known: str,
    method: str,
    route: str,
    status: str,
    sent: int,
    seconds: float,
    language: str = "-",
) -> None:
    """Count one answer, and tell of it in the log by the id of its request."""
    REQUESTS.labels(route, method, status).inc()
    SECONDS.labels(route).observe(seconds)
    BYTES.labels(route).inc(sent)
    if not _LOG.isEnabledFor(logging.INFO):
        return
    line = {
        "method": method,
        "route": route,
        "status": int(status),
        "milliseconds": round(seconds * 1000, 1),
        "bytes": sent,
        "language": language,
        "request_id": known,
    }
    _LOG.info("request", extra=line)


def _route_without_flask(path: str) -> str:
    """Files are answered before Flask sees the request, and only where they exist."""
    return "static" if path.startswith(_STATIC) else FILES


def note_routes(server: Flask) -> None:
    """Let each request carry the pattern of its address and its language to the journal."""

    @server.after_request
    def note(response: Response) -> Response:
        rule = request.url_rule
        request.environ[ROUTE] = pattern_of(rule.rule) if rule else "unknown"
        language = (request.view_args or {}).get("language")
        if language in LANGUAGES:
            request.environ[LANGUAGE] = language
        return response


@lru_cache(maxsize=512)
def pattern_of(rule: str) -> str:
    """A rule of Flask's as the contract of addresses writes it: ``/{language}/kpi/{slug}/``."""
    return _CONVERTED.sub(r"{\1}", rule)


def request_id_of(given: str, trusted: bool) -> str:
    """The id that a request brings along, if whoever sends it is trusted; else a new one."""
    return given if trusted and _WELL_FORMED.fullmatch(given) else new_request_id()


def new_request_id() -> str:
    """An id that means nothing; 64 bits, so that none comes twice."""
    return secrets.token_hex(8)


def request_id() -> str:
    """The id of the request that is being answered; empty outside of one."""
    return str(request.environ.get(_ID, "")) if has_request_context() else ""
