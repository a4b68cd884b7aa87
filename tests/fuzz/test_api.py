"""The interface for programs keeps to its description, whatever that allows or forbids."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.faults.site import Site
from tests.fuzz.asking import log_of
from tests.fuzz.figures import SEED, TIMES, WAIT_SECONDS, Part, in_turns, part

CASES_PER_ADDRESS = 12
DESCRIPTION = "/api/v1/openapi.json"


def run(site: Site, tried: Part, folder: Path, turn: int) -> None:
    """One run over all operations, with what is allowed and with what is not."""
    host = f"http://127.0.0.1:{site.port}"
    before = len(log_of(site))
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            host + DESCRIPTION,
            f"--origin={host}",
            "--mode=all",
            "--checks=all",
            f"--max-examples={CASES_PER_ADDRESS * TIMES}",
            f"--max-response-time={WAIT_SECONDS}",
            f"--seed={SEED + turn}",
            "--no-color",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=120 * TIMES,
    )
    assert ran.returncode == 0, f"SEED={SEED} CASES={TIMES}\n{ran.stdout}{ran.stderr}"
    summary = re.search(r"(\d+) generated, (\d+) passed", ran.stdout)
    assert summary, ran.stdout
    assert summary[1] == summary[2]
    answers = [line for line in log_of(site)[before:] if line["event"] == "request"]
    for line in answers:
        tried.count(line["milliseconds"] / 1000, failed=line["status"] >= 500)
    assert len(answers) >= int(summary[1]) > 200


def test_what_the_description_allows_is_answered_and_all_else_is_refused(
    site: Site, tmp_path: Path
) -> None:
    tried = part("interface for programs")
    in_turns(site, tried, lambda turn: run(site, tried, tmp_path, turn))
    assert not tried.failures
