"""One real server for the tests that leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.operation.running import Running, running

# A service of its own for each test, as the pages of the quiz have it.
from tests.quiz_pages.conftest import clock, reader, service  # noqa: F401  # Fixtures are found by name.


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The site as the Procfile starts it, with two processes."""
    with running(tmp_path_factory.mktemp("served")) as site:
        yield site
