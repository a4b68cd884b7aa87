"""The descriptions of tables and columns: an edition's own, and those of computed tables."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from data.models import Edition
from data.records import Cells
from data.tables import COMPUTED, DESCRIBED, KPI

# The data dictionary: every column of every file.
COLUMNS = (
    *("table", "column", "type", "unit_en", "title_en", "title_ru"),
    *("description_en", "description_ru"),
)
# The names table and column are taken in SQL.
COLUMNS_WITH_WORDS = ("table_name", "column_name", *COLUMNS[2:], "words")
# In the order of COLUMNS, after the table.
_NAMES = ("name", "type", "unit", "title", "title@ru", "description", "description@ru")


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


def column_rows(resources: Iterable[Mapping[str, Any]]) -> Iterator[Cells]:
    """Yield a row of ``COLUMNS`` for each column of the resources that describe theirs."""
    for resource in resources:
        if isinstance(resource["schema"], dict):
            for field in resource["schema"]["fields"]:
                yield (resource["name"], *(str(field.get(name, "")) for name in _NAMES))


def dictionary_rows(edition: Edition, tables: Iterable[str]) -> Iterator[Cells]:
    """Yield a row of ``COLUMNS_WITH_WORDS`` for each column of the tables and of all other files.

    ``words`` are those that a cell may hold, separated by semicolons; of a unit those in use.
    """
    resources = [resource_of(edition, table) for table in tables]
    kpi = {"name": KPI.name, "schema": indicator_schema(edition)}
    further_resources = [table.resource() for table in DESCRIBED.values() if table is not KPI]
    points = [point for indicator in edition.indicators for point in indicator.data_points]
    units = {part.unit_code for part in points}
    units |= {indicator.unit_code for indicator in edition.indicators}
    for resource in (*resources, kpi, *further_resources):
        fields = resource["schema"]["fields"]
        for row, field in zip(column_rows([resource]), fields, strict=True):
            words = field.get("constraints", {}).get("enum", ())
            yield (*row, ";".join(sorted(units) if field["name"] == "unit" else map(str, words)))


def indicator_schema(edition: Edition) -> dict[str, Any]:
    """Return the Table Schema of the file of an indicator."""
    schema = KPI.resource()["schema"]
    return {**schema, "fields": [*fields_of(edition, "observations"), *schema["fields"]]}
