"""What each published file says of itself: its type, its name, how long it may be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from werkzeug.http import http_date

from data.manifests import MANIFEST_FILE, Manifest, PublishedFile
from data.models import Edition

# Files are for anybody's program, on any page.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Range, ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # A file that a browser shows runs nothing and stands in nobody's frame.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
FOREVER = "public, max-age=31536000, immutable"
FIVE_MINUTES = "public, max-age=300"
TABLE_TYPE = "text/csv; charset=utf-8; header=present"
_TEXT = "text/"
# Tables, workbooks and archives are taken home; what describes them is looked at.
_TAKEN = ("csv", "ru-excel.csv", "xlsx", "parquet", "zip")
# The same cells for good, but their bytes follow the version of the library that writes them.
REPACKED = ("xlsx", "parquet", "zip")


def content_type(file: PublishedFile) -> str:
    """The media type with its parameters; every table begins with the names of its columns."""
    if file.media_type == "text/csv":
        return TABLE_TYPE
    if file.media_type.startswith(_TEXT):
        return f"{file.media_type}; charset=utf-8"
    return file.media_type


def speaking_name(file: PublishedFile, city: str) -> str:
    """What the file is called where it is kept, among files from elsewhere."""
    return f"{city}-u4ssc-{file.edition}-{file.name}"


def names_edition(file: PublishedFile) -> bool:
    """Whether the address names an edition, so that its cells and words never change."""
    return file.path.startswith(f"data/{file.edition}/")


def headers_of(
    file: PublishedFile, city: str, modified: datetime, packed: bool
) -> Iterator[tuple[str, str]]:
    """The headers that all forms of a file have in common; ``packed`` where there are several."""
    taken = file.form in _TAKEN or bool(file.table or file.slug)
    way = "attachment" if taken else "inline"
    yield "Content-Type", content_type(file)
    yield "Content-Disposition", f'{way}; filename="{speaking_name(file, city)}"'
    frozen = names_edition(file) and file.form not in REPACKED
    yield "Cache-Control", FOREVER if frozen else FIVE_MINUTES
    yield "Last-Modified", http_date(modified)
    yield "Accept-Ranges", "bytes"
    yield from SHARED.items()
    if packed:
        yield "Vary", "Accept-Encoding"


def modified_at(file: PublishedFile, edition: Edition, manifest: Manifest) -> datetime:
    """When the content came to be: with its edition; with the build, where it follows others."""
    if names_edition(file):
        return datetime.fromisoformat(edition.date).replace(tzinfo=UTC)
    public = manifest.place(file.path).parents[file.path.count("/")]
    built = (public.parent / MANIFEST_FILE).stat().st_mtime
    return datetime.fromtimestamp(int(built), UTC)
