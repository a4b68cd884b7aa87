"""Says what machines hold: ``python -m bench.capacity [--write]``.

Reads inputs.yml and prints the tables of docs/capacity.md; ``--write`` puts them there.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from bench.capacity.model import Inputs, Setting, most, read_inputs, used
from bench.capacity.waiting import wait

DOCUMENT = Path(__file__).parents[2] / "docs" / "capacity.md"
BEGIN = "<!-- made by python -m bench.capacity --write -->\n"
END = "<!-- end -->\n"
_SPIKE_READERS = 10_000  # In a minute; the goal of the project.
_SIMULATED_SECONDS = 60.0
_STEPS = (0.25, 0.5, 0.7, 0.9, 0.95, 1.05)


def main() -> None:
    """Print the tables, or write them into the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    tables = shown(read_inputs())
    if parser.parse_args().write:
        DOCUMENT.write_text(replaced(DOCUMENT.read_text("utf-8"), tables), "utf-8")
    else:
        print(tables, end="")


def replaced(document: str, tables: str) -> str:
    """The document with other tables between its marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + tables + END + after


def shown(inputs: Inputs) -> str:
    """All tables as Markdown."""
    return "\n".join((_spike(inputs), _held(inputs), _waiting(inputs)))


def _spike(inputs: Inputs) -> str:
    views = _SPIKE_READERS / 60
    rate = views / inputs.shares["page"]
    parts = used(inputs, Setting(1, "sqlite", None), rate)
    rows = "".join(f"| {part} | {share:.0%} |\n" for part, share in parts.items())
    return (
        f"{_SPIKE_READERS:,} readers in a minute who see one page each are {views:.0f} pages and "
        f"{rate:.0f} requests a second. One machine without a CDN then uses:\n\n"
        f"| part | of all it has |\n|---|---|\n{rows}"
    )


def _held(inputs: Inputs) -> str:
    lines = [
        (
            "| machines | in front | store | requests/s of readers | pages/s | answers/s "
            "| full first | pages/s if the quiz rests | full first |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for machines in inputs.machines:
        for kept in (None, *inputs.kept_seconds):
            store = "sqlite" if machines == 1 else "postgresql"
            rate, part = most(inputs, Setting(machines, store, kept))
            alone, other = most(inputs, Setting(machines, store, kept, quiz=False))
            front = "nothing" if kept is None else f"CDN, pages kept {kept:g} s"
            answers = rate * inputs.shares["quiz"] * inputs.answers_of_quiz
            lines.append(
                f"| {machines:,} | {front} | {store} | {rate:,.0f} "
                f"| {rate * inputs.shares['page']:,.0f} | {answers:,.0f} | {part} "
                f"| {_number(alone * inputs.shares['page'])} | {other or '–'} |"
            )
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return "no bound here" if math.isinf(value) else f"{value:,.0f}"


def _waiting(inputs: Inputs) -> str:
    setting = Setting(1, "postgresql", None)
    full = most(inputs, setting)[0] / inputs.planned_share
    lines = [
        "| requests/s to one machine | of what it can do | p50 ms | p99 ms | goal |",
        "|---|---|---|---|---|",
    ]
    for share in _STEPS:
        rate = full * share
        found = wait(inputs, rate, _SIMULATED_SECONDS, "postgresql")
        held = "held" if found.p99 <= inputs.p99_milliseconds else "missed"
        lines.append(f"| {rate:,.0f} | {share:.0%} | {found.p50:.1f} | {found.p99:.1f} | {held} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
