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
    for one in OUTCOMES:
        write(
            f"| {one.fault} | {one.acknowledged} | {one.found} | {one.lost} | {one.doubled} "
            f"| {one.healed:.1f} s |"
        )
    acknowledged, found, lost, doubled = (
        sum(getattr(one, name) for one in OUTCOMES)
        for name in ("acknowledged", "found", "lost", "doubled")
    )
    longest = max(one.healed for one in OUTCOMES)
    write(f"| all | {acknowledged} | {found} | {lost} | {doubled} | {longest:.1f} s |")
