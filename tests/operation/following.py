"""Does what a document says, with stand-ins for what would change the machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from pages.settings import ROOT
from tests.documents import commands_of

DEPLOYMENT = ROOT / "docs" / "deployment.md"
# systemd itself cannot be had in a test; what it is told is noted, and the rest is done.
_STAND_INS = {
    "sudo": '#!/bin/sh\nexec "$@"\n',
    "systemctl": '#!/bin/sh\necho "$@" >>"$NOTES"\n',
}


def follow(name: str, folder: Path, **environment: str) -> list[str]:
    """Run the block ``name`` in the root of the project and return what systemd was told."""
    programs, notes = folder / "programs", folder / "notes"
    programs.mkdir(exist_ok=True)
    notes.write_text("")
    for program, script in _STAND_INS.items():
        (programs / program).write_text(script)
        (programs / program).chmod(0o755)
    subprocess.run(
        ["/bin/sh", "-eu", "-c", commands_of(DEPLOYMENT)[name]],
        cwd=ROOT,
        env={
            "PATH": f"{programs}:{os.environ['PATH']}",
            "NOTES": str(notes),
            "HOME": str(folder),
            **environment,
        },
        check=True,
        timeout=120,
    )
    return notes.read_text().splitlines()
