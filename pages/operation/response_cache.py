"""Cache of responses in front of Flask, on flask-caching: in memory, or in Redis.

A view marks its response with ``cacheable``; the next request for the same URL is answered without
Flask. The key is made of path, the parameters that the view reads, encoding,
media type, editions and build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus, unquote_to_bytes

from flask import Flask, request
from flask_caching import Cache
from flask_caching.backends.simplecache import SimpleCache
from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import is_resource_modified, parse_accept_header, remove_entity_headers

from pages.operation.access_log import LANGUAGE, ROUTE
from pages.operation.metrics import CACHE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Where a request carries the names of the parameters that its view reads.
PARAMETERS = "city.parameters"
# What a view may answer by Accept.
JSON, CSV = "application/json", "text/csv"
_CACHEABLE = "city.cacheable"
_ETAG = "HTTP_IF_NONE_MATCH"
_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")
MAX_RESPONSES = 1000  # Some 600 URLs without parameters, most of them in one encoding.
_MAX_BYTES = 128 << 10
_MAX_PATHS = 5000
_MAX_QUERY = 2000
# Anybody can make up queries; responses to them expire, and so give way, first.
CACHED_SECONDS, _SECONDS_WITH_QUERY = 3600, 600
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Path:
    """Cache policy of a path, from its view: the parameters it reads (None: any), and its state."""

    parameters: frozenset[str] | None
    state: Callable[[], str] | None


def cacheable(state: Callable[[], str] | None = None) -> str:
    """Let the response to the current request be cached as long as ``state()`` stays the same.

    Return the state now.
    """
    version = state() if state else ""
    request.environ[_CACHEABLE] = state, version
    return version


class ResponseCache:
    """WSGI middleware that answers from the cache and leaves all else to the application."""

    def __init__(self, server: Flask, redis_url: str, *versions: str) -> None:
        """Stand before ``server``; responses of other ``versions`` of data or build are foreign."""
        self._application: WSGIApplication = server.wsgi_app
        self._server = server
        self._versions = "\n".join(versions)
        self._paths: dict[str, _Path] = {}
        self.cache = Cache(server, config=_configuration(redis_url))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = self._paths.get(environ.get("PATH_INFO", ""))
        readable = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if not readable or not environ.keys().isdisjoint(_CONDITIONS):
            return self._application(environ, start_response)
        key = self._key(path, environ) if path else None
        response = _unpack(self.cache.get(key), environ) if key else None
        if response is not None:
            CACHE.labels("hit").inc()
            return _respond(*response, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self._application(environ, start_response)
        return self._ask(key, environ, start_response)

    def clear(self) -> None:
        """Forget every response."""
        self._paths.clear()
        self.cache.clear()

    def _ask(
        self, key: str | None, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application answer, and keep the response where its view allows it."""
        started: list[Any] = []

        def start(*arguments: Any) -> Callable[[bytes], object]:
            started[:] = arguments
            return lambda _: None  # Flask sends no body this way.

        # What is cached must be whole, also where this client has it.
        etag = environ.pop(_ETAG, None) if key else None
        body = self._application(environ, start)
        if etag is not None:
            environ[_ETAG] = etag
        status, headers = started[0], started[1]
        if _CACHEABLE not in environ or not status.startswith(("200", "304")):
            start_response(*started)
            return body
        key = self._learn(environ)
        if not status.startswith("200"):
            start_response(*started)
            return body
        try:
            whole = b"".join(body)
        finally:
            if close := getattr(body, "close", None):
                close()
        CACHE.labels("miss").inc()
        content = _pack(headers, whole, environ)
        if key and len(content) <= _MAX_BYTES and _fits(headers, environ):
            seconds = _SECONDS_WITH_QUERY if environ.get("QUERY_STRING") else CACHED_SECONDS
            self.cache.set(key, content, seconds)
        return _respond(headers, whole, environ, start_response)

    def _learn(self, environ: WSGIEnvironment) -> str | None:
        """Remember what the view said of its path, and return the key of its response."""
        state, version = environ[_CACHEABLE]
        names = environ.get(PARAMETERS)
        path = _Path(None if names is None else frozenset(names), state)
        if len(self._paths) >= _MAX_PATHS:
            self._paths.clear()
        self._paths[environ["PATH_INFO"]] = path
        return self._key(path, environ, version)

    def _key(self, path: _Path, environ: WSGIEnvironment, version: str | None = None) -> str | None:
        """Return the key of a response, or None where the query has to be looked at by Flask."""
        query = _query(environ.get("QUERY_STRING", ""), path.parameters)
        if query is None:
            return None
        if version is None:
            version = self._state(path)
        encoding = chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:200])
        media_type = preferred_type(environ.get("HTTP_ACCEPT", "")[:200])
        parts = (self._versions, environ["PATH_INFO"], query, encoding, media_type, version)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _state(self, path: _Path) -> str:
        if path.state is None:
            return ""
        with self._server.app_context():
            return path.state()


def _query(query: str, names: frozenset[str] | None) -> str | None:
    """Return the part of a query that a view reads: links get campaign tags on their way."""
    if not query or names is None:
        return query
    if len(query) > _MAX_QUERY:
        return None
    if "%" in query:
        try:
            unquote_to_bytes(query).decode()
        except UnicodeDecodeError:
            return None
    parts = query.split("&")
    return "&".join(sorted(part for part in parts if unquote_plus(part.split("=")[0]) in names))


def _fits(headers: Headers, environ: WSGIEnvironment) -> bool:
    """Return whether a response is for anybody who takes the encoding of its key."""
    named = {name.lower(): value for name, value in headers}
    encoding = named.get("content-encoding", "identity")
    wanted = chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:200])
    public = named.get("cache-control", "").startswith("public") and "set-cookie" not in named
    return public and encoding in ("identity", wanted)


@lru_cache(256)
def preferred_type(accept: str) -> str:
    """Return ``CSV`` where a client would rather have a table than JSON, else ``JSON``."""
    accepts = parse_accept_header(accept, MIMEAccept)
    return accepts.best_match((JSON, CSV), JSON) or JSON


@lru_cache(256)
def chosen_encoding(accept_encoding: str) -> str:
    """Return the encoding that Flask-Compress chooses."""
    accepts = parse_accept_header(accept_encoding, Accept)
    return accepts.best_match(("br", "gzip"), "identity") or "identity"


def _pack(headers: Headers, body: bytes, environ: WSGIEnvironment) -> bytes:
    """Write a response as bytes that can be read without running anything, unlike a pickle."""
    head = [headers, environ.get(ROUTE, "unknown"), environ.get(LANGUAGE, "-")]
    return json.dumps(head).encode() + b"\n" + body


def _unpack(content: bytes | None, environ: WSGIEnvironment) -> tuple[Headers, bytes] | None:
    """Return headers and body, or None for what is no response: others may write to Redis."""
    head, _, body = (content or b"").partition(b"\n")
    try:
        headers, environ[ROUTE], environ[LANGUAGE] = json.loads(head)
        return [(name, value) for name, value in headers], body
    except (TypeError, ValueError):
        return None


def _respond(
    headers: Headers, body: bytes, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    etag = next((value for name, value in headers if name.lower() == "etag"), None)
    if _ETAG in environ and not is_resource_modified(environ, etag):
        remove_entity_headers(headers)
        start_response("304 Not Modified", headers)
        return []
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class Bytes:
    """Keeps bytes as they are."""

    def dumps(self, value: bytes) -> bytes:
        """Return the bytes."""
        return value

    loads = dumps


class MemoryCache(SimpleCache):
    """flask-caching's cache in memory, of bytes."""

    serializer = Bytes()  # type: ignore[assignment]  # It has the same two methods.


def _configuration(redis_url: str) -> dict[str, Any]:
    configuration = {
        "CACHE_TYPE": f"{__name__}.MemoryCache",
        "CACHE_DEFAULT_TIMEOUT": CACHED_SECONDS,
        "CACHE_THRESHOLD": MAX_RESPONSES,
    }
    if redis_url:
        configuration["CACHE_TYPE"] = "pages.operation.redis_cache.TolerantRedisCache"
        configuration["CACHE_REDIS_URL"] = redis_url
        configuration["CACHE_KEY_PREFIX"] = "city:response:"
    return configuration
