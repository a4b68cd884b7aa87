"""What an edition changed, for programs: its change log, and the colours that changed by it."""

from __future__ import annotations

from typing import Any

from data.changes import listed
from data.comparison import compare
from data.models import Edition


def change_record(edition: Edition, before: Edition | None, city: str) -> dict[str, Any]:
    """The content of changes.json.

    ``before`` is the edition before; without it ``colours`` are none for the first edition and
    null, which is unknown, for any other.
    """
    log = edition.change_log
    return {
        "version": edition.version,
        "date": edition.date,
        "kind": log.kind,
        "before": log.before or None,
        "changes": [listed(change) for change in log.changes],
        "rows": {table: dict(counts) for table, counts in log.rows.items()},
        "city": city,
        "colours": _colours(edition, before, city) if before else None if log.before else [],
    }


def _colours(edition: Edition, before: Edition, city: str) -> list[dict[str, Any]] | None:
    if city not in before.cities or city not in edition.cities:
        return None
    return [
        {
            "code": one.indicator.code,
            "before": one.before,
            "after": one.after,
            "causes": list(one.causes),
        }
        for one in compare(before, edition, city).colours
    ]
