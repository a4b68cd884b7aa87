"""The disk of the store has no room, or cannot be written: answers wait, the rest goes on."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.outcomes import Witness, heals, note
from tests.faults.plan import LEAST
from tests.faults.readers import Ledger, busy
from tests.faults.site import Site, serving
from tests.faults.watching import watching

ROOM = 6 * 1024 * 1024
_PAGE = 4096


def may_mount() -> bool:
    """Whether this process may give itself a small disk: in containers root often may not."""
    tried = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"],
        check=False,
        capture_output=True,
    )
    return os.geteuid() == 0 and tried.returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[tuple[Callable[[Site], None], Callable[[Site], None]]]:
    """A disk with room for some thousand answers; how it is filled, and how it is freed."""
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", str(folder)],
        check=True,
    )
    ballast = folder / "ballast"

    def fill(_site: Site) -> None:
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * _PAGE)
            except OSError:
                return

    try:
        yield fill, lambda _site: ballast.unlink()
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def limited_files(
    _folder: Path,
) -> Iterator[tuple[Callable[[Site], None], Callable[[Site], None]]]:
    """No file of the site may grow: what a quota does, and what needs no rights."""

    def limit(site: Site, soft: int) -> None:
        for process in (site.process.pid, *site.workers()):
            _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
            resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))

    yield (
        lambda site: limit(site, _PAGE),
        lambda site: limit(site, resource.RLIM_INFINITY),
    )


WAYS = {"file limit": limited_files} | ({"small disk": small_disk} if may_mount() else {})


@pytest.mark.parametrize(
    "way",
    # A real disk where there may be one is enough for every change.
    [pytest.param(way, marks=pytest.mark.long) for way in [*WAYS][:-1]] + [[*WAYS][-1]],
)
def test_a_full_disk_is_told_and_answers_are_taken_again_once_there_is_room(
    tmp_path: Path, way: str
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    least = LEAST[f"disk full ({way})"]
    with (
        WAYS[way](disk) as (fill, free),
        serving(tmp_path, f"sqlite:///{disk / 'site.db'}") as site,
    ):
        with busy(site) as ledger:
            witness = Witness(site, ledger)
            ledger.wait_for(least // 2)
            with watching(site) as watch:
                fill(site)
                until_nothing_is_stored(ledger)
                witness.is_told(reading=True)
            free(site)
            healed = heals(site, ledger)
            witness.goes_on()
            ledger.wait_for(least)
        assert ledger.refusals[503] > 0
        assert watch.failures == {}
        note(f"disk full ({way})", site, ledger, healed, least)


def until_nothing_is_stored(ledger: Ledger) -> None:
    """Wait for the last room to be used up: a few answers fit into pages that are there."""
    stored = -1
    while stored < len(ledger.answers) or not ledger.refusals[503]:
        stored = len(ledger.answers)
        time.sleep(1)


@pytest.mark.long
def test_a_store_that_became_read_only_is_told_and_is_written_again_afterwards(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    least = LEAST["store read-only"]
    store = f"sqlite:///{disk / 'site.db'}"
    with serving(tmp_path, store, prefix=without_override()) as site:
        with busy(site) as ledger:
            witness = Witness(site, ledger)
            ledger.wait_for(least // 2)
            with watching(site) as watch:
                permit(disk, writing=False)
                for process in site.workers():  # What is open stays open for writing.
                    os.kill(process, 9)
                until_nothing_is_stored(ledger)
                witness.is_told(reading=True)
            permit(disk, writing=True)
            healed = heals(site, ledger)
            witness.goes_on()
            ledger.wait_for(least)
        assert ledger.refusals[503] > 0
        assert {status for _, status in watch.failures} <= {0}, "cut where a worker was killed"
        note("store read-only", site, ledger, healed, least)


def without_override() -> tuple[str, ...]:
    """What keeps root within the permissions of files, as everybody is."""
    if os.geteuid():
        return ()
    kept = "-dac_override,-dac_read_search"
    return ("setpriv", f"--bounding-set={kept}", f"--inh-caps={kept}")


def permit(folder: Path, *, writing: bool) -> None:
    """Let everything in a folder be written, or only be read."""
    for file in folder.iterdir():
        file.chmod(0o644 if writing else 0o444)
    folder.chmod(0o755 if writing else 0o555)
