"""Answers published files before any other code runs, and tells which were taken whole."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from werkzeug.http import (
    is_resource_modified,
    parse_date,
    parse_if_range_header,
    parse_range_header,
)

from data.manifests import PublishedFile
from pages.api.problems import DESCRIPTION, PROBLEM_TYPE, Problem, title_of
from pages.files.forms import best_form
from pages.files.headers import SHARED
from pages.files.store import Form, ServedFile

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    Taken = Callable[[PublishedFile, str], None]

_METHODS = "GET, HEAD, OPTIONS"
_PREFLIGHT = [
    *SHARED.items(),
    ("Access-Control-Allow-Methods", _METHODS),
    ("Access-Control-Allow-Headers", "*"),
    ("Access-Control-Max-Age", "86400"),
    ("Allow", _METHODS),
]
_REFUSAL = (
    Problem(
        type=f"{DESCRIPTION}#/components/responses/method-not-allowed",
        title=title_of("method-not-allowed"),
        status=405,
        detail=f"A file answers {_METHODS}.",
        errors=(),
    )
    .model_dump_json()
    .encode()
)
_REFUSED = [
    *SHARED.items(),
    ("Allow", _METHODS),
    ("Cache-Control", "no-store"),
    ("Content-Type", PROBLEM_TYPE),
    ("Content-Length", str(len(_REFUSAL))),
]
_AWAY = [*SHARED.items(), ("Retry-After", "60"), ("Content-Length", "0")]
# What does not describe the content that a 304 leaves out.
_KEPT_WITHOUT_CONTENT = ("Content-Type", "Content-Length", "Content-Encoding")
_CONDITIONS = (
    "HTTP_RANGE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
)
_LOG = logging.getLogger(__name__)


class FileServer:
    """WSGI middleware that answers the addresses of files and leaves others to the application.

    ``taken(file, user_agent)`` is called when an answer of a reader's was sent to its last byte:
    the whole file, or a range that is all of it. Parts are not counted, since whoever asks for
    the first byte again and again has not downloaded anything.
    """

    def __init__(
        self, application: WSGIApplication, files: Mapping[str, ServedFile], taken: Taken
    ) -> None:
        """Serve ``files`` by their addresses."""
        self._application = application
        self.files = files
        self.taken = taken

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        served = self.files.get(environ.get("PATH_INFO", ""))
        if served is None:
            return self._application(environ, start_response)
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return _answer_other(method, start_response)
        if not any(name in environ for name in _CONDITIONS):
            form = _best(served, environ)
            return self._send(served, form, environ, start_response)
        return self._answer_conditions(served, environ, start_response)

    def _answer_conditions(
        self, served: ServedFile, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        # Bytes are counted in the plain file, whatever else the client would take.
        ranged = "HTTP_RANGE" in environ and environ["REQUEST_METHOD"] == "GET"
        form = served.plain if ranged else _best(served, environ)
        if _changed_since(served, environ):
            start_response("412 Precondition Failed", _without_content(form))
            return []
        if not is_resource_modified(environ, form.tag, last_modified=served.modified):
            failed = "HTTP_IF_MATCH" in environ
            status = "412 Precondition Failed" if failed else "304 Not Modified"
            start_response(status, _without_content(form))
            return []
        if ranged and _still_meant(served, form, environ):
            return self._answer_range(served, form, environ, start_response)
        return self._send(served, _best(served, environ), environ, start_response)

    def _answer_range(
        self,
        served: ServedFile,
        form: Form,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        asked = parse_range_header(environ["HTTP_RANGE"])
        if asked is None or asked.units != "bytes" or len(asked.ranges) > 1:
            # As the standard allows, what is not understood is answered with the whole.
            return self._send(served, _best(served, environ), environ, start_response)
        start, stop = asked.ranges[0]
        if start < 0:  # So many bytes from the end, or all where there are fewer.
            start = max(0, form.size + start)
        stop = form.size if stop is None else min(stop, form.size)
        if start >= stop:
            headers = [*_without_content(form), ("Content-Range", f"bytes */{form.size}")]
            start_response("416 Range Not Satisfiable", [*headers, ("Content-Length", "0")])
            return []
        return self._send(served, form, environ, start_response, (start, stop))

    def _send(
        self,
        served: ServedFile,
        form: Form,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        span: tuple[int, int] | None = None,
    ) -> Iterable[bytes]:
        status, headers = "200 OK", form.headers
        start, stop = span or (0, None)
        if span:
            status = "206 Partial Content"
            headers = [pair for pair in headers if pair[0] != "Content-Length"]
            headers.append(("Content-Range", f"bytes {span[0]}-{span[1] - 1}/{form.size}"))
            headers.append(("Content-Length", str(span[1] - span[0])))
        if environ["REQUEST_METHOD"] == "HEAD":
            start_response(status, headers)
            return []
        try:
            blocks = form.blocks(start, stop)
        except OSError:
            # A later build took its place while this process lives on.
            _LOG.exception("%s cannot be read", served.file.path)
            start_response("503 Service Unavailable", _AWAY)
            return []
        start_response(status, headers)
        if span and (start > 0 or stop != form.size):
            return blocks
        return _Counted(blocks, self.taken, served.file, environ.get("HTTP_USER_AGENT", ""))


class _Counted:
    """The blocks of an answer; that the next one is asked for says that the last one was sent."""

    __slots__ = ("_blocks", "_ended", "_file", "_taken", "_user_agent")

    def __init__(
        self, blocks: Iterator[bytes], taken: Taken, file: PublishedFile, user_agent: str
    ) -> None:
        self._blocks = blocks
        self._taken = taken
        self._file = file
        self._user_agent = user_agent
        self._ended = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = next(self._blocks, None)
        if block is not None:
            return block
        if not self._ended:
            self._ended = True
            self._count()
        raise StopIteration

    def _count(self) -> None:
        try:
            self._taken(self._file, self._user_agent)
        except Exception:  # noqa: BLE001  # See below.
            # A download is never worse for not being counted.
            _LOG.exception("a download of %s was not counted", self._file.path)

    def close(self) -> None:
        """Called by the server at the end, whether all was sent or not."""
        if close := getattr(self._blocks, "close", None):
            close()


def _best(served: ServedFile, environ: WSGIEnvironment) -> Form:
    return best_form(served, environ.get("HTTP_ACCEPT_ENCODING", ""))


def _changed_since(served: ServedFile, environ: WSGIEnvironment) -> bool:
    """Whether the content came after what the client knows; a tag, where it is given, says more."""
    known = parse_date(environ.get("HTTP_IF_UNMODIFIED_SINCE"))
    return "HTTP_IF_MATCH" not in environ and known is not None and served.modified > known


def _still_meant(served: ServedFile, form: Form, environ: WSGIEnvironment) -> bool:
    """Whether the range is of this content, where the client says of which it is."""
    given = environ.get("HTTP_IF_RANGE", "")
    condition = parse_if_range_header(given)
    if given.startswith("W/"):
        return False  # What is only alike cannot be joined.
    if condition.etag is not None:
        return condition.etag == form.tag
    return condition.date is None or condition.date == served.modified


def _without_content(form: Form) -> list[tuple[str, str]]:
    return [pair for pair in form.headers if pair[0] not in _KEPT_WITHOUT_CONTENT]


def _answer_other(method: str, start_response: StartResponse) -> Iterable[bytes]:
    if method == "OPTIONS":
        start_response("204 No Content", _PREFLIGHT)
        return []
    start_response("405 Method Not Allowed", _REFUSED)
    return [_REFUSAL]
