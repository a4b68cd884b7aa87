"""Assets that stand inside documents, and the hashes by which a policy lets scripts run."""

from __future__ import annotations

import base64
import hashlib
import re

from pages.static_files import asset


def without_comments(name: str) -> str:
    """One of our assets without comments (those of ``/* */``) and line starts."""
    without = re.sub(r"/\*.*?\*/", "", asset(name), flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", without).strip()


def policy_hash(script: str) -> str:
    """The source expression that allows exactly this script inside a document."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
