"""Health checks and metrics: whether the site lives, whether it can serve, what it counts."""

from __future__ import annotations

import hmac
import math
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoAnswer
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from threading import Lock

from flask import Flask, Response, request

from pages.documents import Documents
from pages.operation import metrics
from pages.operation.access_log import note_routes
from pages.operation.security_text import add_security_text
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


def add_operation(server: Flask, settings: Settings, site: Site, documents: Documents) -> None:
    """Add health checks, metrics and security.txt."""
    started = datetime.now(UTC)
    note_routes(server)
    _add_health(server, settings, site)
    add_security_text(server, settings, site, documents, started)
    metrics.begin_counting()
    metrics.EDITION.labels(site.edition.version, site.edition.digest[:16]).set(1)
    metrics.WORKERS_WANTED.set(settings.processes)
    metrics.THREADS.set(settings.processes * settings.threads)
    metrics.STARTED.set(started.timestamp())


def backup_time(settings: Settings) -> float:
    """Return the Unix time of the newest backup: 0 where there is none, NaN without SQLite."""
    if not settings.answer_store.startswith("sqlite"):
        return math.nan
    newest = 0.0
    for file in (settings.folder / "backup").glob("*.db"):
        with suppress(OSError):  # It may just be removed.
            newest = max(newest, file.stat().st_mtime)
    return newest


def _add_health(server: Flask, settings: Settings, site: Site) -> None:
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
        metrics.NEWEST_COPY.set(backup_time(settings))
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
