"""Code blocks of our documents, to be done as they stand."""

from __future__ import annotations

import re
from pathlib import Path

_BLOCK = re.compile(r"^```sh ([a-z-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands_of(document: Path) -> dict[str, str]:
    """The named blocks of shell commands: ``"```sh backup-sqlite"`` begins one."""
    return dict(_BLOCK.findall(document.read_text("utf-8")))
