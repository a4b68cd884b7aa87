"""gunicorn's options: the same for the command, the Procfile and ``python app.py``."""

from typing import Any

from gunicorn import glogging
from gunicorn.http import wsgi

from pages.operation import metrics
from pages.operation.start_faults import exit_on_fault, refuse_taken_address
from pages.settings import Settings

# What the header Server says: gunicorn has no option for it, and its version is nobody's business.
wsgi.SERVER = "city-indicators"

_KEPT_ALIVE_SECONDS = 75  # Longer than proxies keep theirs, so that they hang up first.
_STOP_SECONDS = 25  # Hosts kill 30 seconds after they asked to stop.
_HUNG_SECONDS = 30
_LONGEST_LINE = 8190
_MOST_FIELDS = 64
_LONGEST_FIELD = 8190


class Logger(glogging.Logger):  # type: ignore[misc]  # gunicorn has no types.
    """Logger of gunicorn whose lines go the way of all others; ``access_log`` logs requests."""

    def setup(self, cfg: Any) -> None:
        """Hand lines on instead of writing them."""
        self.cfg = cfg
        self.error_log.propagate = True


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
        "on_starting": lambda _arbiter: refuse_address(settings),
        "post_fork": count_worker,
        "child_exit": forget_worker,
    }


def _bind(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def refuse_address(settings: Settings) -> None:
    """End the process before gunicorn tries, and tries again, to listen where it cannot."""
    with exit_on_fault():
        refuse_taken_address(settings)


def count_worker(_arbiter: Any, _worker: Any) -> None:
    """Called by gunicorn in each new process."""
    metrics.WORKERS.set(1)


def forget_worker(_arbiter: Any, worker: Any) -> None:
    """Called by gunicorn when a process has ended, however it did."""
    metrics.forget_process(worker.pid)
