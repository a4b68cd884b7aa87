"""The pages that all contract tests read."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.contracts.documents import Document, read_documents


@pytest.fixture(scope="session")
def documents(client: FlaskClient) -> tuple[Document, ...]:
    """Every page of the site in both languages, as first answered."""
    return tuple(read_documents(client))


@pytest.fixture(scope="session")
def pages(documents: tuple[Document, ...]) -> dict[str, Document]:
    """The same by address."""
    return {one.address: one for one in documents}
