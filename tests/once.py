"""Results that the processes of a test run make once and share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from data.locks import only_writer
from pages.static_files import BUNDLES


def shared_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a folder that all processes of this run know by its name."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    return folder


def share_plotly(project: Path) -> None:
    """Let a copy of the project serve the plotly.js of this one: another would be compressed."""
    (project / "var").mkdir()
    (project / "var" / "plotly").symlink_to(BUNDLES)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a shared folder that ``make`` filled, in whichever process came first."""
    folder = shared_folder(factory, name)
    with only_writer(folder):
        if not (folder / "made").exists():
            make(folder)
            (folder / "made").touch()
    return folder
