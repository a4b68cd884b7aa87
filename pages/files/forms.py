"""Chooses the form of a published file that a client takes."""

from __future__ import annotations

from functools import lru_cache

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from pages.files.store import Form, ServedFile

_LONGEST_ACCEPT = 200  # Nobody who means it says more; what is kept of it must stay small.


def best_form(served: ServedFile, accept_encoding: str) -> Form:
    """The smallest form of a file that a client takes."""
    if len(accept_encoding) > _LONGEST_ACCEPT:
        return served.plain
    for encoding in _accepted(accept_encoding):
        if encoding in served.packed:
            return served.packed[encoding]
    return served.plain


@lru_cache(256)
def _accepted(accept_encoding: str) -> tuple[str, ...]:
    """The encodings that a client takes, the smaller one first."""
    accepts = parse_accept_header(accept_encoding, Accept)
    return tuple(encoding for encoding in ("br", "gzip") if accepts.quality(encoding) > 0)
