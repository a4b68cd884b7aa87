"""The tests of faults take enough answers together, and are all told of in the documents."""

from __future__ import annotations

from pathlib import Path

from pages.settings import ROOT
from tests.faults.plan import ALL, LEAST, OPTIONAL


def test_the_faults_together_meet_twenty_thousand_acknowledged_answers() -> None:
    assert ALL >= 20_000
    assert sum(least for fault, least in LEAST.items() if fault not in OPTIONAL) >= ALL


def test_every_fault_and_every_file_of_tests_is_told_of() -> None:
    plan = (ROOT / "docs" / "faults.md").read_text("utf-8")
    for fault in LEAST:
        assert f"| {fault} |" in plan, fault
    for file in Path(__file__).parent.glob("test_*.py"):
        assert f"tests/faults/{file.name}" in plan, file.name
