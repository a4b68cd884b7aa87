"""Fingerprints of published questions, so that none is reworded under an old version number.

A fingerprint is the SHA-256 of what is asked and how it is marked: texts of question and options,
the right option, the number line. Explanations, sources and topics may be corrected later.
Beside it stand the days on which a version entered the bank and left it.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from data.faults import Fault

_ASKED = ("kind", "text", "options", "answer", "trend", "estimate", "draw", "fallback")
_NAME = "fingerprints.csv"
NO_FINGERPRINT = "has no fingerprint"
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """Record of a published version.

    ``first_day`` is the day (UTC) on which it entered the bank, ``last_day`` the day on which it
    was retired or replaced, as YYYY-MM-DD; empty where it is not recorded or has not come.
    """

    sha256: str
    first_day: str = ""
    last_day: str = ""


NOT_RECORDED = Publication("")
_COLUMNS = ("id", "version", *(field.name for field in fields(Publication)))


def fingerprint(entry: Mapping[str, Any]) -> str:
    """Return the fingerprint of an entry of the bank, in hex."""
    content = {"kind": "choice", **{field: entry[field] for field in _ASKED if field in entry}}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def check_fingerprints(bank: Path, entries: Iterable[tuple[int, Mapping[str, Any]]]) -> list[Fault]:
    """Return faults of entries that differ from their fingerprints, lack them, or are gone.

    Without a file of fingerprints beside the bank nothing was published, and there are none.
    ``entries`` are those of the file with their lines.
    """
    published = read_fingerprints(bank)
    if not published:
        return []
    faults = []
    for line, entry in entries:
        key = entry.get("id", ""), entry.get("version", 0)
        kept = published.pop(key, None)
        if kept is None:
            problem, remedy = NO_FINGERPRINT, "run python -m quiz fingerprints"
        elif kept.sha256 != fingerprint(entry):
            problem = f"is not what was published as version {key[1]}"
            remedy = "restore it, and add the new wording as the next version"
        else:
            continue
        faults.append(Fault(bank.name, line, str(key[0]), problem, remedy))
    for name, version in published:
        remedy = "restore it with retired: true, since statistics rest on it"
        faults.append(Fault(bank.name, None, name, f"version {version} is gone", remedy))
    return faults


def read_fingerprints(bank: Path) -> dict[Key, Publication]:
    """Return what is kept of published versions beside a bank; nothing where there is no file."""
    file = bank.with_name(_NAME)
    if not file.is_file() or bank.stem != "questions":
        return {}
    with file.open(encoding="ascii", newline="") as rows:
        return {
            (row.pop("id"), int(row.pop("version"))): Publication(**row)
            for row in csv.DictReader(rows)
        }


def add_fingerprints(bank: Path, entries: Iterable[Mapping[str, Any]], today: date) -> int:
    """Write the fingerprints of versions that have none yet, and return how many they are.

    ``today`` becomes their first day, and the last day of those that have left the draw since. A
    version whose first day is not recorded gets no last day either: nobody noted when it left.
    """
    published = read_fingerprints(bank)
    entries = list(entries)
    new = {
        (entry["id"], entry["version"]): Publication(fingerprint(entry), today.isoformat())
        for entry in entries
        if (entry["id"], entry["version"]) not in published
    }
    newest = {entry["id"]: entry for entry in sorted(entries, key=lambda entry: entry["version"])}
    drawn = {
        (entry["id"], entry["version"]) for entry in newest.values() if not entry.get("retired")
    }
    with bank.with_name(_NAME).open("w", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for key, kept in sorted({**published, **new}.items()):
            last_day = kept.last_day or (today.isoformat() if kept.first_day else "")
            days = replace(kept, last_day="" if key in drawn else last_day)
            writer.writerow((*key, *asdict(days).values()))
    return len(new)
