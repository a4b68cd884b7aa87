"""All files of an edition: its text files, and the workbooks and archives that are made of them."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from data.checksums import SUMS_FILE, read_sums, sums_bytes
from data.exports.parquet_files import parquet_bytes
from data.exports.tables import TABLE_FORMS, Export, written_export
from data.exports.workbooks import Book, Sections, table_xlsx
from data.manifests import PublishedFile, described_file
from data.metadata.data_package import INDICATOR_SCHEMA
from data.metadata.fields import COLUMNS, column_rows

# The oldest date that the format knows; the edition's own stands in its files.
_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
# Compressed already; to do it again takes long and wins nothing.
_STORED = (".xlsx", ".parquet")
_INDICATORS = "kpi/"
# What a reader looks up less often stands behind; the dictionary of columns is last.
_FIRST_SHEETS = (
    "read me",
    "indicators",
    "observations",
    "targets",
    "fulfilment",
    "sources",
    "method",
)


class BuiltFile(NamedTuple):
    """A file's description and its content."""

    file: PublishedFile
    content: bytes


def edition_files(texts: Path, read: Callable[[str], bytes]) -> Iterator[BuiltFile]:
    """Every file below ``data/<edition>/``, from the folder with its text files alone.

    A file is to be kept by the caller before the next one is asked for: ``read`` must give it
    back by its path, for the archive of them all. Large editions do not fit into memory twice.
    """
    package: Mapping[str, Any] = json.loads((texts / "datapackage.json").read_bytes())
    names = list(read_sums(texts))
    rows = {table["name"]: table["rows"] for table in package["resources"] if "rows" in table}
    version = package["version"]
    files: dict[str, PublishedFile] = {}

    def built(name: str, content: bytes, **about: Any) -> BuiltFile:
        file = described_file(f"data/{version}/{name}", content, version, **about)
        files[name] = file
        return BuiltFile(file, content)

    for table, count in rows.items():
        for form in TABLE_FORMS:
            name = f"{table}.{form}"
            text = (texts / name).read_bytes() if name in names else None
            content = text if text is not None else _packed_table(texts, table, form, package)
            yield built(name, content, table=table, rows=count)
    for name in names:
        if name not in files and not name.startswith(_INDICATORS):
            yield built(name, (texts / name).read_bytes())
    exports = {table: written_export(texts, table) for table in rows}
    yield built("all.xlsx", _complete_workbook(package, exports, _about(texts)))
    # The first schema left the files of indicators out of the archive.
    whole = INDICATOR_SCHEMA in names
    if whole:
        yield from _indicator_files(texts, names, built)
    # The list inside the archive is of this archive; the one beside it is as it was published.
    inside = sums_bytes({name: files[name].sha256 for name in sorted(files)})
    archive = _zip_bytes(
        f"{package['name']}-{version}",
        [*files, SUMS_FILE],
        lambda name: inside if name == SUMS_FILE else read(files[name].path),
    )
    yield built("all.zip", archive)
    yield built(SUMS_FILE, (texts / SUMS_FILE).read_bytes())
    if not whole:
        yield from _indicator_files(texts, names, built)


def _indicator_files(
    texts: Path, names: Iterable[str], built: Callable[..., BuiltFile]
) -> Iterator[BuiltFile]:
    for name in names:
        if name.startswith(_INDICATORS):
            content = (texts / name).read_bytes()
            slug, _, form = name.removeprefix(_INDICATORS).rpartition(".")
            rows = content.count(b"\n") - 1 if form == "csv" else None
            yield built(name, content, slug=slug, rows=rows)


def _packed_table(texts: Path, table: str, form: str, package: Mapping[str, Any]) -> bytes:
    export = written_export(texts, table)
    date = package["created"][:10]
    if form == "xlsx":
        return table_xlsx(export, _about(texts)["read me"], date)
    facts = {"title": package["title"], "edition": package["version"], "date": date}
    facts["licence"] = "CC-BY-4.0 for the compilation; values keep the terms of their sources"
    return parquet_bytes(export, facts)


def _complete_workbook(
    package: Mapping[str, Any], exports: Mapping[str, Export], about: Mapping[str, Sections]
) -> bytes:
    """Return the workbook of an edition, which ``package`` describes.

    ``exports`` holds every table, ``about`` the sheets ``read me`` and ``method``.
    """
    rows = max(len(export.rows) for export in exports.values())
    book = Book(package["title"], package["created"][:10], rows)
    further_sheets = (name for name in exports if name not in _FIRST_SHEETS)
    for name in (*_FIRST_SHEETS, *further_sheets):
        if name in about:
            book.add_sections(name, about[name])
        else:
            book.add_table(exports[name])
    columns = tuple(column_rows(package["resources"]))
    book.add_table(Export("columns", dict.fromkeys(COLUMNS, "text"), columns))
    return book.content()


def _about(texts: Path) -> dict[str, Sections]:
    """Return the read me and the method as paragraphs, those of both languages side by side."""
    return {
        sheet: list(
            zip(_paragraphs(texts, f"{name}.md"), _paragraphs(texts, f"{name}.ru.md"), strict=True)
        )
        for sheet, name in {"read me": "README", "method": "METHOD"}.items()
    }


def _paragraphs(texts: Path, name: str) -> list[str]:
    return (texts / name).read_text("utf-8").strip().split("\n\n")


def _zip_bytes(folder: str, names: Iterable[str], read: Callable[[str], bytes]) -> bytes:
    """An archive with all named files in one folder, in the order of their names.

    ``read`` gives the content of one; it is asked for them one by one.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _DATE)
            entry.external_attr = _READABLE
            entry.create_system = 3  # Unix, on every system, or the bytes would tell which.
            stored = name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, read(name), compresslevel=9)
    return content.getvalue()
