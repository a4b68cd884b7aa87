"""/healthz, /readyz, /metrics and /.well-known/security.txt."""

import hmac
import logging
import math
import re
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoAnswer
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Lock

from flask import Flask, Response, abort, request

from pages.documents import Documents, respond
from pages.operation import metrics
from pages.operation.access_log import note_routes
from pages.quiz.service import current_quiz_service
from pages.settings import Settings
from pages.site import Site
from quiz.faults import StoreFault

# A store that hangs must not hang whoever asks after it.
_MAX_WAIT_SECONDS = 1.5
_LOG = logging.getLogger(__name__)
_PLAIN = "text/plain; charset=utf-8"
_NO_STORE = {"Cache-Control": "no-store"}
_FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Real-Ip")
# Somebody started this process and vouches for the contact, for so long and no longer: a site
# that nobody looks after must not promise anew each day that somebody reads its mail.
VOUCHED = timedelta(days=180)
_SECURITY = "/.well-known/security.txt"
_LINK = re.compile(r"\((mailto:[^\s)]+|https://[^\s)]+)\)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class StoreProbe:
    """Asks the store in a thread of its own, one question at a time."""

    def __init__(self, wait: float = _MAX_WAIT_SECONDS) -> None:
        self._wait = wait
        self._lock = Lock()
        self._thread: ThreadPoolExecutor | None = None
        self._check: Future[None] | None = None

    def fault(self) -> str:
        """Return why the store cannot be used; empty where it can."""
        service = current_quiz_service()
        with self._lock:
            # The thread begins with the first question, hence after every fork.
            self._thread = self._thread or ThreadPoolExecutor(1, "readiness")
            if self._check is None or self._check.done():
                self._check = self._thread.submit(service.check)
            check = self._check
        try:
            check.result(self._wait)
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
    _add_security_text(server, settings, site, documents, started)
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
    probe = StoreProbe()

    def store_fault() -> str:
        fault = probe.fault()
        metrics.READY.set(0 if fault else 1)
        return fault

    @server.route("/healthz", endpoint="file./healthz")
    def health() -> Response:
        return _plain("ok")

    @server.route("/readyz", endpoint="file./readyz")
    def readiness() -> Response:
        if fault := store_fault():
            return _plain(fault, 503)
        return _plain(f"ok, edition {site.edition.version}")

    @server.route("/metrics", endpoint="file./metrics")
    def exposition() -> Response:
        if not _may_read_metrics(settings.metrics_token):
            return _plain("The figures are for those who run this site.", 403)
        metrics.NEWEST_COPY.set(backup_time(settings))
        store_fault()  # Whoever watches by the metrics alone learns it, too.
        return Response(metrics.exposition(), 200, _NO_STORE, content_type=metrics.CONTENT_TYPE)


def _may_read_metrics(token: str) -> bool:
    """Allow whoever has the token; where none is set, programs here that no proxy brings."""
    if token:
        authorization = request.headers.get("Authorization", "")
        return hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _plain(words: str, status: int = 200) -> Response:
    return Response(words + "\n", status, _NO_STORE, content_type=_PLAIN)


def _add_security_text(
    server: Flask, settings: Settings, site: Site, documents: Documents, started: datetime
) -> None:
    """Add security.txt (RFC 9116), which is missing where there is no contact."""
    contact = contact_of(settings, site)
    if not settings.contact:
        _LOG.warning("CONTACT is not set: no page says where to write to")
    content = security_text(contact, settings.base_url, started)

    @server.route(_SECURITY, endpoint="file.security")
    def security() -> Response:
        if not contact:
            abort(404)
        return respond(documents.at("security", lambda: content, _PLAIN, state=started.isoformat))


def contact_of(settings: Settings, site: Site) -> str:
    """Return SECURITY_CONTACT, else that of the city's texts, else one that CONTACT names."""
    if settings.security_contact:
        return settings.security_contact
    contact = site.profile.find("security_contact")
    if isinstance(contact, str):
        return contact
    if link := _LINK.search(settings.contact):
        return link[1]
    mail = _MAIL.search(settings.contact)
    return f"mailto:{mail[0]}" if mail else ""


def security_text(contact: str, base_url: str, started: datetime) -> str:
    """Return the file for a contact and the moment at which the site was started."""
    expires = (started.astimezone(UTC) + VOUCHED).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: ru, en"]
    if base_url.startswith("https://"):
        lines.append(f"Canonical: {base_url}{_SECURITY}")
    return "\n".join(lines) + "\n"
