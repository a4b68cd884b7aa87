"""An edition is half written: what is published stays in force, and nothing broken is served."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from data.editions import load_edition
from data.versions import next_version
from tests.faults.site import copy_of_site, new_site, seconds_until, serving

EDITION = load_edition()
IN_FORCE, NEXT = EDITION.version, next_version(EDITION.version, "patch", int(EDITION.date[:4]))
KILLED = """
import os, signal, sys
steps = []
def deadly(real):
    def counted(*arguments, **options):
        steps.append(real)
        if len(steps) == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return counted
os.fsync, os.rename = deadly(os.fsync), deadly(os.rename)
from data.__main__ import main
sys.exit(main(["publish", sys.argv[1], "--date", "{date}"]))
"""
NEVER = 10_000


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A copy of the site, whose editions may be broken."""
    return copy_of_site(tmp_path / "room")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where these sites keep finished files, apart from those of whoever runs the tests."""
    return str(tmp_path_factory.mktemp("var"))


@pytest.fixture
def draft(room: Path, tmp_path: Path) -> Path:
    """A folder of tables that corrects a value of the edition in force."""
    folder = Path(shutil.copytree(newest(room), tmp_path / "draft"))
    table = folder / "observations.csv"
    head, first, further_rows = table.read_text("utf-8").split("\n", 2)
    note = head.split(",").index("value")
    cells = first.split(",")
    cells[note] = str(float(cells[note]) + 1)
    table.write_text("\n".join([head, ",".join(cells), further_rows]), "utf-8")
    change = {"kind": "corrected", "table": "observations", "en": "A test.", "ru": "Проверка."}
    (folder / "changes.yml").write_text(yaml.safe_dump({"changes": [change]}), "utf-8")
    return folder


def newest(room: Path) -> Path:
    """The folder of the edition in force."""
    return room / "data" / "editions" / IN_FORCE


def publish(room: Path, draft: Path, step: int = NEVER) -> int:
    """Publish in a process that is killed at its n-th step; its exit status."""
    command = [sys.executable, "-c", KILLED.format(step=step, date=EDITION.date), str(draft)]
    return subprocess.run(command, cwd=room, check=False, stdout=subprocess.DEVNULL).returncode


def edition_of(site: object) -> str:
    """What a site says that it serves."""
    return str(site.ask("/readyz")[2].decode().split()[-1])


def test_a_killed_publisher_leaves_the_old_edition_in_force(
    tmp_path: Path, room: Path, draft: Path, var: str
) -> None:
    for step in (1, 5, 9):
        assert publish(room, draft, step) == -signal.SIGKILL
    with serving(tmp_path, room=room, VAR_FOLDER=var) as site:
        assert edition_of(site) == IN_FORCE
        assert site.status_of("/ru/") == 200
        assert publish(room, draft) == 0
        assert site.status_of("/ru/") == 200
        assert edition_of(site) == IN_FORCE, "until it begins again"
        site.kill()
        site.begin()
        assert edition_of(site) == NEXT
        assert site.status_of(f"/data/{IN_FORCE}/observations.csv") == 200
        assert site.status_of(f"/data/{NEXT}/observations.csv") == 200


@pytest.mark.parametrize("table", ["observations", "targets", "indicators", "sources"])
def test_a_table_that_was_cut_off_stops_the_start_and_is_named(
    tmp_path: Path, room: Path, var: str, table: str
) -> None:
    path = newest(room) / f"{table}.csv"
    content = path.read_bytes()
    # In the middle of a row, as a full disk or a killed copy leaves it.
    cut = content[: content.rindex(b",", 0, len(content) * 2 // 3)]
    path.write_bytes(cut)
    site = new_site(tmp_path, room=room, VAR_FOLDER=var)
    refusal = site.refusal()
    assert "The site did not start." in refusal
    assert f"{IN_FORCE}/{table}.csv: the file is not as it was published" in refusal, refusal
    assert "Traceback" not in refusal
    assert not site.lives()


def test_a_table_that_is_missing_stops_the_start_and_is_named(
    tmp_path: Path, room: Path, var: str
) -> None:
    (newest(room) / "targets.csv").unlink()
    refusal = new_site(tmp_path, room=room, VAR_FOLDER=var).refusal()
    assert f"{IN_FORCE}/targets.csv" in refusal
    assert "Traceback" not in refusal


def test_a_site_goes_on_beside_an_edition_that_is_half_copied(
    tmp_path: Path, room: Path, var: str
) -> None:
    with serving(tmp_path, room=room, VAR_FOLDER=var) as site:
        half = newest(room).with_name(NEXT)
        half.mkdir()
        shutil.copy(newest(room) / "indicators.csv", half)
        old = site.workers()
        for process in old:
            os.kill(process, signal.SIGKILL)
        seconds_until(lambda: site.is_whole() and not site.workers() & old)
        assert edition_of(site) == IN_FORCE
        assert site.status_of("/en/kpi/") == 200
        site.kill()
        assert f"{NEXT}/observations.csv" in site.refusal()
        shutil.rmtree(half)
        site.begin()
        assert edition_of(site) == IN_FORCE
