"""Compression of responses, by how many readers each is for."""

import brotli
from flask import Flask, Response, request
from flask_compress import Compress

from pages.operation.response_cache import chosen_encoding

# Compressing a page at level 7 takes less time than building it. One that is made for one reader
# is a seventh larger at level 3 than at 7, in a quarter of the time.
_BROTLI_LEVEL, _GZIP_LEVEL = 7, 6
# What a connection sends before it waits for its reader, without headers. A page that is longer at
# its level is worth one more attempt: 40 ms where many read it, 80 ms at level 11, 2 ms where one
# reader does.
# How well a page is cut into blocks is a matter of luck, some 50 bytes, so others are tried, too.
_FIRST_WINDOW = 10 * 1460 - 850
_LAST = ({"quality": 11}, {"quality": 11, "lgblock": 16}, {"quality": 11, "lgwin": 16})
_KEPT: tuple[dict[str, int], ...] = ({"quality": _BROTLI_LEVEL}, {"quality": 10}, *_LAST)
_PERSONAL: tuple[dict[str, int], ...] = ({"quality": 3}, {"quality": 5})
_COMPRESSED = (
    "application/atom+xml",
    "application/json",
    "application/problem+json",
    "application/xml",
    "image/svg+xml",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/markdown",
    "text/plain",
    "text/xml",
)


def compress_responses(server: Flask) -> None:
    """Compress the responses of a server, those of pages by how many readers they are for."""
    server.config.update(
        COMPRESS_MIMETYPES=_COMPRESSED,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=_BROTLI_LEVEL,
        COMPRESS_LEVEL=_GZIP_LEVEL,
    )
    server.after_request(_drop_gzip_time)  # Registered before Compress, so it runs after it.
    Compress(server)
    server.after_request(_compress_document)  # After Compress, so it runs before it.


def _compress_document(response: Response) -> Response:
    """Compress a page by how many readers it is for, and so that it fits into the first window."""
    accepted = chosen_encoding(request.headers.get("Accept-Encoding", ""))
    etag, _ = response.get_etag()
    if (
        accepted == "br"
        and response.mimetype == "text/html"
        # Flask-Compress leaves errors as they are.
        and (response.status_code == 200 or response.status_code >= 400)
        and not response.is_streamed
    ):
        content = response.get_data()
        for options in _KEPT if etag else _PERSONAL:
            packed = brotli.compress(content, **options)
            if len(packed) <= _FIRST_WINDOW:
                break
        response.set_data(packed)
        response.content_encoding = "br"
        if etag:
            response.set_etag(f"{etag}:br")
    return response


def _drop_gzip_time(response: Response) -> Response:
    """Zero the moment in gzip's header: one ETag stands for the same bytes in every process."""
    if response.headers.get("Content-Encoding") == "gzip" and not response.is_streamed:
        packed = response.get_data()
        if packed:
            response.set_data(packed[:4] + bytes(4) + packed[8:])
    return response
