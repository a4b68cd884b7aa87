"""How the site says what it does: one JSON object a line, or words for people at a terminal."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from pages.settings import Settings

# The logger that tells of each answer, and what it tells.
ANSWERS = "city.request"
ANSWER_FIELDS = ("method", "route", "status", "milliseconds", "bytes", "language", "request_id")
# The id of a run is all that is needed to see its answers; signed tokens hold it too.
_RUN = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])")
_TOKEN = re.compile(r"(?<![\w.-])[\w-]{8,}(?:\.[\w-]{4,}){1,2}\.[\w-]{20,}(?![\w-])")
_QUERY = re.compile(r"(?<=[\w/])\?[^\s'\"]*")
_HIDDEN = "…"


def configure_logs(settings: Settings) -> None:
    """Send every log line of this process to standard output in one form.

    ``LOG_FORMAT=auto`` means words where a terminal listens, JSON everywhere else.
    """
    words = settings.log_format == "text" or (settings.log_format == "auto" and sys.stdout.isatty())
    known: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]
    shaped: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        # First of all, since what is hidden must be text; people see the text of it as well.
        structlog.processors.format_exc_info,
        hide_readers,
        structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), timestamp_key="time")
        if words
        else structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    handler = logging.StreamHandler(sys.stdout)
    lines = structlog.stdlib.ProcessorFormatter if words else _Lines
    handler.setFormatter(lines(processors=shaped, foreign_pre_chain=known))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    logging.captureWarnings(True)


class _Lines(structlog.stdlib.ProcessorFormatter):
    """The same form for answers made directly: there is one a request, and nothing to hide."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of the log."""
        if record.name != ANSWERS:
            return super().format(record)
        told = {name: record.__dict__[name] for name in ANSWER_FIELDS}
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds")
        told |= {"level": "info", "time": time.replace("+00:00", "Z")}
        return json.dumps({"event": record.msg, **told})


def hide_readers(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Take out of every text what would lead to one reader's run: its id, tokens, queries."""
    return {name: _hide(value) for name, value in line.items()}


def _hide(value: Any) -> Any:
    if isinstance(value, dict):
        return {_hide(name): _hide(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_hide(one) for one in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    # Whatever else there is would be written as these words.
    words = value if isinstance(value, str) else repr(value)
    return _QUERY.sub("", _RUN.sub(_HIDDEN, _TOKEN.sub(_HIDDEN, words)))
