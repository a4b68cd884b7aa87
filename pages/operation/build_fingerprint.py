"""Fingerprint of code, texts and package versions, used in cache keys."""

import hashlib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FOLDERS = ("assets", "components", "data", "pages", "quiz")
_SUFFIXES = frozenset((".py", ".yml", ".md", ".css", ".js", ".svg", ".typ"))
_PACKAGES = ("babel", "dash", "fontpkg-arimo", "plotly", "typst")


def build_fingerprint(*settings: str, root: Path = ROOT) -> str:
    """Return another name whenever anything changes that answers are made of, beside data.

    ``settings`` are those that documents show. Machines that share a cache, and run different
    versions during an upgrade, must not serve each other's responses.
    """
    digest = hashlib.sha256("\0".join(settings).encode())
    for package in _PACKAGES:
        digest.update(f"{package}={version(package)}\0".encode())
    for folder in _FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in _SUFFIXES and "editions" not in file.parts:
                digest.update(f"{file.relative_to(root)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
