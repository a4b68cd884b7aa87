"""The text files of an edition: written once, when it is published, and served as they lie there.

A function here sees neither the host name of a site nor a library that packs, so that the same
edition gives the same bytes everywhere.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from data.changes import listed
from data.checksums import SUMS_FILE, sums_bytes
from data.comparison import compare
from data.exports.about import citation_text, licence_text, method_text, readme_text
from data.exports.csv_files import csv_bytes, excel_csv_bytes
from data.exports.indicator_files import IndicatorFiles
from data.exports.json_files import json_bytes
from data.exports.tables import Export, export_of, exports_of
from data.metadata.csvw import group_metadata, table_metadata
from data.metadata.data_package import INDICATOR_SCHEMA, data_package
from data.metadata.fields import COLUMNS_WITH_WORDS, dictionary_rows, indicator_schema
from data.models import Edition, Words
from data.tables import ONE_JSON_SCHEMA

_WRITERS: Mapping[str, Callable[[Export], bytes]] = {
    "csv": csv_bytes,
    "json": json_bytes,
    "ru-excel.csv": excel_csv_bytes,
}


def write_texts(
    folder: Path,
    edition: Edition,
    city: str,
    site: Words,
    before: Edition | None = None,
    write: Callable[[Path, bytes], Any] = Path.write_bytes,
) -> None:
    """Write every text file below ``data/<edition>/`` into ``folder``, SHA256SUMS last.

    ``site`` is the title of the site, ``before`` the edition that this one followed, to tell the
    colours that changed. An edition that does not have the city has no files of indicators.
    """
    sums: dict[str, str] = {}
    sizes: dict[str, int] = {}
    rows: dict[str, int] = {}

    def keep(name: str, content: bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, content)
        sums[name], sizes[name] = hashlib.sha256(content).hexdigest(), len(content)

    for table in exports_of(edition):
        export = export_of(edition, city, table)
        rows[table] = len(export.rows)
        for form, writer in _WRITERS.items():
            keep(f"{table}.{form}", writer(export))
    for name, content in _other_texts(edition, city, site, before):
        keep(name, content)
    keep("datapackage.json", _json(data_package(edition, sizes, sums, rows)))
    write(folder / SUMS_FILE, sums_bytes(sums))


def _other_texts(
    edition: Edition, city: str, site: Words, before: Edition | None
) -> Iterator[tuple[str, bytes]]:
    yield "README.md", readme_text(edition, city, site, "en").encode()
    yield "README.ru.md", readme_text(edition, city, site, "ru").encode()
    yield "METHOD.md", method_text("en").encode()
    yield "METHOD.ru.md", method_text("ru").encode()
    yield "LICENSE.txt", licence_text(edition, site).encode()
    yield "CITATION.cff", citation_text(edition, site).encode()
    yield "changes.json", _json(change_record(edition, before, city))
    for table in exports_of(edition):
        yield f"{table}.csv-metadata.json", _json(table_metadata(edition, table))
    yield "csv-metadata.json", _json(group_metadata(edition))
    later = edition.schema >= ONE_JSON_SCHEMA
    if later:
        rows = tuple(dictionary_rows(edition, exports_of(edition)))
        yield (
            "columns.csv",
            csv_bytes(Export("columns", dict.fromkeys(COLUMNS_WITH_WORDS, "text"), rows)),
        )
    if city not in edition.cities:
        return
    if later:
        yield INDICATOR_SCHEMA, _json(indicator_schema(edition))
    indicators = IndicatorFiles(edition, city)
    for indicator in edition.indicators:
        yield f"kpi/{indicator.slug}.csv", indicators.csv(indicator)
        yield f"kpi/{indicator.slug}.json", indicators.json(indicator)


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
            "code": colour_change.indicator.code,
            "before": colour_change.before,
            "after": colour_change.after,
            "causes": list(colour_change.causes),
        }
        for colour_change in compare(before, edition, city).colours
    ]


def _json(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return (text.replace("<", "\\u003c") + "\n").encode()
