"""The descriptions of tables and columns: an edition's own, and those of computed tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data.exports.tables import COMPUTED
from data.models import Edition

_COMPUTED = Path(__file__).with_name("computed_tables.yml")
_PROFILES = "https://datapackage.org/profiles/2.0"


def resource_of(edition: Edition, table: str) -> dict[str, Any]:
    """The description of one table of ``EXPORTS``, as a Data Package resource.

    Raises ``KeyError`` where the edition's data package does not describe it.
    """
    if table in COMPUTED:
        return _computed_resource(table)
    resources: list[dict[str, Any]] = edition.package.get("resources", [])
    found = next((one for one in resources if one["name"] == table), None)
    if found is None:
        raise KeyError(table)
    return dict(found)


def fields_of(edition: Edition, table: str) -> list[Mapping[str, Any]]:
    """The descriptions of the columns of one table of ``EXPORTS``, in order."""
    fields: list[Mapping[str, Any]] = resource_of(edition, table)["schema"]["fields"]
    return fields


def _computed_resource(table: str) -> dict[str, Any]:
    known = _descriptions()[table]
    schema: dict[str, Any] = {"$schema": f"{_PROFILES}/tableschema.json"}
    # Not a primary key, which may hold no empty cell: most indicators have no data points.
    unique = {"uniqueKeys": [known["uniqueKey"]]}
    keys = {"foreignKeys": known["foreignKeys"], "missingValues": [""]}
    words = {name: known[name] for name in ("title", "title@ru", "description", "description@ru")}
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table,
        "type": "table",
        **words,
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | {"fields": known["fields"]} | unique | keys,
    }


@cache
def _descriptions() -> Mapping[str, Any]:
    descriptions: Mapping[str, Any] = yaml.safe_load(_COMPUTED.read_text("utf-8"))
    return descriptions
