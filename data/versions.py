"""The version of an edition: how it is written, ordered and counted up."""

from typing import Literal

# What a new edition may be, by how much it asks of those who use the data.
Step = Literal["major", "minor", "patch"]


def parts_of(version: str) -> tuple[int, int, int]:
    """Major, minor and patch of a checked version: ``2026.1`` → ``(2026, 1, 0)``."""
    major, minor, patch = (*(int(part) for part in version.split(".")), 0)[:3]
    return major, minor, patch


def next_version(version: str, step: Step, year: int) -> str:
    """The version that follows ``version`` by one step.

    Major: a column or an id was removed; minor: something was added; patch: corrections only.
    A major number is the year of its publication, or one more where that is taken.
    """
    major, minor, patch = parts_of(version)
    if step == "major":
        return f"{max(year, major + 1)}.1"
    return f"{major}.{minor + 1}" if step == "minor" else f"{major}.{minor}.{patch + 1}"
