"""Asks which packages of requirements.txt have known weaknesses; for ``make check``.

PyPI is asked, and OSV where PyPI tells none to this machine (a mirror has no list of them). It
ends with 1 where a weakness is found. Where neither answers it says so plainly and ends with 0,
since a machine without a way there must still be able to check the rest. Known weaknesses that
do not concern this site stand in ``NOT_OURS`` with the reason.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# Id of a weakness -> why it cannot be met here. An entry goes as soon as a repaired version is out.
NOT_OURS: dict[str, str] = {}
# In this order; pip-audit knows them by these names.
SERVICES = ("pypi", "osv")
_SECONDS = 15
_PROBED = "flask"


def main() -> int:
    """Audit and report."""
    lines = pinned((ROOT / "requirements.txt").read_text("utf-8"))
    verdict = Verdict()
    silent = []
    for service in SERVICES:
        # One question first: a machine without a way there must not ask a hundred.
        for batch in ([line for line in lines if line.startswith(f"{_PROBED}==")], lines):
            verdict = judge(ask(batch, service))
            if verdict.unanswered or verdict.found:
                break
        if not verdict.unanswered:
            break
        silent.append(f"{service}: {verdict.unanswered}")
    for line in (*verdict.found, *verdict.notes):
        print(line)
    if verdict.found:
        print(f"{len(verdict.found)} known weaknesses: upgrade (make lock ARGS=--upgrade)")
        return 1
    if verdict.unanswered:
        print(f"NOT AUDITED, nobody tells weaknesses to this machine: {'; '.join(silent)}")
    else:
        print(f"Audited by {service}: {len(lines)} packages, no known weakness")
    return 0


def pinned(requirements: str) -> list[str]:
    """The lines ``name==version`` of a compiled requirements file, without hashes and markers."""
    return [
        line.split()[0].rstrip("\\;") for line in requirements.splitlines() if line[:1].isalnum()
    ]


def ask(lines: list[str], service: str) -> dict[str, Any] | str:
    """Return pip-audit's answer about these versions, or why it has none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("\n".join(lines) + "\n", "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(file), "--disable-pip"]
        command += ["--no-deps", "--vulnerability-service", service, "--format", "json"]
        command += ["--progress-spinner", "off", "--timeout", str(_SECONDS)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        answer: dict[str, Any] = json.loads(ran.stdout)
    except ValueError:
        lines = ran.stderr.strip().splitlines() or [f"pip-audit ended with {ran.returncode}"]
        return lines[-1]
    return answer


class Verdict:
    """Meaning of an answer: weaknesses found, things to note, or why nothing was learned."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.notes: list[str] = []
        self.unanswered = ""


def judge(answer: dict[str, Any] | str) -> Verdict:
    """Read an answer of pip-audit's."""
    verdict = Verdict()
    if isinstance(answer, str):
        verdict.unanswered = answer
        return verdict
    packages = answer.get("dependencies", [])
    skipped = [package for package in packages if "skip_reason" in package]
    if len(skipped) == len(packages):
        verdict.unanswered = skipped[0]["skip_reason"] if skipped else "nothing was asked"
        return verdict
    verdict.notes += [f"Not audited: {package['skip_reason']}" for package in skipped]
    for package in packages:
        for weakness in package.get("vulns", []):
            weakness_ids = {weakness["id"], *weakness.get("aliases", ())}
            reason = next(
                (why for weakness_id, why in NOT_OURS.items() if weakness_id in weakness_ids), ""
            )
            line = f"{package['name']} {package['version']}: {weakness['id']}"
            mended = ", ".join(weakness.get("fix_versions", ())) or "no version yet"
            if reason:
                verdict.notes.append(f"{line} does not concern this site: {reason}")
            else:
                verdict.found.append(f"{line}, mended in {mended}")
    return verdict


if __name__ == "__main__":
    sys.exit(main())
