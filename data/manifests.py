"""The list of the files that were built: what each is, how large, and its checksum."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

MANIFEST_FILE = "manifest.json"
PUBLIC_FOLDER = "public"
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "ru-excel.csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "csv-metadata.json": "application/csvm+json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "md": "text/markdown",
    "txt": "text/plain",
    "cff": "text/plain",
}


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file under its address.

    ``path`` is the address without a leading slash. ``form`` is what follows the first dot of
    the name (``csv``, ``ru-excel.csv`` …). ``edition`` is the version whose file it is. For a
    table ``table`` is its name, for an indicator ``slug``; ``rows`` counts without the header.
    """

    path: str
    form: str
    media_type: str
    bytes: int
    sha256: str
    edition: str
    table: str = ""
    slug: str = ""
    rows: int | None = None

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every file that was built, by address, and the folder that holds them as they are served.

    ``key`` names the content: it changes with the data, the addresses or the exporting code.
    ``packed`` are the compressed forms by their path, which ends in ``.br`` or ``.gz``, each with
    its checksum. ``catalogue`` is the folder of ``catalog.*``, which name the site's host.
    """

    key: str
    public: Path
    files: Mapping[str, PublishedFile]
    packed: Mapping[str, str]
    catalogue: Path

    def place(self, path: str) -> Path:
        """Return the path on disk of a URL without its first slash, or of a packed form of it."""
        return (self.catalogue if path.startswith("catalog.") else self.public) / path

    def find(self, path: str) -> PublishedFile | None:
        """The file at an address without a leading slash, or None."""
        return self.files.get(path)

    def of_table(self, edition: str, table: str) -> tuple[PublishedFile, ...]:
        """The files of one table of one edition, in the order they are listed in."""
        return tuple(
            published_file
            for published_file in self.files.values()
            if (published_file.edition, published_file.table) == (edition, table)
        )

    def of_edition(self, edition: str) -> tuple[PublishedFile, ...]:
        """The files below ``data/<edition>/`` but for those of single indicators."""
        start = f"data/{edition}/"
        return tuple(
            published_file
            for published_file in self.files.values()
            if published_file.path.startswith(start) and not published_file.slug
        )


def described_file(
    path: str,
    content: bytes,
    edition: str,
    *,
    table: str = "",
    slug: str = "",
    rows: int | None = None,
) -> PublishedFile:
    """Describe a file by its address and content."""
    name = path.rpartition("/")[2]
    form = "csv-metadata.json" if name == "csv-metadata.json" else name.partition(".")[2]
    digest = hashlib.sha256(content).hexdigest()
    media_type = MEDIA_TYPES.get(form) or MEDIA_TYPES.get(form.rpartition(".")[2], "text/plain")
    return PublishedFile(path, form, media_type, len(content), digest, edition, table, slug, rows)


def write_manifest(
    folder: Path, key: str, files: Iterable[PublishedFile], packed: Mapping[str, str]
) -> None:
    """Write the list beside the public folder."""
    content = {
        "key": key,
        "files": [asdict(published_file) for published_file in files],
        "packed": dict(packed),
    }
    (folder / MANIFEST_FILE).write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the list of a folder that was built; ``FileNotFoundError`` where there is none."""
    content = json.loads((folder / MANIFEST_FILE).read_bytes())
    files = (PublishedFile(**entry) for entry in content["files"])
    by_path = {published_file.path: published_file for published_file in files}
    public = folder / PUBLIC_FOLDER
    return Manifest(content["key"], public, by_path, content["packed"], public)


def is_whole(manifest: Manifest) -> bool:
    """Return whether every file and every compressed form lies there as it was written."""
    wanted = {path: file.sha256 for path, file in manifest.files.items()} | dict(manifest.packed)
    try:
        return all(_checksum(manifest.place(path)) == checksum for path, checksum in wanted.items())
    except OSError:
        return False


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
