"""Log lines: one JSON object each, or words for people at a terminal."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from pages.operation.access_log import FIELDS
from pages.settings import Settings

# The id of a run is all that is needed to see its answers; signed tokens hold it too.
_RUN = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])")
_TOKEN = re.compile(r"(?<![\w.-])[\w-]{8,}(?:\.[\w-]{4,}){1,2}\.[\w-]{20,}(?![\w-])")
_QUERY = re.compile(r"(?<=[\w/])\?[^\s'\"]*")
# gunicorn names whoever sends what it cannot parse.
_CLIENT = re.compile(r"(?<= from ip=)[^\s]+(?=: )")
_HIDDEN = "…"
# Any run or token is longer than most texts; a query and a client have one of these signs.
_SHORTEST, _MARKS = 22, frozenset("?=")


class _JSONFormatter(structlog.stdlib.ProcessorFormatter):
    """Writes lines as JSON: those of requests at once, the others by the processors.

    There is one of each request, and nothing in it that would have to be hidden.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        if record.msg != "request":
            return super().format(record)
        line = {name: getattr(record, name) for name in FIELDS}
        time = datetime.fromtimestamp(record.created, UTC).isoformat()
        about = {"event": "request", "level": "info", "time": time}
        return json.dumps(line | about, ensure_ascii=False)


def configure_logs(settings: Settings) -> None:
    """Send every log line of this process to standard output in one form.

    ``LOG_FORMAT=auto`` means words where a terminal listens, JSON everywhere else.
    """
    words = settings.log_format == "text" or (settings.log_format == "auto" and sys.stdout.isatty())
    shared: list[Processor] = [
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
    formatter = structlog.stdlib.ProcessorFormatter if words else _JSONFormatter
    handler.setFormatter(formatter(processors=shaped, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    logging.captureWarnings(True)


def hide_readers(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Take out of every text what would lead to one reader's run: its id, tokens, queries."""
    return {name: _hide(value) for name, value in line.items()}


def _hide(value: Any) -> Any:
    if isinstance(value, dict):
        return {_hide(name): _hide(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_hide(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    # Whatever else there is would be written as these words.
    words = value if isinstance(value, str) else repr(value)
    if len(words) < _SHORTEST and _MARKS.isdisjoint(words):
        return words
    for secret in (_TOKEN, _RUN, _CLIENT):
        words = secret.sub(_HIDDEN, words)
    return _QUERY.sub("", words)
