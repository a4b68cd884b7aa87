"""Addresses as readers see them, built in one place; docs/addresses.md is the contract."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from data.models import Language

DIMENSION_SLUGS: Mapping[str, str] = {
    "economy": "economy",
    "environment": "environment",
    "society_culture": "society-culture",
}


def address(language: Language, *parts: str, **query: object) -> str:
    """``address("en", "kpi", q="water")`` → ``/en/kpi/?q=water``; empty values are left out."""
    path = "/".join(("", language, *parts, ""))
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def home(language: Language, as_of: int | None = None) -> str:
    """The page with the wheel."""
    return address(language, as_of=as_of)


def dimension(language: Language, key: str, as_of: int | None = None) -> str:
    """The page of one dimension, by its key in the tables."""
    return address(language, DIMENSION_SLUGS[key], as_of=as_of)


def indicator(language: Language, slug: str) -> str:
    """The page of one indicator."""
    return address(language, "kpi", slug)


def indicator_file(language: Language, slug: str, ending: str) -> str:
    """The file of one indicator: the same address with another ending."""
    return f"/{language}/kpi/{slug}.{ending}"


def factsheet(language: Language) -> str:
    """The city on one page, to print."""
    return f"/{language}/factsheet.pdf"


def data(language: Language) -> str:
    """What there is to download."""
    return address(language, "data")


def data_table(language: Language, table: str) -> str:
    """What one published table holds."""
    return address(language, "data", table)


def data_edition(language: Language, version: str) -> str:
    """The files of one edition, and what it changed."""
    return address(language, "data", version)


def table_file(edition: str, table: str, ending: str = "csv") -> str:
    """A published table of an edition."""
    return f"/data/{edition}/{table}.{ending}"
