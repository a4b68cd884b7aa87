"""Real starts that cannot succeed: one sentence on standard error each, with place and remedy."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pages.settings import ROOT
from tests.conftest import BASE_URL, free_port

NOTICES = ("Compressing static files …", "Building the files of the editions …")


def refused_start(
    folder: Path, command: tuple[str, ...] = ("app.py",), limit: int = 0, **settings: str
) -> str:
    """Start a site that must not come up; return the sentence that it ends with."""

    def prepare() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(free_port()),
        # Python would write compiled modules cut off at the limit, and fail by them ever after.
        "PYTHONDONTWRITEBYTECODE": "1",
        "VAR_FOLDER": str(folder),
        **settings,
    }
    ended = subprocess.run(
        [*unprivileged(), sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        preexec_fn=prepare,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    lines = [line for line in ended.stderr.splitlines() if line not in NOTICES]
    assert len(lines) == 2, ended.stderr
    first, sentence = lines
    assert first == "The site did not start."
    return sentence


def unprivileged() -> list[str]:
    """Return a command that takes away root's right to read and write what modes forbid."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


def made_folder() -> Path:
    """Return the folder in which the tests' sites keep what they make."""
    return Path(os.environ.get("VAR_FOLDER", "") or ROOT / "var")


def taken(port: int) -> str:
    return (
        f"HOST='127.0.0.1', PORT={port}: Address already in use; "
        "end what listens there, or set another PORT"
    )


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert refused_start(tmp_path, PORT=str(port)) == taken(port)
        # This command loads the site first, hence from files that are made already.
        command = ("-m", "gunicorn")
        sentence = refused_start(made_folder(), command, PORT=str(port), BASE_URL=BASE_URL)
        assert sentence == taken(port)


def test_an_address_of_another_machine(tmp_path: Path) -> None:
    sentence = refused_start(tmp_path, HOST="203.0.113.9", PORT="8050")
    place = "HOST='203.0.113.9', PORT=8050"
    assert sentence == f"{place}: Cannot assign requested address; set HOST and PORT"


def test_a_number_of_processes_that_is_none(tmp_path: Path) -> None:
    sentence = refused_start(tmp_path, WEB_CONCURRENCY="two")
    assert sentence == "WEB_CONCURRENCY='two': must be a number from 0 to 512"


@pytest.mark.parametrize("written", ["static files", "published files"])
def test_a_disk_that_is_full(tmp_path: Path, written: str) -> None:
    if written == "published files":
        shutil.copytree(made_folder() / "public", tmp_path / "public")
    sentence = refused_start(tmp_path, limit=64 * 1024)
    assert sentence.endswith("File too large; make room there, or choose a folder on another disk")


@pytest.mark.parametrize("name", ["", "public", "files"])
def test_a_folder_that_may_not_be_read(tmp_path: Path, name: str) -> None:
    if name == "files":
        shutil.copytree(made_folder() / "public", tmp_path / "public")
    unreadable = tmp_path / name
    unreadable.mkdir(exist_ok=True)
    unreadable.chmod(0)
    try:
        sentence = refused_start(tmp_path)
    finally:
        unreadable.chmod(0o700)
    assert str(unreadable) in sentence
    if name:
        remedy = f"let the user with the id {os.geteuid()} read and write there"
        assert sentence.endswith(f"Permission denied; {remedy}")
    else:
        assert sentence.startswith(f"VAR_FOLDER='{unreadable}': must be a folder that the site may")
