"""The descriptions of tables and columns: an edition's own, and those of computed tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.models import Edition
from data.tables import COMPUTED


def resource_of(edition: Edition, table: str) -> dict[str, Any]:
    """Return the description of one table as a Data Package resource.

    Raises ``KeyError`` where the edition's data package does not describe it.
    """
    if table in COMPUTED:
        return COMPUTED[table].resource(edition.schema)
    resources: list[dict[str, Any]] = edition.package.get("resources", [])
    return dict({resource["name"]: resource for resource in resources}[table])


def fields_of(edition: Edition, table: str) -> list[Mapping[str, Any]]:
    """Return the descriptions of the columns of one table, in order."""
    fields: list[Mapping[str, Any]] = resource_of(edition, table)["schema"]["fields"]
    return fields
