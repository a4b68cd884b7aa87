"""Access log: the id of each request, a line in the log, its metrics; nothing of the client."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, has_request_context, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from data.models import LANGUAGES
from pages.operation.metrics import BUSY, BYTES, PROXIES_IGNORED, REQUESTS, SECONDS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "X-Request-Id"
_ID = "city.request_id"
# Where a request carries the pattern of its URL and its language.
ROUTE, LANGUAGE = "city.route", "city.language"
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
_STATIC = ("/assets/", "/_dash/")
_CONVERTED = re.compile(r"<(?:[^<>]*:)?(\w+)>")
_TRANSPORT_SECURITY = ("Strict-Transport-Security", "max-age=31536000")
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_FORWARDED = frozenset(("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"))
# The fields of a line; none of them says anything of the client.
FIELDS = ("request_id", "method", "route", "status", "milliseconds", "bytes", "language")
_LOG = logging.getLogger("city.request")


class AccessLog:
    """The outermost layer of the application: every response passes it, static files too."""

    def __init__(self, application: WSGIApplication, trusts_proxy: bool, encrypted: bool) -> None:
        """Log the requests to ``application``.

        ``trusts_proxy`` says whether a request may bring its id along. ``encrypted`` says that
        readers reach the site by TLS; then browsers are told to go on so.
        """
        self._application = application
        self._trusts_proxy = trusts_proxy
        self._encrypted = encrypted
        self._warned = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        began = perf_counter()
        request_id = environ.get("HTTP_X_REQUEST_ID", "")
        if not self._trusts_proxy or not _WELL_FORMED.fullmatch(request_id):
            request_id = secrets.token_hex(8)
        environ[_ID] = request_id
        if not self._trusts_proxy and not _FORWARDED.isdisjoint(environ):
            self._note_proxy()
        status, size = "500", 0

        def start(
            status_line: str, headers: list[tuple[str, str]], exc_info: Any = None, /
        ) -> Callable[[bytes], object]:
            nonlocal status, size
            status = status_line[:3]
            lengths = (value for name, value in headers if name.lower() == "content-length")
            size = int(next(lengths, 0))
            sent = [*headers, (REQUEST_ID, request_id)]
            # A trusted proxy has told the scheme by now.
            if self._encrypted or environ.get("wsgi.url_scheme") == "https":
                sent.append(_TRANSPORT_SECURITY)
            return start_response(status_line, sent, exc_info)

        clear_contextvars()
        bind_contextvars(request_id=request_id)
        try:
            with BUSY.track_inprogress():
                return self._application(environ, start)
        finally:
            _write(environ, status, size, perf_counter() - began)
            clear_contextvars()

    def _note_proxy(self) -> None:
        """Count a request of a proxy that nobody declared; the first one is warned of."""
        PROXIES_IGNORED.inc()
        if not self._warned:
            self._warned = True
            _LOG.warning(
                "a proxy that TRUSTED_PROXIES does not count forwards requests: all its readers "
                "count as one client for every limit"
            )


def _write(environ: WSGIEnvironment, status: str, size: int, seconds: float) -> None:
    # What Flask does not see are files, and only those that exist.
    outside = "static" if environ.get("PATH_INFO", "").startswith(_STATIC) else "file"
    route = environ.get(ROUTE) or outside
    method = environ.get("REQUEST_METHOD", "")
    method = method if method in _METHODS else "other"
    sent = 0 if method == "HEAD" or status == "304" else size
    REQUESTS.labels(route, method, status).inc()
    SECONDS.labels(route).observe(seconds)
    BYTES.labels(route).inc(sent)
    if _LOG.isEnabledFor(logging.INFO):
        line = {
            "request_id": environ[_ID],
            "method": method,
            "route": route,
            "status": int(status),
            "milliseconds": round(seconds * 1000, 1),
            "bytes": sent,
            "language": environ.get(LANGUAGE, "-"),
        }
        _LOG.info("request", extra=line)


def note_routes(server: Flask) -> None:
    """Let each request carry the pattern of its URL and its language to the access log."""

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
    """Return a rule of Flask's as the contract of URLs writes it: ``/{language}/kpi/{slug}/``."""
    return _CONVERTED.sub(r"{\1}", rule)


def request_id() -> str:
    """Return the id of the request that is being answered; empty outside of one."""
    return str(request.environ.get(_ID, "")) if has_request_context() else ""
