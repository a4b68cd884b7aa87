"""A name for the code, texts and packages that make documents."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ROOMS = ("assets", "components", "data", "pages", "quiz")
_ENDINGS = frozenset((".py", ".yml", ".md", ".css", ".js", ".svg"))
_PACKAGES = ("babel", "dash", "plotly")


def code_mark(*settings: str, root: Path = ROOT) -> str:
    """Another name as soon as anything changes that a document is made of, beside its data.

    ``settings`` are those that documents show. Machines that share kept documents, and run
    different versions during an upgrade, must not show each other's.
    """
    digest = hashlib.sha256("\0".join(settings).encode())
    for package in _PACKAGES:
        digest.update(f"{package}={version(package)}\0".encode())
    for room in _ROOMS:
        for file in sorted((root / room).rglob("*")):
            if file.suffix in _ENDINGS and "editions" not in file.parts:
                digest.update(f"{file.relative_to(root)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
