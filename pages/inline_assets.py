"""Assets that stand inside documents, and the hashes by which a policy lets scripts run."""

import base64
import hashlib
import re

from pages.static_files import asset


def without_comments(name: str) -> str:
    """Return one of our assets without comments (those of ``/* */``) and needless spaces.

    Scripts keep all spaces within quotation marks, and may have none within regular expressions
    that count.
    """
    without = re.sub(r"/\*.*?\*/", "", asset(name), flags=re.DOTALL)
    lines = re.sub(r"\s*\n\s*", "", without).strip()
    if not name.endswith(".css"):
        parts = re.split(r"(\"[^\"]*\")", lines)
        parts[::2] = [re.sub(r"\s*([^\w\s$])\s*", r"\1", code) for code in parts[::2]]
        return "".join(parts)
    return re.sub(r"\s*([{};,>])\s*|(?<=[a-z-]:)\s+", r"\1", lines).replace(";}", "}")


def policy_hash(script: str) -> str:
    """The source expression that allows exactly this script inside a document."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
