"""``make dev``: what is changed in the code or in a text is served soon after."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import IncompleteRead
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from pages.settings import ROOT
from tests.conftest import BASE_URL, free_port, settings_of
from tests.once import share_plotly
from tests.operation.running import PATIENCE

pytestmark = pytest.mark.timing

PARTS = ("assets", "components", "data", "pages", "quiz", "tools", "docs/api.md")


def page(url: str) -> str:
    """Return what is served, or nothing while the site is restarting, even amid an answer."""
    try:
        with urlopen(url, timeout=PATIENCE) as response:
            return str(response.read().decode())
    except (HTTPError, URLError, ConnectionError, IncompleteRead):
        return ""


def wait_for(words: str, read: Callable[[], str]) -> None:
    """Read until the words are there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if words in read():
            return
        time.sleep(0.05)
    pytest.fail(f"{words!r} did not appear")


def test_a_changed_page_is_served_and_a_broken_one_can_be_mended(tmp_path: Path) -> None:
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        (tmp_path / part).parent.mkdir(exist_ok=True)
        copy(ROOT / part, tmp_path / part)
    share_plotly(tmp_path)
    port = free_port()
    url, log = f"http://127.0.0.1:{port}/en/about/", tmp_path / "log"
    environment = {
        **os.environ,
        "PORT": str(port),
        "BASE_URL": BASE_URL,
        "VAR_FOLDER": str(settings_of().folder),  # The files that other tests have built.
    }
    text, module = tmp_path / "components/prose/about.en.md", tmp_path / "pages/settings.py"
    written, code = text.read_text("utf-8"), module.read_text("utf-8")
    command = [sys.executable, "tools/dev.py"]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=errors) as site,
    ):
        try:
            wait_for("<h1", lambda: page(url))
            assert "<table" in page(url.replace("about", "styleguide"))
            text.write_text(f"{written}\nA sentence of the test.\n", "utf-8")
            wait_for("A sentence of the test.", lambda: page(url))
            module.write_text(f"{code}\nraise RuntimeError\n", "utf-8")
            wait_for("\nRuntimeError", log.read_text)
            text.write_text(f"{written}\nAnother sentence.\n", "utf-8")
            module.write_text(code, "utf-8")
            wait_for("Another sentence.", lambda: page(url))
        finally:
            site.terminate()
