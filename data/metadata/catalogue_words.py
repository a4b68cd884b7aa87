"""Texts of the catalogue that all editions share, in both languages: words.yml."""

from pathlib import Path
from typing import Any

import yaml

from data.models import Words

_ENTRIES: dict[str, Any] = yaml.load(
    Path(__file__).with_name("words.yml").read_text("utf-8"), yaml.CSafeLoader
)
RIGHTS, PROVENANCE, CONTACT, SERVICE_TITLE, SERVICE_DESCRIPTION = (
    Words(**_ENTRIES[name])
    for name in ("rights", "provenance", "contact", "service_title", "service_description")
)
QUIZ, QUIZ_DESCRIPTION, SNAPSHOTS, SNAPSHOTS_DESCRIPTION = (
    Words(**_ENTRIES[name])
    for name in ("quiz", "quiz_description", "snapshots", "snapshots_description")
)
WHOLE = {file: Words(**words) for file, words in _ENTRIES["whole"].items()}
# Forms, title, description and page of the tables that change while the site runs, by path.
LIVING: dict[str, tuple[tuple[str, ...], Words, Words, str]] = {
    path: (
        tuple(table["forms"]),
        Words(**table["title"]),
        Words(**table["description"]),
        table["page"],
    )
    for path, table in _ENTRIES["living"].items()
}
