"""PNG files on the disk, where all processes of a machine find them."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from pages.operation.caches import Keeping
from pages.pictures.pixels import Pixels

# Some thousand of usual size, or every width of a few charts.
_MOST_FILES = 2000
_MOST_BYTES = 256 * 1024 * 1024
# Longer than anything takes to draw; a process that dies at it blocks others no longer.
_HELD_SECONDS = 20
_ENDING = ".png"
_LOG = logging.getLogger(__name__)


class Folder:
    """Keeps PNG files for all processes, and beside them what this process has ``near``.

    A key must change with the content; ``mark`` stands for the code that draws. Where the folder
    can neither be read nor written, each process goes on by itself.
    """

    def __init__(
        self,
        near: Keeping,
        folder: Path,
        mark: str = "",
        most_files: int = _MOST_FILES,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        """Keep files in ``folder``, which is made when the first one comes."""
        self._near = near
        self._folder = folder
        self._mark = mark
        self._most_files = most_files
        self._most_bytes = most_bytes

    def get(self, key: str) -> Any:
        """The file, or None where nobody has drawn it."""
        kept = self._near.get(key)
        if kept is not None:
            return kept
        file = self._file(key)
        try:
            content = file.read_bytes()
            os.utime(file)  # What is asked for is the last to go.
        except OSError:
            return None
        # A power cut may leave a name without content.
        return Pixels.of(content) if content else None

    def set(self, key: str, value: Pixels) -> None:
        """Keep what was just drawn; the oldest files make room."""
        self._near.set(key, value)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, fresh = tempfile.mkstemp(prefix="new-", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as unfinished:
                    unfinished.write(value.content)
                Path(fresh).rename(self._file(key))
            except OSError:
                Path(fresh).unlink(missing_ok=True)
                raise
            self._make_room()
        except OSError as fault:
            _LOG.warning("a picture is kept by this process alone: %s", fault)

    def taken(self, key: str) -> bool:
        """Whether another process of this machine draws ``key``; otherwise this one does."""
        claim = self._claim(key)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            if claim.stat().st_mtime < time.time() - _HELD_SECONDS:
                claim.unlink()
        try:
            os.close(os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return True
        except OSError:
            return False
        return False

    def release(self, key: str) -> None:
        """Let other processes have ``key`` again."""
        with suppress(OSError):
            self._claim(key).unlink()

    def _make_room(self) -> None:
        """Remove what was asked for longest ago, and what died processes left."""
        known = []
        for file in self._folder.iterdir():
            with suppress(FileNotFoundError):
                state = file.stat()
                if file.suffix == _ENDING:
                    known.append((state.st_mtime, state.st_size, file))
                elif state.st_mtime < time.time() - _HELD_SECONDS:
                    file.unlink()
        files = bytes_ = 0
        for _, size, file in sorted(known, reverse=True):
            files, bytes_ = files + 1, bytes_ + size
            if files > self._most_files or bytes_ > self._most_bytes:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        named = hashlib.sha256(f"{self._mark} {key}".encode()).hexdigest()[:40]
        return self._folder / f"{named}{_ENDING}"

    def _claim(self, key: str) -> Path:
        return self._file(key).with_suffix(".claim")
