"""What a setting may look like: tests of single values, each true or false."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit


def is_host(given: str) -> bool:
    """A host name or an IP address."""
    return re.fullmatch(r"[A-Za-z0-9.:_-]+", given) is not None


def is_port(given: str) -> bool:
    """A port that can be listened on."""
    return given.isascii() and given.isdigit() and 1 <= int(given) <= 65535


def is_web_address(given: str) -> bool:
    """An http or https address without a query."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query


def is_contact(given: str) -> bool:
    """Nothing, or an address that programs can use as RFC 9116 asks."""
    return re.fullmatch(r"(|mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[0-9-]+)", given) is not None


def is_id(given: str) -> bool:
    """An id as the tables write it."""
    return re.fullmatch(r"[a-z][a-z0-9_-]*", given) is not None


def is_number_to(most: int, least: int = 0) -> Callable[[str], bool]:
    """A whole number within these bounds."""
    return lambda given: given.isascii() and given.isdigit() and least <= int(given) <= most


def starts_with(*beginnings: str) -> Callable[[str], bool]:
    """Nothing, or a value with one of these beginnings."""
    return lambda given: not given or given.startswith(beginnings)


def is_one_of(*words: str) -> Callable[[str], bool]:
    """One of these words."""
    return lambda given: given in words
