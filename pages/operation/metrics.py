"""Metrics of all processes for Prometheus, by prometheus_client's multi-process mode.

The processes write into one folder, ``PROMETHEUS_MULTIPROC_DIR``: empty at the start, in memory, so
that a full disk stops no metric. Without one a folder is made by the process that others are
forked from, and removed when it ends.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_PREFIX = "city-metrics-"
_MEMORY = Path("/dev/shm")  # noqa: S108  # A folder with a random name is made there.


def _remove_own(folder: str, maker: int) -> None:
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare_folder() -> str:
    """Return the folder that the environment names, or a new one."""
    named = os.environ.get(_VARIABLE, "")
    # One of our own making is that of the process that started this one.
    if named and not Path(named).name.startswith(_PREFIX):
        Path(named).mkdir(parents=True, exist_ok=True)
        return named
    parent = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else None
    folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent)
    os.environ[_VARIABLE] = folder
    atexit.register(_remove_own, folder, os.getpid())
    return folder


# The library decides by this variable, when it is imported, how values are kept.
FOLDER = _prepare_folder()

from prometheus_client import (  # noqa: E402  # See above.
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import (  # noqa: E402  # The same.
    MultiProcessCollector,
    mark_process_dead,
)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter(
    "city_requests", "Requests by address pattern, method and status", ["route", "method", "status"]
)
SECONDS = Histogram(
    "city_request_seconds",
    "Seconds from a thread having a request to its response being ready",
    ["route"],
    buckets=_SECONDS,
)
BYTES = Counter("city_response_bytes", "Bytes of answers, without their headers", ["route"])
CACHE = Counter("city_cache_lookups", "Responses taken from the cache, or built", ["result"])
STARTS = Counter("city_quiz_starts", "What became of starts of the quiz", ["outcome"])
ANSWERS = Counter("city_quiz_answers", "What became of answers to the quiz", ["outcome"])
PROXIES_IGNORED = Counter(
    "city_undeclared_proxy_requests", "Requests of a proxy that TRUSTED_PROXIES does not count"
)
LIMITED = Counter("city_limited_requests", "Requests refused for their frequency", ["door"])
REDIS_FAULTS = Counter("city_redis_faults", "Times that Redis did not answer")
READY = Gauge(
    "city_ready",
    "Whether the site can serve, as /readyz says, asked with each reading of these figures",
    multiprocess_mode="mostrecent",
)
WAITING = Gauge(
    "city_downloads_waiting",
    "Downloads counted in memory, not yet stored",
    multiprocess_mode="livesum",
)
BUSY = Gauge("city_threads_busy", "Threads that answer a request", multiprocess_mode="livesum")
THREADS = Gauge("city_threads", "Threads of all processes", multiprocess_mode="max")
NEWEST_COPY = Gauge(
    "city_newest_copy_seconds",
    "When the newest copy of the answers was made, as Unix time; 0: never, NaN: not here",
    multiprocess_mode="mostrecent",
)
WORKERS = Gauge("city_workers", "Processes that serve", multiprocess_mode="livesum")
WORKERS_WANTED = Gauge(
    "city_workers_wanted", "Processes that should serve", multiprocess_mode="max"
)
EDITION = Gauge(
    "city_edition_info",
    "The edition in force; always 1",
    ["version", "digest"],
    multiprocess_mode="max",
)
STARTED = Gauge(
    "city_started_seconds", "When the site started, as Unix time", multiprocess_mode="max"
)

_LABELS = {
    CACHE: ("hit", "miss"),
    LIMITED: ("starts", "answers", "run_answers", "callbacks", "oembed", "renders", "variants"),
    STARTS: ("started", "expired_token", "bad_token", "rate_limited", "not_stored"),
    ANSWERS: (
        "stored", "repeated", "changed", "out_of_order", "foreign_option", "unknown_question",
        "no_option", "bad_stamp", "rate_limited", "not_stored",
    ),
}  # fmt: skip


def begin_counting() -> None:
    """Let every counter with known labels begin at 0, so that its first rise is seen as one."""
    for counter, labels in _LABELS.items():
        for label in labels:
            counter.labels(label)


def exposition() -> bytes:
    """Return all metrics of all processes in Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=FOLDER)
    return generate_latest(registry)


def forget_process(process: int) -> None:
    """Drop what only a living process may say; its counts stay."""
    mark_process_dead(process, FOLDER)
