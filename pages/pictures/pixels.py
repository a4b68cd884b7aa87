"""Pixels of a picture, drawn by a process of its own: resvg would keep Python from all else."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from dataclasses import dataclass

from pages.operation.places import Busy
from pages.settings import ROOT

# The largest picture takes some 4 s on a slow machine.
_SECONDS = 20
_COMMAND = (sys.executable, "-m", "components.pictures")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pixels:
    """A finished PNG, which is compressed already, and its tag."""

    content: bytes
    tag: str

    @classmethod
    def of(cls, content: bytes) -> Pixels:
        """Give a PNG the tag that its content makes."""
        return cls(content, hashlib.sha256(content).hexdigest()[:20])


def drawn_apart(svg: str) -> bytes:
    """The PNG of a picture; raises ``Busy`` where the machine has no room to draw it.

    resvg holds Python's lock as long as it draws, which is seconds for a large picture: no
    thread of this process could answer anything meanwhile.
    """
    try:
        done = subprocess.run(  # noqa: S603  # Our own command.
            _COMMAND,
            input=svg.encode(),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            check=True,
            timeout=_SECONDS,
        )
    except (subprocess.SubprocessError, OSError) as fault:
        _LOG.warning("a picture could not be drawn: %s", fault)
        raise Busy from fault
    return done.stdout
