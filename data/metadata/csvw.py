"""CSV on the Web: what each column of a CSV is, for programs (W3C, tabular metadata)."""

from collections.abc import Mapping
from typing import Any

from data.exports.about import LICENCE, described
from data.exports.tables import column_types, exports_of
from data.metadata.catalogue_words import RIGHTS
from data.metadata.fields import resource_of
from data.models import Edition, Words
from data.tables import ColumnType

_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_DATATYPES: Mapping[ColumnType, Any] = {
    "text": "string",
    "number": "decimal",
    "integer": "integer",
    "yes_no": {"base": "boolean", "format": "yes|no"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}


def table_metadata(edition: Edition, table: str) -> dict[str, Any]:
    """The metadata of one published table, to stand beside its CSV."""
    return {"@context": _CONTEXT, **_table(edition, table, foreign=False)}


def group_metadata(edition: Edition) -> dict[str, Any]:
    """The metadata of all tables together, with the keys that join them."""
    return {
        "@context": _CONTEXT,
        **_titled(described(edition.package, "title"), described(edition.package, "description")),
        **_terms(),
        "tables": [_table(edition, table, foreign=True) for table in exports_of(edition)],
    }


def _table(edition: Edition, table: str, *, foreign: bool) -> dict[str, Any]:
    resource = resource_of(edition, table)
    schema = resource["schema"]
    types = column_types(edition, table)
    columns = [_column(field, types[field["name"]]) for field in schema["fields"]]
    table_schema: dict[str, Any] = {"columns": columns}
    if "primaryKey" in schema:
        table_schema["primaryKey"] = schema["primaryKey"]
    filled = {column["name"] for column in columns if column.get("required")}
    # A key that may be empty is none to CSVW.
    keys = [key for key in schema.get("foreignKeys", ()) if filled.issuperset(key["fields"])]
    if foreign and keys:
        table_schema["foreignKeys"] = [_foreign_key(key) for key in keys]
    return {
        "url": f"{table}.csv",
        **_titled(described(resource, "title"), described(resource, "description")),
        **_terms(),
        "tableSchema": table_schema,
    }


def _terms() -> dict[str, Any]:
    """Our licence, and that it is not the licence of what others published."""
    return {"dc:license": {"@id": LICENCE}, "dc:rights": _both(RIGHTS)}


def _column(field: Mapping[str, Any], kind: ColumnType) -> dict[str, Any]:
    # The header of the file is the name itself; the titles for people stand under dc:title.
    column = {"name": field["name"], "titles": field["name"], "datatype": _DATATYPES[kind]}
    if words := field.get("constraints", {}).get("enum"):
        column["datatype"] = {"base": "string", "format": "|".join(words)}
    if field.get("constraints", {}).get("required"):
        column["required"] = True
    if field.get("format") == "uri":
        column["datatype"] = "anyURI"
    return column | _titled(described(field, "title"), described(field, "description"))


def _titled(title: Words, description: Words) -> dict[str, Any]:
    return {"dc:title": _both(title), "dc:description": _both(description)}


def _both(words: Words) -> list[dict[str, str]]:
    return [{"@value": words.en, "@language": "en"}, {"@value": words.ru, "@language": "ru"}]


def _foreign_key(key: Mapping[str, Any]) -> dict[str, Any]:
    target = key["reference"]
    reference = {"resource": f"{target['resource']}.csv", "columnReference": target["fields"]}
    return {"columnReference": key["fields"], "reference": reference}
