"""Published files over HTTP, before Flask: encodings, conditions, ranges, and whole downloads."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.datastructures import Accept, Range
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import (
    is_resource_modified,
    parse_accept_header,
    parse_date,
    parse_range_header,
)
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from data.manifests import Manifest, PublishedFile
from data.models import Edition
from pages.api.problems import DESCRIPTION, PROBLEM_TYPE, TITLES, Problem
from pages.files.headers import SHARED, headers_of, modified_at

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    Headers = list[tuple[str, str]]

_ENCODINGS = {"br": ".br", "gzip": ".gz"}  # The smaller one first.
_MAX_ACCEPT_CHARACTERS = 200  # No client says more; what is cached of it must stay small.
# A server waits for a slow client block by block, so none may be too large for a slow line.
_BLOCK_BYTES = 256 << 10
# What is smaller costs less than a redirect inside the proxy.
_LARGE_BYTES = 512 << 10
_METHODS = "GET, HEAD, OPTIONS"
_PREFLIGHT = {
    **SHARED,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": _METHODS,
}
_NOT_ALLOWED = Problem(
    type=f"{DESCRIPTION}#/components/responses/method-not-allowed",
    title=TITLES["method-not-allowed"],
    status=405,
    detail=f"A file answers {_METHODS}.",
    errors=(),
).model_dump_json()
_CONTENT_HEADERS = ("Content-Type", "Content-Length", "Content-Encoding")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Variant:
    """A file in one encoding, with an entity tag and headers of its own."""

    path: Path
    size: int
    etag: str
    headers: Headers

    def empty(self, status: int) -> Response:
        """Return a response that leaves the content out."""
        headers = [header for header in self.headers if header[0] not in _CONTENT_HEADERS]
        return Response(status=status, headers=headers)


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A published file and its variants by the name of their encoding; "" is the plain one."""

    file: PublishedFile
    modified: datetime
    variants: Mapping[str, Variant]

    def best(self, accept_encoding: str) -> Variant:
        """Return the smallest variant that a client takes."""
        accepted = _accepted(accept_encoding[: _MAX_ACCEPT_CHARACTERS + 1])
        return next(self.variants[name] for name in (*accepted, "") if name in self.variants)


class FileServer:
    """WSGI middleware that answers the URLs of files and leaves others to the application.

    ``downloaded(file, user_agent)`` is called when a response was sent to its last byte: the whole
    file, or a range that is all of it. Parts are not counted, since a client that asks for the
    first byte again and again has not downloaded anything. Where ``accel`` names a location of
    nginx, large files are handed to it, and counted at that moment.
    """

    def __init__(
        self,
        application: WSGIApplication,
        files: Mapping[str, ServedFile],
        downloaded: Callable[[PublishedFile, str], None],
        accel: str = "",
        folder: Path = Path("/"),
    ) -> None:
        """Serve ``files`` by their URL; what stands behind ``accel`` is a path in ``folder``."""
        self._application = application
        self._files = files
        self._downloaded = downloaded
        self._accel = accel
        self._folder = folder

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        served = self._files.get(environ.get("PATH_INFO", ""))
        if served is None:
            return self._application(environ, start_response)
        return self._respond(served, environ)(environ, start_response)

    def _respond(self, served: ServedFile, environ: WSGIEnvironment) -> Response:
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            return Response(status=204, headers=_PREFLIGHT)
        if method not in ("GET", "HEAD"):
            headers = {**SHARED, "Allow": _METHODS, "Cache-Control": "no-store"}
            return Response(_NOT_ALLOWED, 405, headers, content_type=PROBLEM_TYPE)
        # Bytes are counted in the plain file, whatever else the client takes.
        plain = served.variants[""]
        ranged = _keep_range(environ, plain.size)
        variant = plain if ranged else served.best(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if status := _failed_condition(served, variant, environ):
            return variant.empty(status)
        if method == "HEAD":
            return Response(headers=variant.headers)
        try:
            return self._send(served.file, variant, environ, ranged)
        except OSError:
            # A later build took its place while this process lives on.
            _LOG.exception("%s cannot be read", served.file.path)
            return Response(status=503, headers={**SHARED, "Retry-After": "60"})

    def _send(
        self, file: PublishedFile, variant: Variant, environ: WSGIEnvironment, ranged: bool
    ) -> Response:
        def count() -> None:
            try:
                self._downloaded(file, environ.get("HTTP_USER_AGENT", ""))
            except Exception:  # noqa: BLE001  # A download is never worse for not being counted.
                _LOG.exception("a download of %s was not counted", file.path)

        if self._accel and not ranged and variant.size >= _LARGE_BYTES:
            count()
            response = Response(headers=variant.headers)
            path = variant.path.relative_to(self._folder).as_posix()
            response.headers["X-Accel-Redirect"] = self._accel + quote(path)
            response.content_length = 0
            return response
        stream = variant.path.open("rb")
        response = Response(FileWrapper(stream, _BLOCK_BYTES), headers=variant.headers)
        response.call_on_close(stream.close)
        if ranged:
            try:
                response.make_conditional(environ, accept_ranges=True, complete_length=variant.size)
            except RequestedRangeNotSatisfiable:
                response.close()
                response = variant.empty(416)
                response.headers["Content-Range"] = f"bytes */{variant.size}"
        if response.content_length == variant.size:
            response.response = _counted(response.iter_encoded(), count)
        return response


def served_files(
    manifest: Manifest, editions: Sequence[Edition], city: str
) -> dict[str, ServedFile]:
    """Return every published file by its path."""
    by_version = {edition.version: edition for edition in editions}
    return {
        f"/{file.path}": _served(file, by_version[file.edition], manifest, city)
        for file in manifest.files.values()
        if file.edition in by_version
    }


def _served(file: PublishedFile, edition: Edition, manifest: Manifest, city: str) -> ServedFile:
    packed = {
        encoding: ending
        for encoding, ending in _ENCODINGS.items()
        if file.path + ending in manifest.packed
    }
    modified = modified_at(file, edition, manifest)
    common = list(headers_of(file, city, modified, bool(packed)))

    def variant(encoding: str, ending: str) -> Variant:
        path = manifest.place(file.path + ending)
        size = path.stat().st_size
        # Each variant needs a tag of its own, since a strong tag promises the same bytes.
        etag = f'"{file.sha256[:32]}{encoding and f"-{encoding}"}"'
        headers = [*common, ("ETag", etag), ("Content-Length", str(size))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return Variant(path, size, etag, headers)

    variants = {name: variant(name, ending) for name, ending in {**packed, "": ""}.items()}
    return ServedFile(file, modified, variants)


@lru_cache(256)
def _accepted(accept_encoding: str) -> tuple[str, ...]:
    """Return the encodings that a client takes, the smaller one first."""
    if len(accept_encoding) > _MAX_ACCEPT_CHARACTERS:
        return ()
    accepts = parse_accept_header(accept_encoding, Accept)
    return tuple(encoding for encoding in _ENCODINGS if accepts.quality(encoding) > 0)


def _keep_range(environ: WSGIEnvironment, size: int) -> bool:
    """Return whether a request asks for one range, and remove any other: it gets the whole.

    A weak tag cannot tell that two parts belong together. A suffix longer than the file is the
    file.
    """
    requested = parse_range_header(environ.pop("HTTP_RANGE", None))
    if (
        requested is None
        or requested.units != "bytes"
        or len(requested.ranges) > 1
        or environ["REQUEST_METHOD"] != "GET"
        or environ.get("HTTP_IF_RANGE", "").startswith("W/")
    ):
        return False
    start, stop = requested.ranges[0]
    environ["HTTP_RANGE"] = Range("bytes", [(max(start, -size), stop)]).to_header()
    return True


def _failed_condition(served: ServedFile, variant: Variant, environ: WSGIEnvironment) -> int:
    """Return 304 or 412 where a condition says that the content is not to be sent, else 0."""
    if "HTTP_IF_MATCH" not in environ:
        since = parse_date(environ.get("HTTP_IF_UNMODIFIED_SINCE"))
        if since is not None and served.modified > since:
            return 412
    if is_resource_modified(environ, variant.etag, last_modified=served.modified):
        return 0
    return 412 if "HTTP_IF_MATCH" in environ else 304


def _counted(blocks: Iterable[bytes], count: Callable[[], None]) -> Iterator[bytes]:
    """Yield blocks; that the server asks for more says that it sent the last one."""
    yield from blocks
    count()
