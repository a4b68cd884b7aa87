"""What the frictionless library says of a folder with a Data Package."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any


def validate(folder: Path) -> Any:
    """The library's report on the package in ``folder``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Warnings of the library's own dependencies.
        import frictionless  # noqa: PLC0415  # Their warnings come when it is imported.

        return frictionless.Package(str(folder / "datapackage.json")).validate()
