"""datapackage.json of the published files: Data Package, version 2."""

from collections.abc import Mapping
from typing import Any

from data.exports.tables import TABLE_FORMS, exports_of
from data.manifests import MEDIA_TYPES
from data.metadata.catalogue_words import RIGHTS
from data.metadata.fields import resource_of
from data.models import Edition, Indicator, Source
from data.tables import KPI

# Both are said anew, with what is known about the files.
_REPLACED = ("resources", "sources")
INDICATOR_SCHEMA = f"{KPI.name}.schema.json"


def data_package(
    edition: Edition,
    sizes: Mapping[str, int],
    sums: Mapping[str, str],
    rows: Mapping[str, int],
) -> dict[str, Any]:
    """Return the edition's own description with what is known of the files of every table.

    Each table is a resource whose path is its CSV; ``otherFormats`` lists the same in others.
    ``sizes`` and ``sums`` are bytes and SHA-256 of the text files by name; a workbook or Parquet
    file has none, since its bytes follow the library that writes it. ``rows`` counts by table.
    """
    kept = {name: value for name, value in edition.package.items() if name not in _REPLACED}

    def measures(name: str) -> dict[str, Any]:
        return {"bytes": sizes[name], "hash": f"sha256:{sums[name]}"} if name in sums else {}

    terms = {"licenses": edition.package["licenses"], "rights": RIGHTS.en, "rights@ru": RIGHTS.ru}

    def resource(table: str) -> dict[str, Any]:
        described = resource_of(edition, table)
        schema = described.pop("schema")
        size = measures(f"{table}.csv") | {"rows": rows[table]}
        names = {f"{table}.{form}": MEDIA_TYPES[form] for form in TABLE_FORMS if form != "csv"}
        formats = [
            {"path": name, "mediatype": kind} | measures(name) for name, kind in names.items()
        ]
        return {**described, **size, **terms, "otherFormats": formats, "schema": schema}

    def indicator_file(indicator: Indicator) -> dict[str, Any]:
        name = f"{KPI.name}/{indicator.slug}"
        entry = {"title": indicator.name.en, "title@ru": indicator.name.ru, "path": f"{name}.csv"}
        form = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        other = {"path": f"{name}.json", "mediatype": MEDIA_TYPES["json"]}
        return {
            "name": name.replace("/", "-"),
            "type": "table",
            **entry,
            **form,
            **measures(f"{name}.csv"),
            **terms,
            "otherFormats": [other | measures(f"{name}.json")],
            "schema": INDICATOR_SCHEMA,
        }

    # The files of indicators share a schema, which stands in a file of its own.
    indicators = edition.indicators if INDICATOR_SCHEMA in sums else ()
    return {
        **kept,
        "sources": [_source(source) for source in edition.sources.values()],
        "resources": [
            *(resource(table) for table in exports_of(edition)),
            *map(indicator_file, indicators),
        ],
    }


def _source(source: Source) -> dict[str, str]:
    """One source with its own terms, which the licence of the package does not replace."""
    entry = {"title": f"{source.title} ({source.publisher.en})", "path": source.url}
    entry |= {"sourceId": source.id, "accessed": source.accessed, "terms": source.licence.en}
    return {name: words for name, words in entry.items() if words}
