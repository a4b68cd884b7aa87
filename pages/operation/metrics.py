"""The figures that the site keeps about itself, shared by its processes, for Prometheus.

Each process writes into files of its own in one folder, and whoever is asked adds them up.
The folder is in memory where the system has such a place, so that a full disk stops no figure.
It is made when this module is first imported, by the process that the others are forked from,
and is gone when that process ends.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_PREFIX = "city-metrics-"
_MEMORY = Path("/dev/shm")  # noqa: S108  # A folder with a random name is made there.


def _parent() -> Path:
    memory = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK | os.X_OK)
    return _MEMORY if memory else Path(tempfile.gettempdir())


def _remove_orphans(parent: Path) -> None:
    """Remove the folders of processes that were killed before they could."""
    for folder in parent.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            if owner.isdigit() and folder.stat().st_uid == os.getuid() and not _lives(int(owner)):
                shutil.rmtree(folder)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove_own(folder: Path, maker: int) -> None:
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare_folder() -> Path:
    """An empty folder: the one that the environment names, or a new one."""
    given = Path(os.environ.get(_VARIABLE, ""))
    # A folder of our own making here is that of a process that started this one: not ours.
    if given.name and not given.name.startswith(_PREFIX):
        folder = given
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.db"):
            left.unlink()
        return folder
    parent = _parent()
    _remove_orphans(parent)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))
    os.environ[_VARIABLE] = str(folder)
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
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402  # The same.

from pages.operation.ended_processes import EndedProcesses, files_stay  # noqa: E402  # The same.

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter(
    "city_requests", "Requests by address pattern, method and status", ["route", "method", "status"]
)
SECONDS = Histogram(
    "city_request_seconds",
    "Seconds from a request being there, waiting for a thread, to its answer being ready",
    ["route"],
    buckets=_SECONDS,
)
BYTES = Counter("city_response_bytes", "Bytes of answers, without their headers", ["route"])
UNREADABLE = Counter(
    "city_unreadable_requests", "Requests refused before the site saw them", ["reason"]
)
DOCUMENTS = Counter(
    "city_documents",
    "Documents taken from memory (near), from Redis (far), or built",
    ["room", "found"],
)
STARTS = Counter("city_quiz_starts", "What became of starts of the quiz", ["outcome"])
ANSWERS = Counter("city_quiz_answers", "What became of answers to the quiz", ["outcome"])
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
QUEUED = Gauge(
    "city_requests_waiting",
    "Requests that are there and wait for a thread",
    multiprocess_mode="livesum",
)
BUSY = Gauge("city_threads_busy", "Threads that answer a request", multiprocess_mode="livesum")
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

DOORS = ("starts", "answers", "callbacks", "oembed", "renders", "variants")
START_OUTCOMES = ("started", "expired_token", "bad_token", "rate_limited", "not_stored")
ANSWER_OUTCOMES = (
    "stored",
    "repeated",
    "changed",
    "out_of_order",
    "foreign_option",
    "unknown_question",
    "no_option",
    "bad_stamp",
    "rate_limited",
    "not_stored",
)


def begin_counting() -> None:
    """Let every figure with known labels begin at 0, so that its first rise is seen as one."""
    for door in DOORS:
        LIMITED.labels(door)
    for outcome in START_OUTCOMES:
        STARTS.labels(outcome)
    for outcome in ANSWER_OUTCOMES:
        ANSWERS.labels(outcome)
    for found in ("near", "far", "built"):
        DOCUMENTS.labels("pages", found)
    UNREADABLE.labels("400")


def exposition() -> bytes:
    """All figures of all processes in Prometheus' text form."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(FOLDER))
    with files_stay(FOLDER):
        return generate_latest(registry)


_ENDED = EndedProcesses(FOLDER)


def forget_worker(process: int) -> None:
    """Drop what only a living process may say; its counts stay."""
    _ENDED.add(process)
