"""Fixtures of the quiz tests: the bank, and a fresh database for each test.

The databases are SQLite files, unless TEST_DATABASE_URL names a PostgreSQL server: then every
test gets a database of its own there (``make test-many`` starts one).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.models import Edition
from quiz.bank import Bank, read_bank
from quiz.database import open_engine
from quiz.store import Store
from tests.databases import drop_database, new_database, new_tables


@pytest.fixture(scope="session")
def bank(edition: Edition) -> Bank:
    return read_bank(edition)


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """The address of a database without any tables."""
    address = new_database(tmp_path)
    yield address
    drop_database(address)


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """The address of a database with empty tables."""
    address = new_tables(tmp_path)
    yield address
    drop_database(address)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Another way to the tables, to see what is really in them."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()
