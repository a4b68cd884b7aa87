"""gunicorn's options: the same for the command, the Procfile and ``python app.py``."""

from __future__ import annotations

import logging
from typing import Any

from gunicorn.http import wsgi

from pages.operation import metrics
from pages.settings import Settings

# What the header Server says: gunicorn has no option for it, and its version is nobody's business.
wsgi.SERVER = "city-indicators"

_KEPT_ALIVE_SECONDS = 75  # Longer than proxies keep theirs, so that they hang up first.
_STOP_SECONDS = 25  # Hosts kill 30 seconds after they asked to stop.
_HUNG_SECONDS = 30
_LONGEST_LINE = 8190
_MOST_FIELDS = 64
_LONGEST_FIELD = 8190


class Logger:
    """What gunicorn has to say goes the way of all log lines; the access log knows the requests."""

    def __init__(self, cfg: Any) -> None:
        self.cfg = cfg
        log = logging.getLogger("gunicorn")
        self.error_log = self.access_log = log
        self.critical, self.error, self.warning = log.critical, log.error, log.warning
        self.info, self.debug, self.exception = log.info, log.debug, log.exception
        self.log = log.log

    def setup(self, cfg: Any) -> None:
        """Called by gunicorn when its options are read again."""
        self.cfg = cfg

    def access(self, *_told: Any) -> None:
        """Called by gunicorn after each request."""

    def reopen_files(self) -> None:
        """Called by gunicorn; there are no files."""

    def close_on_exec(self) -> None:
        """Called by gunicorn; there are no files."""


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    """Every option that is not gunicorn's own default, by its name."""
    return {
        "bind": _bind(settings),
        "workers": settings.processes,
        "threads": settings.threads,
        "worker_class": "gthread",
        # The site is loaded and warmed once; then come the listening and the processes.
        "preload_app": True,
        "timeout": _HUNG_SECONDS,
        "graceful_timeout": _STOP_SECONDS,
        "keepalive": _KEPT_ALIVE_SECONDS,
        "limit_request_line": _LONGEST_LINE,
        "limit_request_fields": _MOST_FIELDS,
        "limit_request_field_size": _LONGEST_FIELD,
        # Proxies are believed by the application, as TRUSTED_PROXIES says, and nowhere else.
        "forwarded_allow_ips": "",
        "proxy_allow_ips": "",
        "control_socket_disable": True,
        "logger_class": Logger,
        "accesslog": None,
        "post_fork": count_worker,
        "child_exit": forget_worker,
    }


def _bind(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def count_worker(_arbiter: Any, _worker: Any) -> None:
    """Called by gunicorn in each new process."""
    metrics.WORKERS.set(1)


def forget_worker(_arbiter: Any, worker: Any) -> None:
    """Called by gunicorn when a process has ended, however it did."""
    metrics.forget_process(worker.pid)
