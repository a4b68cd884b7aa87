"""What the tests of faults share, and the table that they end with."""

from __future__ import annotations

import pytest

from tests.faults.outcomes import OUTCOMES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what became of the answers, fault by fault."""
    if not OUTCOMES:
        return
    write = terminalreporter.write_line
    terminalreporter.section("acknowledged answers")
    write("| fault | acknowledged | in the table | lost | doubled | healed after |")
    write("|---|---:|---:|---:|---:|---:|")
    for outcome in OUTCOMES:
        write(
            f"| {outcome.fault} | {outcome.acknowledged} | {outcome.stored} "
            f"| {outcome.lost} | {outcome.doubled} | {outcome.healed:.1f} s |"
        )
    acknowledged, stored, lost, doubled = (
        sum(getattr(outcome, name) for outcome in OUTCOMES)
        for name in ("acknowledged", "stored", "lost", "doubled")
    )
    longest = max(outcome.healed for outcome in OUTCOMES)
    write(f"| all | {acknowledged} | {stored} | {lost} | {doubled} | {longest:.1f} s |")
