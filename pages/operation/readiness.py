"""Tells the machines around the site whether it lives, whether it can serve, and its figures."""

from __future__ import annotations

import hmac
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoAnswer
from ipaddress import ip_address
from threading import Lock

from flask import Flask, Response, request

from pages.operation import metrics
from pages.operation.copies import newest_copy
from pages.quiz.service import current_quiz_service
from pages.settings import Settings
from pages.site import Site
from quiz.faults import StoreFault

# A store that hangs must not hang whoever asks after it.
LONGEST_WAIT = 1.5
_PLAIN = "text/plain; charset=utf-8"
_NOT_KEPT = {"Cache-Control": "no-store"}
_FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Real-Ip")


class StoreProbe:
    """Asks the store in a thread of its own, one question at a time."""

    def __init__(self, wait: float = LONGEST_WAIT) -> None:
        self._wait = wait
        self._lock = Lock()
        self._thread: ThreadPoolExecutor | None = None
        self._asked: Future[None] | None = None

    def fault(self) -> str:
        """Why the store cannot be used; empty where it can."""
        service = current_quiz_service()
        with self._lock:
            # The thread begins with the first question, hence after every fork.
            self._thread = self._thread or ThreadPoolExecutor(1, "readiness")
            if self._asked is None or self._asked.done():
                self._asked = self._thread.submit(service.check)
            asked = self._asked
        try:
            asked.result(self._wait)
        except NoAnswer:
            return f"answer store: no answer within {self._wait} s"
        except StoreFault as fault:
            return f"answer store: {type(fault).__name__}"
        return ""


def add_readiness(server: Flask, settings: Settings, site: Site) -> None:
    """Add ``/healthz``, ``/readyz`` and ``/metrics``."""
    probe = StoreProbe()

    def ask() -> str:
        fault = probe.fault()
        metrics.READY.set(0 if fault else 1)
        return fault

    def ready() -> Response:
        if fault := ask():
            return _state(fault, 503)
        return _state(f"ok, edition {site.edition.version}")

    def figures() -> Response:
        if not _may_read_figures(settings.metrics_token):
            return _state("The figures are for those who run this site.", 403)
        metrics.NEWEST_COPY.set(newest_copy(settings))
        ask()  # Whoever watches by the figures alone learns it, too.
        return Response(metrics.exposition(), 200, _NOT_KEPT, content_type=metrics.CONTENT_TYPE)

    server.add_url_rule("/healthz", "file./healthz", lambda: _state("ok"))
    server.add_url_rule("/readyz", "file./readyz", ready)
    server.add_url_rule("/metrics", "file./metrics", figures)


def _may_read_figures(token: str) -> bool:
    """Whoever has the token; where none is set, programs on this machine that no proxy brings."""
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _state(words: str, status: int = 200) -> Response:
    return Response(words + "\n", status, _NOT_KEPT, content_type=_PLAIN)
