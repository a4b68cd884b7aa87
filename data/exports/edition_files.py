"""All files of one edition, in the order in which each can describe those before it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from data.citations import citation_file, edition_cited
from data.exports.about import Origin, described, licence_text, readme_sections, readme_text
from data.exports.archive import zip_bytes
from data.exports.change_record import change_record
from data.exports.complete_workbook import complete_workbook
from data.exports.csv_files import csv_bytes, excel_csv_bytes
from data.exports.json_files import json_bytes
from data.exports.parquet_files import parquet_bytes
from data.exports.tables import Export, export_of, exports_of
from data.exports.workbooks import table_xlsx
from data.manifests import PublishedFile, checksums, described_file
from data.metadata.csvw import group_metadata, table_metadata
from data.metadata.data_package import data_package
from data.models import Edition

_SUMS = "SHA256SUMS"
TABLE_FORMS = ("csv", "json", "xlsx", "parquet", "ru-excel.csv")


class BuiltFile(NamedTuple):
    """A file's description and its content."""

    file: PublishedFile
    content: bytes


def edition_files(
    edition: Edition,
    origin: Origin,
    read: Callable[[str], bytes],
    before: Edition | None = None,
) -> Iterator[BuiltFile]:
    """Every file below ``data/<edition>/``; the same edition gives the same bytes.

    A file is to be kept by the caller before the next one is asked for: ``read`` must give it
    back by its path, for the archive of them all. Large editions do not fit into memory twice.
    ``before`` is the edition that this one followed, to tell the colours that changed.
    """
    exports = {table: export_of(edition, origin.city, table) for table in exports_of(edition)}
    files: list[PublishedFile] = []

    def listed_too(built: BuiltFile) -> BuiltFile:
        files.append(built.file)
        return built

    for built in _described_files(edition, origin, exports, before):
        yield listed_too(built)
    package = data_package(edition, origin, files)
    yield listed_too(_built(edition, "datapackage.json", _json(package)))
    # The list inside the archive cannot know the archive's own checksum; the one beside it does.
    inside = checksums(files)
    paths = {file.name: file.path for file in files}
    archive = zip_bytes(
        f"{described_name(edition)}-{edition.version}",
        [*paths, _SUMS],
        lambda name: inside if name == _SUMS else read(paths[name]),
    )
    yield listed_too(_built(edition, "all.zip", archive))
    yield _built(edition, _SUMS, checksums(files))


def _described_files(
    edition: Edition, origin: Origin, exports: Mapping[str, Export], before: Edition | None
) -> Iterator[BuiltFile]:
    yield from _table_files(edition, origin, exports)
    yield from _words(edition, origin)
    yield from _descriptions(edition, origin, before)
    yield _built(edition, "all.xlsx", complete_workbook(edition, origin, exports))


def described_name(edition: Edition) -> str:
    """The name of the data package, which file names begin with."""
    return str(edition.package.get("name", "city-indicators"))


def _table_files(
    edition: Edition, origin: Origin, exports: Mapping[str, Export]
) -> Iterator[BuiltFile]:
    about = readme_sections(edition, origin)
    title = described(edition.package, "title").en
    facts = {"title": title, "edition": edition.version, "date": edition.date}
    facts |= {"licence": "CC-BY-4.0 for the compilation; values keep the terms of their sources"}
    for table, export in exports.items():
        writers: dict[str, Callable[[Export], bytes]] = {
            "csv": csv_bytes,
            "json": json_bytes,
            "xlsx": lambda one: table_xlsx(one, about, edition.date),
            "parquet": lambda one: parquet_bytes(one, facts),
            "ru-excel.csv": excel_csv_bytes,
        }
        for form in TABLE_FORMS:
            content = writers[form](export)
            yield _built(edition, f"{table}.{form}", content, table, len(export.rows))


def _words(edition: Edition, origin: Origin) -> Iterator[BuiltFile]:
    cited = edition_cited(edition, "en", site_title=origin.site, base_url=origin.base_url)
    abstract = described(edition.package, "description").en
    citation = citation_file(cited, abstract, edition.package.get("keywords", ()))
    texts = {
        "README.md": readme_text(edition, origin, "en"),
        "README.ru.md": readme_text(edition, origin, "ru"),
        "LICENSE.txt": licence_text(edition, origin),
        "CITATION.cff": citation,
    }
    for name, text in texts.items():
        yield _built(edition, name, text.encode())


def _descriptions(edition: Edition, origin: Origin, before: Edition | None) -> Iterator[BuiltFile]:
    yield _built(edition, "changes.json", _json(change_record(edition, before, origin.city)))
    for table in exports_of(edition):
        yield _built(edition, f"{table}.csv-metadata.json", _json(table_metadata(edition, table)))
    yield _built(edition, "csv-metadata.json", _json(group_metadata(edition)))


def _built(
    edition: Edition, name: str, content: bytes, table: str = "", rows: int | None = None
) -> BuiltFile:
    path = f"data/{edition.version}/{name}"
    return BuiltFile(
        described_file(path, content, edition.version, table=table, rows=rows), content
    )


def _json(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return (text.replace("<", "\\u003c") + "\n").encode()
