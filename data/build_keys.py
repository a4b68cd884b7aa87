"""Keys of builds: digests of all that goes into their files."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from data.checksums import SUMS_FILE
from data.models import Edition, Words

PACKAGE = Path(__file__).parent
# What these write may differ from version to version.
_WRITERS = ("brotli", "pyarrow", "rdflib", "xlsxwriter")
CATALOGUE_ENDING = "-catalogue"


def build_key(editions: Sequence[Edition], city: str, site_title: Words) -> str:
    """Return the digest that names a build: of data, descriptions and writing code."""
    parts = [
        [
            edition.version,
            edition.date,
            edition.digest,
            repr(edition.change_log),
            json.dumps(edition.package),
        ]
        for edition in editions
    ]
    sums = [
        (edition.files[city] / SUMS_FILE).read_text()
        for edition in editions
        if city in edition.files
    ]
    return _hash(parts, sums, city, site_title.en, site_title.ru, writers_version())


def catalogue_key(key: str, base_url: str, *, has_quiz: bool = True) -> str:
    """The name of the build that holds the catalogue of the files of ``key`` for one site."""
    return _hash(key, base_url, has_quiz) + CATALOGUE_ENDING


def _hash(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


@cache
def writers_version() -> str:
    """A hash of this package's code and of the versions of the libraries that write files."""
    digest = hashlib.sha256()
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.glob("*/*.yml")]):
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    for library in _WRITERS:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()
