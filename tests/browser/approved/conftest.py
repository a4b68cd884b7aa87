"""`--approve` renews the approved pictures; where another browser drew them, none is compared."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import browser_path

PICTURES = Path(__file__).parent / "pictures"
RECORDED = PICTURES / "browser.txt"


@cache
def installed_version() -> str:
    """Return the version of the browser that the tests would start."""
    command = [browser_path(windowless=True), "--version"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    version = re.search(r"\d+(\.\d+)+", output)
    assert version, output
    return version[0]


def drawn_by() -> str:
    """Return the version of the browser that drew the approved pictures, empty without any."""
    return RECORDED.read_text().strip() if RECORDED.exists() else ""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--approve", action="store_true", help="renew the approved pictures")


@pytest.fixture(scope="session")
def approving(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--approve"))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say whether anything was compared."""
    if config.getoption("--approve"):
        summary = f"approved pictures: those that differ were renewed, by Chromium {drawn_by()}"
    elif drawn_by() == installed_version():
        summary = f"approved pictures: compared, all are by Chromium {drawn_by()}"
    else:
        summary = (
            f"approved pictures: NOT COMPARED. They are by Chromium {drawn_by()}, and installed is"
            f" {installed_version()}. Look at the pages, then renew them: make approve"
        )
    terminalreporter.write_line(summary)
