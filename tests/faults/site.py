"""The site as the Procfile starts it: begun, killed and begun again at the same address."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pages.settings import ROOT
from tests.conftest import BASE_URL, free_port
from tests.operation.running import Running, wait_until

KEY = "only for the servers that these tests break"
WORKERS = 2
HEALED_WITHIN = 10.0  # Seconds; a promise of docs/faults.md.
_START_SECONDS = 300  # The first one makes the files that are published.


@dataclass
class Site(Running):
    """A site with two workers of its own process group, on the store that a test breaks."""

    store: str
    settings: Mapping[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    room: Path = ROOT

    def begin(self) -> None:
        """Start, and wait until it answers."""
        self.process = self._started()
        wait_until(lambda: self.process.poll() is not None or self.is_whole(), _START_SECONDS)
        assert self.process.poll() is None, self.log.read_text("utf-8")

    def refusal(self) -> str:
        """What a start says that is refused; its exit status is not 0."""
        self.process = self._started()
        assert self.process.wait(_START_SECONDS) != 0
        return self.log.read_text("utf-8")

    def kill(self) -> None:
        """Kill every process at once, as a power cut does; nobody can clean up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """Stop in order; whatever is left then is killed."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        finally:
            with suppress(ProcessLookupError):
                self.kill()

    def lives(self) -> bool:
        """Whether it answers at all."""
        return self.status_of("/healthz") == 200

    def is_whole(self) -> bool:
        """Whether it answers, with all its workers."""
        return self.lives() and len(self.workers()) == WORKERS

    def status_of(self, address: str) -> int:
        """The status of an address; 0 where nothing answers, or an answer breaks off."""
        try:
            return self.ask(address)[0]
        except (OSError, http.client.HTTPException):
            return 0

    def _started(self) -> subprocess.Popen[bytes]:
        lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
        (web,) = (line.removeprefix("web: ") for line in lines if line.startswith("web: "))
        path = f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"
        environment = {
            "PATH": path,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "BASE_URL": BASE_URL,  # The same for all, since finished files hold it.
            "SECRET_KEY": KEY,
            "DATABASE_URL": self.store,
            "WEB_CONCURRENCY": str(WORKERS),
            # Every reader of these tests has the same address.
            "STARTS_PER_MINUTE": "0",
            "ANSWERS_PER_MINUTE": "0",
            # Finished files, which all sites share.
            "VAR_FOLDER": os.environ.get("VAR_FOLDER", ""),
            **self.settings,
        }
        with self.log.open("ab") as out:
            return subprocess.Popen(
                [*self.prefix, "sh", "-c", f"exec env {web}"],
                cwd=self.room,
                env=environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )


@contextmanager
def serving(
    folder: Path,
    store: str = "",
    *,
    prefix: tuple[str, ...] = (),
    room: Path = ROOT,
    **settings: str,
) -> Iterator[Site]:
    """Serve what is in ``room`` while the block runs; log and answers are in ``folder``."""
    site = new_site(folder, store, prefix=prefix, room=room, **settings)
    try:
        site.begin()
        yield site
    finally:
        site.end()


def new_site(
    folder: Path,
    store: str = "",
    *,
    prefix: tuple[str, ...] = (),
    room: Path = ROOT,
    **settings: str,
) -> Site:
    """A site that has not begun yet."""
    return Site(
        process=None,
        port=free_port(),
        log=folder / "log",
        store=store or f"sqlite:///{folder / 'site.db'}",
        settings=settings,
        prefix=prefix,
        room=room,
    )


def copy_of_site(folder: Path) -> Path:
    """A copy of everything that serves, for tests that break a part of it."""
    for name in ("assets", "components", "data", "docs", "pages", "quiz"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "gunicorn.conf.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def seconds_until(what: object, most: float = HEALED_WITHIN) -> float:
    """Seconds until ``what()`` is true, which it must become within ``most``."""
    assert callable(what)
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < most, f"not healed within {most:.0f} s"
        time.sleep(0.05)
    return time.monotonic() - begun
