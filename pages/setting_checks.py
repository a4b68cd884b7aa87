"""What a setting may look like: tests of single values, each true or false."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from redis.connection import parse_url
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_WEB_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?/?",
    re.IGNORECASE,
)
_NUMBER = re.compile("[0-9]{1,9}")  # Longer ones are out of all bounds.
_DATABASES = ("postgres", "postgresql", "postgresql+psycopg")


def is_host(given: str) -> bool:
    """A host name or an IP address."""
    return re.fullmatch(r"[A-Za-z0-9.:_-]+", given) is not None


def is_port(given: str) -> bool:
    """A port that can be listened on."""
    return _NUMBER.fullmatch(given) is not None and 1 <= int(given) <= 65535


def is_web_address(given: str) -> bool:
    """Scheme, host and perhaps a port: nothing else fits where it stands in links and markup."""
    found = _WEB_ADDRESS.fullmatch(given)
    return found is not None and (found["port"] is None or is_port(found["port"]))


def is_database(given: str) -> bool:
    """Nothing, or an address of SQLite or PostgreSQL that can be read to its end."""
    if not given:
        return True
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):  # The latter for a port that is none.
        return False
    if url.drivername == "sqlite":
        return True
    return url.drivername in _DATABASES and _fits(url.port)


def is_redis(given: str) -> bool:
    """Nothing, or an address of Redis that can be read to its end."""
    if not given:
        return True
    try:
        parts = urlsplit(given)
        parse_url(given)
        port = parts.port
    except ValueError:
        return False
    known = parts.scheme in ("redis", "rediss") and bool(parts.hostname)
    return known and _fits(port) and re.fullmatch("/?[0-9]{0,4}", parts.path) is not None


def _fits(port: int | None) -> bool:
    return port is None or 1 <= port <= 65535


def is_writable_folder(given: str) -> bool:
    """A folder that files can be made in; it is made where it is not there."""
    try:
        Path(given).mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=given):
            return True
    except (OSError, ValueError):
        return False


def is_contact(given: str) -> bool:
    """Nothing, or an address that programs can use as RFC 9116 asks."""
    return re.fullmatch(r"(|mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[0-9-]+)", given) is not None


def is_id(given: str) -> bool:
    """An id as the tables write it."""
    return re.fullmatch(r"[a-z][a-z0-9_-]*", given) is not None


def is_number_to(most: int, least: int = 0) -> Callable[[str], bool]:
    """A whole number within these bounds."""
    return lambda given: _NUMBER.fullmatch(given) is not None and least <= int(given) <= most


def is_one_of(*words: str) -> Callable[[str], bool]:
    """One of these words."""
    return lambda given: given in words
