"""datapackage.json of the published files: Data Package, version 2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.exports.about import Origin
from data.exports.tables import exports_of
from data.manifests import PublishedFile
from data.metadata.catalogue_words import RIGHTS
from data.metadata.fields import resource_of
from data.models import Edition, Source

# Both are said anew, with what is known about the files.
_REPLACED = ("resources", "sources")


def data_package(
    edition: Edition, origin: Origin, files: Iterable[PublishedFile]
) -> dict[str, Any]:
    """The edition's own description with size, checksum and rows of every table's files.

    Each table is a resource whose path is its CSV; ``otherFormats`` lists the same in others.
    """
    by_table: dict[str, list[PublishedFile]] = {}
    for file in files:
        by_table.setdefault(file.table, []).append(file)
    kept = {name: value for name, value in edition.package.items() if name not in _REPLACED}
    return {
        **kept,
        "homepage": origin.address("en/data/"),
        "sources": [_source(one) for one in edition.sources.values()],
        "resources": [_resource(edition, table, by_table[table]) for table in exports_of(edition)],
    }


def _resource(edition: Edition, table: str, files: list[PublishedFile]) -> dict[str, Any]:
    described = resource_of(edition, table)
    schema = described.pop("schema")
    csv = next(file for file in files if file.form == "csv")
    others = [
        {"path": file.name, "mediatype": file.media_type} | _size(file)
        for file in files
        if file is not csv
    ]
    size = _size(csv) | {"rows": csv.rows}
    terms = {"licenses": edition.package["licenses"], "rights": RIGHTS.en, "rights@ru": RIGHTS.ru}
    return {**described, **size, **terms, "otherFormats": others, "schema": schema}


def _size(file: PublishedFile) -> dict[str, Any]:
    return {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _source(source: Source) -> dict[str, str]:
    """One source with its own terms, which the licence of the package does not replace."""
    said = {"title": f"{source.title} ({source.publisher.en})", "path": source.url}
    said |= {"sourceId": source.id, "accessed": source.accessed, "terms": source.licence.en}
    return {name: words for name, words in said.items() if words}
